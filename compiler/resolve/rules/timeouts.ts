/** Timeouts of calls and waits: given, and a duration. What they mean for the result is a matter of types. */
import type { Call, Expr } from "../../ast/nodes.ts";
import {
  timeoutInvalid,
  timeoutMissing,
  timeoutOnStart,
  timeoutValueWithoutTimeout,
} from "../../diagnostics/catalog/timeout.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import { constantValue } from "../../flow/constants.ts";
import { keywordOptions, whyNoDuration } from "../options/read.ts";
import { report, type Unit } from "../unit.ts";

/** For a call of `Durable.Orchestration` or `Durable.Wait`. */
export function checkTimeouts(call: Call, unit: Unit): void {
  if (call.name.text === "start_workflow") checkStart(call, unit);
  else if (call.name.text === "sleep") checkDuration(call.args[0] ?? null, "The time to sleep", unit);
  else if (call.name.text === "call_workflow" || call.name.text.startsWith("wait_for_")) checkWait(call, unit);
}

function checkStart(call: Call, unit: Unit): void {
  for (const { name } of optionsOf(call) ?? []) {
    if (name.text === "timeout" || name.text === "timeout_value") {
      report(unit, timeoutOnStart, name.span, { option: name.text });
    }
  }
}

function checkWait(call: Call, unit: Unit): void {
  const options = optionsOf(call);
  if (!options) return;
  const timeout = options.find(({ name }) => name.text === "timeout");
  const value = options.find(({ name }) => name.text === "timeout_value");
  if (timeout) checkDuration(timeout.value, "`timeout:`", unit);
  else if (value) report(unit, timeoutValueWithoutTimeout, value.name.span, undefined);
  else if (!options.some(({ name }) => suggest(name.text, ["timeout"]) !== null)) {
    report(unit, timeoutMissing, call.name.span, { function: call.name.text });
  }
}

/** The options of a call; null when they are computed, and nothing is known of them. */
function optionsOf(call: Call) {
  const last = call.args.at(-1);
  const options = last ? keywordOptions(last) : null;
  if (options) return options;
  return call.args.length === fewestArguments(call) ? [] : null;
}

function fewestArguments(call: Call): number {
  return call.name.text.endsWith("_workflow") ? 2 : 1;
}

/** What is only known at run time is checked then. */
function checkDuration(value: Expr | null, what: string, unit: Unit): void {
  const folded = value && constantValue(value, unit.environment.module, unit.tables);
  if (!value || !folded || folded.value === "infinity") return;
  const why = whyNoDuration(folded.value);
  if (why !== null) report(unit, timeoutInvalid, value.span, { what, why });
}
