/**
 * One source file becomes one TypeScript file: imports, then the functions of its modules, then a machine for each
 * workflow.
 */
import { basename } from "node:path";
import type { SourceFile as SourceFileAst } from "../ast/nodes.ts";
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import type { Facts } from "../ir/lower/facts.ts";
import { lowerFn } from "../ir/lower/function.ts";
import type { LoweredModule } from "../ir/lower/program.ts";
import type { FunctionIr, MachineIr } from "../ir/machine.ts";
import type { ForeignExport, ForeignModule, FunctionDefinition, Local, ResolvedModule } from "../resolve/resolved.ts";
import type { SourceText } from "../source/source.ts";
import type { RecordOf, Type } from "../types/type.ts";
import { dataTypesOf } from "./data.ts";
import type { EmittedFile } from "./emitted-file.ts";
import type { Exports } from "./exports.ts";
import { express } from "./expression/express.ts";
import { format } from "./format.ts";
import { createImports, type Imports } from "./imports.ts";
import { type Declaration, layOut } from "./layout.ts";
import { stringLiteral } from "./literal.ts";
import { emitMachine } from "./machine.ts";
import { takeMarks } from "./mark.ts";
import { createNames, isReserved } from "./names.ts";
import { type RuntimeName, type RuntimeTypeName, runtimeNames, runtimeTypeNames } from "./runtime-names.ts";
import { type FileScope, readIn } from "./scope.ts";
import { declaredResult, paramTypes } from "./seen.ts";
import { createSourceMap } from "./source-map.ts";
import { emitStatements } from "./statement.ts";
import { isAnyMap, recordText, schemaText, typeText } from "./type.ts";

export interface FileContent {
  readonly ast: SourceFileAst;
  readonly modules: readonly LoweredModule[];
}

export interface FileContext {
  readonly bag: DiagnosticBag;
  readonly exports: Exports;
  readonly outputPath: (source: SourceText) => string;
}

/** One module of the file. */
export interface EmitContext extends FileContext {
  readonly facts: Facts;
}

export async function emitFile(content: FileContent, context: FileContext): Promise<EmittedFile> {
  const { source } = content.ast;
  const path = context.outputPath(source);
  const claimed = new Set<string>([...context.exports.of(source), ...runtimeNames, ...runtimeTypeNames, "io"]);
  const imports = createImports(path, (wanted) => claim(wanted, claimed));
  const foreign: Foreign = { modules: new Map(), schemas: new Map() };
  const file = fileScope(source, imports, claimed, foreign, context);
  const declarations = [
    ...content.modules.flatMap(({ functions, facts }) =>
      functions.map((fn) => functionDeclaration(fn, fn.definition!, file, { ...context, facts })),
    ),
    ...content.modules.flatMap(({ machines, facts }) =>
      machines.flatMap((machine) => machineDeclarations(machine, file, { ...context, facts })),
    ),
  ];
  const called = [...foreign.modules.values(), ...foreign.schemas.values()];
  const all = [...called, ...declarations];
  const lines = imports.lines(all.map(({ text }) => text).join("\n"));
  const marked = takeMarks(layOut(source, lines, all));
  const code = await format(marked.code);
  const map = createSourceMap(marked, code, source, path);
  return { path, source, code: `${code}//# sourceMappingURL=${basename(path)}.map\n`, map };
}

function claim(wanted: string, claimed: Set<string>): string {
  let name = wanted;
  for (let n = 2; claimed.has(name) || isReserved(name); n++) name = `${wanted}${n}`;
  claimed.add(name);
  return name;
}

/** What the file says once of the TypeScript it calls. */
interface Foreign {
  /** By name and specifier: modules of one file may give a name to different ones. */
  readonly modules: Map<string, Declaration>;
  readonly schemas: Map<ForeignExport, Declaration>;
}

function fileScope(
  source: SourceText,
  imports: Imports,
  taken: Set<string>,
  { modules, schemas }: Foreign,
  { exports, outputPath }: FileContext,
): FileScope {
  const reach = (target: Parameters<Exports["nameOf"]>[0], module: ResolvedModule): string => {
    const name = exports.nameOf(target);
    return module.file.source === source ? name : imports.generated(outputPath(module.file.source), name);
  };
  return {
    runtime: (name) => imports.runtime(name as RuntimeName),
    runtimeType: (name) => imports.runtimeType(name as RuntimeTypeName),
    recordName(record) {
      const known = exports.typeOf(record);
      if (known === null) return null;
      const { source: from } = known.module.file;
      return from === source ? known.name : imports.generatedType(outputPath(from), known.name);
    },
    machine: (workflow) => reach(workflow, workflow.module),
    function: (definition) => reach(definition, definition.module),
    foreign(module, entry) {
      const key = JSON.stringify([module.name, module.specifier]);
      const known = modules.get(key) ?? foreignDeclaration(module, imports, taken);
      modules.set(key, known);
      return `${known.name}.${entry.name}`;
    },
    foreignResult(module, entry) {
      if (!isWorthChecking(entry.result)) return null;
      const known = schemas.get(entry) ?? schemaDeclaration(module, entry, imports, taken);
      schemas.set(entry, known);
      return known.name;
    },
    taken,
  };
}

