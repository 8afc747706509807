/** A call that suspends: the body ends there, and what follows becomes the state in which it goes on. */
import type { Call, Expr, ListExpr } from "../../ast/nodes.ts";
import type { Operation, Statement } from "../machine.ts";
import { nil } from "./block.ts";
import { atom, defaultRefOf, keywordsOf, workflowNamed } from "./child.ts";
import type { BodyContext } from "./context.ts";
import type { Continuation } from "./continuation.ts";
import { lowerAll } from "./operands.ts";
import { addResumePoint } from "./resume.ts";
import { optionNames, type WaitForm, waitForms } from "./waits.ts";

/** True for the call itself, not for one with a suspension among its arguments. */
export function isSuspension(call: Call, { facts }: Pick<BodyContext, "facts">): boolean {
  const target = facts.targetOf(call);
  return target?.kind === "prelude" && target.function.effect === "suspends";
}

export function lowerSuspension(call: Call, k: Continuation, context: BodyContext): Statement[] {
  const { facts } = context;
  const form = waitForms[call.name.text]!;
  const { args, options } = splitArguments(call, form);
  const values = [...args, ...options.map(({ value }) => value)];
  return lowerAll(values, context, (lowered) => {
    const received = k.wanted ? (k.binds ?? facts.fresh(form.receives, facts.typeOf(call), call.span)) : null;
    const id = facts.idOf(call, "at");
    const reason = { kind: "wait", what: describe(call) } as const;
    const goOn = () => k.use(received ? facts.read(received, call.span) : nil(call.span));
    const saved = addResumePoint({ id, node: call, reason, received, saved: null }, goOn, context);
    const given = withValues(options, lowered.slice(args.length));
    const operation = operationOf(call, form, lowered.slice(0, args.length), given, context);
    return [{ kind: "suspend", span: call.span, operation, resume: id, saved }];
  });
}

interface Keyword {
  readonly name: string;
  readonly value: Expr;
}

function withValues(options: readonly Keyword[], values: readonly Expr[]): Keyword[] {
  return options.map(({ name }, i) => ({ name, value: values[i]! }));
}

/** The module of `call_workflow` is a name, not a value, and `workflow:` is settled at compile time. */
function splitArguments(call: Call, form: WaitForm): { args: readonly Expr[]; options: readonly Keyword[] } {
  const positional = call.args.slice(call.name.text === "call_workflow" ? 1 : 0);
  const args = positional.slice(0, form.positional);
  const options = keywordsOf(positional[form.positional] as ListExpr | undefined).filter(({ name, value }) => {
    const never = name === "timeout" && value.kind === "literal" && value.value === "infinity";
    return name !== "workflow" && !never;
  });
  return { args, options };
}

function operationOf(
  call: Call,
  form: WaitForm,
  args: readonly Expr[],
  given: readonly Keyword[],
  context: BodyContext,
): Operation {
  const fixed = Object.entries(form.fixed).filter(([name]) => !given.some((option) => option.name === name));
  const options = [
    ...fixed.map(([name, value]) => ({ name, value: atom(value, call.span) })),
    ...given.map(({ name, value }) => ({ name: optionNames[name]!, value })),
  ];
  if (form.method !== "callWorkflow") return { method: form.method, workflow: null, args, options };
  const ref = options.some(({ name }) => name === "ref")
    ? []
    : [{ name: "ref", value: defaultRefOf(call, context.facts) }];
  const workflow = workflowNamed(call, context.facts);
  return { method: form.method, workflow, args, options: [...ref, ...options, ...positionOf(call, context)] };
}

/** In which rounds of the loops around it the call stands, so that a ref used in two rounds is found out. */
function positionOf(call: Call, { position, facts }: BodyContext): Keyword[] {
  if (position.length === 0) return [];
  const items = position.map((index) => facts.read(index, call.span));
  return [{ name: "position", value: { kind: "list", span: call.span, items, tail: null, keyword: false } }];
}

/** For the comment above the state: `call_workflow MyApp.PaymentWorkflow`, `wait_for_event "paid"`. */
function describe(call: Call): string {
  const [first] = call.args;
  if (first?.kind === "moduleRef") return `${call.name.text} ${first.name}`;
  if (first?.kind === "literal" && typeof first.value === "string")
    return `${call.name.text} ${JSON.stringify(first.value)}`;
  return call.name.text;
}
