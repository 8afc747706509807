/**
 * `orders.d.durable.ts` beside `orders.durable`: what TypeScript reads where an app imports the `.durable` file itself
 * (`allowArbitraryExtensions`). Taken from the generated text alone, so that writing it costs no type check.
 */
import { ts } from "ts-morph";
import type { EmittedFile } from "./emitted-file.ts";
import { headerOf } from "./header.ts";

export interface DeclarationFile {
  readonly path: string;
  readonly code: string;
}

/** Of a module that was generated beside its source. */
export function declarationsFor(file: EmittedFile): DeclarationFile {
  return { path: file.path.replace(/\.durable\.ts$/, ".d.durable.ts"), code: declarationsOf(file) };
}

/** What the generated module exports, without the bodies. */
function declarationsOf({ path, code, source }: EmittedFile): string {
  const file = ts.createSourceFile(path, code, ts.ScriptTarget.ES2023, true);
  const declared = file.statements.map((statement) => declaration(statement, file)).filter((text) => text !== null);
  const header = headerOf(source);
  return `${[header, importsOf(file), ...declared].join("\n\n")}\n`;
}

function importsOf(file: ts.SourceFile): string {
  return file.statements
    .filter(ts.isImportDeclaration)
    .filter(({ importClause }) => importClause?.namedBindings && ts.isNamedImports(importClause.namedBindings))
    .map((line) => typeImport(line, file))
    .filter((text) => text !== null)
    .join("\n");
}

/** Types only; a generated file of another source is imported as that source. */
function typeImport(line: ts.ImportDeclaration, file: ts.SourceFile): string | null {
  const { elements } = line.importClause!.namedBindings as ts.NamedImports;
  const types = elements.filter(({ isTypeOnly }) => isTypeOnly).map((each) => each.getText(file).replace(/^type /, ""));
  if (types.length === 0) return null;
  const from = (line.moduleSpecifier as ts.StringLiteral).text.replace(/\.durable\.js$/, ".durable");
  return `import type { ${types.join(", ")} } from ${JSON.stringify(from)};`;
}

function declaration(statement: ts.Statement, file: ts.SourceFile): string | null {
  if (ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement)) return whole(statement, file);
  if (!isExported(statement)) return null;
  if (ts.isFunctionDeclaration(statement)) return functionDeclaration(statement, file);
  return ts.isVariableStatement(statement) ? machineDeclaration(statement, file) : null;
}

function whole(node: ts.Node, file: ts.SourceFile): string {
  return file.text.slice(node.getFullStart(), node.end).trim();
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function machineDeclaration(statement: ts.VariableStatement, file: ts.SourceFile): string | null {
  const [{ name, initializer } = {}] = statement.declarationList.declarations;
  if (!name || !initializer || !ts.isCallExpression(initializer)) return null;
  const types = initializer.typeArguments?.map((type) => type.getText(file)).join(", ");
  const comment = file.text.slice(statement.getFullStart(), statement.getStart(file)).trim();
  return `${comment}\nexport declare const ${name.getText(file)}: import("@durablec/runtime").Machine<${types}>;`;
}

function functionDeclaration(statement: ts.FunctionDeclaration, file: ts.SourceFile): string {
  const head = file.text.slice(statement.getFullStart(), statement.body?.getFullStart()).trim();
  const async = head.replace("export async function", "export function");
  const result = statement.type ? "" : ': import("@durablec/runtime").Dynamic';
  return `${async.replace("export function", "export declare function")}${result};`;
}
