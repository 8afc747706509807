/** The parts of a file put in order, through ts-morph. */
import {
  type ImportDeclarationStructure,
  Project,
  type StatementStructures,
  StructureKind,
  VariableDeclarationKind,
} from "ts-morph";
import type { SourceText } from "../source/source.ts";
import { headerOf } from "./header.ts";
import type { ImportLine } from "./imports.ts";

/** A top-level declaration; `text` holds position marks. */
export interface Declaration {
  readonly kind: "machine" | "function" | "type" | "interface" | "schema" | "foreign";
  readonly name: string;
  readonly doc: string | null;
  readonly text: string;
  readonly isExported: boolean;
}

const project = new Project({ useInMemoryFileSystem: true });

export function layOut(
  source: SourceText,
  imports: readonly ImportLine[],
  declarations: readonly Declaration[],
): string {
  const statements = [
    `${headerOf(source)}\n\n`,
    ...imports.map(importStructure),
    ...declarations.flatMap(declarationStructures),
  ];
  const file = project.createSourceFile("generated.ts", { statements }, { overwrite: true });
  return file.getFullText();
}

function importStructure({ from, names, namespace }: ImportLine): ImportDeclarationStructure {
  return {
    kind: StructureKind.ImportDeclaration,
    moduleSpecifier: from,
    ...(namespace === null ? {} : { namespaceImport: namespace }),
    namedImports: names.map(({ name, alias, isType }) => ({
      name,
      isTypeOnly: isType,
      ...(alias === name ? {} : { alias }),
    })),
  };
}

function declarationStructures({ kind, name, doc, text, isExported }: Declaration): (string | StatementStructures)[] {
  const comment = `\n${doc === null ? "" : docComment(doc)}`;
  switch (kind) {
    case "function":
      return [comment, `${isExported ? "export " : ""}${text}`];
    case "interface":
      return [comment, `${isExported ? "export " : ""}interface ${name} ${text}`];
    case "type":
      return [comment, { kind: StructureKind.TypeAlias, isExported, name, type: text }];
    case "machine":
    case "schema":
    case "foreign":
      return [
        comment,
        {
          kind: StructureKind.VariableStatement,
          isExported,
          declarationKind: VariableDeclarationKind.Const,
          declarations: [{ name, initializer: text }],
        },
      ];
  }
}

/** Text of the source cannot end the comment it stands in. */
function docComment(doc: string): string {
  const lines = doc.trim().replaceAll("*/", "*\\/").replaceAll("/*", "/\\*").split(/\r?\n/);
  return lines.length === 1 ? `/** ${lines[0]} */` : `/**\n${lines.map((line) => ` * ${line}`).join("\n")}\n */`;
}
