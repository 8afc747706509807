/** Every diagnostic there is, by family. */
import type { Rule } from "../diagnostic.ts";
import * as config from "./config.ts";
import * as excuse from "./excuse.ts";
import * as flow from "./flow.ts";
import * as flowDuplicates from "./flow-duplicates.ts";
import * as flowGotos from "./flow-gotos.ts";
import * as flowValues from "./flow-values.ts";
import * as flowWaits from "./flow-waits.ts";
import * as name from "./name.ts";
import * as ref from "./ref.ts";
import * as saga from "./saga.ts";
import * as schedule from "./schedule.ts";
import * as callRules from "./syntax-calls.ts";
import * as declarationRules from "./syntax-declarations.ts";
import * as expressionRules from "./syntax-expressions.ts";
import * as literalRules from "./syntax-literals.ts";
import * as patternRules from "./syntax-patterns.ts";
import * as textRules from "./syntax-text.ts";
import * as unsupportedRules from "./syntax-unsupported.ts";
import * as timeout from "./timeout.ts";
import * as timeoutDurations from "./timeout-durations.ts";
import * as type from "./type.ts";

/** A rule whose parameters are its own business. */
export type AnyRule = Rule<never>;

type Family = "config" | "flow" | "name" | "ref" | "saga" | "schedule" | "syntax" | "timeout" | "type";

export const families: { readonly [family in Family]: { readonly [name: string]: AnyRule } } = {
  config,
  flow: { ...flow, ...flowDuplicates, ...flowGotos, ...flowValues, ...flowWaits },
  name,
  ref,
  saga,
  schedule,
  syntax: {
    ...textRules,
    ...literalRules,
    ...expressionRules,
    ...patternRules,
    ...callRules,
    ...declarationRules,
    ...unsupportedRules,
    ...excuse,
  },
  timeout: { ...timeout, ...timeoutDurations },
  type,
};

/** In the order of families and, within one, of codes. */
export const rules: readonly AnyRule[] = Object.values(families).flatMap((family) =>
  Object.values(family).sort((a, b) => a.code.localeCompare(b.code, "en")),
);
