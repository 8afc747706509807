/** How the runtime names the built-in modules and their functions; see the header of its prelude/index.ts. */
import type { PreludeFunction } from "../../resolve/resolved.ts";
import { isReserved } from "../names.ts";

/** Modules whose own name would hide a global of JavaScript, or is not one identifier. */
const namespaces: Readonly<Record<string, string | undefined>> = {
  Map: "Maps",
  String: "Strings",
  Date: "Dates",
  JSON: "Json",
  Jason: "Json",
  URI: "Uri",
  IO: "StdIo",
  Process: "Processes",
  math: "Maths",
  rand: "Rand",
  crypto: "Crypto",
  Durable: "Time",
  "Durable.Helpers": "Helpers",
  "Durable.Wait": "Calendar",
};

export function namespaceOf({ module }: PreludeFunction): string {
  return namespaces[module] ?? module;
}

/**
 * camelCase; `?` is dropped, `!` becomes `OrRaise`, a reserved word gets a trailing underscore. `then` counts as one: a
 * module with such an export is taken for a promise when it is imported dynamically.
 */
export function implementationName(name: string): string {
  const plain = name.replace(/\?$/, "").replace(/!$/, "_or_raise");
  const camel = plain.replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());
  return isReserved(camel) || camel === "then" ? `${camel}_` : camel;
}
