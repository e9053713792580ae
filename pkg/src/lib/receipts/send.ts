import { PrivacyError } from "../error.js";
import type { ReceiptEvidence, ReceiptStore } from "./store.js";

/** Sends every receipt that the shop has not answered yet, the oldest first. Gives whether none is left. */
export async function sendReceipts(store: ReceiptStore, url: string): Promise<boolean> {
  for (const { id, receipt, evidence, gone } of await store.list()) {
    if (evidence !== null || gone) continue;
    const response = await ask(url, "POST", { receipt });
    if (response === null || response.status >= 500 || response.status === 429) return false;
    const answer = response.ok ? await evidenceOf(response) : null;
    if (response.ok && answer === null) return false;
    await store.change(id, (kept) => ({ ...kept, evidence: answer, gone: answer === null }));
  }
  return true;
}

/** Asks for each receipt's present place in the log, so that all are proven against one head. */
export async function refreshReceipts(store: ReceiptStore, url: string): Promise<void> {
  for (const { id, evidence, gone } of await store.list()) {
    if (evidence === null || gone) continue;
    const response = await ask(`${url}/${id}`, "GET");
    const answer = response?.ok === true ? await evidenceOf(response) : null;
    if (answer !== null) await store.change(id, (kept) => ({ ...kept, evidence: answer }));
  }
}

/** Deletes the shop's copy of a receipt. Throws `network.failed` when that cannot be said to be done. */
export async function eraseReceipt(url: string, id: string): Promise<void> {
  const response = await ask(`${url}/${id}`, "DELETE");
  if (response?.ok === true || response?.status === 404) return;
  throw new PrivacyError("network.failed", "the shop did not delete the receipt");
}

async function ask(url: string, method: string, body?: object): Promise<Response | null> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  try {
    const response = await fetch(url, { method, headers, body: body === undefined ? null : JSON.stringify(body), credentials: "same-origin", cache: "no-store" });
    // What nobody reads would keep the page loading.
    if (!response.ok) await response.body?.cancel();
    return response;
  } catch {
    return null;
  }
}

async function evidenceOf(response: Response): Promise<ReceiptEvidence | null> {
  try {
    const answer = (await response.json()) as Partial<ReceiptEvidence>;
    const whole = typeof answer.entry === "object" && typeof answer.head === "object" && Array.isArray(answer.proof);
    return whole ? (answer as ReceiptEvidence) : null;
  } catch {
    return null;
  }
}
