/** `Base`: bytes and texts as text of 16, 32 or 64 characters. */

import type { Dynamic } from "../../json.ts";
import { at } from "../core/access.ts";
import { bytesOf, textOrBytes } from "../core/bytes.ts";
import { inspect } from "../core/inspect.ts";
import { option } from "../core/option.ts";
import { requireText } from "../core/require.ts";
import { argumentError, Raised } from "../errors.ts";
import { decodeBits, encodeBits, type Radix } from "./radix.ts";

const HEX: Radix = { alphabet: "0123456789ABCDEF", bits: 4, block: 2 };
const BASE32: Radix = { alphabet: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", bits: 5, block: 8 };
const HEX32: Radix = { alphabet: "0123456789ABCDEFGHIJKLMNOPQRSTUV", bits: 5, block: 8 };
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const BASE64: Radix = { alphabet: `${LETTERS}+/`, bits: 6, block: 4 };
const URL64: Radix = { alphabet: `${LETTERS}-_`, bits: 6, block: 4 };

type Encode = (value: Dynamic, options?: Dynamic) => string;
type Decode = (text: Dynamic, options?: Dynamic) => "error" | readonly ["ok", Dynamic];
type DecodeOrRaise = (text: Dynamic, options?: Dynamic) => Dynamic;

/** Options: `case` (`:upper`, `:lower`) where letters have one meaning, `padding` (default true) past base 16. */
function encoder(radix: Radix, name: string): Encode {
  return (value, options) => {
    const encoded = encodeBits(bytesOf(value, `Base.${name}/2`), radix);
    const cased = option(options, "case", "upper") === "lower" ? encoded.toLowerCase() : encoded;
    const missing = (radix.block - (cased.length % radix.block)) % radix.block;
    return at(options, "padding") === false ? cased : cased + "=".repeat(missing);
  };
}

const CASES: { readonly [letterCase: string]: (text: string) => string } = {
  upper: (text) => text,
  lower: (text) => text.replace(/[a-zA-Z]/g, swapCase),
  mixed: (text) => text.toUpperCase(),
};

function swapCase(letter: string): string {
  return letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
}

/** Options: `case` (`:upper`, `:lower`, `:mixed`), `padding`, and `ignore: :whitespace` for base 64. */
function decoderOrRaise(radix: Radix, name: string): DecodeOrRaise {
  const caseMatters = radix.bits === 6;
  return (text, options) => {
    const given = requireText(text, `Base.${name}!/2`);
    const kept = option(options, "ignore", null) === "whitespace" ? given.replace(/\s/g, "") : given;
    const bare = withoutPadding(kept, radix, at(options, "padding") !== false);
    const letterCase = CASES[option(options, "case", "upper")] ?? CASES.upper!;
    const decoded = decodeBits(caseMatters ? bare : letterCase(bare), radix);
    if (typeof decoded === "string") throw unknownCharacter(kept, bare, decoded);
    return textOrBytes(decoded);
  };
}

function withoutPadding(text: string, { block, bits }: Radix, required: boolean): string {
  const bare = text.replace(/=+$/, "");
  const rest = bare.length % block;
  const complete = text.length % block === 0 && text.length - bare.length < block;
  if (bits === 4 && rest !== 0)
    throw argumentError(
      `string given to decode has wrong length. An even number of bytes was expected, got: ${bare.length}. Double check your string for unwanted characters or pad it accordingly`,
    );
  if ((required && !complete) || (rest !== 0 && (rest * bits) % 8 >= bits)) throw argumentError("incorrect padding");
  return bare;
}

function unknownCharacter(text: string, bare: string, character: string): Error {
  const found = [...bare].find((original) => original === character || swapCase(original) === character) ?? text;
  return argumentError(`non-alphabet character found: ${inspect(found)} (byte ${found.codePointAt(0)})`);
}

function decoder(decodeOrRaise: DecodeOrRaise): Decode {
  return (text, options) => {
    try {
      return ["ok", decodeOrRaise(text, options)];
    } catch (cause) {
      if (cause instanceof Raised && cause.type === "ArgumentError") return "error";
      throw cause;
    }
  };
}

export const encode16 = encoder(HEX, "encode16");
export const decode16OrRaise = decoderOrRaise(HEX, "decode16");
export const decode16 = decoder(decode16OrRaise);
export const encode32 = encoder(BASE32, "encode32");
export const decode32OrRaise = decoderOrRaise(BASE32, "decode32");
export const decode32 = decoder(decode32OrRaise);
export const hexEncode32 = encoder(HEX32, "hex_encode32");
export const hexDecode32OrRaise = decoderOrRaise(HEX32, "hex_decode32");
export const hexDecode32 = decoder(hexDecode32OrRaise);
export const encode64 = encoder(BASE64, "encode64");
export const decode64OrRaise = decoderOrRaise(BASE64, "decode64");
export const decode64 = decoder(decode64OrRaise);
export const urlEncode64 = encoder(URL64, "url_encode64");
export const urlDecode64OrRaise = decoderOrRaise(URL64, "url_decode64");
export const urlDecode64 = decoder(urlDecode64OrRaise);
