import { findGate } from "storefront-privacy/gate";

/** A piece that was opened, and when, in milliseconds since 1970. */
interface Seen {
  readonly slug: string;
  readonly at: number;
}

const key = "recently-viewed";
const most = 4;
const lifetime = 30 * 86_400_000;

/**
 * Keeps the last pieces that were opened in this browser, and shows them where a page has room for them: while
 * the visitor allows it. When that is taken back, what was kept is removed.
 */
export function showRecent(): void {
  const gate = findGate();
  const opened = document.querySelector<HTMLElement>("[data-product]")?.dataset["product"];
  const apply = (): void => {
    if (gate?.allows("personalisation") !== true) {
      write([]);
      draw([]);
      return;
    }
    const seen = read();
    draw(seen);
    if (opened !== undefined) write([{ slug: opened, at: Date.now() }, ...seen.filter(({ slug }) => slug !== opened)].slice(0, most));
  };
  apply();
  gate?.subscribe(apply);
}

function read(): Seen[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isSeen).filter(({ at }) => Date.now() - at < lifetime) : [];
  } catch {
    return [];
  }
}

function isSeen(value: unknown): value is Seen {
  return typeof value === "object" && value !== null && "slug" in value && typeof value.slug === "string" && "at" in value && typeof value.at === "number";
}

function write(seen: readonly Seen[]): void {
  try {
    if (seen.length === 0) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(seen));
  } catch {
    // A browser that refuses storage keeps no list; nothing else on the page needs it.
  }
}

/** Copies the cards of these pieces, which are on the first page anyway. */
function draw(seen: readonly Seen[]): void {
  const section = document.getElementById("recent");
  const list = document.getElementById("recent-list");
  if (section === null || list === null) return;
  const links = new Map([...document.querySelectorAll(".grid .card-link")].map((link) => [link.getAttribute("href"), link]));
  const items = seen.flatMap(({ slug }) => {
    const card = links.get(`/products/${slug}`)?.cloneNode(true);
    if (card === undefined) return [];
    const item = document.createElement("li");
    item.append(card);
    return [item];
  });
  list.replaceChildren(...items);
  section.hidden = items.length === 0;
}
