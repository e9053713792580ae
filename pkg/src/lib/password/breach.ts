// The same program as the core's src/password/breach.rs: the filter and its format are described there.
import { PrivacyError } from "../error.js";
import { bytes } from "./bytes.js";
import { files } from "./files.js";

/** How many passwords that were never leaked the filter takes for leaked ones: one of 256, by its fingerprints of 8 bits. */
export const falseAlarms: number = 1 / 256;

/** A filter of leaked passwords. */
export interface LeakFilter {
  /** The fewest code points of a password that it can know. */
  readonly least: number;
  /** Whether it holds the UTF-8 bytes of a password in Normalization Form C. */
  readonly holds: (bytes: Uint8Array) => boolean;
}

/** Which filter to load, and from where. */
export interface LeakFilterSource {
  /** The address or the bytes of the filter; this package's own file, where left out. */
  readonly source?: URL | string | Uint8Array | undefined;
  /** Gives the loading up. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Loads the filter of the leaked passwords of that many code points or more: 49 KB from 8, 12 KB from 15. Rejects with a
 * {@link PrivacyError}: `network.failed`, `load.missing` or `load.corrupt`; or with the signal's reason.
 */
export async function loadLeakFilter(least: 8 | 15, { source, signal }: LeakFilterSource = {}): Promise<LeakFilter> {
  return readFilter(await bytes(source ?? files[least](), signal));
}

/** Reads a filter; throws `load.corrupt` where its bytes are damaged. */
export function readFilter(data: Uint8Array): LeakFilter {
  const head = 25;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const at = (index: number): number => (data.length < head ? 0 : view.getUint32(1 + 4 * index, true));
  const [seed, segment, places, least] = [at(0), at(1), at(2), at(4)];
  let sum = 0x811c9dc5;
  data.forEach((byte, index) => {
    if (index < head - 4 || index >= head) sum = Math.imul(sum ^ byte, 0x01000193);
  });
  if (data[0] !== 1 || places === 0 || (segment & (segment - 1)) !== 0 || places % segment !== 0 || data.length !== head + places + 2 * segment || sum >>> 0 !== at(5)) {
    throw new PrivacyError("load.corrupt", "password: the data file's bytes are damaged or incomplete");
  }
  return {
    least,
    holds(password) {
      const { a, b, fingerprint } = digest(seed, password);
      const [first, second, third] = three(a, b, segment, places);
      const read = (place: number): number => data[head + place] ?? 0;
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
