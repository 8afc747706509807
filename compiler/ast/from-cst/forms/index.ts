/** The words that look like calls but read their arguments in their own way. */
import { caseForm, condForm, ifForm, matchForm, unlessForm } from "./conditions.ts";
import type { Form } from "./form.ts";
import { forForm, withForm } from "./generators.ts";
import { tryForm } from "./try.ts";
import { unsupportedForms } from "./unsupported.ts";

/** Those that also go by `Kernel.if` and the like. The others belong to no module in Elixir. */
export const kernelForms: ReadonlyMap<string, Form> = new Map<string, Form>([
  ["if", ifForm],
  ["unless", unlessForm],
  ["match?", matchForm],
  ...unsupportedForms,
]);

export const forms: ReadonlyMap<string, Form> = new Map<string, Form>([
  ...kernelForms,
  ["case", caseForm],
  ["cond", condForm],
  ["with", withForm],
  ["for", forForm],
  ["try", tryForm],
]);
