import type { Policy, Service, StorageKind } from "./consent.js";
import { cookieNames, deleteCookies } from "./lib/clear/cookies.js";
import { fits, places, workers } from "./lib/clear/storage.js";

/** Something that a service kept in this browser. */
export interface KeptItem {
  /** Where. */
  readonly kind: StorageKind | "service-worker";
  /** Under which name. */
  readonly name: string;
}

/** What became of what services kept. */
export interface ClearReport {
  /** What was there and is gone: it was looked for again. */
  readonly cleared: readonly KeptItem[];
  /** What is still there, or may be, and who keeps it. */
  readonly left: readonly KeptItem[];
  /** The services whose code has run on this page: it ends when the page is left. */
  readonly running: readonly Service[];
  /** The services that may keep something under an address of their own, where no page of the shop can reach it. */
  readonly elsewhere: readonly Service[];
}

/** How to clear. */
export interface ClearOptions {
  /**
   * Where the shop deletes cookies that script cannot see: it is posted `{"services":[…]}`, their ids, and answers
   * `{"found":[…]}`, the names that came with the request and that its answer deletes.
   */
  readonly endpoint?: string;
  /** Paths of the shop at which services may have set cookies, besides those above this page's. */
  readonly paths?: readonly string[];
}

/** What is ours is never a service's, whatever a policy file says. */
const own = "sp-";

/**
 * Deletes what the services keep that are not allowed any more: cookies in every form, `localStorage`, `sessionStorage`, IndexedDB,
 * Cache Storage and service workers, by the names in the policy. Then it looks again, and says what is still there. What a
 * service that is allowed keeps under the same name stays.
 *
 * It never throws: what cannot be looked at counts as left.
 */
export async function clearServices(policy: Policy, allows: (purpose: string) => boolean, options: ClearOptions = {}): Promise<ClearReport> {
  const essential = new Set(policy.purposes.filter((purpose) => purpose.essential).map(({ id }) => id));
  const allowed = (service: Service): boolean => service.purposes.every((id) => essential.has(id) || allows(id));
  const ended = policy.services.filter((service) => service.gated && !allowed(service));
  const needed = policy.services.filter(allowed);
  const cleared: KeptItem[] = [];
  const left: KeptItem[] = [];

  const kinds = new Set(ended.flatMap(({ sets }) => sets.map(({ kind }) => kind)));
  for (const kind of kinds) {
    const patterns = patternsOf(ended, kind);
    const kept = patternsOf(needed, kind);
    const mine = (name: string): boolean => !name.startsWith(own) && patterns.some((pattern) => fits(name, pattern)) && !kept.some((pattern) => fits(name, pattern));
    const place = kind === "cookie" ? cookies(patterns, options) : places[kind];
    if (place === undefined) continue;
    try {
      const before = (await place.names(patterns)).filter(mine);
      for (const name of before) await place.delete(name);
      const after = new Set((await place.names(patterns)).filter(mine));
      for (const name of new Set([...before, ...after])) (after.has(name) ? left : cleared).push({ kind, name });
    } catch {
      left.push(...patterns.map((name) => ({ kind, name })));
    }
  }
  await clearHidden(ended, cleared, left, options.endpoint);
  await clearWorkers(ended, cleared, left);

  const loaded = new Set(performance.getEntriesByType("resource").map(({ name }) => name));
  const running = ended.filter((service) => service.scripts.some((script) => loaded.has(absolute(script))));
  const foreign = (address: string): boolean => new URL(absolute(address)).origin !== location.origin;
  const elsewhere = running.filter((service) => service.origins.some(foreign));
  return { cleared, left, running, elsewhere };
}

function patternsOf(services: readonly Service[], kind: string): string[] {
  return services.flatMap(({ sets }) => sets.filter((item) => item.kind === kind).map(({ name }) => name));
}

function cookies(patterns: readonly string[], { paths = [] }: ClearOptions): { names: () => Promise<string[]>; delete: (name: string) => Promise<void> } {
  // At another path a cookie is not seen from here; by its exact name it is deleted all the same.
  const unseen = patterns.filter((pattern) => !pattern.endsWith("*") && !pattern.startsWith(own));
  let first = true;
  return {
    async names() {
      if (first) await deleteCookies(unseen.filter((name) => !cookieNames().includes(name)), paths);
      first = false;
      return cookieNames();
    },
    delete: (name) => deleteCookies([name], paths),
  };
}

/** Cookies that script cannot see: the shop's server is sent them, deletes them, and is asked once more. */
async function clearHidden(ended: readonly Service[], cleared: KeptItem[], left: KeptItem[], endpoint: string | undefined): Promise<void> {
  const services = ended.filter(({ sets }) => sets.some(({ kind }) => kind === "cookie")).map(({ id }) => id);
  if (endpoint === undefined || services.length === 0) return;
  const before = await found(endpoint, services);
  if (before === null) {
    const known = new Set(cleared.filter(({ kind }) => kind === "cookie").map(({ name }) => name));
    left.push(...patternsOf(ended, "cookie").filter((name) => !known.has(name)).map((name) => ({ kind: "cookie" as const, name })));
    return;
  }
  if (before.length === 0) return;
  const after = new Set((await found(endpoint, services)) ?? before);
  const told = new Set(left.map(({ name }) => name));
  for (const name of before) if (!told.has(name)) (after.has(name) ? left : cleared).push({ kind: "cookie", name });
}

async function found(endpoint: string, services: readonly string[]): Promise<string[] | null> {
  try {
    const response = await fetch(endpoint, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/json" },
      body: JSON.stringify({ services }),
      credentials: "same-origin",
      cache: "no-store",
    });
    const answer = response.ok ? ((await response.json()) as { found?: unknown }) : {};
    return Array.isArray(answer.found) ? answer.found.filter((name): name is string => typeof name === "string") : null;
  } catch {
    return null;
  }
}

async function clearWorkers(ended: readonly Service[], cleared: KeptItem[], left: KeptItem[]): Promise<void> {
  const scripts = ended.flatMap((service) => service.scripts.map(absolute));
  try {
    for (const registration of await workers(scripts)) {
      const name = registration.scope;
      ((await registration.unregister()) ? cleared : left).push({ kind: "service-worker", name });
    }
  } catch {
    // Where service workers are refused altogether there are none.
  }
}

function absolute(address: string): string {
  try {
    return new URL(address, document.baseURI).href;
  } catch {
    return location.href;
  }
}
