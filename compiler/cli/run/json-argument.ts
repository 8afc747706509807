/** JSON given on the command line. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Data, Dynamic } from "@durablec/runtime";
import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import { UserError } from "../../project/user-error.ts";

/** `--input`: a JSON object, or `@` and the file that holds one. Throws a `UserError`. */
export function readInput(text: string, cwd: string): Data {
  const isFile = text.startsWith("@");
  const json = isFile ? readFile(text.slice(1), cwd) : text;
  const what = isFile ? text.slice(1) : "--input";
  const value = parseJson(json, what);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new UserError(
    "usage",
    `${what} is not a JSON object.`,
    `A workflow's input is an object, for example '{"id": "order_123"}'.`,
  );
}

export interface Send {
  readonly name: string;
  readonly payload: Dynamic;
}

/** `--send name=JSON`. Throws a `UserError`. */
export function readSend(text: string): Send {
  const at = text.indexOf("=");
  if (at < 1)
    throw new UserError(
      "usage",
      `--send ${text} has no value.`,
      `Write it as name=JSON, for example paid='{"by": "card"}'.`,
    );
  const name = text.slice(0, at);
  return { name, payload: parseJson(text.slice(at + 1), `The value of --send ${name}`) };
}

function readFile(path: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, path), "utf8");
  } catch {
    throw new UserError(
      "usage",
      `The input file ${path} cannot be read.`,
      "Check the path behind the @; it starts from the current folder.",
    );
  }
}

function parseJson(text: string, what: string): Dynamic {
  const errors: ParseError[] = [];
  const value: Dynamic = parse(text, errors, { disallowComments: true });
  const [first] = errors;
  if (first === undefined) return value;
  const near = text.slice(Math.max(0, first.offset - 12), first.offset + 12).replace(/\s+/g, " ");
  const reason = printParseErrorCode(first.error)
    .replace(/\B[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase();
  throw new UserError(
    "usage",
    `${what} is not JSON: ${reason} near \`${near}\`.`,
    "In a shell, put single quotes around it; names and texts in it need double quotes.",
  );
}
