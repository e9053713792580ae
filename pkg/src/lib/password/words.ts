// The same program as the core's src/password/list/words.rs: the format is described there.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index is within its array by how it was made */
import { PrivacyError } from "../error.js";
import { code, reader, type Next } from "./coder.js";

const longest = 64;
const head = 9;

/** A word and the block of its rank. */
export type Ranked = readonly [word: string, block: number];

/** Reads a list, word by word. Throws `load.corrupt` where the bytes are damaged, at the latest after the last word. */
export function* readWords(bytes: Uint8Array): Generator<Ranked, void, undefined> {
  const letters = bytes[8] ?? 255;
  const alphabet = bytes.subarray(head, head + letters);
  if (bytes[0] !== 1 || letters > 87 || alphabet.length < letters || alphabet.some((letter) => letter > 127)) throw damaged();
  const { next, finished } = reader(bytes.subarray(head + letters));
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  let checksum = 0x811c9dc5;
  const mix = (byte: number): void => {
    checksum = Math.imul(checksum ^ byte, 0x01000193);
  };
  for (const ranked of walk(next, alphabet, bytes[1]!, view.getUint16(2, true))) {
    const [word, block] = ranked;
    for (let i = 0; i < word.length; i++) mix(word.charCodeAt(i));
    mix(block + 128);
    yield ranked;
  }
  if (!finished() || checksum !== view.getInt32(4, true)) throw damaged();
}

const damaged = (): PrivacyError => new PrivacyError("load.corrupt", "password: the data file's bytes are damaged or incomplete");

/** Goes through a list's decisions in their order. */
export function* walk(next: Next, alphabet: Uint8Array, blocks: number, count: number): Generator<Ranked, void, undefined> {
  const { context, bit } = code(next);
  // Letters, counted from 1, behind three zeros: what comes before a word.
  const word = new Uint8Array(longest + 5);
  const kinds = Array.from(alphabet, (letter) => (letter > 96 && letter < 123 ? 1 : letter > 47 && letter < 58 ? 2 : letter > 64 && letter < 91 ? 8 : 4));
  const number = (node: number, bits: number, set: number): number => {
    let value = 1;
    for (let i = 0; i < bits; i++) value = value * 2 + bit(node + value, set);
    return value - (1 << bits);
  };
  let length = 0;
  let shared = 0;
  while (count-- > 0) {
    let i = 0;
    for (; i < length; i++) {
      const letter = word[i + 3]!;
      context(0, 1, i, shared, length);
      context(1, 1, i - shared, letter, length - i);
      context(2, 1, letter, word[i + 2]!, word[i + 4]!);
      context(3, 1, i, length - i, shared === i ? 1 : 0);
      if (!bit(1, 1)) break;
    }
    const ended = i === length ? 1 : 0;
    shared = i;
    let old = word[i + 3]!;
    let first = 1;
    let kind = 0;
    let text = "";
    word.fill(0, i + 3);
    const add = (letter: number): void => {
      if (letter > alphabet.length) throw damaged();
      kind |= kinds[letter - 1]!;
      text += String.fromCharCode(alphabet[letter - 1]!);
    };
    for (let at = 0; at < i; at++) add(word[at + 3]!);
    for (;;) {
      const a = word[i + 2]!;
      const b = word[i + 1]!;
      context(0, 0, i, kind, first);
      context(1, 0, a, old, i ? 0 : 1);
      context(2, 0, a, b, first);
      context(3, 0, a, b, word[i]!);
      const set = 2 + 4 * first + (i < 3 ? i : 3);
      const letter = !bit(1, set) ? number(8, 3, set) : !bit(2, set) ? 8 + number(32, 4, set) : 24 + number(64, 6, set);
      if (!letter) break;
      if (i === longest) throw damaged();
      add(letter);
      word[i++ + 3] = letter;
      old = first = 0;
    }
    context(0, 2, i, 0, 0);
    context(1, 2, kind, 0, 0);
    context(2, 2, ended, shared, 0);
    context(3, 2, kind, i, 0);
    let block = blocks;
    while (block > 0 && !bit(block, 12)) block--;
    length = i;
    yield [text, block];
  }
}
