/**
 * Words that begin something, with the rest of it. Which of them may stand where is told by the block around. `<name>` is
 * a place to fill in, `<>` where the cursor ends up.
 */
import { CompletionItemKind } from "vscode-languageserver/node";
import type { Proposal } from "./item.ts";

type Snippets = { readonly [word: string]: readonly [snippet: string, detail: string] };

const inFile: Snippets = {
  defmodule: ["defmodule <Name> do\n  use Durable\n  use Durable.Helpers\n\n  <>\nend", "a module"],
};

const inModule: Snippets = {
  workflow: [
    'workflow "<name>", input: %{<id>: String.t()} do\n  step :<first>, fn data ->\n    <>{:ok, data}\n  end\nend',
    "a workflow",
  ],
  def: ["def <name>(<args>) do\n  <>\nend", "a public function"],
  defp: ["defp <name>(<args>) do\n  <>\nend", "a private function"],
  use: ["use Durable<>", "bring in words"],
  alias: ["alias <>", "a shorter name for a module"],
  import: ['import <Mailer>, from: "./<mailer>"', "a TypeScript module"],
};

const step: Snippets = { step: ["step :<name>, fn data ->\n  <>{:ok, data}\nend", "does something"] };

const inWorkflow: Snippets = {
  ...step,
  decision: [
    "decision :<name>, fn data ->\n  if <condition>, do: {:goto, :<step>, data}, else: {:ok, data}\nend",
    "may go on at a later step",
  ],
  branch: ['branch on: fn data -> <data.kind> end do\n  "<a>" ->\n    <>\n\n  _ ->\n    \nend', "one of several ways"],
  parallel: ["parallel do\n  step :<name>, fn data ->\n    <>{:ok, data}\n  end\nend", "steps side by side"],
  compensate: ["compensate :<name>, fn data ->\n  <>{:ok, data}\nend", "undoes a step"],
};

const inBody: Snippets = {
  case: ["case <value> do\n  <pattern> -> <>\nend", "the first pattern that fits"],
  cond: ["cond do\n  <condition> -> <>\n  true -> nil\nend", "the first condition that holds"],
  if: ["if <condition> do\n  <>\nend", "a condition"],
  unless: ["unless <condition> do\n  <>\nend", "a condition that must not hold"],
  with: ["with <pattern> <- <value> do\n  <>\nend", "patterns that must all fit"],
  for: ["for <item> <- <list> do\n  <>\nend", "a list of one value for each item"],
  fn: ["fn <x> -> <> end", "a function"],
  try: ["try do\n  <>\nrescue\n  <e> -> <nil>\nend", "handles errors"],
  raise: ['raise "<>"', "fails the attempt"],
};

const byBlock: { readonly [block: string]: Snippets | undefined } = {
  defmodule: inModule,
  workflow: inWorkflow,
  branch: inWorkflow,
  parallel: step,
};

/** Null in a body, where more than these words may stand. */
export function outlineWords(blocks: readonly string[]): readonly Proposal[] | null {
  const [block] = blocks;
  if (block === undefined) return proposals({ ...inFile, ...inModule });
  const snippets = byBlock[block];
  return snippets ? proposals(snippets) : null;
}

export function bodyWords(): readonly Proposal[] {
  return proposals(inBody);
}

function proposals(snippets: Snippets): Proposal[] {
  return Object.entries(snippets).map(([label, [text, detail]]) => ({
    label,
    snippet: numbered(text),
    detail,
    kind: CompletionItemKind.Keyword,
    rank: 6,
  }));
}

/** As the protocol writes the places: `${1:name}` and `$0`. */
function numbered(text: string): string {
  let last = 0;
  return text.replace(/<([\w.]*)>/g, (_, name: string) => {
    if (name === "") return "$0";
    last += 1;
    return `\${${last}:${name}}`;
  });
}
