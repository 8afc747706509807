/** What a name means, for a reader: its signature, what is known of it here, and its documentation. */
import type { Call, Expr, Step } from "../../ast/nodes.ts";
import { durationText } from "../../diagnostics/wording.ts";
import { constantValue } from "../../flow/constants.ts";
import { defaultRef } from "../../flow/default-ref.ts";
import { optionOf } from "../../resolve/options/call.ts";
import type { PreludeEffect, ResolvedWorkflow, RetryPolicy, StepOptions } from "../../resolve/resolved.ts";
import { show } from "../../types/show.ts";
import type { Occurrence } from "../names/symbol.ts";
import type { View } from "../view.ts";
import { code } from "./markdown.ts";
import { describeOption } from "./options.ts";
import { builtInLine, foreignLine, functionLine } from "./signatures.ts";
import { sliceOf } from "./source-slice.ts";

type Paragraphs = readonly (string | null)[];

export function describe({ symbol, expr }: Occurrence, view: View): Paragraphs {
  const { program } = view.snapshot;
  switch (symbol.kind) {
    case "local": {
      const type = expr ? program.typeOf(expr as Expr) : program.typeOfLocal(symbol.local);
      return [code(`${symbol.local.name} :: ${show(type)}`)];
    }
    case "dataKey":
      return [
        code(expr ? `${symbol.key} :: ${show(program.typeOf(expr as Expr))}` : symbol.key),
        `A key of the data of \`${symbol.workflow.name}\`.`,
      ];
    case "field":
      return [code(`${symbol.field.key.text} :: ${show(program.typeOf(symbol.field))}`)];
    case "function": {
      const { function: definition } = symbol;
      const word = definition.visibility === "private" ? "defp" : "def";
      return [
        code(`${word} ${functionLine(definition, program).text}`),
        `In \`${definition.module.name}\`.`,
        definition.doc,
      ];
    }
    case "builtIn": {
      const { module, name, effect, doc } = symbol.function;
      const all = view.snapshot.prelude.functions(module, name);
      const call = expr?.kind === "call" ? expr : null;
      return [
        code(all.map((each) => builtInLine(each).text).join("\n")),
        doc,
        effects[effect],
        call && describeCall(call, view),
      ];
    }
    case "foreign": {
      const called = `${symbol.module.name}.${expr && "name" in expr && typeof expr.name === "object" ? expr.name.text : symbol.export.name}`;
      const { path, line, name } = symbol.export;
      return [
        code(foreignLine(called, symbol.export).text),
        `TypeScript: the export \`${name}\`, ${path}:${line}.`,
        "It is called at least once: after a crash, once more.",
      ];
    }
    case "step":
      return describeStep(symbol, view);
    case "compensation": {
      const { compensation } = symbol;
      const settings = settingsOf(program.resolved.stepOptions.get(compensation));
      return [
        code(`compensate :${compensation.name.text}`),
        "Undoes its steps when the workflow fails for good, the newest first.",
        settings,
      ];
    }
    case "workflow":
      return describeWorkflow(symbol.workflow, view);
    case "module": {
      const { module } = symbol;
      const workflows = module.workflows.map(({ name }) => `\`${name}\``);
      return [
        code(`defmodule ${module.name}`),
        module.ast.doc,
        workflows.length > 0 ? `Workflows: ${workflows.join(", ")}.` : null,
        ...(module.workflows[0] ? [describeInput(module.workflows[0], view)] : []),
      ];
    }
    case "builtInModule":
      return [code(symbol.name), "A built-in module."];
    case "foreignModule":
      return [
        code(`import ${symbol.module.name}`),
        `TypeScript: \`${symbol.module.specifier}\`.`,
        exportsOf([...symbol.module.exports.keys()]),
      ];
    case "constant": {
      const { constant, module } = symbol;
      const folded = constantValue(constant.value, module, program.resolved)?.value;
      const shown = code(`@${constant.name.text} ${sliceOf(module, constant.value)}`);
      const isTime = typeof folded === "number" && constant.value.kind === "call";
      return [shown, isTime ? `${durationText(folded)}.` : null];
    }
    case "type":
      return [code(sliceOf(symbol.module, symbol.type))];
    case "option": {
      const { option, module } = symbol;
      return [
        code(`${option.name}: ${sliceOf(module, option.value)}`),
        describeOption(option, module, program.resolved),
      ];
    }
  }
}

