// Builds the filters of src/password/breach.rs: binary fuse, three places each, 8-bit fingerprints (Graf and Lemire,
// "Binary Fuse Filters", 2022: the sizes are those of their §4).
import { digest, three } from "./source.mjs";

const HEAD = 25;

/** A filter's bytes. */
export function writeFilter(passwords, least) {
  const keys = [...new Set(passwords)].map((password) => Buffer.from(password));
  const segment = 2 ** Math.floor(Math.log(keys.length) / Math.log(3.33) + 2.25);
  const factor = Math.max(1.125, 0.875 + (0.25 * Math.log(1e6)) / Math.log(keys.length));
  const places = (Math.ceil((keys.length * factor) / segment) - 2) * segment;
  for (let seed = 1; seed < 100; seed += 1) {
    const hashes = keys.map((key) => digest(seed, key));
    const order = peel(hashes.map(({ a, b }) => three(a, b, segment, places)), places + 2 * segment);
    if (!order) continue;
    const bytes = Buffer.alloc(HEAD + places + 2 * segment);
    for (const { key, free, cells } of order.reverse()) {
      bytes[HEAD + free] = cells.reduce((sum, cell) => (cell === free ? sum : sum ^ bytes[HEAD + cell]), hashes[key].fingerprint);
    }
    bytes.writeUInt8(1, 0);
    [seed, segment, places, keys.length, least].forEach((number, index) => bytes.writeUInt32LE(number, 1 + 4 * index));
    let sum = 0x811c9dc5;
    bytes.forEach((byte, index) => {
      if (index < HEAD - 4 || index >= HEAD) sum = Math.imul(sum ^ byte, 0x01000193);
    });
    bytes.writeUInt32LE(sum >>> 0, HEAD - 4);
    return bytes;
  }
  throw new Error("no seed gives a filter");
}

/** The keys in an order in which each has a place that no later one has; nothing if there is none. */
function peel(keys, length) {
  const counts = new Uint32Array(length);
  const mixed = new Uint32Array(length);
  keys.forEach((cells, key) => {
    for (const cell of cells) {
      counts[cell] += 1;
      mixed[cell] ^= key;
    }
  });
  const lonely = Array.from(counts.keys()).filter((cell) => counts[cell] === 1);
  const order = [];
  while (lonely.length > 0) {
    const free = lonely.pop();
    if (counts[free] !== 1) continue;
    const key = mixed[free];
    const cells = keys[key];
    order.push({ key, free, cells });
    for (const cell of cells) {
      counts[cell] -= 1;
      mixed[cell] ^= key;
      if (counts[cell] === 1) lonely.push(cell);
    }
  }
  return order.length === keys.length ? order : undefined;
}
