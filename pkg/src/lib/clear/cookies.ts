/** The names of the cookies that script can see here. */
export function cookieNames(): string[] {
  const pairs = document.cookie === "" ? [] : document.cookie.split("; ");
  return [...new Set(pairs.map((pair) => pair.split("=", 1)[0] ?? ""))];
}

/** What the Cookie Store API says of a cookie, where there is one. */
interface KnownCookie {
  readonly name?: string;
  readonly domain?: string | null;
  readonly path?: string;
  readonly partitioned?: boolean;
}

interface CookieStore {
  getAll(): Promise<readonly KnownCookie[]>;
  delete(cookie: { name: string; domain?: string | null; path?: string; partitioned?: boolean }): Promise<void>;
}

/**
 * Deletes cookies in every form they can have here: without a domain and for every domain above this one, at every path from here
 * up to the root and at those that `paths` adds, partitioned and not. A cookie is a different one in each of these forms
 * (RFC 6265 §5.3), and only whoever names it exactly deletes it.
 */
export async function deleteCookies(names: readonly string[], paths: readonly string[] = []): Promise<void> {
  if (names.length === 0) return;
  const domains = ["", ...parents(location.hostname)];
  const places = new Set([...ancestors(location.pathname), ...paths.flatMap(ancestors)]);
  for (const name of names) {
    for (const domain of domains) {
      for (const path of places) {
        const form = `${name}=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=${path}${domain && `; Domain=${domain}`}`;
        document.cookie = form;
        // The prefixes __Host- and __Secure-, and partitioned cookies, are changed by secure writes alone.
        document.cookie = `${form}; Secure`;
        document.cookie = `${form}; Secure; Partitioned; SameSite=None`;
      }
    }
  }
  const store = (globalThis as { cookieStore?: CookieStore }).cookieStore;
  if (store === undefined) return;
  try {
    for (const { name, domain, path, partitioned } of await store.getAll()) {
      if (name === undefined || !names.includes(name)) continue;
      await store.delete({ name, domain: domain ?? null, path: path ?? "/", partitioned: partitioned ?? false });
    }
  } catch {
    // What it did not delete is found when the cookies are read again.
  }
}

/** `a.b.example`, `b.example`, `example`: the browser refuses those that are no shop's own. */
export function parents(host: string): string[] {
  // An address has no domains above it.
  if (/^[\d.]+$|:/.test(host)) return [];
  const labels = host.split(".");
  return labels.map((_, index) => labels.slice(index).join("."));
}

/** `/`, `/a`, `/a/`, `/a/b`: every path at which a cookie can be that is sent with this one. */
export function ancestors(path: string): string[] {
  const parts = path.split("/").filter((part) => part !== "");
  const found = ["/"];
  for (let count = 1; count <= parts.length; count++) {
    const joined = `/${parts.slice(0, count).join("/")}`;
    found.push(joined, `${joined}/`);
  }
  return found;
}
