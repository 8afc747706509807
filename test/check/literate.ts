/**
 * Literate cases. A file holds cases, each headed by `# case: what it shows`; each is compiled alone. Comments at the
 * end of a line say what the compiler makes of that line:
 *
 *   # error: [type/bad-operand]        a diagnostic that starts on this line
 *   # warning: [name/unused-variable]
 *   # revealed: total :: integer()     the type of the last mention of that variable on this line
 *
 * What is not announced must not be reported.
 */
import type { Node, Variable, VariablePattern } from "../../compiler/ast/nodes.ts";
import { descendants } from "../../compiler/ast/walk.ts";
import { show } from "../../compiler/types/show.ts";
import { lineAt } from "./lines.ts";
import { type Checked, checkText } from "./program.ts";

export interface Case {
  readonly title: string;
  readonly text: string;
}

export function splitCases(text: string): Case[] {
  const [, ...parts] = text.split(/^# case: /m);
  return parts.map((part) => {
    const [title = "", ...lines] = part.split("\n");
    return { title, text: lines.join("\n") };
  });
}

/** What the comments announce, as lines to compare. */
export function announced({ text }: Case): string[] {
  return text
    .split("\n")
    .flatMap((line, index) =>
      [...line.matchAll(/# (error: \[\S+\]|warning: \[\S+\]|revealed: [^#]+)/g)].map(
        ([, claim = ""]) => `${index + 1}: ${claim.trim()}`,
      ),
    );
}

/** What the compiler says, in the same form; types only of what the comments ask about. */
export function found(example: Case): string[] {
  const checked = checkText(example.text);
  const diagnostics = checked.diagnostics.map(
    ({ severity, code, location }) => `${lineAt(location)}: ${severity}: [${code}]`,
  );
  return [...diagnostics, ...announced(example).flatMap((claim) => revealed(claim, checked))];
}

function revealed(claim: string, checked: Checked): string[] {
  const match = /^(\d+): revealed: (\w+) ::/.exec(claim);
  if (!match) return [];
  const [, line = "", name = ""] = match;
  const mentions = checked.files.flatMap((file) =>
    file.modules.flatMap(descendants).filter((node): node is Variable | VariablePattern => {
      const isNamed = (node.kind === "variable" || node.kind === "variablePattern") && node.name === name;
      return isNamed && lineAt({ source: file.source, span: node.span }) === Number(line);
    }),
  );
  const last = mentions.at(-1);
  return [`${line}: revealed: ${name} :: ${last ? show(typeOf(last, checked)) : "(no such variable on this line)"}`];
}

function typeOf(node: Extract<Node, Variable | VariablePattern>, { program }: Checked) {
  if (node.kind === "variable") return program.typeOf(node);
  const local = program.resolved.locals.get(node);
  return local ? program.typeOfLocal(local) : ({ kind: "dynamic" } as const);
}
