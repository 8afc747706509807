/** `:crypto`, exported as `Crypto`. Results are bytes, for `Base` to write down. */
import { createHash, createHmac, getRandomValues } from "node:crypto";
import type { Io } from "../io.ts";
import type { Dynamic } from "../json.ts";
import { bytesOf } from "./core/bytes.ts";
import { requireInteger } from "./core/require.ts";
import { badArgument, functionClauseError } from "./errors.ts";

/** Random bytes fit for secrets; so not of `io`'s chance, which need not be. */
export function strongRandBytes(_io: Io, count: Dynamic): Uint8Array {
  return getRandomValues(new Uint8Array(requireInteger(count, ":crypto.strong_rand_bytes/1", 0)));
}

const HASHES: { readonly [name: string]: string } = {
  md5: "md5",
  sha: "sha1",
  sha224: "sha224",
  sha256: "sha256",
  sha384: "sha384",
  sha512: "sha512",
};

/** The hash of a text or bytes; algorithms are `:sha256`, `:sha512`, `:sha`, `:md5` and their kin. */
export function hash(algorithm: Dynamic, data: Dynamic): Uint8Array {
  return new Uint8Array(createHash(hashName(algorithm, 1)).update(bytesOf(data, ":crypto.hash/2")).digest());
}

/** The keyed hash of a text or bytes: `:crypto.mac(:hmac, :sha256, key, data)`. */
export function mac(type: Dynamic, algorithm: Dynamic, key: Dynamic, data: Dynamic): Uint8Array {
  if (type !== "hmac") throw functionClauseError(":crypto.mac/4");
  const keyBytes = bytesOf(key, ":crypto.mac/4");
  return new Uint8Array(createHmac(hashName(algorithm, 2), keyBytes).update(bytesOf(data, ":crypto.mac/4")).digest());
}

function hashName(algorithm: Dynamic, position: number): string {
  const name = HASHES[algorithm];
  if (name === undefined) throw badArgument(position, "unknown hash algorithm");
  return name;
}
