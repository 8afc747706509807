/** The boundary to the app's TypeScript: what its functions return becomes JSON, or a clear error that names them. */

import { isPlain, unpersistableText } from "./interpreter/persistable.ts";
import type { Dynamic } from "./json.ts";
import { Raised } from "./prelude/errors.ts";
import { foreignCallReturned } from "./worker/current.ts";

/**
 * What the function `what` (as in `Mailer.deliver`) returned, as JSON: undefined becomes nil, a Date its ISO text, and
 * whatever has a `toJSON` what that gives. Raises `ForeignValueError` for anything that has no JSON form.
 */
export function fromForeign(value: unknown, what: string): Dynamic {
  foreignCallReturned();
  return convert(value, { what, path: "its result", parents: [] });
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
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, convert(item, below(inside, `.${key}`))]));
}

function below(place: Place, step: string): Place {
  return { ...place, path: `${place.path}${step}` };
}

function refuse({ what, path }: Place, problem: string): never {
  throw new Raised("ForeignValueError", { message: `${what} returned a value that is not JSON: ${path}: ${problem}` });
}
