// Writes word lists in the format of src/password/list/words.rs. Its decisions come from the reader's own walk, which
// is told what to find and, in place of reading a bit, has it written: there is one model of a list, not two.
import { walk } from "./source.mjs";

/** A list's bytes, from pairs of word and block; every word is ASCII. */
export function writeWords(entries) {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  const blocks = sorted.reduce((most, [, block]) => Math.max(most, block), 0);
  const alphabet = commonestFirst(sorted.map(([word]) => word).join(""));
  const bits = decisions(sorted, alphabet, blocks);
  const out = [];
  let low = 0;
  let high = 0xffffffff;
  let at = 0;
  const next = (probability) => {
    const middle = low + ((high - low) >>> 12) * probability;
    const bit = bits[at++];
    if (bit) high = middle;
    else low = middle + 1;
    while ((low ^ high) >>> 24 === 0) {
      out.push(high >>> 24);
      low = (low << 8) >>> 0;
      high = ((high << 8) | 255) >>> 0;
    }
    return bit;
  };
  const letters = Uint8Array.from(alphabet, (letter) => letter.charCodeAt(0));
  let checksum = 0x811c9dc5;
  let index = 0;
  for (const [word, block] of walk(next, letters, blocks, sorted.length)) {
    const [expected, its] = sorted[index++];
    if (word !== expected || block !== its) throw new Error(`expected ${expected} in ${its}, wrote ${word} in ${block}`);
    for (const byte of [...Buffer.from(word), block + 128]) checksum = Math.imul(checksum ^ byte, 0x01000193);
  }
  if (at !== bits.length) throw new Error("the walk and the decisions differ");
  for (let i = 0; i < 4; i++) out.push((low >>> (24 - 8 * i)) & 255);
  const head = Buffer.alloc(9);
  head.writeUInt8(1, 0);
  head.writeUInt8(blocks, 1);
  head.writeUInt16LE(sorted.length, 2);
  head.writeInt32LE(checksum, 4);
  head.writeUInt8(letters.length, 8);
  return Buffer.concat([head, letters, Uint8Array.from(out)]);
}

function commonestFirst(text) {
  const counts = new Map();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([letter]) => letter);
}

/** The bits that the walk asks for, in its order. */
function decisions(sorted, alphabet, blocks) {
  const numbers = new Map(alphabet.map((letter, index) => [letter, index + 1]));
  const bits = [];
  const number = (value, width) => {
    for (let i = width - 1; i >= 0; i--) bits.push((value >> i) & 1);
  };
  const letter = (value) => {
    if (value < 8) bits.push(0), number(value, 3);
    else if (value < 24) bits.push(1, 0), number(value - 8, 4);
    else bits.push(1, 1), number(value - 24, 6);
  };
  let last = "";
  for (const [word, block] of sorted) {
    let same = 0;
    while (same < last.length && last[same] === word[same]) same++;
    for (let i = 0; i < same; i++) bits.push(1);
    if (same < last.length) bits.push(0);
    for (const each of word.slice(same)) letter(numbers.get(each));
    letter(0);
    for (let i = blocks; i > 0; i--) {
      bits.push(i === block ? 1 : 0);
      if (i === block) break;
    }
    last = word;
  }
  return bits;
}
