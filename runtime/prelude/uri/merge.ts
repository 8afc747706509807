import type { Data, Dynamic } from "../../json.ts";
import { at } from "../core/access.ts";
import { argumentError } from "../errors.ts";
import { parse } from "./parse.ts";

/** The second URI, as it is meant where the first one stands (RFC 3986, 5.2). */
export function merge(base: Dynamic, relative: Dynamic): Data {
  const [from, to] = [parse(base), parse(relative)];
  if (at(from, "scheme") === null || at(from, "host") === null) {
    throw argumentError("you must merge onto an absolute URI");
  }
  if (at(to, "scheme") !== null) return { ...to, path: at(to, "path") === null ? null : withoutDots(to.path) };
  if (at(to, "host") !== null) return { ...to, scheme: from.scheme };
  if (at(to, "path") === null) {
    return { ...from, query: at(to, "query") ?? at(from, "query"), fragment: at(to, "fragment") };
  }
  return { ...from, path: mergedPath(from, to.path), query: at(to, "query"), fragment: at(to, "fragment") };
}

function mergedPath(from: Data, path: string): string {
  if (path.startsWith("/")) return withoutDots(path);
  const base: string = at(from, "path") ?? "/";
  return withoutDots(base.slice(0, base.lastIndexOf("/") + 1) + path);
}

function withoutDots(path: string): string {
  const kept: string[] = [];
  const segments = path.split("/");
  segments.forEach((segment, index) => {
    const last = index === segments.length - 1;
    if (segment === ".." && kept.length > 1) kept.pop();
    else if (segment !== "." && segment !== "..") kept.push(segment);
    if (last && (segment === "." || segment === "..")) kept.push("");
  });
  return kept.join("/");
}

/** The URI with more of a query. */
export function appendQuery(uri: Dynamic, query: Dynamic): Data {
  const parts = parse(uri);
  const current = at(parts, "query");
  const separator = current === null || current === "" || current.endsWith("&") ? "" : "&";
  return { ...parts, query: `${current ?? ""}${separator}${query}` };
}
