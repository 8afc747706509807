/** `URI`, exported as `Uri`. */
export { appendQuery, merge } from "./merge.ts";
export { defaultPort, new_, newOrRaise, parse, uriText as toString } from "./parse.ts";
export {
  charReserved,
  charUnescaped,
  charUnreserved,
  decode,
  decodeWwwForm,
  encode,
  encodeWwwForm,
} from "./percent.ts";
export { decodeQuery, encodeQuery, queryDecoder } from "./query.ts";
