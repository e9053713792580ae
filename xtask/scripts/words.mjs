// Takes zxcvbn's word lists out of the password module's data and puts them, coded apart, into a section of their own
// at the module's end. `pkg/src/lib/words.ts` puts them back before the first call.
//
// A list is 790 KB of text in order of rank, which brotli halves. Sorted, with what each word shares with the one before
// left out, and with its rank kept to the nearest sixteenth of a power of two (4.4 %), it takes a third less.
//
//     node xtask/scripts/words.mjs MODULE GLUE LISTS OUT
import { readFileSync, writeFileSync } from "node:fs";

/** Blocks of ranks in each power of two. All lists together have fewer than 256: one byte each. */
const STEPS = 16;

const SECTION = "storefront-privacy.words";

const [from, glue, lists, to] = process.argv.slice(2);
const module = readFileSync(from);
const texts = [...readFileSync(lists, "utf8").matchAll(/^const \w+: &str = "((?:[^"\\]|\\.)*)";$/gm)].map(([, text]) => text.replace(/\\(.)/g, "$1"));
if (texts.length !== 6) throw new Error(`expected six word lists in zxcvbn's source, found ${texts.length}`);

const sections = readSections(module);
const data = sections.find(({ id }) => id === 11);
const { segments, cut } = cutOut(readSegments(data.bytes), texts);
data.bytes = concat([leb(segments.length), ...segments.map(({ start, bytes }) => concat([[0, 0x41], signed(start), [0x0b], leb(bytes.length), bytes]))]);
const count = sections.find(({ id }) => id === 12);
if (count) count.bytes = leb(segments.length);
const seed = await findSeed();
const coded = concat([u32(seed), u32(cut.length), ...cut.map(({ start, text }) => concat([u32(start), u32(text.length), u32(text.split(",").length)])), ...cut.map(({ text }) => code(text))]);
const section = concat([leb(SECTION.length), Buffer.from(SECTION), coded]);
writeFileSync(to, concat([module.subarray(0, 8), ...[...sections, { id: 0, bytes: section }].map(({ id, bytes }) => concat([[id], leb(bytes.length), bytes]))]));

/** The sorted words, each as how much it shares with the one before (from 128 up) and its other letters; then their blocks. */
function code(text) {
  const block = (rank) => Math.floor(Math.log2(rank) * STEPS);
  const words = text.split(",").map((word, index) => ({ word, block: block(index + 1) }));
  const blocks = [...new Set(words.map((one) => one.block))].sort((a, b) => a - b);
  const ordinal = new Map(blocks.map((one, index) => [one, index]));
  if (blocks.length > 256 || /[^\x20-\x7e]/.test(text)) throw new Error("expected ASCII words in at most 256 blocks");
  words.sort((a, b) => (a.word < b.word ? -1 : 1));
  let last = "";
  const parts = words.map(({ word }) => {
    let shared = 0;
    while (shared < last.length && shared < word.length && last[shared] === word[shared]) shared += 1;
    last = word;
    return concat([[128 + shared], Buffer.from(word.slice(shared))]);
  });
  // From the last block up: most words are there, and small numbers are the common ones.
  const ranks = words.map((one) => blocks.length - 1 - ordinal.get(one.block));
  return concat([u32(blocks.length), u32(parts.reduce((sum, part) => sum + part.length, 0)), ...parts, ranks]);
}

/** The segments without the texts, and where each text was. */
function cutOut(all, texts) {
  const cut = [];
  const segments = all.flatMap(({ start, bytes }) => {
    const holes = texts.map((text) => ({ text, at: bytes.indexOf(text) })).filter(({ at }) => at >= 0);
    holes.sort((a, b) => a.at - b.at);
    cut.push(...holes.map(({ text, at }) => ({ text, start: start + at })));
    const kept = [];
    let at = 0;
    for (const hole of [...holes, { at: bytes.length, text: "" }]) {
      if (hole.at > at) kept.push({ start: start + at, bytes: bytes.subarray(at, hole.at) });
      at = hole.at + hole.text.length;
    }
    return kept;
  });
  if (cut.length !== texts.length) throw new Error(`expected ${texts.length} word lists in the module's data, found ${cut.length}`);
  return { segments, cut };
}

/**
 * Where the module keeps the number that the next hash map's order comes from: std counts it up by one with each map
 * (library/std/src/hash/random.rs), of which every call makes some dozens. The stack, which has copies, lies before the data.
 */
async function findSeed() {
  const { initSync, estimate } = await import(`data:text/javascript;base64,${readFileSync(glue).toString("base64")}`);
  const { memory } = initSync({ module });
  const first = Math.min(...segments.map(({ start }) => start));
  const shot = () => {
    estimate("word 1987", [], undefined).free();
    return new BigUint64Array(memory.buffer.slice(first - (first % 8), first + 4 * 2 ** 20));
  };
  shot();
  const shots = Array.from({ length: 4 }, shot);
  const counts = (index) => shots.slice(1).every((one, before) => one[index] - shots[before][index] > 9n && one[index] - shots[before][index] < 1_000n);
  const found = [...shots[0].keys()].filter(counts);
  if (found.length !== 1) throw new Error(`expected one counter of hash maps in the module's memory, found ${found.length}`);
  return first - (first % 8) + found[0] * 8;
}

function readSections(bytes) {
  const sections = [];
  for (let at = 8; at < bytes.length; ) {
    const id = bytes[at];
    const [length, start] = readLeb(bytes, at + 1);
    sections.push({ id, bytes: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return sections;
}

/** Active segments of memory 0 with a constant address, which is all that the linker writes. */
function readSegments(bytes) {
  let [count, at] = readLeb(bytes, 0);
  const segments = [];
  for (; count > 0; count -= 1) {
    if (bytes[at] !== 0 || bytes[at + 1] !== 0x41) throw new Error("expected active data segments at constant addresses");
    const [start, end] = readLeb(bytes, at + 2);
    const [length, content] = readLeb(bytes, end + 1);
    segments.push({ start, bytes: bytes.subarray(content, content + length) });
    at = content + length;
  }
  return segments;
}

function readLeb(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
}

function leb(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return Buffer.from([...bytes, value]);
}

/** A positive number as a signed one: the sixth bit of the last byte is its sign. */
function signed(value) {
  const bytes = [];
  for (; value > 63; value >>>= 7) bytes.push((value & 127) | 128);
  return Buffer.from([...bytes, value]);
}

function u32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function concat(parts) {
  return Buffer.concat(parts.map((part) => Buffer.from(part)));
}
