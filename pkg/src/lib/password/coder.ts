// The same program as the core's src/password/list/coder.rs: what it does, and why, is said there.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index is within its array by how it was made, and asking each time would double the time that reading takes */

const contexts = 4;
const slots = 1 << 16;
const seen = 8;
const steady = 127;
const factor = 0x2545f491;

const curve = [1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546, 2047, 2549, 2994, 3348, 3607, 3785, 3901, 3975, 4022, 4050, 4068, 4079, 4085, 4089, 4092, 4093, 4094];

function squash(x: number): number {
  if (x > 2047) return 4095;
  if (x < -2047) return 1;
  const at = (x >> 7) + 16;
  const part = x & 127;
  return (curve[at]! * (128 - part) + curve[at + 1]! * part + 64) >> 7;
}

/** Says the next bit, of which it is told the probability that it is 1, in 1/4096. */
export type Next = (probability: number) => number;

/** Bits that four contexts predict. */
export interface Coder {
  /** Sets what a context says of the bits to come. */
  readonly context: (index: number, a: number, b: number, c: number, d: number) => void;
  /** The next bit; `node` is its place within its symbol, `set` names the mixer's weights. */
  readonly bit: (node: number, set: number) => number;
}

/** Predicts bits, and learns from what they are. */
export function code(next: Next): Coder {
  let x = -2047;
  const stretch = Int16Array.from({ length: 4096 }, (_, probability) => {
    while (x < 2047 && squash(x) < probability) x++;
    return x;
  });
  const rates = Int32Array.from({ length: steady + 1 }, (_, count) => 655360 / (count * 10 + 16));
  const table = new Uint32Array(contexts * slots).fill(2 ** 31);
  const weights = new Int32Array(16 * contexts * seen).fill(26000);
  const hashes = new Int32Array(contexts);
  const slot = new Int32Array(contexts);
  const weight = new Int32Array(contexts);
  const said = new Int32Array(contexts);
  return {
    context(index, a, b, c, d) {
      let hash = Math.imul(index + 1, 0x2f0b4c47);
      hash = Math.imul(hash ^ a, factor) + b;
      hash = Math.imul(hash ^ (hash >>> 15), factor) + c;
      hash = Math.imul(hash ^ (hash >>> 15), factor) + d;
      hashes[index] = Math.imul(hash ^ (hash >>> 15), factor);
    },
    bit(node, set) {
      let sum = 0;
      for (let i = 0; i < contexts; i++) {
        const at = i * slots + (Math.imul(hashes[i]! + Math.imul(node, 0x9e3779b1), 0x2c1b3c6d) >>> 16);
        const value = table[at]!;
        const count = value & 1023;
        const from = (set * contexts + i) * seen + (count < seen ? count : seen - 1);
        slot[i] = at;
        weight[i] = from;
        said[i] = count ? stretch[value >>> 20]! : 0;
        sum += (weights[from]! * said[i]!) >> 16;
      }
      const probability = squash(sum);
      const bit = next(probability);
      const error = (bit * 4096 - probability) * 10;
      const target = bit * 0x3fffff;
      for (let i = 0; i < contexts; i++) {
        weights[weight[i]!]! += (said[i]! * error + 0x2000) >> 14;
        const value = table[slot[i]!]!;
        const was = value >>> 10;
        const count = value & 1023;
        table[slot[i]!] = ((was + ((((target - was) >> 7) * rates[count]!) >> 9)) << 10) | (count < steady ? count + 1 : count);
      }
      return bit;
    },
  };
}

/** Bits out of bytes; `finished` tells whether all bytes were needed, and no more. */
export function reader(bytes: Uint8Array): { readonly next: Next; readonly finished: () => boolean } {
  let low = 0;
  let high = 0xffffffff;
  let from = 0;
  let code = 0;
  const shift = (): void => {
    code = ((code << 8) | (bytes[from++] ?? 0)) >>> 0;
  };
  for (let i = 0; i < 4; i++) shift();
  return {
    next(probability) {
      const middle = low + ((high - low) >>> 12) * probability;
      const bit = code <= middle ? 1 : 0;
      if (bit) high = middle;
      else low = middle + 1;
      while ((low ^ high) >>> 24 === 0) {
        low = (low << 8) >>> 0;
        high = ((high << 8) | 255) >>> 0;
        shift();
      }
      return bit;
    },
    finished: () => from === bytes.length,
  };
}
