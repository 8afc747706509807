/** The compiled workflows of the fault tests, and what they come to whatever happens to their workers. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Machine } from "@durablec/runtime";
import { compileProject, writeFiles } from "../../compiler/build.ts";

/** Compiles the sources beside themselves; the paths of the modules. */
export async function compileWorkflows(): Promise<readonly string[]> {
  const cwd = import.meta.dirname;
  const paths = ["orders.durable", "returns.durable"];
  const { files, diagnostics } = await compileProject({ paths, modules: {}, cwd, out: ".durable" });
  if (files.length === 0) throw new Error(JSON.stringify(diagnostics, null, 2));
  writeFiles(files);
  return ["orders.ts", "returns.ts"].map((name) => join(cwd, ".durable", name));
}

/** The machines that are started. */
export async function loadWorkflows(
  paths: readonly string[],
): Promise<{ readonly Order: Machine; readonly Return: Machine }> {
  const modules = (await Promise.all(paths.map((path) => import(pathToFileURL(path).href)))) as readonly object[];
  return Object.assign({}, ...modules) as { readonly Order: Machine; readonly Return: Machine };
}

export function expectedResult(total: number): object {
  return {
    total,
    valid: true,
    agreement: { which: "agreed", by: `customer ${total}`, again: "not twice" },
    payment_id: `pay_${total}`,
    napped: true,
    parts: ["pay_1", "pay_2"],
    packed: { label: ["ok", { label: `no. ${total}` }], box: ["ok", { box: "L" }] },
    stored: { pick: ["ok", { picked: true }], insure: ["ok", { insured: "refused" }] },
    answer: "late",
    papers: { invoice: { number: total }, receipt: { number: total + 1 } },
    status: "completed",
  };
}

/** The children of an order by ref, and how each ends. */
export const expectedChildren = {
  payment: "completed",
  part_1: "completed",
  part_2: "completed",
  email: "completed",
  slow: "cancelled",
  label: "completed",
  insurance: "compensated",
};

/** The effects of an order and of its children by ref; none is left out, and there are no others. */
export const expectedEffects: { readonly [ref: string]: readonly string[] } = {
  "": [
    "validate",
    "agree@event:agreed,refused",
    "pay",
    "pay@call:payment",
    "nap@sleep",
    "split@call:part_1",
    "split@call:part_2",
    "label",
    "box",
    "pick@sleep",
    "insure",
    "notify",
    "ask@call:slow",
    "gather@event:invoice,receipt",
  ],
  payment: ["reserve", "charge"],
  part_1: ["reserve", "charge"],
  part_2: ["reserve", "charge"],
  label: ["print"],
  email: ["deliver"],
  slow: [],
  insurance: ["hold", "hold/compensate:release"],
};

/** The same of a return, which is undone. What its child has time for before it times out is not certain. */
export const expectedUndoing: { readonly [ref: string]: readonly string[] } = {
  "": [
    "receive",
    "approve@input:refund",
    "restock",
    "credit",
    "inform@sleep",
    "inform/inform/compensate:apologise",
    "credit/credit/compensate:debit",
    "restock/restock/compensate:unstock",
    "receive/compensate:send_back",
  ],
};
