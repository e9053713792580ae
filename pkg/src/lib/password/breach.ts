// The same program as the core's src/password/breach.rs: the filter and its format are described there.
import { PrivacyError } from "../error.js";

/** A filter of leaked passwords. */
export interface LeakFilter {
  /** The fewest code points of a password that it can know. */
  readonly least: number;
  /** Whether it holds the UTF-8 bytes of a password in Normalization Form C. */
  readonly holds: (bytes: Uint8Array) => boolean;
}

/** Reads a filter; throws `load.corrupt` where its bytes are damaged. */
export function readFilter(bytes: Uint8Array): LeakFilter {
  const head = 25;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = (index: number): number => (bytes.length < head ? 0 : view.getUint32(1 + 4 * index, true));
  const [seed, segment, places, least] = [at(0), at(1), at(2), at(4)];
  let sum = 0x811c9dc5;
  bytes.forEach((byte, index) => {
    if (index < head - 4 || index >= head) sum = Math.imul(sum ^ byte, 0x01000193);
  });
  if (bytes[0] !== 1 || places === 0 || (segment & (segment - 1)) !== 0 || places % segment !== 0 || bytes.length !== head + places + 2 * segment || sum >>> 0 !== at(5)) {
    throw new PrivacyError("load.corrupt", "password: the data file's bytes are damaged or incomplete");
  }
  return {
    least,
    holds(password) {
      const { a, b, fingerprint } = digest(seed, password);
      const [first, second, third] = three(a, b, segment, places);
      const read = (place: number): number => bytes[head + place] ?? 0;
      return (read(first) ^ read(second) ^ read(third)) === fingerprint;
    },
  };
}

/** The two hashes of a password, and its fingerprint. */
export function digest(seed: number, password: Uint8Array): { readonly a: number; readonly b: number; readonly fingerprint: number } {
  let a = seed;
  let b = ~seed;
  for (const byte of password) {
    a = Math.imul(a ^ byte, 0x5bd1e995);
    a ^= a >>> 15;
    b = Math.imul(b ^ byte, 0x85ebca6b);
    b ^= b >>> 13;
  }
  return { a, b, fingerprint: Math.imul(a ^ Math.imul(b, 0xc2b2ae35), 0x9e3779b1) >>> 24 };
}

/** The three places of a password. */
export function three(a: number, b: number, segment: number, places: number): readonly [number, number, number] {
  const start = Math.floor(((Math.imul(a, 0x2c1b3c6d) >>> 0) * places) / 2 ** 32);
  return [start, (start + segment) ^ (b & (segment - 1)), (start + 2 * segment) ^ ((b >>> 16) & (segment - 1))];
}

/** Whether a password is among those that the filter was made of; so for 0.4 % of those that are not: a reason to warn, none to refuse. */
export function leaked(filter: LeakFilter, password: string): boolean {
  if (password.length > 12 * 256) return false;
  const normal = password.normalize();
  return Array.from(normal).length >= filter.least && filter.holds(new TextEncoder().encode(normal));
}
