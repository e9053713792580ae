import { PrivacyError } from "./error.js";

/** The section at the module's end that `xtask/scripts/words.mjs` writes. */
const section = "storefront-privacy.words";

/** Words are shorter: a longer one would be damage. */
const longest = 127;

/**
 * Puts the word lists, which are coded apart from the module's data, into the memory of a fresh instance: the blocks of
 * ranks in order, in each the words by the alphabet. Gives the address of the number that hash maps take their order from.
 */
export function fillWords(module: WebAssembly.Module, memory: WebAssembly.Memory): number {
  const [coded] = WebAssembly.Module.customSections(module, section);
  if (!coded) throw damaged();
  const view = new DataView(coded);
  const bytes = new Uint8Array(coded);
  const text = new Uint8Array(memory.buffer);
  const lists = view.getUint32(4, true);
  let at = 8 + 12 * lists;
  for (let list = 0; list < lists; list++) {
    const [start, length, words] = [0, 4, 8].map((field) => view.getUint32(8 + 12 * list + field, true)) as [number, number, number];
    const blocks = view.getUint32(at, true);
    const first = at + 8;
    const ranks = first + view.getUint32(at + 4, true);
    at = ranks + words;
    unpack(bytes, text.subarray(start, start + length), { first, ranks, words, blocks });
  }
  return view.getUint32(0, true);
}

function unpack(bytes: Uint8Array, text: Uint8Array, { first, ranks, words, blocks }: { first: number; ranks: number; words: number; blocks: number }): void {
  // Where each block begins: after the words of those before it, each with its comma.
  const ends = new Uint32Array(blocks + 1);
  const places = new Uint32Array(blocks);
  let at = first;
  for (let word = 0; word < words; word++) {
    let length = (bytes[at++] ?? 0) - longest;
    for (; at < ranks && (bytes[at] ?? 0) < 128; at++) length++;
    const block = blocks - (bytes[ranks + word] ?? 0);
    ends[block] = (ends[block] ?? 0) + length;
  }
  for (let block = 0; block < blocks; block++) {
    places[block] = ends[block] ?? 0;
    ends[block + 1] = (ends[block + 1] ?? 0) + (ends[block] ?? 0);
  }
  if (at !== ranks || ends[blocks] !== text.length + 1) throw damaged();
  const letters = new Uint8Array(longest);
  at = first;
  for (let word = 0; word < words; word++) {
    let length = (bytes[at++] ?? 0) - 128;
    for (; at < ranks && (bytes[at] ?? 0) < 128; at++) letters[length++] = bytes[at] ?? 0;
    const block = blocks - 1 - (bytes[ranks + word] ?? 0);
    let place = places[block] ?? 0;
    for (let letter = 0; letter < length; letter++) text[place++] = letters[letter] ?? 0;
    // After the last word there is none, and no room.
    if (place < text.length) text[place++] = 0x2c;
    places[block] = place;
  }
}

function damaged(): PrivacyError {
  return new PrivacyError("load.corrupt", "the module's word lists are missing or damaged");
}