const effects: { readonly [effect in PreludeEffect]: string | null } = {
  pure: null,
  clock: "Reads the clock.",
  random: "Gives another value each time.",
  log: "Writes to the log.",
  context: null,
  suspends:
    "The execution rests here: what comes before never runs again because of the wait, and no worker is occupied.",
  starts: null,
  blocks: "Keeps its worker busy while it waits; `sleep` does not.",
};

/** The child a call means, and its ref when none is written. */
function describeCall(call: Call, { snapshot }: View): string | null {
  const child = snapshot.program.resolved.children.get(call);
  if (!child) return null;
  const { program } = snapshot;
  const ref = optionOf(call, "ref")
    ? null
    : `As no \`ref:\` is given, the child is **\`${defaultRef(child)}\`** of this execution.`;
  return [
    `Workflow \`${child.name}\` of \`${child.module.name}\`.`,
    `Takes \`${show(program.inputOf(child))}\`, gives \`${show(program.resultOf(child))}\`.`,
    ...(ref === null ? [] : [ref]),
  ].join("\n\n");
}

function describeStep({ step }: { readonly step: Step }, view: View): Paragraphs {
  const { program } = view.snapshot;
  const { goesOn, targets } = program.exitsOf(step);
  const gotos = targets.length > 0 ? `May go to ${targets.map((target) => `\`:${target}\``).join(", ")}.` : null;
  return [
    code(`${step.variant} :${step.name.text}`),
    `Given:\n${code(show(program.dataAt(step)))}`,
    settingsOf(program.resolved.stepOptions.get(step)),
    gotos,
    goesOn ? null : "What follows it in the text is not next.",
  ];
}

/** `Tried 3 times. 20 minutes for each attempt. Undone by :refund.` */
function settingsOf(options: StepOptions | undefined): string | null {
  if (!options) return null;
  const { retry, timeoutMs, compensate, queue } = options;
  const parts = [
    retry ? retryText(retry) : null,
    timeoutMs === undefined ? null : `${durationText(timeoutMs)} for each attempt, waits included.`,
    compensate ? `Undone by \`:${compensate.text}\`.` : null,
    queue === undefined ? null : `In the queue \`${queue}\`.`,
  ].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(" ") : null;
}

function retryText({ maxAttempts, backoff = "exponential" }: RetryPolicy): string {
  return maxAttempts === 1 ? "Tried once." : `Tried up to ${maxAttempts} times, with ${backoff} backoff.`;
}

function describeWorkflow(workflow: ResolvedWorkflow, view: View): Paragraphs {
  const { timeoutMs, retry } = workflow.options;
  return [
    code(`workflow ${JSON.stringify(workflow.name)}`),
    workflow.ast.doc,
    describeInput(workflow, view),
    timeoutMs === undefined
      ? null
      : `At most ${durationText(timeoutMs)} in all; then it has failed, and its children are cancelled.`,
    retry ? retryText(retry).replace("Tried", "Each step is tried") : null,
  ];
}

function describeInput(workflow: ResolvedWorkflow, { snapshot: { program } }: View): string {
  return `Takes:\n${code(show(program.inputOf(workflow)))}\nGives:\n${code(show(program.resultOf(workflow)))}`;
}

function exportsOf(names: readonly string[]): string | null {
  return names.length === 0 ? null : `Exports ${names.map((name) => `\`${name}\``).join(", ")}.`;
}
