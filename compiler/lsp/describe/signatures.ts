/** How functions are called, as one line each. */
import type { FunctionClause, Param, Spec } from "../../ast/nodes.ts";
import type { ForeignExport, FunctionDefinition, PreludeFunction, TypedProgram } from "../../resolve/resolved.ts";
import type { Span } from "../../source/source.ts";
import { show } from "../../types/show.ts";
import type { Type } from "../../types/type.ts";

/** A signature with the place of each parameter in it, as signature help shows it. */
export interface SignatureLine {
  readonly text: string;
  readonly params: readonly Span[];
}

/** `total(line, discount \\ 0) :: number()`. */
export function functionLine(definition: FunctionDefinition, program: TypedProgram): SignatureLine {
  const { name, spec } = definition;
  const head = headOf(definition);
  const written = head.params.map((param) => textOf(param, definition));
  const types = spec ? specTypes(spec, definition) : null;
  const params = written.map((text, index) => (types ? `${text} :: ${types.params[index]}` : text));
  return line(name, params, types?.result ?? show(program.signatureOf(definition).result));
}

/** The head that declares defaults, or else the first clause. */
function headOf({ clauses }: FunctionDefinition): FunctionClause {
  return clauses.find(({ body }) => body === null) ?? clauses[0]!;
}

function textOf({ pattern, default: fallback }: Param, definition: FunctionDefinition): string {
  const end = fallback?.span.end ?? pattern.span.end;
  return sliceOf(definition, { start: pattern.span.start, end }).replace(/\s+/g, " ");
}

function specTypes({ params, result }: Spec, definition: FunctionDefinition) {
  return {
    params: params.map(({ span }) => sliceOf(definition, span)),
    result: sliceOf(definition, result.span),
  };
}

function sliceOf({ module }: FunctionDefinition, { start, end }: Span): string {
  return module.file.source.text.slice(start, end);
}

/** `Enum.map(Enumerable.t(a), (a -> b)) :: list(b)`; what `use` brings in goes without its module. */
export function builtInLine({ module, name, written }: PreludeFunction): SignatureLine {
  const isLocal = module === "Kernel" || module.startsWith("Durable");
  return line(isLocal ? name : `${module}.${name}`, written.params, written.result);
}

/** `Mailer.send_receipt(String.t(), integer()) :: boolean()`, with the name that the call uses. */
export function foreignLine(called: string, { params, rest, minArity, result }: ForeignExport): SignatureLine {
  const shown = params.map((param: Type, index) => (index < minArity ? show(param) : `optional ${show(param)}`));
  return line(called, rest ? [...shown, `…${show(rest)}`] : shown, show(result));
}

function line(name: string, params: readonly string[], result: string): SignatureLine {
  let text = `${name}(`;
  const places: Span[] = [];
  for (const [index, param] of params.entries()) {
    if (index > 0) text += ", ";
    places.push({ start: text.length, end: text.length + param.length });
    text += param;
  }
  return { text: `${text}) :: ${result}`, params: places };
}
