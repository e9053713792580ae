import { trusted } from "../trusted.js";
import { words } from "./words.js";

/** Attributes that are held as `data-…` and given back. */
const attributes = ["src", "srcset", "href", "data", "poster", "srcdoc", "imagesrcset"];
const holding = `script[type="text/plain"][data-purpose],${attributes.map((name) => `[data-purpose][data-${name}]:not(script)`).join()}`;

/** How long one go may take, in milliseconds: between two of them the page can answer its visitor. */
const slice = 4;

/** Elements that a script of the page made and that are held: they go on as themselves, with their listeners. */
export const dynamic: WeakMap<Element, Map<string, unknown>> = new WeakMap<Element, Map<string, unknown>>();
const loose = new Set<WeakRef<Element>>();

/** Remembers a held element that no search of the document may find. */
export const remember = (element: Element): void => void loose.add(new WeakRef(element));

const absolute = (url: string): string => {
  try {
    const { href, protocol } = new URL(url, document.baseURI);
    return /^https?:$/.test(protocol) ? href : "";
  } catch {
    return "";
  }
};

/** What gives held elements back, in document order and in slices. */
export function makeRelease(release: string | undefined, allows: (purpose: string) => boolean): () => void {
  const releasable = new Set(words(release).map(absolute));
  let queue: Element[] = [];
  let waiting = false;

  function script(held: HTMLScriptElement): void {
    const own = dynamic.get(held);
    const url = absolute(held.dataset["src"] ?? held.getAttribute("src") ?? "");
    if (own === undefined && !releasable.has(url)) return;
    // An inert script of the parser never runs, even with its type changed (HTML, "already started"): a copy takes its place.
    const script = own === undefined ? document.createElement("script") : held;
    const type = held.dataset["type"];
    if (script !== held) {
      for (const { name, value } of held.attributes) {
        if (!/^(type|src|data-src|data-purpose|data-type|async|defer|nonce|on.*)$/.test(name)) script.setAttribute(name, value);
      }
      script.nonce = held.nonce;
    }
    script.async = false;
    try {
      let source = own?.get("src") as string | undefined;
      if (source === undefined || typeof source === "string") {
        const share = trusted();
        share.allow(url);
        source = share.scriptURL(url);
      }
      for (const name of ["type", "data-src", "data-purpose", "data-type"]) script.removeAttribute(name);
      if (type) script.type = type;
      dynamic.delete(held);
      script.src = source;
      if (script !== held) held.replaceWith(script);
    } catch (cause) {
      console.error(url, cause);
    }
  }

  function other(held: Element): void {
    const own = dynamic.get(held);
    dynamic.delete(held);
    const found = attributes.map((name) => [name, own?.get(name) ?? held.getAttribute(`data-${name}`)] as const).filter(([, value]) => value !== null);
    held.removeAttribute("data-purpose");
    for (const [name, value] of found) {
      held.removeAttribute(`data-${name}`);
      // srcdoc takes what a policy of the page made; it is kept as it came.
      if (/^src(?:doc|set)$|^imagesrcset$/.test(name) || absolute(value as string)) held.setAttribute(name, value as string);
    }
  }

  function go(): void {
    waiting = false;
    const until = performance.now() + slice;
    for (let held = queue.shift(); held; held = queue.shift()) {
      const wanted = words(held.getAttribute("data-purpose") ?? "");
      if (held.isConnected && wanted.length > 0 && wanted.every(allows) && held.matches(holding)) {
        if (held.localName === "script") script(held as HTMLScriptElement);
        else other(held);
      }
      if (performance.now() > until) break;
    }
    if (queue.length > 0) later();
  }

  function later(): void {
    if (!waiting) setTimeout(go);
    waiting = true;
  }

  return () => {
    const apart: Element[] = [];
    for (const ref of loose) {
      const element = ref.deref();
      if (element && dynamic.has(element)) {
        if (element.getRootNode() !== document) apart.push(element);
      } else loose.delete(ref);
    }
    queue = [...document.querySelectorAll(holding), ...apart];
    if (queue.length > 0) later();
  };
}
