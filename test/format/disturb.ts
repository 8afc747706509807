/** The same program laid out otherwise: lines broken where they may be, comments and empty lines put in between. */
import { parseFile } from "@durablec/grammar";
import * as fc from "fast-check";

/** After these a line may end anywhere. */
const open = new Set([
  ...["ParenStart", "BracketStart", "BraceStart", "MapStart", "Comma", "Arrow", "Do", "Else", "Rescue", "After"],
  ...["FatArrow", "KeyColon", "Equals", "|>", "<>", "++", "==", "&&", "||", "And", "Or", "When", "TypeOperator", "Bar"],
]);

/** What is put where a line may end, and where one does; `$` numbers the comments. */
const inside = ["", "", "", "", "", "", "\n", " # c$\n", "\n# c$\n", "\n\n# c$\n\n"];
const between = ["", "", "", "\n\n\n", " # c$\n", "\n# c$\n", "\n\n# c$\n# d$\n\n"];

const draws = fc.infiniteStream(fc.nat({ max: 1000 }));

export function disturbed(program: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(program, draws).map(([text, stream]) => disturb(text, () => stream.next().value ?? 0));
}

function disturb(text: string, draw: () => number): string {
  const { tokens } = parseFile(text);
  let [result, comments] = ["", 0];
  tokens.forEach((token, index) => {
    const end = token.startOffset + token.image.length;
    const next = tokens[index + 1];
    const gap = text.slice(end, next?.startOffset ?? text.length);
    const choices = choicesAfter(token.tokenType.name, next?.tokenType.name, gap);
    const added = choices[draw() % choices.length]!.replaceAll("$", () => String(comments++));
    result += token.image + added + (added.endsWith("\n") ? gap.replace(/^\n/, "") : gap);
  });
  return result;
}

function choicesAfter(name: string, next: string | undefined, gap: string): readonly string[] {
  if (gap.includes("#")) return [""];
  if (name === "Separator") return between;
  return open.has(name) && next !== undefined && next !== "Separator" ? inside : [""];
}
