import { load } from "./consent-receipts.js";
import { gate as requireGate } from "./gate.js";
import type { Decision } from "./lib/decision.js";
import { PrivacyError, toPrivacyError, type PrivacyErrorCode } from "./lib/error.js";
import type { Gate } from "./lib/gate.js";
import { memory } from "./lib/history.js";
import { eraseReceipt, refreshReceipts, sendReceipts } from "./lib/receipts/send.js";
import { ReceiptStore, type KeptReceipt, type ReceiptKey } from "./lib/receipts/store.js";
import type { ReceiptReport, ReceiptSurface, SignedReceipt } from "./verbs/consent-receipts.js";

export * from "./lib/public.js";
export type { Decision } from "./lib/decision.js";
export type { KeptReceipt, ReceiptEvidence } from "./lib/receipts/store.js";
export type { ReceiptCheck, ReceiptReport, ReceiptSummary, ReceiptSurface, SignedReceipt } from "./verbs/consent-receipts.js";

/** Where receipts go. */
export interface ReceiptOptions {
  /** Where they are posted; the answers to one are at this address, a slash and its id. */
  readonly url: string;
  /** The shop's log; `receipt-log` beside `url` where left out. Its keys are at this address and `/keys`. */
  readonly log?: string;
  /** The policy file; `/privacy.json` where left out. */
  readonly policy?: string;
  /** A country, or a country and its subdivision, where the shop knows it. */
  readonly region?: string;
  /** Where the decision that is already there was made, for a page that loads this on the first one; `script` where left out. */
  readonly surface?: ReceiptSurface;
  /** The address of the wasm module, when it is not beside the script. */
  readonly src?: string;
}

/** Keeps a receipt of every decision, from the first grant on. */
export interface ReceiptKeeper {
  /** Why the last receipt could not be written; `null` where it could. */
  readonly problem: PrivacyErrorCode | null;
  /** Resolves when nothing is being written or sent. */
  settled(): Promise<void>;
  /** The receipts in this browser, the oldest first. */
  list(): Promise<readonly KeptReceipt[]>;
  /** All of them as one file, with what the shop's log says today. */
  file(): Promise<string>;
  /** Checks a file of receipts, against the shop's log where it answers. */
  verify(file: string): Promise<ReceiptReport>;
  /** Deletes a receipt: the shop's copy with its salt first, then this browser's. */
  erase(id: string): Promise<void>;
  /** Deletes every receipt, here and at the shop, and the key. */
  eraseAll(): Promise<void>;
}

const keepers = new Map<string, ReceiptKeeper>();

/** Set while the shop has not answered a receipt: a page may look at it to load this module. Never set before a grant. */
export const dueKey = "sp-receipts-due";

/**
 * Keeps receipts of what is decided on this page. Before any grant nothing is stored and no key is made; after full withdrawal
 * the key is deleted; receipts stay as the shopper’s evidence until they are erased, or three years are over.
 *
 * One for each `url` on a page. Throws `gate.missing` without a gate.
 */
export function keepReceipts(options: ReceiptOptions): ReceiptKeeper {
  const url = new URL(options.url, document.baseURI).href;
  let keeper = keepers.get(url);
  if (keeper === undefined) {
    keeper = new Keeper(requireGate(), url, options);
    keepers.set(url, keeper);
  }
  return keeper;
}

class Keeper implements ReceiptKeeper {
  problem: PrivacyErrorCode | null = null;
  readonly #url: string;
  readonly #options: ReceiptOptions;
  #queue: Promise<void> = Promise.resolve();
  #surface: ReceiptSurface = "script";

