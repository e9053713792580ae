import type { Capability } from "./capability.js";
import { PrivacyError } from "./error.js";

declare const VERSION: string;

interface Entry {
  /** What tells this entry's source from another one. */
  readonly key: unknown;
  readonly promise: Promise<unknown>;
  readonly controller: AbortController;
  waiting: number;
  settled: boolean;
}

/** A claim on the one instance of a capability. */
export interface Claim<T> {
  /** Whose instance. */
  readonly capability: Capability;
  /** Where it comes from; two keys that differ are two sources. */
  readonly key: unknown;
  /** Whether the page named that source itself: only then can it be at odds with an earlier one. */
  readonly explicit: boolean;
  /** Gives up waiting. */
  readonly signal: AbortSignal | undefined;
  /** Makes the instance, where there is none yet; `drop` forgets it, so that the next claim makes another. */
  readonly start: (signal: AbortSignal, drop: () => void) => Promise<T>;
}

/** The instances of this page, shared by every copy of this version of the package that runs in it. */
function entries(): Map<string, Entry> {
  const name = Symbol.for("storefront-privacy.instances");
  const shared = globalThis as { [name]?: Map<string, Entry> };
  return (shared[name] ??= new Map());
}

/**
 * The one instance of a capability: made by the first claim, shared by all others, and made again by the next
 * one after a failure or a trap.
 */
export function claim<T>({ capability, key, explicit, signal, start }: Claim<T>): Promise<T> {
  if (signal?.aborted) return Promise.reject(signal.reason as Error);
  const all = entries();
  const name = `${capability}@${VERSION}`;
  let entry = all.get(name);
  if (entry && explicit && entry.key !== key) {
    return Promise.reject(new PrivacyError("load.conflict", `${capability} is loaded already, from another source`));
  }
  entry ??= begin(all, name, key, start);
  return signal ? abandonable(all, name, entry, signal) : (entry.waiting++, entry.promise as Promise<T>);
}

function begin<T>(all: Map<string, Entry>, name: string, key: unknown, start: Claim<T>["start"]): Entry {
  const controller = new AbortController();
  const drop = (): void => {
    if (all.get(name) === entry) all.delete(name);
  };
  const promise = start(controller.signal, drop);
  const entry: Entry = { key, promise, controller, waiting: 0, settled: false };
  all.set(name, entry);
  promise.then(
    () => (entry.settled = true),
    () => {
      entry.settled = true;
      drop();
    },
  );
  return entry;
}

/** Waits until the signal aborts; with the last one that waited, the loading itself is given up. */
function abandonable<T>(all: Map<string, Entry>, name: string, entry: Entry, signal: AbortSignal): Promise<T> {
  entry.waiting++;
  return new Promise<T>((resolve, reject) => {
    const abandon = (): void => {
      reject(signal.reason as Error);
      if (--entry.waiting > 0 || entry.settled) return;
      if (all.get(name) === entry) all.delete(name);
      entry.controller.abort(signal.reason);
    };
    signal.addEventListener("abort", abandon, { once: true });
    (entry.promise as Promise<T>).then(resolve, reject).finally(() => signal.removeEventListener("abort", abandon));
  });
}
