import type { ConsentRecord } from "../../consent.js";
import { PrivacyError } from "../../lib/error.js";

const QUEUE = "sp-consent-records";

// A visitor who changes their mind ten times without a network has still said what holds: the last.
const LONGEST = 10;

interface Queued {
  readonly url: string;
  readonly record: ConsentRecord;
}

/** A random UUID (RFC 9562 §5.4), also where the page is not a secure context and has no `crypto.randomUUID`. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/**
 * Posts a record of a grant. One that does not arrive is kept in the browser and sent later, by {@link flushRecords}; it has an id,
 * so that arriving twice makes one. Rejects with `network.failed` when it is kept, with `consent.record-refused` when the shop
 * does not want it.
 */
export async function postRecord(url: string, record: ConsentRecord): Promise<void> {
  const queued: Queued = { url, record };
  write([...read(), queued].slice(-LONGEST));
  await deliver(queued);
}

/** Sends what an earlier page could not. */
export async function flushRecords(): Promise<void> {
  for (const queued of read()) {
    try {
      await deliver(queued);
    } catch {
      // It is still in the queue, or the shop has refused it for good.
    }
  }
}

async function deliver(queued: Queued): Promise<void> {
  let response: Response;
  try {
    response = await fetch(queued.url, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/json" },
      body: JSON.stringify(queued.record),
      credentials: "same-origin",
      // The visitor may follow a link at once.
      keepalive: true,
    });
  } catch (cause) {
    throw new PrivacyError("network.failed", "the record did not reach the server", { cause });
  }
  if (response.status >= 500 || response.status === 429) throw new PrivacyError("network.failed", `the record was answered with ${response.status}`);
  write(read().filter(({ record }) => record.id !== queued.record.id));
  if (!response.ok) throw new PrivacyError("consent.record-refused", `the record was answered with ${response.status}`);
}

function read(): Queued[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(QUEUE) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isQueued) : [];
  } catch {
    return [];
  }
}

function isQueued(value: unknown): value is Queued {
  const { url, record } = (value ?? {}) as Partial<Queued>;
  // Only the shop's own addresses: what is in storage may have been put there by another script.
  return typeof url === "string" && URL.canParse(url, document.baseURI) && new URL(url, document.baseURI).origin === location.origin && typeof record?.id === "string";
}

function write(queue: readonly Queued[]): void {
  try {
    if (queue.length === 0) localStorage.removeItem(QUEUE);
    else localStorage.setItem(QUEUE, JSON.stringify(queue));
  } catch {
    // Without storage a record has one chance to arrive.
  }
}
