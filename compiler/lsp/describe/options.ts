/** What options mean, and what the value that one is given comes to: one row for each. */
import type { Expr } from "../../ast/nodes.ts";
import { durationText } from "../../diagnostics/wording.ts";
import { type ConstantValue, constantValue } from "../../flow/constants.ts";
import { optionOf } from "../../resolve/options/call.ts";
import type { ResolvedModule, ResolvedProgram } from "../../resolve/resolved.ts";
import type { OptionOwner, OptionPlace } from "../names/symbol.ts";
import { sliceOf } from "./source-slice.ts";

interface OptionDoc {
  /** What it is for, whatever its value. */
  readonly about: string;
  /** What this value means, where there is more to say. */
  readonly here?: (place: OptionInPlace) => string | null;
}

interface OptionInPlace extends OptionPlace {
  readonly module: ResolvedModule;
  readonly program: ResolvedProgram;
  /** Undefined when it is only known at run time. */
  readonly folded: ConstantValue | undefined;
}

type OptionDocs = { readonly [name: string]: OptionDoc | undefined };

const queue: OptionDoc = { about: "The queue whose workers run it." };

const call: OptionDocs = {
  ref: {
    about:
      "The child's name within this execution. The child's id is computed from the parent's id and the ref, so one ref is one child, however often the parent crashes or tries again.",
    here: describeRef,
  },
  timeout: {
    about: "How long to wait, in milliseconds; `:infinity` says that there is no limit.",
    here: describeTimeout,
  },
  timeout_value: { about: "What the call gives when its `timeout` is over.", here: ({ owner }) => expiry(owner) },
  on_timeout: {
    about:
      "What happens when the `timeout` is over. A called workflow goes on unless this says `:cancel`; a question to a person fails the workflow with `:fail`, and otherwise gives `timeout_value`.",
  },
  queue,
  workflow: { about: "Which workflow of the module; without it, the module's first." },
  priority: { about: "Higher ones are claimed first; 0 when nothing is said." },
  type: { about: "The form of the answer." },
  prompt: { about: "What the person is asked." },
  fields: { about: "The fields of the form." },
  choices: { about: "What the person can choose from." },
  metadata: { about: "Anything the app wants to know about the question." },
  hour: { about: "The hour of that day, 0 to 23." },
  timezone: { about: "The time zone, `Europe/Berlin`." },
};

const retry: OptionDocs = {
  max_attempts: { about: "All attempts count, the first one included." },
  backoff: {
    about: "How the delay grows: `:exponential` (2^k · base, the default), `:linear` (k · base) or `:constant`.",
  },
  base: {
    about: "The delay that `backoff` starts from, in milliseconds; one second when nothing is said.",
    here: describeDuration,
  },
  max_backoff: {
    about: "No delay is longer, in milliseconds; 30 seconds when nothing is said.",
    here: describeDuration,
  },
};

const step: OptionDocs = {
  retry: { about: "What to do when an attempt fails. Without it a step is tried once." },
  timeout: {
    about: "How long one attempt may take, waits included. When it is over the attempt has failed.",
    here: describeDuration,
  },
  compensate: { about: "The handler that undoes this step when the workflow fails for good." },
  queue,
  returns: { about: "In a parallel block, the key of this step's result." },
};

const docs: { readonly [owner in OptionOwner["kind"]]: OptionDocs } = {
  call,
  retry,
  step,
  decision: step,
  compensate: { retry: step.retry, timeout: step.timeout },
  workflow: {
    input: { about: "The type of what the workflow is started with. It is checked at every start." },
    timeout: {
      about:
        "How long the whole execution may take. When it is over the workflow has failed with `workflow_timeout`, and its children are cancelled.",
      here: describeDuration,
    },
    max_retries: { about: "How often each step is tried again, where the step itself does not say." },
    queue,
    tags: { about: "Words to find executions by." },
  },
  parallel: {
    into: { about: "A function of the data and all outcomes, which decides what becomes of them." },
    on_error: {
      about: "`:fail_fast` (the default): the first failure fails the block. `:complete_all`: all run to their end.",
    },
    run: {
      about:
        "`:inline` (the default): in one worker, and without waits. `:queued`: each step is an execution of its own, which may wait.",
    },
  },
  schedule: {
    cron: {
      about:
        "When, as five fields: minute, hour, day of the month, month, day of the week. Or a word such as `@daily`.",
    },
    name: { about: "The schedule's name, where a workflow has several." },
    timezone: { about: "The time zone the pattern is read in; UTC when nothing is said." },
    input: { about: "What each execution is started with." },
    queue,
    overlap: { about: "`:skip` leaves out a time while the run before it is still going; `:allow` is the default." },
  },
};

/** One line on an option, for completion. */
export function aboutOption(owner: OptionOwner["kind"], name: string): string | null {
  return docs[owner][name]?.about ?? null;
}

/** What an option means where it stands: first what is special here, then what holds everywhere. */
export function describeOption(option: OptionPlace, module: ResolvedModule, program: ResolvedProgram): string | null {
  const doc = docs[option.owner.kind][option.name];
  if (!doc) return null;
  const folded = constantValue(option.value, module, program)?.value;
  const here = doc.here?.({ ...option, module, program, folded }) ?? null;
  return [here, doc.about].filter((text) => text !== null).join("\n\n");
}

function describeDuration({ folded }: OptionInPlace): string | null {
  return typeof folded === "number" ? `**${durationText(folded)}**` : null;
}

function describeRef({ folded, value, module }: OptionInPlace): string {
  return typeof folded === "string"
    ? `The child is **\`${folded}\`** of this execution.`
    : `The child is named by the value of \`${sliceOf(module, value)}\`; another value is another child.`;
}

function describeTimeout({ folded, owner }: OptionInPlace): string | null {
  if (folded === "infinity") return "**No limit**: it may wait for ever.";
  const length = typeof folded === "number" ? `**${durationText(folded)}.** ` : "";
  return `${length}${expiry(owner) ?? ""}`;
}

/** What the call gives once its timeout is over. */
function expiry(owner: OptionOwner): string | null {
  if (owner.kind !== "call") return null;
  const { call } = owner;
  const given = optionOf(call, "timeout_value");
  const onTimeout = literalOf(optionOf(call, "on_timeout"));
  const value = given ? textOfValue(given) : null;
  if (call.name.text === "call_workflow") {
    const child = onTimeout === "cancel" ? "is cancelled" : "goes on without it";
    return `After that the call gives \`{:ok, ${value ?? ":child_timeout"}}\`, and the child ${child}.`;
  }
  if (onTimeout === "fail") return "After that the workflow fails.";
  return `After that it gives \`${value ?? unansweredValues[call.name.text] ?? "nil"}\`.`;
}

/** What waits give that have no `timeout_value`, where that is not nil. */
const unansweredValues: { readonly [name: string]: string | undefined } = {
  wait_for_any: "{:timeout, nil}",
  wait_for_all: "{:timeout, received}",
};

function literalOf(expr: Expr | null): unknown {
  return expr?.kind === "literal" ? expr.value : null;
}

function textOfValue(expr: Expr): string {
  if (expr.kind !== "literal") return "timeout_value";
  if (expr.type === "atom") return `:${expr.value}`;
  return expr.value === null ? "nil" : JSON.stringify(expr.value);
}
