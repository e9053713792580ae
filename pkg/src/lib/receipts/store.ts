import type { SignedReceipt } from "../../verbs/consent-receipts.js";

/** What the shop answered to a receipt. */
export interface ReceiptEvidence {
  /** Its countersignature. */
  readonly entry: SignedReceipt;
  /** Its log's head. */
  readonly head: SignedReceipt;
  /** The way from the one to the other. */
  readonly proof: readonly string[];
  /** What a witness saw. */
  readonly witness: unknown;
}

/** A receipt as this browser keeps it. */
export interface KeptReceipt {
  /** Its id. */
  readonly id: string;
  /** Which decision it is of: policy, time and grants, as one text. */
  readonly decision: string;
  /** When was decided, in seconds since 1970. */
  readonly at: number;
  /** The purposes that were granted. */
  readonly granted: readonly string[];
  /** The receipt itself. */
  readonly receipt: SignedReceipt;
  /** The same as a Kantara receipt. */
  readonly kantara: object | null;
  /** What the shop answered; `null` until it has. */
  readonly evidence: ReceiptEvidence | null;
  /** Whether the shop has refused it for good, or has deleted its copy. */
  readonly gone: boolean;
}

/** The key that signs, which never leaves the browser. */
export interface ReceiptKey {
  /** The private half, not extractable. */
  readonly privateKey: CryptoKey;
  /** The public half. */
  readonly jwk: JsonWebKey;
}

const DATABASE = "sp-receipts";

/** The receipts in this browser's IndexedDB. */
export class ReceiptStore {
  readonly #database: IDBDatabase;

  private constructor(database: IDBDatabase) {
    this.#database = database;
    // Another tab that deletes everything is not to wait for this one.
    database.onversionchange = () => database.close();
  }

  /** Opens it. Where there is none, `create` says whether to make one: without it nothing at all is stored, and this is `null`. */
  static open(create: boolean): Promise<ReceiptStore | null> {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(DATABASE, 1);
      let refused = false;
      request.onupgradeneeded = () => {
        if (!create) {
          refused = true;
          request.transaction?.abort();
          return;
        }
        request.result.createObjectStore("keys");
        request.result.createObjectStore("receipts", { autoIncrement: true }).createIndex("decision", "decision", { unique: true });
      };
      request.onsuccess = () => resolve(new ReceiptStore(request.result));
      request.onerror = () => (refused ? resolve(null) : reject(request.error ?? new Error("IndexedDB")));
      request.onblocked = () => reject(new Error("IndexedDB is blocked"));
    });
  }

  /** Deletes the whole database. */
  static destroy(): Promise<void> {
    return done(indexedDB.deleteDatabase(DATABASE)).then(() => undefined);
  }

  /** Ends the connection. */
  close(): void {
    this.#database.close();
  }

  /** The key, if there is one. */
  key(): Promise<ReceiptKey | undefined> {
    return done(this.#open("keys", "readonly").get("own") as IDBRequest<ReceiptKey | undefined>);
  }

  /** Keeps a key, or deletes the one there is. */
  async setKey(key: ReceiptKey | null): Promise<void> {
    const keys = this.#open("keys", "readwrite");
    if (key === null) await done(keys.delete("own"));
    else await done(keys.put(key, "own"));
  }

  /** Every receipt, the oldest first. */
  list(): Promise<readonly KeptReceipt[]> {
    return done(this.#open("receipts", "readonly").getAll() as IDBRequest<KeptReceipt[]>);
  }

  /** Adds one. */
  async add(receipt: KeptReceipt): Promise<void> {
    await done(this.#open("receipts", "readwrite").add(receipt));
  }

  /** Changes one, or takes it out where `change` gives `null`. */
  change(id: string, change: (receipt: KeptReceipt) => KeptReceipt | null): Promise<void> {
    return new Promise((resolve, reject) => {
      const request = this.#open("receipts", "readwrite").openCursor();
      request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
      request.onsuccess = () => {
        const cursor = request.result;
        if (cursor === null) return resolve();
        const receipt = cursor.value as KeptReceipt;
        if (receipt.id !== id) return cursor.continue();
        const next = change(receipt);
        const last = next === null ? cursor.delete() : cursor.update(next);
        last.onsuccess = () => resolve();
        last.onerror = () => reject(last.error ?? new Error("IndexedDB"));
      };
    });
  }

  #open(name: "keys" | "receipts", mode: IDBTransactionMode): IDBObjectStore {
    return this.#database.transaction(name, mode).objectStore(name);
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
  });
}
