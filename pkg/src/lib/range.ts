import { PrivacyError } from "./error.js";

/** The Pwned Passwords range API, which is free and takes no key. */
export const pwnedPasswords = "https://api.pwnedpasswords.com/range/";

/** How long an answer may take, in milliseconds. */
const patience = 3_000;

/** An answer with padding has a thousand lines of 40 characters; what is far longer is none. */
const longest = 512 * 1024;

const line = /^([0-9A-F]{35}):(\d{1,15})$/i;

/**
 * How many times known data breaches have a password, by the range protocol (k-anonymity): the service learns the first 5 of the 40
 * hexadecimal digits of its SHA-1, and answers with all it knows that begin so. Padded answers hide from the network which that was.
 *
 * Rejects with `network.failed` where the service gave no answer, or one that is not of that form: the password is then not checked. With
 * the signal's reason where that aborts.
 */
export async function timesPwned(password: string, service: string | URL = pwnedPasswords, signal?: AbortSignal): Promise<number> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-1", new TextEncoder().encode(password)));
  const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("").toUpperCase();
  const suffix = hash.slice(5);
  const text = await ask(new URL(hash.slice(0, 5), directory(service)), signal);
  let times = 0;
  for (const each of text.trim().split(/\r?\n/)) {
    const found = line.exec(each.trim());
    if (found === null) throw new PrivacyError("network.failed", "the breach service has answered with something else than a range");
    // Padding has the count 0; a hash may be there twice.
    if (found[1]?.toUpperCase() === suffix) times = Math.max(times, Number(found[2]));
  }
  return times;
}

function directory(service: string | URL): URL {
  const url = new URL(service, globalThis.document?.baseURI);
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}

async function ask(address: URL, signal: AbortSignal | undefined): Promise<string> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), patience);
  const abort = (): void => limit.abort();
  signal?.addEventListener("abort", abort, { once: true });
  try {
    signal?.throwIfAborted();
    const response = await fetch(address, {
      headers: { "Add-Padding": "true" },
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      redirect: "error",
      signal: limit.signal,
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return await limited(response);
  } catch (cause) {
    signal?.throwIfAborted();
    throw new PrivacyError("network.failed", "the breach service has not answered", { cause });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

/** The text of an answer, as long as it is not too long. */
async function limited(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > longest) {
      await reader?.cancel();
      throw new Error("the answer is too long");
    }
  }
}
