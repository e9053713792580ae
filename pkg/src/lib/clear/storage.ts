/** Whether a name is of a pattern: a final `*` stands for any rest. */
export function fits(name: string, pattern: string): boolean {
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

/** A place in which a page keeps things under names. */
export interface Place {
  /** The names that are there, of those that one of `patterns` may fit. */
  names(patterns: readonly string[]): Promise<readonly string[]>;
  /** Deletes one; what stays is found when the names are read again. */
  delete(name: string): Promise<unknown>;
}

/** How long a database that another tab holds open is waited for. */
const patience = 2_000;

function web(storage: () => Storage): Place {
  return {
    async names() {
      return Object.keys(storage());
    },
    async delete(name) {
      storage().removeItem(name);
    },
  };
}

const databases: Place = {
  async names(patterns) {
    // Without a list only what is named exactly can be asked for, by opening it: that of an absent one is taken back.
    if (typeof indexedDB.databases === "function") return (await indexedDB.databases()).map(({ name = "" }) => name);
    const exact = patterns.filter((pattern) => !pattern.endsWith("*"));
    const there = await Promise.all(exact.map(exists));
    return exact.filter((_, index) => there[index]);
  },
  delete: (name) =>
    new Promise<void>((resolve) => {
      const request = indexedDB.deleteDatabase(name);
      const timer = setTimeout(resolve, patience);
      request.onsuccess = request.onerror = () => {
        clearTimeout(timer);
        resolve();
      };
    }),
};

function exists(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = indexedDB.open(name);
    let fresh = false;
    request.onupgradeneeded = () => {
      fresh = true;
      request.transaction?.abort();
    };
    request.onsuccess = () => {
      request.result.close();
      resolve(true);
    };
    request.onerror = () => resolve(!fresh);
  });
}

const cacheStorage: Place = {
  names: async () => ("caches" in globalThis ? caches.keys() : []),
  delete: (name) => caches.delete(name),
};

/** The places, by the kind that a policy file names. */
export const places: Readonly<Record<string, Place>> = {
  "local-storage": web(() => localStorage),
  "session-storage": web(() => sessionStorage),
  "indexed-db": databases,
  "cache-storage": cacheStorage,
};

/** The service workers whose script is one of these addresses. */
export async function workers(scripts: readonly string[]): Promise<readonly ServiceWorkerRegistration[]> {
  if (!("serviceWorker" in navigator) || scripts.length === 0) return [];
  const registrations = await navigator.serviceWorker.getRegistrations();
  return registrations.filter(({ active, waiting, installing }) => scripts.includes((active ?? waiting ?? installing)?.scriptURL ?? ""));
}
