/** How the function is called whose arguments are being written, with the one that is due. */
import { MarkupKind, type SignatureHelp, type SignatureInformation } from "vscode-languageserver/node";
import { findFunctions } from "../../resolve/bind/functions.ts";
import { type Environment, meaningOf } from "../../resolve/environment.ts";
import type { CallTarget } from "../../resolve/resolved.ts";
import { cursorAt } from "../cursor/cursor.ts";
import type { OpenCall } from "../cursor/frames.ts";
import { environmentAt } from "../cursor/module.ts";
import { builtInLine, foreignLine, functionLine, type SignatureLine } from "../describe/signatures.ts";
import type { View } from "../view.ts";

export function signatureHelp(view: View, offset: number): SignatureHelp | null {
  const { call, kind } = cursorAt(view.file.source.text, offset);
  const environment = environmentAt(view, offset);
  if (!call || !environment || kind === "comment") return null;
  const targets = targetsOf(call, environment);
  if (targets.length === 0) return null;
  const argument = (call.listAt ?? call.argument) + (call.piped ? 1 : 0);
  const signatures = targets.map((target) => informationOf(target, call, argument, view));
  const fitting = signatures.findIndex(({ parameters = [] }) => parameters.length > argument);
  const activeSignature = fitting < 0 ? signatures.length - 1 : fitting;
  return { signatures, activeSignature, activeParameter: signatures[activeSignature]?.activeParameter ?? argument };
}

/** Every function of the name, each once, by ascending number of parameters. */
function targetsOf({ module, name }: OpenCall, environment: Environment): readonly CallTarget[] {
  if (module === null) {
    const found = findFunctions(environment, name).map(({ target }) => target);
    return found.filter(
      (target, index) => found.findIndex((other) => definitionOf(other) === definitionOf(target)) === index,
    );
  }
  const erlang = module.startsWith(":");
  const ref = {
    kind: "moduleRef",
    span: { start: 0, end: 0 },
    name: erlang ? module.slice(1) : module,
    erlang,
  } as const;
  const meaning = meaningOf(environment, ref);
  switch (meaning.kind) {
    case "project":
      return [...meaning.module.functions.values()]
        .filter((each) => each.name === name)
        .map((each) => ({ kind: "function", function: each }));
    case "prelude":
      return environment.world.prelude
        .functions(meaning.name, name)
        .map((each) => ({ kind: "prelude", function: each }));
    case "foreign": {
      const found = meaning.module.exports.get(name);
      return found ? [{ kind: "foreign", module: meaning.module, export: found }] : [];
    }
    default:
      return [];
  }
}

function definitionOf(target: CallTarget): unknown {
  return target.kind === "foreign" ? target.export : target.function;
}

function informationOf(target: CallTarget, call: OpenCall, argument: number, view: View): SignatureInformation {
  const { text, params } = lineOf(target, call, view);
  const doc = target.kind === "foreign" ? null : target.function.doc;
  // Options are written one by one, and are one parameter, the last.
  const active = call.key === null ? argument : params.length - 1;
  return {
    label: text,
    parameters: params.map(({ start, end }) => ({ label: [start, end] })),
    activeParameter: Math.min(active, Math.max(0, params.length - 1)),
    ...(doc && { documentation: { kind: MarkupKind.Markdown, value: doc } }),
  };
}

function lineOf(target: CallTarget, { name, module }: OpenCall, { snapshot: { program } }: View): SignatureLine {
  switch (target.kind) {
    case "prelude":
      return builtInLine(target.function);
    case "function":
      return functionLine(target.function, program);
    case "foreign":
      return foreignLine(`${module}.${name}`, target.export);
  }
}
