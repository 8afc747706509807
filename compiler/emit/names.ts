/**
 * Names in the emitted code. Locals keep the name they have in the source; one that would hide another, a keyword or
 * something the file imports gets a number. Scopes nest as blocks do, so siblings may use one name.
 */
import type { Local } from "../resolve/resolved.ts";
import { dynamic } from "../types/construct.ts";
import type { Type } from "../types/type.ts";

export interface Names {
  /** Names a local for the innermost open block. */
  readonly declare: (local: Local) => string;
  /** The text that stands for a local: its name, or the path set by `alias`. */
  readonly textOf: (local: Local) => string;
  /** What TypeScript knows of a local: `dynamic` unless `see` said more. */
  readonly seen: (local: Local) => Type;
  readonly see: (local: Local, type: Type) => void;
  /** Lets a path stand for a local that has no variable of its own (yet). */
  readonly alias: (local: Local, path: string) => void;
  readonly block: <T>(build: () => T) => T;
}

// Words that cannot be variables in a strict-mode module, and globals that emitted code may mention.
const keywords = new Set(
  (
    "arguments async await break case catch class const continue debugger default delete do else enum eval export " +
    "extends false finally for function if implements import in instanceof interface let new null package private " +
    "protected public return static super switch this throw true try typeof undefined var void while with yield " +
    "Array Object Promise JSON Math NaN Infinity"
  ).split(" "),
);

export function isReserved(name: string): boolean {
  return keywords.has(name);
}

/** `taken` are the names of the file: imports, exports, functions. */
export function createNames(taken: ReadonlySet<string>): Names {
  const texts = new Map<Local, string>();
  const types = new Map<Local, Type>();
  let open: Set<string>[] = [new Set()];
  const isFree = (name: string) => !isReserved(name) && !taken.has(name) && !open.some((block) => block.has(name));

  return {
    declare(local) {
      const name = firstFree(local.name, isFree);
      open.at(-1)!.add(name);
      texts.set(local, name);
      return name;
    },
    textOf(local) {
      const text = texts.get(local);
      if (text === undefined) throw new Error(`internal: the local ${local.name} is read before it is bound`);
      return text;
    },
    seen: (local) => types.get(local) ?? dynamic,
    see: (local, type) => void types.set(local, type),
    alias: (local, path) => void texts.set(local, path),
    block(build) {
      const outer = open;
      open = [...outer, new Set()];
      try {
        return build();
      } finally {
        open = outer;
      }
    },
  };
}

function firstFree(wanted: string, isFree: (name: string) => boolean): string {
  if (isFree(wanted)) return wanted;
  for (let n = 2; ; n++) {
    if (isFree(`${wanted}${n}`)) return `${wanted}${n}`;
  }
}
