import { PrivacyError } from "../error.js";

/** The bytes of a data file. */
export async function bytes(source: URL | string | Uint8Array, signal?: AbortSignal): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  let response: Response;
  try {
    response = await fetch(source, { signal: signal ?? null });
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    signal?.throwIfAborted();
    throw new PrivacyError("network.failed", "a data file could not be fetched: the network gave no answer", { cause });
  }
  throw new PrivacyError(response.status < 500 ? "load.missing" : "network.failed", `expected a data file at ${response.url}, found status ${String(response.status)}`);
}