  constructor(gate: Gate, url: string, options: ReceiptOptions) {
    this.#url = url;
    this.#options = options;
    document.addEventListener("sp-consent-decided", ({ target }) => {
      this.#surface = target instanceof Element && target.localName === "sp-privacy-settings" ? "settings" : "banner";
    });
    gate.subscribe((decision) => {
      this.#surface = "script";
      if (decision !== null) this.#enqueue(() => this.#write(decision));
    });
    addEventListener("online", () => this.#enqueue(() => this.#send()));
    const { decision } = gate;
    this.#surface = options.surface ?? "script";
    this.#enqueue(() => (decision === null ? this.#send() : this.#write(decision)));
  }

  settled(): Promise<void> {
    return this.#queue;
  }

  list(): Promise<readonly KeptReceipt[]> {
    return this.#within(false, (store) => store?.list() ?? Promise.resolve([]));
  }

  async file(): Promise<string> {
    const kept = await this.#within(false, async (store) => {
      if (store === null) return [];
      await sendReceipts(store, this.#url);
      await refreshReceipts(store, this.#url);
      return store.list();
    });
    const receipts = kept.map(({ receipt, kantara, evidence }) => ({ receipt, kantara, evidence }));
    return `${JSON.stringify({ format: "storefront-privacy receipts 1", receipts }, null, 1)}\n`;
  }

  async verify(file: string): Promise<ReceiptReport> {
    const receipts = await load(this.#options.src);
    const log = this.#options.log ?? new URL("receipt-log", this.#url).href;
    const today = await Promise.all(receipts.sizes(file).map((size) => text(`${log}?from=${size}`)));
    const keys = await text(`${log}/keys`);
    const jwks = keys === null ? [] : (JSON.parse(keys) as { keys: JsonWebKey[] }).keys;
    return receipts.verify(file, { shop: jwks.map((key) => receipts.thumbprint(key)), today: today.filter((answer) => answer !== null) });
  }

  erase(id: string): Promise<void> {
    return this.#within(false, async (store) => {
      const kept = (await store?.list())?.find((receipt) => receipt.id === id);
      if (store === null || kept === undefined) return;
      // One without an answer may have arrived all the same.
      if (!kept.gone) await eraseReceipt(this.#url, id);
      await store.change(id, () => null);
    });
  }

  async eraseAll(): Promise<void> {
    for (const { id } of await this.list()) await this.erase(id);
    await this.#locked(() => ReceiptStore.destroy());
    mark(false);
  }

  #enqueue(task: () => Promise<void>): void {
    this.#queue = this.#queue.then(task).catch((failure: unknown) => {
      this.problem = toPrivacyError(failure, "storage.refused", "the browser does not keep receipts").code;
    });
  }

  async #write(decision: Decision): Promise<void> {
    // After the page has answered the press; and the tab that was pressed in comes before one in the background.
    await new Promise((resolve) => setTimeout(resolve, document.visibilityState === "hidden" ? 3_000 : 50));
    const granting = decision.granted.length > 0;
    if (granting) mark(true);
    await this.#within(granting, async (store) => {
      if (store === null) return;
      const name = JSON.stringify([decision.policy, decision.at, decision.granted]);
      for (const { id, at } of await store.list()) if (at < Date.now() / 1_000 - memory) await store.change(id, () => null);
      const kept = await store.list();
      const last = kept.at(-1);
      let key = await store.key();
      if (!kept.some((each) => each.decision === name) && (granting || key !== undefined)) {
        if (key === undefined) await store.setKey((key = await makeKey()));
        const signer = key;
        const before = kept.filter(({ receipt }) => sameKey(receipt, signer)).at(-1);
        await store.add(await this.#compose(decision, name, signer, last?.granted ?? [], before?.receipt));
      }
      if (!granting) await store.setKey(null);
      this.problem = null;
      if (await sendReceipts(store, this.#url)) mark(false);
    });
  }

  async #compose(decision: Decision, name: string, key: ReceiptKey, before: readonly string[], previous: SignedReceipt | undefined): Promise<KeptReceipt> {
    const surface = this.#surface;
    const [receipts, policy] = await Promise.all([load(this.#options.src), text(this.#options.policy ?? "/privacy.json")]);
    if (policy === null) throw new PrivacyError("network.failed", "the policy file could not be fetched");
    const { region } = this.#options;
    const language = document.documentElement.lang || navigator.language;
    const input = receipts.compose(policy, decision, {
      key: key.jwk,
      origin: location.origin,
      language,
      surface,
      before,
      ...(region === undefined ? {} : { region }),
      ...(previous === undefined ? {} : { previous }),
    });
    const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key.privateKey, new TextEncoder().encode(input));
    const [header = "", payload = ""] = input.split(".");
    const receipt = { payload, protected: header, signature: base64url(new Uint8Array(signature)) };
    const { "dct:identifier": id } = JSON.parse(decode(payload)) as { "dct:identifier": string };
    const { at, granted } = decision;
    return { id, decision: name, at, granted, receipt, kantara: receipts.kantara(receipt), evidence: null, gone: false };
  }

  #send(): Promise<void> {
    return this.#within(false, async (store) => {
      if (store !== null && (await sendReceipts(store, this.#url))) mark(false);
    });
  }

  /** Runs with the store, one tab at a time. */
  #within<T>(create: boolean, task: (store: ReceiptStore | null) => Promise<T>): Promise<T> {
    return this.#locked(async () => {
      const store = await ReceiptStore.open(create);
      try {
        return await task(store);
      } finally {
        store?.close();
      }
    });
  }

  async #locked<T>(task: () => Promise<T>): Promise<T> {
    // Without TLS there is neither WebCrypto nor a lock: nothing to sign with, and nothing to order.
    if (!isSecureContext) throw new PrivacyError("browser.unsupported", "receipts need a secure context");
    return await navigator.locks.request("sp-receipts", task);
  }
}

async function makeKey(): Promise<ReceiptKey> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", publicKey);
  return { privateKey, jwk: { kty, crv, x, y } as JsonWebKey };
}

function sameKey(receipt: SignedReceipt, key: ReceiptKey): boolean {
  const { jwk } = JSON.parse(decode(receipt.protected)) as { jwk: JsonWebKey };
  return jwk.x === key.jwk.x && jwk.y === key.jwk.y;
}

function mark(due: boolean): void {
  try {
    if (due) localStorage.setItem(dueKey, "1");
    else localStorage.removeItem(dueKey);
  } catch {
    // The receipt is sent when the next one is, or when the settings are opened.
  }
}

async function text(url: string): Promise<string | null> {
  try {
    const response = await fetch(url, { headers: { accept: "application/json" }, credentials: "same-origin", cache: "no-store" });
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function decode(encoded: string): string {
  const bytes = Uint8Array.from(atob(encoded.replace(/-/g, "+").replace(/_/g, "/")), (character) => character.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}
