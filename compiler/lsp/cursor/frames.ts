/**
 * What is open at a place in a text: brackets, blocks, calls. Read from the tokens before the place alone, so that it holds
 * for texts that are being written.
 */
import { declaringWords, type IToken } from "@durablec/grammar";

/** A call whose arguments are being written, in parentheses, without, or as a list of options. */
export interface OpenCall {
  /** `map` of `Enum.map(`; `step` of `step :a, [`; `retry` of `retry: [`. */
  readonly name: string;
  /** `Enum`; null for a local name. */
  readonly module: string | null;
  readonly nameOffset: number;
  readonly piped: boolean;
  /** Of a list of options, which parameter of the call it is; null where the call's own arguments are written. */
  readonly listAt: number | null;
  /** Which argument, or item of the list, the place is in, from 0. */
  argument: number;
  /** The option whose value the place is in. */
  key: string | null;
  /** The options that have been named. */
  readonly keys: string[];
  /** The token that each argument begins with. */
  readonly firsts: (IToken | undefined)[];
}

/** Something that has been opened and not closed. */
export interface Frame {
  readonly kind: "file" | "do" | "fn" | "group" | "call" | "list" | "braces" | "text" | "interpolation";
  /** Of a `do`: the word whose block it is. */
  readonly head: string | null;
  /** The call that is being written here now. */
  call: OpenCall | null;
  /** Whether nothing of the current statement has been read. */
  fresh: boolean;
}

/** Innermost last; the file is always the first. */
export function framesBefore(tokens: readonly IToken[], offset: number): Frame[] {
  const stack: Frame[] = [frame("file")];
  for (const [index, token] of tokens.entries()) {
    if (token.startOffset + token.image.length > offset) break;
    if (token.image !== "") read(token, tokens, index, stack);
  }
  return stack;
}

function frame(kind: Frame["kind"], head: string | null = null, call: OpenCall | null = null): Frame {
  return { kind, head, call, fresh: true };
}

function read(token: IToken, tokens: readonly IToken[], index: number, stack: Frame[]): void {
  const top = stack.at(-1)!;
  const name = token.tokenType.name;
  if (name.startsWith("TextStart") || /^(?:Sigil|AtomText|KeyText)\w*Start/.test(name)) push(stack, "text");
  else if (name.startsWith("TextEnd") || name === "KeyTextEnd") popTo(stack, "text");
  else if (name === "InterpolationStart") push(stack, "interpolation");
  else if (name === "ParenStart") stack.push(parenthesis(tokens, index));
  else if (name === "BracketStart") stack.push(frame("list", null, optionsOwner(top)));
  else if (name === "BraceStart" || name === "MapStart") push(stack, "braces");
  else if (name === "ParenEnd") popTo(stack, "call", "group");
  else if (name === "BracketEnd") popTo(stack, "list");
  else if (name === "BraceEnd") popTo(stack, "braces", "interpolation");
  else if (name === "Do") stack.push(frame("do", top.call?.name ?? null));
  else if (name === "Fn") push(stack, "fn");
  else if (name === "End") popTo(stack, "do", "fn");
  else if (startsStatement.has(name)) restart(top);
  else if (name === "Comma") nextArgument(top);
  else if (name === "KeyColon") beginOption(top, token.image.slice(0, -1));
  else beginExpression(token, tokens, index, top);
  note(token, top);
}

const startsStatement: ReadonlySet<string> = new Set([
  "Separator",
  "Newline",
  "Semicolon",
  "Arrow",
  "Else",
  "Rescue",
  "After",
]);

function push(stack: Frame[], kind: Frame["kind"]): void {
  stack.push(frame(kind));
}

/** Closes the innermost frame of one of these kinds, and what was left open in it. */
function popTo(stack: Frame[], ...kinds: readonly Frame["kind"][]): void {
  const at = stack.findLastIndex(({ kind }) => kinds.includes(kind));
  if (at > 0) stack.length = at;
}

function restart(top: Frame): void {
  if (top.kind === "call" || top.kind === "list") return;
  top.call = null;
  top.fresh = true;
}

function nextArgument(top: Frame): void {
  if (!top.call) return;
  top.call.argument += 1;
  top.call.key = null;
}

function beginOption(top: Frame, key: string): void {
  if (!top.call) return;
  top.call.key = key;
  top.call.keys.push(key);
}

/** Remembers what each argument begins with. */
function note(token: IToken, top: Frame): void {
  if (top.call && token.startOffset > top.call.nameOffset && token.tokenType.name !== "Comma")
    top.call.firsts[top.call.argument] ??= token;
}

/** `name(` is a call, `(` alone a group. */
function parenthesis(tokens: readonly IToken[], index: number): Frame {
  const before = tokens[index - 1];
  const adjacent = before && before.startOffset + before.image.length === tokens[index]!.startOffset;
  if (!adjacent || !isName(before)) return frame("group");
  return frame("call", null, openCall(tokens, index - 1));
}

/** A list holds the options of the call it is an argument of, or of `retry:`. */
function optionsOwner(top: Frame): OpenCall | null {
  if (!top.call) return null;
  const { key, module, nameOffset } = top.call;
  if (key !== null && key !== "retry") return null;
  const name = key ?? top.call.name;
  return {
    name,
    module: key === null ? module : null,
    nameOffset,
    listAt: top.call.argument,
    piped: false,
    argument: 0,
    key: null,
    keys: [],
    firsts: [],
  };
}

/** `step :a, …` and other calls without parentheses. */
function beginExpression(token: IToken, tokens: readonly IToken[], index: number, top: Frame): void {
  const isHead = top.fresh && top.kind !== "call" && top.kind !== "list" && top.kind !== "braces";
  top.fresh = token.tokenType.name === "Equals" || token.tokenType.name === "<-" || token.tokenType.name === "|>";
  if (isHead && top.call === null && isName(token) && takesArguments(tokens, index)) top.call = openCall(tokens, index);
}

/** What follows a name after a space and is no operator is its first argument; at the end of the text it may become one. */
function takesArguments(tokens: readonly IToken[], index: number): boolean {
  const [token, next] = [tokens[index]!, tokens[index + 1]];
  if (declaringWords.has(token.image)) return true;
  if (!next || next.image === "" || next.startLine !== token.startLine) return false;
  const isApart = next.startOffset > token.startOffset + token.image.length;
  return isApart && beginsArgument.test(next.tokenType.name);
}

const beginsArgument =
  /^(?:Identifier|ModuleName|Atom|Integer|Float|KeyColon|TextStart|Nil|True|False|MapStart|BraceStart|Fn|&)/;

function openCall(tokens: readonly IToken[], index: number): OpenCall {
  const token = tokens[index]!;
  const isRemote = tokens[index - 1]?.tokenType.name === "Dot";
  const module = isRemote ? (tokens[index - 2]?.image ?? null) : null;
  const before = tokens[isRemote ? index - 3 : index - 1];
  const piped = before?.image === "|>";
  return {
    name: token.image,
    module,
    nameOffset: token.startOffset,
    listAt: null,
    piped,
    argument: 0,
    key: null,
    keys: [],
    firsts: [],
  };
}

function isName(token: IToken): boolean {
  return /^[a-z_]\w*[?!]?$/.test(token.image) && !reserved.has(token.image);
}

const reserved: ReadonlySet<string> = new Set([
  "do",
  "end",
  "fn",
  "else",
  "rescue",
  "after",
  "catch",
  "true",
  "false",
  "nil",
  "when",
  "and",
  "or",
  "in",
  "not",
]);
