import { format as prettier } from "prettier";

/** As prettier formats TypeScript by default, with the wider lines that state tables profit from. */
export function format(code: string): Promise<string> {
  return prettier(code, { parser: "babel-ts", printWidth: 100, trailingComma: "all" });
}
