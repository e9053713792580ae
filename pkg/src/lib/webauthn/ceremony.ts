import { PrivacyError } from "../error.js";
import { isSupported } from "./capabilities.js";
import { ceremonyFailure, type Ceremony } from "./failure.js";

interface Pending {
  readonly controller: AbortController;
  readonly ended: Promise<unknown>;
}

let pending: Pending | undefined;

/**
 * Runs one ceremony at a time: a page has one credential dialogue (Credential Management §2.2.1).
 *
 * Where none is pending, the browser is asked synchronously, so that the visitor's activation still counts. A
 * pending one is ended first, and its rejection awaited: iOS refuses a new one in the same turn.
 */
export function runCeremony(
  ceremony: Ceremony,
  signal: AbortSignal | undefined,
  timeout: number | undefined,
  ask: (signal: AbortSignal) => Promise<Credential | null>,
): Promise<PublicKeyCredential> {
  if (!isSupported()) {
    return Promise.reject(new PrivacyError("passkey.not-supported", "this browser has no passkeys, or this page may not use them"));
  }
  const controller = new AbortController();
  const earlier = pending;
  earlier?.controller.abort();
  const run = (): Promise<PublicKeyCredential> => started(ceremony, timeout, signal, controller, ask);
  const result = earlier ? earlier.ended.then(run) : run();
  const own: Pending = { controller, ended: result.catch(() => undefined) };
  pending = own;
  void own.ended.then(() => {
    if (pending === own) pending = undefined;
  });
  return result;
}

async function started(
  ceremony: Ceremony,
  timeout: number | undefined,
  signal: AbortSignal | undefined,
  controller: AbortController,
  ask: (signal: AbortSignal) => Promise<Credential | null>,
): Promise<PublicKeyCredential> {
  const abort = (): void => controller.abort();
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort, { once: true });
  const start = performance.now();
  try {
    controller.signal.throwIfAborted();
    const credential = await ask(controller.signal);
    if (credential instanceof PublicKeyCredential || credential?.type === "public-key") return credential as PublicKeyCredential;
    throw new DOMException("no credential", "UnknownError");
  } catch (caught) {
    throw ceremonyFailure(caught, { ceremony, elapsed: performance.now() - start, timeout });
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}
