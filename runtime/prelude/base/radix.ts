/** Groups of bits as characters of an alphabet, which is what base 16, 32 and 64 have in common. */
export interface Radix {
  readonly alphabet: string;
  readonly bits: number;
  /** Characters that make up whole bytes; a text is filled up to a multiple of it with `=`. */
  readonly block: number;
}

/** Without padding. */
export function encodeBits(bytes: Uint8Array, { alphabet, bits }: Radix): string {
  let [text, buffer, held] = ["", 0, 0];
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffff;
    held += 8;
    while (held >= bits) {
      held -= bits;
      text += alphabet[(buffer >> held) & ((1 << bits) - 1)];
    }
  }
  return held > 0 ? text + alphabet[(buffer << (bits - held)) & ((1 << bits) - 1)] : text;
}

/** The bytes, or the character that is not of the alphabet. */
export function decodeBits(text: string, { alphabet, bits }: Radix): Uint8Array | string {
  const bytes: number[] = [];
  let [buffer, held] = [0, 0];
  for (const character of text) {
    const value = alphabet.indexOf(character);
    if (value < 0) return character;
    buffer = ((buffer << bits) | value) & 0xffff;
    held += bits;
    if (held >= 8) {
      held -= 8;
      bytes.push((buffer >> held) & 0xff);
    }
  }
  return Uint8Array.from(bytes);
}
