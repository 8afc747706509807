/** An app in a folder of its own: two `.durable` files, the TypeScript one of them calls, and a program that imports both. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packages = fileURLToPath(new URL("../../node_modules/", import.meta.url));

const order = `defmodule Shop.Order do
  use Durable
  use Durable.Helpers
  use Durable.Orchestration

  import Mailer, from: "./mailer"

  workflow "order", input: %{total: number()} do
    step :pay, fn data ->
      case call_workflow(Shop.Payment, %{amount: data.total}, timeout: :infinity) do
        {:ok, payment} -> {:ok, assign(data, :receipt, payment.receipt)}
        {:error, _} -> {:error, "not paid"}
      end
    end

    step :mail, fn data ->
      {:ok, assign(data, :mailed, Mailer.send(data.receipt))}
    end
  end
end
`;

const payment = `defmodule Shop.Payment do
  use Durable
  use Durable.Helpers

  workflow "payment", input: %{amount: number()} do
    step :charge, fn data ->
      {:ok, assign(data, :receipt, "receipt for #{data.amount}")}
    end
  end
end
`;

const mailers = {
  "src/mailer.ts": "export const send = async (receipt: string): Promise<string> => 'mailed: ' + receipt;\n",
  "src/mailer.js": "export const send = async (receipt) => 'mailed: ' + receipt;\n",
  "src/mailer.d.ts": "export function send(receipt: string): Promise<string>;\n",
};

const main = `import { createTestDurable } from "@durablec/runtime/testing";
import { Order } from "./orders.durable";
import { Payment } from "./payments.durable";

const durable = await createTestDurable({ workflows: [Order] });
const run = await durable.start(Order, { total: 5 });
const { status, result } = await durable.runToEnd(run.id);
console.log(JSON.stringify({ status, mailed: result?.mailed, same: Order.children?.()[0] === Payment }));
await durable.close();
`;

/** What the app calls is TypeScript, or JavaScript with declarations for bundlers that read nothing else. */
export type Language = "TypeScript" | "JavaScript";

export interface App {
  readonly root: string;
  readonly path: (name: string) => string;
  readonly write: (name: string, text: string) => void;
  /** Runs a program of the app and gives what it printed as JSON. */
  readonly run: (name: string) => unknown;
  readonly remove: () => void;
}

export function createApp(language: Language): App {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "durablec-bundler-")));
  const path = (name: string) => join(root, name);
  const write = (name: string, text: string) => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), text);
  };
  symlinkSync(packages, path("node_modules"));
  write("src/orders.durable", order);
  write("src/payments.durable", payment);
  write("src/main.mjs", main);
  for (const [name, text] of Object.entries(mailers))
    if (name.endsWith("mailer.ts") === (language === "TypeScript")) write(name, text);
  return {
    root,
    path,
    write,
    run: (name) => JSON.parse(execFileSync(process.execPath, [path(name)], { encoding: "utf8" })),
    remove: () => rmSync(root, { recursive: true }),
  };
}
