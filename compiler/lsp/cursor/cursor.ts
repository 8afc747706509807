/** What is being written at a place: the word, and what it would be part of. */
import { type IToken, parseFile } from "@durablec/grammar";
import type { Span } from "../../source/source.ts";
import { type Frame, framesBefore, type OpenCall } from "./frames.ts";

export interface Cursor {
  /** The word around the place, which a completion replaces; empty between words. */
  readonly word: Span;
  /** What makes the word what it is: a field or member, an atom, a constant, a module's name, text, or any expression. */
  readonly kind: "member" | "atom" | "constant" | "module" | "text" | "comment" | "name";
  /** `Enum` of `Enum.ma`, for a member or a module within a module. */
  readonly qualifier: string | null;
  /** The call it is an argument of. */
  readonly call: OpenCall | null;
  /** Whether an option's name may stand here. */
  readonly atOption: boolean;
  /** Whether a statement begins here. */
  readonly atStatement: boolean;
  /** The words whose blocks are around, innermost first; `fn` for a function. */
  readonly blocks: readonly string[];
  /** The innermost bracket, when there is one around in the same statement. */
  readonly inBraces: boolean;
  /** The tokens before the word, last first. */
  readonly before: readonly IToken[];
}

export function cursorAt(text: string, offset: number): Cursor {
  const { tokens, comments } = parseFile(text);
  const word = wordAround(text, offset);
  const frames = framesBefore(tokens, word.start);
  const top = frames.at(-1)!;
  const before = tokens
    .filter(({ startOffset, image }) => image !== "" && startOffset + image.length <= word.start)
    .toReversed();
  const kind = isWithin(comments, offset) ? "comment" : kindOf(text, word, top);
  const call = top.kind === "text" ? (frames.at(-2)?.call ?? null) : top.call;
  const lastWord = before[0]?.tokenType.name ?? "";
  return {
    word,
    kind,
    qualifier: qualifierBefore(text, word),
    call,
    atOption: call !== null && call.key === null && /^(?:Comma|ParenStart|BracketStart)$/.test(lastWord),
    atStatement: top.fresh && top.kind !== "call" && top.kind !== "list" && top.kind !== "braces",
    blocks: frames.flatMap(blockName).toReversed(),
    inBraces: top.kind === "braces",
    before,
  };
}

function blockName({ kind, head }: Frame): string[] {
  if (kind === "do") return [head ?? "do"];
  return kind === "fn" ? ["fn"] : [];
}

function isWithin(comments: readonly IToken[], offset: number): boolean {
  return comments.some(({ startOffset, image }) => startOffset < offset && offset <= startOffset + image.length);
}

function wordAround(text: string, offset: number): Span {
  const before = /\w*$/.exec(text.slice(Math.max(0, offset - 200), offset))?.[0].length ?? 0;
  const after = /^\w*[?!]?/.exec(text.slice(offset, offset + 200))?.[0].length ?? 0;
  return { start: offset - before, end: offset + after };
}

function kindOf(text: string, { start, end }: Span, { kind }: Frame): Cursor["kind"] {
  const before = text[start - 1] ?? "";
  if (kind === "text") return "text";
  if (before === "." && text[start - 2] !== ".") return "member";
  if (before === ":" && text[start - 2] !== ":" && !/\w/.test(text[start - 2] ?? "")) return "atom";
  if (before === "@") return "constant";
  return /^[A-Z]/.test(text.slice(start, end)) ? "module" : "name";
}

/** The dotted name that ends right before the word: `Tea.Table` of `Tea.Table.to`. */
function qualifierBefore(text: string, { start }: Span): string | null {
  const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  return /((?::[a-z]\w*|[A-Z]\w*(?:\.[A-Z]\w*)*))\.$/.exec(line)?.[1] ?? null;
}
