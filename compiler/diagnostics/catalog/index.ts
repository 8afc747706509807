/** Every diagnostic there is, by family. */
import type { Rule } from "../diagnostic.ts";
import * as config from "./config.ts";

/** A rule whose parameters are its own business. */
export type AnyRule = Rule<never>;

export const families = { config } satisfies { [family: string]: { readonly [name: string]: AnyRule } };

/** In the order of families and, within one, of codes. */
export const rules: readonly AnyRule[] = Object.values(families).flatMap((family) =>
  Object.values(family).sort((a, b) => a.code.localeCompare(b.code, "en")),
);

export const codes: readonly string[] = rules.map(({ code }) => code);
