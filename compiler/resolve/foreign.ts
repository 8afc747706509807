/**
 * The app's own TypeScript: which functions a module exports, and their types. Reads the modules through the TypeScript
 * compiler, which is slow to load, so whoever needs this file imports it only when a source names such a module.
 */
import { dirname, relative } from "node:path";
import { Project, ts } from "ts-morph";
import type { ForeignRequest } from "../input.ts";
import { dynamic } from "../types/construct.ts";
import { union } from "../types/join.ts";
import type { Type } from "../types/type.ts";
import { isReadExactly, paramFromTs, resultFromTs, unstorableFromTs } from "./foreign-type.ts";
import type { ForeignExport, ForeignModule } from "./resolved.ts";

export interface ForeignReaderOptions {
  /** Where relative paths in messages start. */
  readonly cwd: string;
  /** Absolute path of the file that a request comes from. */
  readonly fileOf: (request: ForeignRequest) => string;
}

/** Null when there is no such module. A module is read once. */
export type ForeignReader = (request: ForeignRequest) => ForeignReading | null;

export interface ForeignReading {
  readonly module: ForeignModule;
  /**
   * Absolute paths of all that had a say in the types, among them files that were looked for and were not there: while
   * nothing changes, comes or goes, reading again gives the same.
   */
  readonly files: readonly string[];
}

interface Exported {
  /** How generated code reaches it from the module: `deliver`, `default`, `default.deliver`. */
  readonly path: string;
  readonly symbol: ts.Symbol;
}

export function createForeignReader({ cwd, fileOf }: ForeignReaderOptions): ForeignReader {
  const read = new Map<string, Omit<ForeignReading, "module"> & Pick<ForeignModule, "exports">>();
  const programFor = createPrograms();
  return (request) => {
    const disk = watchedDisk();
    const found = resolveModule(request.specifier, fileOf(request), disk);
    if (found === null) return null;
    const path = found.resolvedFileName;
    if (!read.has(path)) {
      const program = programFor(path);
      read.set(path, { exports: readExports(program, path, cwd), files: filesOf(program) });
    }
    const { exports, files: sources } = read.get(path)!;
    const files = [...new Set([...sources, ...disk.seen])];
    const specifier = isPath(request.specifier) ? path : request.specifier;
    return { module: { name: request.name, specifier, exports }, files };
  };
}

/** TypeScript's own library comes with the compiler and is on no disk. A package's version is in its package.json. */
function filesOf(program: ts.Program): string[] {
  const sources = program.getSourceFiles().filter((file) => !program.isSourceFileDefaultLibrary(file));
  const paths = sources.map(({ fileName }) => fileName);
  return [...paths, ...paths.flatMap(packageOf)];
}

/** `…/node_modules/@scope/name/lib/index.d.ts` belongs to `…/node_modules/@scope/name/package.json`. */
function packageOf(path: string): string[] {
  const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
  return folder === undefined ? [] : [`${folder}/package.json`];
}

/** The disk, and what has been asked of it: settings, packages, places where a module might have been. */
interface WatchedDisk {
  readonly system: ts.System;
  readonly seen: ReadonlySet<string>;
}

function watchedDisk(): WatchedDisk {
  const seen = new Set<string>();
  const watched =
    <Answer>(ask: (path: string) => Answer) =>
    (path: string): Answer => {
      seen.add(path);
      return ask(path);
    };
  return { system: { ...ts.sys, fileExists: watched(ts.sys.fileExists), readFile: watched(ts.sys.readFile) }, seen };
}

function isPath(specifier: string): boolean {
  return /^\.{0,2}\//.test(specifier);
}

function resolveModule(specifier: string, from: string, { system }: WatchedDisk): ts.ResolvedModuleFull | null {
  return ts.resolveModuleName(specifier, from, optionsAt(from, system), system).resolvedModule ?? null;
}

/** One project grows with the modules asked for: what it has read before is not read again. */
function createPrograms(): (path: string) => ts.Program {
  let project: Project | undefined;
  return (path) => {
    project ??= new Project({ compilerOptions: optionsAt(path, ts.sys), skipFileDependencyResolution: true });
    project.addSourceFileAtPath(path);
    return project.getProgram().compilerObject;
  };
}

/** The app's own settings, so that its path aliases and type roots hold; but null and undefined always count. */
function optionsAt(path: string, system: ts.System): ts.CompilerOptions {
  const configPath = ts.findConfigFile(dirname(path), system.fileExists);
  const config = configPath === undefined ? {} : ts.readConfigFile(configPath, system.readFile).config;
  const folder = configPath === undefined ? dirname(path) : dirname(configPath);
  const host: ts.ParseConfigHost = { ...system, readDirectory: () => [] };
  const parsed = ts.parseJsonConfigFileContent(config ?? {}, host, folder);
  return { ...parsed.options, ...ours };
}

