const CONTROLS: ReadonlySet<string> = new Set(["\n", "\r", "\t", "\v", "\b", "\f", "\x1b", "\x7f", "\x07"]);
const VISIBLE = /^[\x20-\x7e\u{a0}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]$/u;

/** True when Elixir takes every character for printable: no control characters but those that have an escape. */
export function isPrintable(text: string): boolean {
  for (const character of text) if (!VISIBLE.test(character) && !CONTROLS.has(character)) return false;
  return true;
}
