/** The boundary to the app's TypeScript: what its functions return becomes JSON, or a clear error that names them. */

import type { z } from "zod";
import { isPlain, unpersistableText } from "./interpreter/persistable.ts";
import type { Dynamic } from "./json.ts";
import { Raised } from "./prelude/errors.ts";
import { foreignCallReturned } from "./worker/current.ts";

/**
 * What the function `what` (as in `Mailer.deliver`) returned, as JSON: undefined becomes nil, a Date its ISO text, and
 * whatever has a `toJSON` what that gives; properties that are undefined are left out. Raises `ForeignValueError` for
 * anything that has no JSON form. With the type that TypeScript declares, as a schema, what the type does not name is left
 * out, and what it does not allow raises `foreign_type_mismatch`.
 */
export function fromForeign<T = Dynamic>(value: unknown, what: string, type?: z.ZodType<T>): T {
  foreignCallReturned();
  const json = convert(value, { what, path: "its result", parents: [] });
  return type === undefined ? json : conforming(json, what, type);
}

function conforming<T>(json: Dynamic, what: string, type: z.ZodType<T>): T {
  const { success, data, error } = type.safeParse(json);
  if (success) return data;
  const [issue] = error.issues;
  const place = issue?.path.length ? ` at ${issue.path.join(".")}` : "";
  const message = `${what} returned what its TypeScript type does not allow${place}: ${issue?.message}`;
  throw new Raised("foreign_type_mismatch", { message });
}

interface Place {
  readonly what: string;
  readonly path: string;
  readonly parents: readonly object[];
}

function convert(value: unknown, place: Place): Dynamic {
  if (value === undefined || value === null) return null;
  if (typeof value === "boolean") return value;
  if (typeof value === "string")
    return unpersistableText(value, place.path) === null ? value : refuse(place, unpersistableText(value, "it")!);
  if (typeof value === "number") return Number.isFinite(value) ? value : refuse(place, `it is ${value}`);
  if (typeof value !== "object") return refuse(place, `it is a ${typeof value}`);
  if (place.parents.includes(value)) return refuse(place, "it contains itself");
  const inside = { ...place, parents: [...place.parents, value] };
  if (Array.isArray(value)) return Array.from(value, (item, index) => convert(item, below(inside, `[${index}]`)));
  if ("toJSON" in value && typeof value.toJSON === "function") return convert(value.toJSON(), inside);
  if (!isPlain(value)) return refuse(place, `it is an instance of ${value.constructor?.name ?? "a class"}`);
  const present = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(present.map(([key, item]) => [key, convert(item, below(inside, `.${key}`))]));
}

function below(place: Place, step: string): Place {
  return { ...place, path: `${place.path}${step}` };
}

function refuse({ what, path }: Place, problem: string): never {
  throw new Raised("ForeignValueError", { message: `${what} returned a value that is not JSON: ${path}: ${problem}` });
}
