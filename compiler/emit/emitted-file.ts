import type { SourceText } from "../source/source.ts";

export interface EmittedFile {
  readonly path: string;
  readonly source: SourceText;
  readonly code: string;
  /** Source map, version 3, as JSON text. */
  readonly map: string;
}

/** The code with its map in it, for tools that read both. */
export function withInlineMap({ code, map }: EmittedFile): string {
  const inline = `//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString("base64")}`;
  return code.replace(/\/\/# sourceMappingURL=.*\n$/, () => `${inline}\n`);
}
