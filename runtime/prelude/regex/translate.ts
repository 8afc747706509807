/**
 * PCRE's syntax, which Elixir's regular expressions have, as JavaScript's under its `u` flag. What means the same is
 * passed on; what JavaScript lacks (atomic groups, possessive quantifiers, recursion, conditions) is refused.
 */
export class Unsupported extends Error {}

export interface Modifiers {
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly unicode: boolean;
  readonly extended: boolean;
}

const START = "(?<![^])";
const END = "(?![^])";
const SPACES = "\\t \\u{a0}\\u{1680}\\u{2000}-\\u{200a}\\u{202f}\\u{205f}\\u{3000}";
const WORD = "\\p{L}\\p{N}_";

/** Tokens in the order they are tried; the last takes any character. */
const TOKEN =
  /\\Q(?<quoted>.*?)(?:\\E|$)|\\(?<escape>x\{[0-9a-fA-F]+\}|x[0-9a-fA-F]{0,2}|p\{\^?\w+\}|P\{\w+\}|p\w|P\w|k[{<']\w+[}>']|g\{?-?\w+\}?|c.|.)|\(\?(?<group>#[^)]*\)|P<|P=\w+\)|P>|>|[a-zA-Z]*-?[a-zA-Z]*[:)]|\||R|\d|&|\()|\[(?<class>\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*)\]|(?<quantifier>(?:[*+?]|\{\d+(?:,\d*)?\})[+?]?)|(?<any>.)/gsu;

/** The pattern for JavaScript; throws `Unsupported` with the reason. */
export function translate(source: string, modifiers: Modifiers): string {
  return source.replace(TOKEN, (token: string, ...rest: unknown[]) => {
    const groups = rest[rest.length - 1] as { readonly [name: string]: string | undefined };
    if (groups.quoted !== undefined) return literal(groups.quoted);
    if (groups.escape !== undefined) return respellEscape(groups.escape, modifiers, false);
    if (groups.group !== undefined) return group(token, groups.group);
    if (groups.class !== undefined) return characterClass(groups.class, modifiers);
    if (groups.quantifier !== undefined) return quantifier(token);
    return plain(token, modifiers);
  });
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

function plain(token: string, { multiline, dotAll, extended }: Modifiers): string {
  if (token === ".") return dotAll ? "[^]" : "[^\\n]";
  if (token === "^") return multiline ? `(?<=\\n|${START})` : START;
  if (token === "$") return multiline ? `(?=\\n|${END})` : `(?=\\n?${END})`;
  if (extended && /\s/.test(token)) return "";
  return /[/{}\]]/.test(token) ? `\\${token}` : token;
}

function quantifier(token: string): string {
  if (token.length > 1 && token.endsWith("+")) throw new Unsupported(`the possessive quantifier ${token}`);
  return token;
}

const FIXED: { readonly [letter: string]: string } = {
  A: START,
  z: END,
  Z: `(?=\\n?${END})`,
  G: START,
  R: "(?:\\r\\n|[\\n\\v\\f\\r\\u0085\\u2028\\u2029])",
  N: "[^\\n]",
  X: "(?:\\P{M}\\p{M}*)",
};

/** Of use inside a class too. */
const SETS: { readonly [letter: string]: string } = {
  a: "\\x07",
  e: "\\x1b",
  h: SPACES,
  v: "\\n\\v\\f\\r\\u0085\\u2028\\u2029",
};

const UNICODE_SETS: { readonly [letter: string]: string } = { w: WORD, d: "\\p{Nd}", s: "\\p{White_Space}" };
const SAME = /^(?:[dDwWsSbBfnrt]|k<\w+>|c[a-zA-Z]|[pP]\{\w+\}|[1-9])$/;

function respellEscape(name: string, modifiers: Modifiers, inClass: boolean): string {
  const fixed = inClass ? undefined : FIXED[name];
  if (fixed !== undefined) return fixed;
  const set = SETS[name] ?? (modifiers.unicode ? UNICODE_SETS[name] : undefined);
  if (set !== undefined) return inClass ? set : `[${set}]`;
  const negated = negatedSet(name, modifiers);
  if (negated !== undefined) return `[^${negated}]`;
  if (modifiers.unicode && name === "b") return `(?:(?<=[${WORD}])(?![${WORD}])|(?<![${WORD}])(?=[${WORD}]))`;
  return SAME.test(name) ? `\\${name}` : respell(name, inClass);
}

function negatedSet(name: string, { unicode }: Modifiers): string | undefined {
  const lower = name.toLowerCase();
  if (name === lower) return undefined;
  if (name === "H" || name === "V") return SETS[lower];
  return unicode ? UNICODE_SETS[lower] : undefined;
}

function respell(name: string, inClass: boolean): string {
  if (/^x/.test(name)) return `\\u{${/[0-9a-fA-F]+/.exec(name)?.[0] ?? "0"}}`;
  if (/^0/.test(name)) return "\\0";
  const property = /^([pP])\{?(\^?)(\w+)\}?$/.exec(name);
  if (property) return `\\${property[2] ? "P" : property[1]}{${property[3]}}`;
  const reference = /^[kg][{<']?(-?\w+)[}>']?$/.exec(name);
  if (reference && !reference[1]!.startsWith("-"))
    return /^\d/.test(reference[1]!) ? `\\${reference[1]}` : `\\k<${reference[1]}>`;
  if (/^[a-zA-Z0-9]/.test(name)) throw new Unsupported(`\\${name}`);
  if (name === "-" && inClass) return "\\-";
  return literal(name);
}

function group(token: string, kind: string): string {
  if (kind.startsWith("#")) return "";
  if (kind === "P<") return "(?<";
  if (kind.startsWith("P=")) return `\\k<${kind.slice(2, -1)}>`;
  if (kind === ":") return token;
  throw new Unsupported(`the group ${token}`);
}

const POSIX: { readonly [name: string]: string } = {
  alnum: "a-zA-Z0-9",
  alpha: "a-zA-Z",
  ascii: "\\x00-\\x7f",
  blank: " \\t",
  cntrl: "\\x00-\\x1f\\x7f",
  digit: "0-9",
  graph: "\\x21-\\x7e",
  lower: "a-z",
  print: "\\x20-\\x7e",
  punct: "!-\\/:-@\\[-`\\{-~",
  space: "\\s",
  upper: "A-Z",
  word: "\\w",
  xdigit: "0-9a-fA-F",
};

const CLASS_TOKEN =
  /\[:(?<negated>\^?)(?<posix>\w+):\]|\\(?<escape>x\{[0-9a-fA-F]+\}|x[0-9a-fA-F]{0,2}|[pP]\{\^?\w+\}|[pP]\w|.)|(?<any>.)/gsu;

function characterClass(content: string, modifiers: Modifiers): string {
  const negated = content.startsWith("^");
  const items = (negated ? content.slice(1) : content).replace(CLASS_TOKEN, (token: string, ...rest: unknown[]) => {
    const groups = rest[rest.length - 1] as { readonly [name: string]: string | undefined };
    if (groups.posix !== undefined) return posixClass(token, groups.posix, groups.negated === "^");
    if (groups.escape !== undefined) return respellEscape(groups.escape, modifiers, true);
    return /[[\]/]/.test(token) ? `\\${token}` : token;
  });
  return `[${negated ? "^" : ""}${items}]`;
}

function posixClass(token: string, name: string, negated: boolean): string {
  const set = POSIX[name];
  if (set === undefined || negated) throw new Unsupported(`the class ${token}`);
  return set;
}
