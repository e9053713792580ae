import { bytes } from "./bytes.js";
import { files } from "./files.js";
import { readWords } from "./words.js";

/** The most common passwords, each with its rank: known to the next power of two. */
export interface RankedList {
  /** Among all: the 10,000 most common. */
  readonly top: ReadonlyMap<string, number>;
  /** Among those of 15 code points or more: the 3,000 most common of them. Absent where it was not loaded. */
  readonly long?: ReadonlyMap<string, number> | undefined;
}

/** The list's rank of the whole password, letter by letter: exact, or a little too great; `null` where it is not listed. */
export function rank(list: RankedList, password: string): number | null {
  return list.top.get(password.normalize()) ?? null;
}

/** Reads a list of ranked words, in slices: the page's thread is free again after every few milliseconds. */
export async function readRanks(bytes: Uint8Array): Promise<Map<string, number>> {
  const blocks = new Map<string, number>();
  let since = performance.now();
  for (const [word, block] of readWords(bytes)) {
    blocks.set(word, block);
    if (blocks.size % 64 === 0 && performance.now() - since > 8) {
      await new Promise((resolve) => setTimeout(resolve));
      since = performance.now();
    }
  }
  return ranked(blocks);
}

/** The same in one go, where nobody waits for the thread. */
export function ranksOf(bytes: Uint8Array): Map<string, number> {
  return ranked(new Map(readWords(bytes)));
}

function ranked(blocks: Map<string, number>): Map<string, number> {
  for (const [word, block] of blocks) blocks.set(word, Math.min(2 ** block, blocks.size));
  return blocks;
}

/** What to load of the lists, and from where. */
export interface ListSource {
  /** The address or the bytes of the 10,000; this package's own file, where left out. */
  readonly top?: URL | string | Uint8Array | undefined;
  /** The same for the long ones; `false` loads none: no password is that long under a policy that asks for less, or hardly any. */
  readonly long?: URL | string | Uint8Array | false | undefined;
  /** Gives the loading up. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Loads the lists. Rejects with a {@link PrivacyError}: `network.failed`, `load.missing` or `load.corrupt`; or with the
 * signal's reason.
 */
export async function loadList({ top, long, signal }: ListSource = {}): Promise<RankedList> {
  const own = (given: ListSource["top"], home: () => URL): Promise<Map<string, number>> => bytes(given ?? home(), signal).then(readRanks);
  const [ranks, longs] = await Promise.all([
    own(top, files.top),
    long === false ? undefined : own(long, files.long),
  ]);
  return { top: ranks, long: longs };
}
