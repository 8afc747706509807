import type { SuspendStatement } from "../ir/machine.ts";
import { constantOf } from "./constant.ts";
import { express } from "./expression/express.ts";
import { jsonLiteral, stringLiteral } from "./literal.ts";
import type { Scope } from "./scope.ts";
import { savedObject } from "./statement.ts";

/** `return io.callWorkflow(PaymentWorkflow, { … }, { ref: …, resume: …, saved: { … } });` */
export function emitSuspend({ operation, resume, saved }: SuspendStatement, scope: Scope): string {
  const machine = operation.workflow ? [scope.file.machine(operation.workflow)] : [];
  const args = operation.args.map((arg) => express(arg, scope));
  const options = operation.options.map(({ name, value }) => `${name}: ${optionText(value, scope)}`);
  const place = [
    `resume: ${stringLiteral(resume)}`,
    ...(saved.length === 0 ? [] : [`saved: ${savedObject(saved, scope)}`]),
  ];
  return `return io.${operation.method}(${[...machine, ...args, `{ ${[...options, ...place].join(", ")} }`].join(", ")});`;
}

/** Durations and the like are constants more often than not. */
function optionText(value: Parameters<typeof express>[0], scope: Scope): string {
  const constant = constantOf(value, scope);
  return constant === undefined ? express(value, scope) : jsonLiteral(constant);
}