/** The module as the file's code calls it: what a test may replace. */
function foreignDeclaration(module: ForeignModule, imports: Imports, taken: Set<string>): Declaration {
  const text = `${imports.runtime("foreign")}(${stringLiteral(module.name)}, ${imports.foreign(module)})`;
  const name = claim(module.name.replaceAll(".", ""), taken);
  return { kind: "foreign", name, doc: null, text, isExported: false };
}

/** Of a function that gives nothing, or that TypeScript knows nothing of, there is nothing to check. */
function isWorthChecking({ kind }: Type): boolean {
  return kind !== "dynamic" && kind !== "nil" && kind !== "none";
}

function schemaDeclaration(
  module: ForeignModule,
  entry: ForeignExport,
  imports: Imports,
  taken: Set<string>,
): Declaration {
  const words = `${module.name}.${entry.name}`.split(".").map((word) => word[0]!.toUpperCase() + word.slice(1));
  return {
    kind: "schema",
    name: claim(`${words.join("")}Result`, taken),
    doc: null,
    text: schemaText(entry.result, imports.runtime("z"), "strip"),
    isExported: false,
  };
}

function machineDeclarations(
  machine: MachineIr,
  around: FileScope,
  { facts, bag, exports }: EmitContext,
): Declaration[] {
  const { workflow } = machine;
  const { module, ast } = workflow;
  const { program } = facts;
  const name = exports.nameOf(workflow);
  const events = program.eventsOf(workflow);
  const types = {
    input: `${name}Input`,
    output: `${name}Output`,
    data: `${name}Data`,
    events: events ? `${name}Events` : null,
  };
  const input = { name: types.input, type: program.inputOf(workflow) };
  const data = dataTypesOf(machine, types.data, input, program, around);
  const eventOf = (record: RecordOf) => {
    const found = [...(events?.fields ?? [])].find(([, { type }]) => type === record && !isAnyMap(record));
    return found ? `${types.events}[${stringLiteral(found[0])}]` : null;
  };
  const recordName = (record: RecordOf) => around.recordName(record) ?? eventOf(record) ?? data.nameOf(record);
  const file: FileScope = { ...around, recordName };
  const scope = { machine, module, facts, file, types, lowerFn: lowerIn(module, facts, bag) };
  return [
    typeDeclaration(types.input, `What ${name} is started with.`, input.type, around),
    typeDeclaration(types.output, `What ${name} comes to.`, program.resultOf(workflow), around),
    ...(events ? [typeDeclaration(`${name}Events`, `What the events of ${name} bring.`, events, around)] : []),
    ...(data.text === null ? [] : [interfaceDeclaration(types.data, `The data of ${name} at each step.`, data.text)]),
    {
      kind: "machine",
      name,
      doc: ast.doc ?? `Workflow "${workflow.name}" of ${module.name}.`,
      text: emitMachine(scope),
      isExported: true,
    },
  ];
}

function typeDeclaration(name: string, doc: string, type: RecordOf, file: FileScope): Declaration {
  const text = isAnyMap(type) ? file.runtimeType("Data") : recordText(type, file);
  return { kind: "type", name, doc, text, isExported: true };
}

function interfaceDeclaration(name: string, doc: string, text: string): Declaration {
  return { kind: "interface", name, doc, text, isExported: true };
}

function lowerIn({ file: { source } }: ResolvedModule, facts: Facts, bag: DiagnosticBag) {
  return (fn: Parameters<typeof lowerFn>[0]): FunctionIr =>
    lowerFn(fn, `fn/${fn.clauses[0]?.params.length ?? 0}`, { facts, bag, source });
}

function functionDeclaration(
  fn: FunctionIr,
  definition: FunctionDefinition,
  file: FileScope,
  { facts, bag, exports }: EmitContext,
): Declaration {
  const { module } = definition;
  const names = createNames(file.taken);
  const types = typesOf(definition, facts);
  const scope = {
    file,
    facts,
    module,
    names,
    captures: [],
    lowerFn: lowerIn(module, facts, bag),
    isRead: readIn(fn.statements, facts),
    result: types.result,
  };
  fn.params.forEach((param, i) => {
    names.see(param, types.params[i]!);
  });
  const defaultOf = (param: Local) => {
    const value = fn.defaults.get(param);
    if (value === undefined) return "";
    return value === null ? " = undefined" : ` = ${express(value, scope)}`;
  };
  const params = fn.params.map(
    (param, i) => `${names.declare(param)}: ${typeText(types.params[i]!, file)}${defaultOf(param)}`,
  );
  const io = fn.effects.io ? [`io: ${file.runtimeType("Io")}`] : [];
  const given = typeText(types.result, file);
  const result = fn.effects.async ? `Promise<${given}>` : given;
  const name = exports.nameOf(definition);
  const head = `${fn.effects.async ? "async " : ""}function ${name}(${[...io, ...params].join(", ")}): ${result}`;
  const isExported = definition.visibility === "public";
  return {
    kind: "function",
    name,
    isExported,
    doc: definition.doc,
    text: `${head} {\n${emitStatements(fn.statements, scope)}\n}`,
  };
}

interface Signature {
  readonly params: readonly Type[];
  readonly result: Type;
}

/** A function bears the types of its `@spec`, and what is known of its result without one. */
function typesOf(definition: FunctionDefinition, facts: Facts): Signature {
  return {
    params: paramTypes(definition, facts),
    result: declaredResult(facts.program.signatureOf(definition).result),
  };
}
