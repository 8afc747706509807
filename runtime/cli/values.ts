/** JSON from the command line. */
import { readFileSync } from "node:fs";
import { isMap } from "../interpreter/failure.ts";
import type { Data, Dynamic } from "../json.ts";
import { UsageError } from "./failure.ts";

/** A JSON object, or `@` and the file that holds one. */
export function readInput(text: string): Data {
  const value = parse(text.startsWith("@") ? readFile(text.slice(1)) : text);
  if (isMap(value)) return value;
  throw new UsageError(
    "The input is not a JSON object.",
    `Write it as '{"id": "order_123"}', or name a file as @input.json.`,
  );
}

/** JSON where it is some, else the text itself; nil when there is none. */
export function readPayload(text: string | undefined): Dynamic {
  return text === undefined ? null : (parse(text) ?? (text.trim() === "null" ? null : text));
}

function parse(text: string): Dynamic {
  try {
    return JSON.parse(text);
  } catch {
    return null;
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
