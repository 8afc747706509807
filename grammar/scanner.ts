/** Text to tokens by the token table, without a look at what surrounds them. The first row that matches wins. */
import type { Place } from "./problems.ts";
import { Token, type TokenType } from "./token.ts";
import type { TokenRow } from "./tokens.ts";
import { modes, token } from "./vocabulary.ts";

export interface Scanned {
  readonly tokens: readonly Token[];
  readonly comments: readonly Token[];
  /** What begins no token. */
  readonly unknown: readonly Place[];
}

/** A row of the table, made ready. */
interface Rule {
  readonly row: TokenRow;
  readonly type: TokenType;
  readonly spelling: string | null;
  /** Sticky; null where there is a spelling. */
  readonly pattern: RegExp | null;
  readonly push: Mode | null;
}

interface Mode {
  /** In the order of the table. */
  rules: readonly Rule[];
  /** Those that may begin with a character, by its code; filled in as characters are met. */
  readonly byCode: (readonly Rule[])[];
}

const ascii = 128;

const readers: ReadonlyMap<string, Mode> = new Map(Object.keys(modes).map((name) => [name, { rules: [], byCode: [] }]));
for (const [name, rows] of Object.entries(modes)) {
  readers.get(name)!.rules = rows.filter(({ word }) => !word).map(ruleOf);
}

function ruleOf(row: TokenRow): Rule {
  const { name, pattern, push } = row;
  return {
    row,
    type: token(name),
    spelling: typeof pattern === "string" ? pattern : null,
    pattern: typeof pattern === "string" ? null : new RegExp(pattern.source, "y"),
    push: push === undefined ? null : readers.get(push)!,
  };
}

/** Words are read as the names that they look like. */
const words: ReadonlyMap<string, TokenType> = new Map(
  modes.code!.flatMap(({ word, name, pattern }) =>
    word && typeof pattern !== "string" ? [[pattern.source, token(name)]] : [],
  ),
);
const identifier = token("Identifier");

export function scan(text: string): Scanned {
  const scanner = new Scanner(text);
  while (scanner.isBeforeEnd) scanner.step();
  return scanner;
}

class Scanner implements Scanned {
  readonly tokens: Token[] = [];
  readonly comments: Token[] = [];
  readonly unknown: Place[] = [];
  readonly #text: string;
  readonly #around: Mode[] = [];
  #mode = readers.get("code")!;
  #offset = 0;
  /** Where what has been matched ends. */
  #end = 0;
  #line = 1;
  #lineStart = 0;
  #lineEnd: number;

  constructor(text: string) {
    this.#text = text;
    this.#lineEnd = endOfLine(text, 0);
  }

  get isBeforeEnd(): boolean {
    return this.#offset < this.#text.length;
  }

  step(): void {
    const rule = this.#ruleAt(this.#offset);
    if (rule) this.#take(rule);
    else this.#skipUnknown();
    while (this.#lineEnd < this.#end) {
      this.#line++;
      this.#lineStart = this.#lineEnd + 1;
      this.#lineEnd = endOfLine(this.#text, this.#lineStart);
    }
    this.#offset = this.#end;
  }

  #ruleAt(offset: number): Rule | null {
    for (const rule of rulesFor(this.#mode, this.#text.charCodeAt(offset))) {
      if (this.#matches(rule, offset)) return rule;
    }
    return null;
  }

  #matches({ spelling, pattern }: Rule, offset: number): boolean {
    if (pattern === null) {
      this.#end = offset + spelling!.length;
      return this.#text.startsWith(spelling!, offset);
    }
    pattern.lastIndex = offset;
    const isMatch = pattern.test(this.#text);
    this.#end = pattern.lastIndex;
    return isMatch;
  }

  #take({ row: { channel, pop }, type, spelling, push }: Rule): void {
    if (channel !== "skip") {
      const image = spelling ?? this.#text.slice(this.#offset, this.#end);
      const read = type === identifier ? (words.get(image) ?? identifier) : type;
      const found = new Token(read, image, this.#offset, this.#line, this.#offset - this.#lineStart + 1);
      (channel === "comment" ? this.comments : this.tokens).push(found);
    }
    if (push) {
      this.#around.push(this.#mode);
      this.#mode = push;
    } else if (pop) this.#mode = this.#around.pop() ?? this.#mode;
  }

  #skipUnknown(): void {
    const start = this.#offset;
    let end = start + 1;
    while (end < this.#text.length && !this.#ruleAt(end)) end++;
    this.unknown.push({ start, end });
    this.#end = end;
  }
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf("\n", from);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

function rulesFor(mode: Mode, code: number): readonly Rule[] {
  if (code >= ascii) return mode.rules;
  mode.byCode[code] ??= mode.rules.filter(({ row }) => mayBegin(row, String.fromCharCode(code)));
  return mode.byCode[code];
}

function mayBegin({ pattern, begins }: TokenRow, character: string): boolean {
  return typeof pattern === "string" ? pattern.startsWith(character) : (begins?.test(character) ?? true);
}
