/** The words that look like calls but read their arguments in their own way. */
import { caseForm, condForm, ifForm, matchForm, unlessForm } from "./conditions.ts";
import type { Form } from "./form.ts";
import { forForm, withForm } from "./generators.ts";
import { tryForm } from "./try.ts";
import { unsupportedForms } from "./unsupported.ts";

export const forms: ReadonlyMap<string, Form> = new Map<string, Form>([
  ["case", caseForm],
  ["cond", condForm],
  ["if", ifForm],
  ["unless", unlessForm],
  ["with", withForm],
  ["for", forForm],
  ["try", tryForm],
  ["match?", matchForm],
  ...unsupportedForms,
]);
