const database = "storefront-privacy-dpop";
const store = "keys";

/** The key pair under a name; whoever comes first in this browser makes it. */
export async function keptKey(name: string): Promise<CryptoKeyPair> {
  const kept = await inStore("readonly", (keys) => keys.get(name) as IDBRequest<CryptoKeyPair | undefined>);
  if (kept) return kept;
  const made = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
  // Another tab may have been faster: what is stored counts.
  return inStore("readwrite", (keys) => {
    keys.add(made, name).onerror = (event) => {
      event.preventDefault();
      event.stopPropagation();
    };
    return keys.get(name) as IDBRequest<CryptoKeyPair>;
  });
}

/** Deletes the key pair under a name. */
export async function forgetKey(name: string): Promise<void> {
  await inStore("readwrite", (keys) => keys.delete(name));
}

async function inStore<T>(mode: IDBTransactionMode, ask: (keys: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opened = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = opened.transaction(store, mode);
      const request = ask(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
    });
  } finally {
    opened.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(database, 1);
    request.onupgradeneeded = () => void request.result.createObjectStore(store);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("refused"));
    request.onblocked = () => reject(new Error("blocked"));
  });
}
