import { ceremonyFailure, obstacle, type Ceremony, type Mode } from "./failure.js";

/** One ceremony. */
export interface Run {
  /** Which one. */
  readonly ceremony: Ceremony;
  /** How the browser is asked, where not by a dialogue. */
  readonly mode?: Mode;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
  /** How long the options let it run. */
  readonly timeout?: number | undefined;
  /** Asks the browser. */
  readonly ask: (signal: AbortSignal) => Promise<Credential | null>;
  /** Takes what came after the ceremony was given up. */
  readonly late?: (credential: PublicKeyCredential) => void;
}

interface Pending {
  abort(): void;
  readonly ended: Promise<unknown>;
}

/** How long an extension may take to end a ceremony that was aborted. */
const patience = 1_000;

/** A page has one credential dialogue, however many copies of this package (Credential Management §2.2.1). */
const name = Symbol.for("storefront-privacy.ceremony");
const page = globalThis as { [name]?: Pending | undefined };

/** When no ceremony is pending any more. */
export async function idle(): Promise<void> {
  while (page[name]) await page[name].ended;
}

/**
 * Runs one ceremony at a time.
 *
 * Where none is pending, the browser is asked synchronously, so that the visitor's activation still counts. A
 * pending one is ended first, and its rejection awaited: iOS refuses a new one in the same turn.
 */
export function runCeremony(run: Run): Promise<PublicKeyCredential> {
  const unusable = obstacle();
  if (unusable) return Promise.reject(unusable);
  const controller = new AbortController();
  const earlier = page[name];
  earlier?.abort();
  const result = earlier ? earlier.ended.then(() => started(run, controller)) : started(run, controller);
  const own: Pending = { abort: () => controller.abort(), ended: result.catch(() => undefined) };
  page[name] = own;
  void own.ended.then(() => {
    if (page[name] === own) page[name] = undefined;
  });
  return result;
}

async function started({ ceremony, mode, signal, timeout, ask, late }: Run, controller: AbortController): Promise<PublicKeyCredential> {
  const abort = (): void => controller.abort();
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort, { once: true });
  const start = performance.now();
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  let given = false;
  try {
    controller.signal.throwIfAborted();
    const deaf = new Promise<never>((_, reject) => {
      controller.signal.addEventListener("abort", () => {
        watchdog = setTimeout(() => {
          given = true;
          reject(Object.assign(new Error("no answer to an abort"), { name: "DeafError" }));
        }, patience);
      });
    });
    const asked = ask(controller.signal);
    asked.then((credential) => given && isPublicKey(credential) && late?.(credential), () => undefined);
    const credential = await Promise.race([asked, deaf]);
    if (isPublicKey(credential)) return credential;
    throw new DOMException("no credential", "UnknownError");
  } catch (caught) {
    throw ceremonyFailure(caught, { ceremony, mode, elapsed: performance.now() - start, timeout });
  } finally {
    clearTimeout(watchdog);
    signal?.removeEventListener("abort", abort);
  }
}

/** A password manager's credential is an object of its own class, and may throw where it is looked at. */
function isPublicKey(credential: Credential | null): credential is PublicKeyCredential {
  try {
    return credential?.type === "public-key";
  } catch {
    return false;
  }
}
