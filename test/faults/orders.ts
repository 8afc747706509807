/** The compiled order workflow, and what it ends with whatever happens to its workers. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Machine } from "@durablec/runtime";
import { compileProject, writeFiles } from "../../compiler/build.ts";

/** Compiles orders.durable beside itself; the path of the module. */
export async function compileOrders(): Promise<string> {
  const cwd = import.meta.dirname;
  const { files, diagnostics } = await compileProject({ paths: ["orders.durable"], modules: {}, cwd, out: ".durable" });
  if (files.length === 0) throw new Error(JSON.stringify(diagnostics, null, 2));
  writeFiles(files);
  return join(cwd, ".durable/orders.ts");
}

/** The machine an order is started with. */
export async function loadOrder(path: string): Promise<Machine> {
  const { Order } = (await import(pathToFileURL(path).href)) as { readonly Order: Machine };
  return Order;
}

export function expectedResult(total: number): object {
  return {
    total,
    valid: true,
    payment_id: `pay_${total}`,
    napped: true,
    packed: { label: ["ok", { label: `no. ${total}` }], box: ["ok", { box: "L" }] },
    stored: { pick: ["ok", { picked: true }], insure: ["ok", { insured: "refused" }] },
    answer: "late",
    status: "completed",
  };
}

/** The children of an order by ref, and how each ends. */
export const expectedChildren = {
  payment: "completed",
  email: "completed",
  slow: "cancelled",
  label: "completed",
  insurance: "compensated",
};
