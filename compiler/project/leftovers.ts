/** Generated files whose source is gone: what imports them, and `tsc`, would take them for real. */
import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { join, relative } from "node:path";
import { GENERATED } from "../emit/header.ts";
import { EXTENSION, filesBelow } from "./sources.ts";

/** A folder of sources, and the folder that mirrors it. */
export interface Mirror {
  readonly root: string;
  readonly out: string;
}

const OUTPUT = ".ts";

/** Absolute paths. */
export function leftoversOf({ root, out }: Mirror): string[] {
  if (!existsSync(out)) return [];
  return filesBelow(out, OUTPUT).filter((path) => {
    const source = join(root, `${relative(out, path).slice(0, -OUTPUT.length)}${EXTENSION}`);
    return !path.endsWith(`.d${EXTENSION}${OUTPUT}`) && !existsSync(source) && isGenerated(path);
  });
}

function isGenerated(path: string): boolean {
  const head = Buffer.alloc(Buffer.byteLength(GENERATED));
  const file = openSync(path, "r");
  try {
    readSync(file, head);
  } finally {
    closeSync(file);
  }
  return head.toString() === GENERATED;
}
