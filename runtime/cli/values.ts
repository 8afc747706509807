/** JSON from the command line. */
import { readFileSync } from "node:fs";
import { isMap } from "../interpreter/failure.ts";
import type { Data, Dynamic } from "../json.ts";
import { UsageError } from "./failure.ts";

/** An object, a list or a text in quotes. */
const BEGINS_LIKE_JSON = /^\s*[{["]/;

/** A JSON object, or `@` and the file that holds one. */
export function readInput(text: string): Data {
  const value = parsed(text.startsWith("@") ? readFile(text.slice(1)) : text);
  if (isMap(value)) return value;
  throw new UsageError(
    "The input is not a JSON object.",
    `Write it as '{"id": "order_123"}', or name a file as @input.json.`,
  );
}

/** JSON where it is some, else the text itself; nil when there is none. */
export function readPayload(text = "null"): Dynamic {
  const value = parsed(text);
  if (value !== undefined) return value;
  if (!BEGINS_LIKE_JSON.test(text)) return text;
  throw new UsageError(
    `This begins like JSON and is none: ${text}`,
    "In a shell, put single quotes around it; names and texts in it need double quotes.",
  );
}

/** Undefined where it is no JSON. */
function parsed(text: string): Dynamic | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new UsageError(
      `The file ${path} cannot be read.`,
      "Check the path behind the @; it starts from the current folder.",
    );
  }
}
