/** A URI taken apart is a map with `scheme`, `userinfo`, `host`, `port`, `path`, `query`, `fragment`, `authority`; nil where absent. */

import type { Data, Dynamic } from "../../json.ts";
import { at } from "../core/access.ts";
import { inspect } from "../core/inspect.ts";
import { requireText } from "../core/require.ts";
import { argumentError, Raised } from "../errors.ts";

const PARTS = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const AUTHORITY = /^(?:(.*)@)?(\[[^\]]*\]|[^:]*)(?::(\d*))?$/s;

const DEFAULT_PORTS: { readonly [scheme: string]: number } = {
  ftp: 21,
  http: 80,
  https: 443,
  ldap: 389,
  sftp: 22,
  tftp: 69,
  ws: 80,
  wss: 443,
};

export function defaultPort(scheme: Dynamic): number | null {
  return DEFAULT_PORTS[requireText(scheme, "URI.default_port/1")] ?? null;
}

export function parse(uri: Dynamic): Data {
  if (typeof uri !== "string") return uri;
  const [, scheme, authority, path, query, fragment] = PARTS.exec(uri) ?? [];
  const [, userinfo, host, port] = AUTHORITY.exec(authority ?? "") ?? [];
  const lower = scheme?.toLowerCase() ?? null;
  return {
    scheme: lower,
    authority: authority ?? null,
    userinfo: userinfo ?? null,
    host: authority === undefined ? null : (host ?? "").replace(/^\[|\]$/g, ""),
    port: port ? Number(port) : lower === null ? null : defaultPort(lower),
    path: path === "" || path === undefined ? null : path,
    query: query ?? null,
    fragment: fragment ?? null,
  };
}

const ALLOWED = /^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]*$/;

/** `{:ok, uri}`, or `{:error, part}` with the first part that must not stand in one. */
export function new_(uri: Dynamic): readonly ["ok", Data] | readonly ["error", string] {
  if (typeof uri !== "string") return ["ok", uri];
  const wrong = [...uri].find((character) => !ALLOWED.test(character));
  return wrong === undefined ? ["ok", { ...parse(uri), authority: null }] : ["error", wrong];
}

export function newOrRaise(uri: Dynamic): Data {
  const result = new_(uri);
  if (result[0] === "ok") return result[1];
  const message = `cannot parse due to reason invalid_uri: ${inspect(result[1])}`;
  throw new Raised("URI.Error", { action: "parse", reason: "invalid_uri", part: result[1], message });
}

export function uriText(uri: Dynamic): string {
  if (typeof uri === "string") return uri;
  const [scheme, path, query, fragment] = ["scheme", "path", "query", "fragment"].map((part) => at(uri, part));
  const authority = authorityText(uri);
  if (authority !== null && path !== null && !path.startsWith("/")) {
    throw argumentError(`:path in URI must be empty or an absolute path if URL has a :host, got: ${inspect(uri)}`);
  }
  const prefix = (sign: string, part: string | null) => (part === null ? "" : `${sign}${part}`);
  return `${scheme === null ? "" : `${scheme}:`}${prefix("//", authority)}${path ?? ""}${prefix("?", query)}${prefix("#", fragment)}`;
}

function authorityText(uri: Dynamic): string | null {
  const [scheme, host, userinfo, port] = ["scheme", "host", "userinfo", "port"].map((part) => at(uri, part));
  if (host === null) return at(uri, "authority");
  const name = host.includes(":") ? `[${host}]` : host;
  const shownPort = port === null || (scheme !== null && port === defaultPort(scheme)) ? "" : `:${port}`;
  return `${userinfo === null ? "" : `${userinfo}@`}${name}${shownPort}`;
}