const ours: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowJs: true,
  maxNodeModuleJsDepth: 1,
  noEmit: true,
  skipLibCheck: true,
  strict: true,
};

function readExports(program: ts.Program, path: string, cwd: string): ForeignModule["exports"] {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(path)!);
  const exported =
    module === undefined ? [] : checker.getExportsOfModule(module).flatMap((symbol) => reachable(symbol, checker));
  const found = new Map<string, ForeignExport>();
  for (const { path: name, symbol } of exported) {
    const read = readExport(name, symbol, checker, cwd);
    if (read !== null) found.set(callableName(name, symbol), read);
  }
  return withSnakeCase(found);
}

/** An export, and where the default export is an object, what is in it. */
function reachable(symbol: ts.Symbol, checker: ts.TypeChecker): Exported[] {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  if (symbol.name !== "default") return [{ path: symbol.name, symbol: target }];
  const members = checker.getPropertiesOfType(checker.getTypeOfSymbol(target));
  return [
    { path: "default", symbol: target },
    ...members.map((member) => ({ path: `default.${member.name}`, symbol: member })),
  ];
}

/** A default export goes by its own name when it has one. */
function callableName(path: string, symbol: ts.Symbol): string {
  if (path !== "default") return path.replace(/^default\./, "");
  const declaration = symbol.valueDeclaration;
  return declaration !== undefined && ts.isFunctionDeclaration(declaration) ? (declaration.name?.text ?? path) : path;
}

/** `sendReceipt` may be called `send_receipt`, unless the module has that as well. */
function withSnakeCase(exports: ReadonlyMap<string, ForeignExport>): ForeignModule["exports"] {
  const aliases = [...exports].map(([name, found]) => [snakeCase(name), found] as const);
  return new Map([...aliases, ...exports]);
}

function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, "$1$3_$2").toLowerCase();
}

/** Null for what cannot be called. Of overloads, each parameter and the result may be what any of them says. */
function readExport(name: string, symbol: ts.Symbol, checker: ts.TypeChecker, cwd: string): ForeignExport | null {
  const signatures = checker.getTypeOfSymbol(symbol).getCallSignatures();
  const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
  if (signatures.length === 0 || declaration === undefined) return null;
  const file = declaration.getSourceFile();
  const params = signatures.map((signature) => paramsOf(signature, checker));
  const unstorable = unstorableFromTs(signatures[0]!.getReturnType(), checker);
  return {
    name,
    params: joinPositions(params),
    rest: restOf(signatures[0]!, checker),
    result: union(...signatures.map((signature) => resultFromTs(signature.getReturnType(), checker))),
    ...(unstorable !== null && signatures.length === 1 && { unstorable }),
    isExact: signatures.length === 1 && signatures[0]!.parameters.every((param) => isExact(param, checker)),
    minArity: Math.min(...signatures.map((signature) => minArityOf(signature))),
    path: relative(cwd, file.fileName),
    line: file.getLineAndCharacterOfPosition(declaration.getStart()).line + 1,
  };
}

function paramsOf(signature: ts.Signature, checker: ts.TypeChecker): Type[] {
  return signature.parameters
    .filter((param) => !isRest(param))
    .map((param) => paramFromTs(checker.getTypeOfSymbol(param), checker));
}

function isExact(param: ts.Symbol, checker: ts.TypeChecker): boolean {
  return isReadExactly(checker.getTypeOfSymbol(param), checker);
}

/** The type of each argument that a rest parameter gathers; null without one. */
function restOf({ parameters }: ts.Signature, checker: ts.TypeChecker): Type | null {
  const last = parameters.at(-1);
  if (last === undefined || !isRest(last)) return null;
  const type = paramFromTs(checker.getTypeOfSymbol(last), checker);
  return type.kind === "list" ? type.element : dynamic;
}

function joinPositions(lists: readonly (readonly Type[])[]): Type[] {
  const longest = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, index) =>
    union(...lists.flatMap((list) => (index < list.length ? [list[index]!] : []))),
  );
}

function minArityOf({ parameters }: ts.Signature): number {
  const firstOptional = parameters.findIndex(isOptional);
  return firstOptional === -1 ? parameters.length : firstOptional;
}

function isOptional(param: ts.Symbol): boolean {
  const declaration = parameterOf(param);
  return declaration?.questionToken !== undefined || declaration?.initializer !== undefined || isRest(param);
}

function isRest(param: ts.Symbol): boolean {
  return parameterOf(param)?.dotDotDotToken !== undefined;
}

function parameterOf({ valueDeclaration }: ts.Symbol): ts.ParameterDeclaration | undefined {
  return valueDeclaration !== undefined && ts.isParameter(valueDeclaration) ? valueDeclaration : undefined;
}
