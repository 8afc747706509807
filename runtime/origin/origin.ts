/** Where in a `.durable` file something thrown came from: its stack, followed through source maps. */
import { isAbsolute, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Machine } from "../machine.ts";
import type { ErrorSource } from "../store/store.ts";
import { mapped } from "./source-maps.ts";
import { framesOf, type Place } from "./stack.ts";

/**
 * The innermost place in a `.durable` file; of an error of foreign code, the call that led there. Null when the stack does
 * not reach one, or when the maps are not there. Looks at files, so it is for failures only.
 */
export async function originOf(thrown: unknown, machine: Machine): Promise<ErrorSource | null> {
  if (!(thrown instanceof Error) || thrown.stack === undefined) return null;
  for (const frame of framesOf(thrown.stack)) {
    if (isOwn(frame)) continue;
    const place = await home(frame);
    if (place !== null) return { file: nameOf(place.path, machine), line: place.line, column: place.column };
  }
  return null;
}

/** JavaScript, TypeScript, `.durable`: a map each. More hops than this are a circle. */
const MOST_HOPS = 5;

async function home(frame: Place): Promise<Place | null> {
  let place: Place | null = frame;
  for (let hop = 0; place !== null && hop <= MOST_HOPS; hop++) {
    if (place.path.endsWith(".durable")) return place;
    place = await mapped(place);
  }
  return null;
}

const ownFolder = fileURLToPath(new URL("../", import.meta.url));

/** This package's maps are large, and lead nowhere. */
function isOwn({ path }: Place): boolean {
  return path.startsWith(ownFolder);
}

/** As the machine names its own file; others from the current folder, where they are below it. */
function nameOf(path: string, { source }: Machine): string {
  const slashes = path.replaceAll("\\", "/");
  if (resolve(source) === path || slashes.endsWith(`/${source}`)) return source;
  const below = relative(process.cwd(), path);
  return below.startsWith("..") || isAbsolute(below) ? path : below.replaceAll("\\", "/");
}
