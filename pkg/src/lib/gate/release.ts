import { trusted } from "../trusted-share.js";
import type { Dynamic } from "./dynamic.js";
import { absolute, words } from "./words.js";

/** Attributes that are held as `data-…` and given back. */
const attributes = ["src", "srcset", "href", "data", "poster", "srcdoc", "imagesrcset", "background"];
const holding = `script[type="text/plain"][data-purpose],${attributes.map((name) => `[data-purpose][data-${name}]:not(script)`).join()}`;

/** How long one go may take, in milliseconds: between two of them the page can answer its visitor. */
const slice = 4;

const fetched = (text: string): string => {
  const url = absolute(text);
  return /^https?:/.test(url) ? url : "";
};

/** What gives held elements back, in document order and in slices; those of `dynamic` too, where the gate holds such. */
export function makeRelease(release: string | undefined, allows: (purpose: string) => boolean, dynamic: Dynamic | undefined): () => void {
  const releasable = new Set(words(release).map(fetched));
  let queue: Element[] = [];
  let waiting = false;

  function script(held: HTMLScriptElement): void {
    const own = dynamic?.held.get(held);
    const url = fetched(held.dataset["src"] ?? held.getAttribute("src") ?? "");
    if (own === undefined && !releasable.has(url)) return;
    // An inert script of the parser never runs, even with its type changed (HTML, "already started"): a copy takes its place.
    const script = own === undefined ? document.createElement("script") : held;
    const type = held.dataset["type"];
    if (script !== held) {
      for (const { name, value } of held.attributes) {
        if (!/^(type|src|nonce|on.*)$/.test(name)) script.setAttribute(name, value);
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
      dynamic?.held.delete(held);
      script.src = source;
      if (script !== held) held.replaceWith(script);
    } catch (cause) {
      console.error(url, cause);
    }
  }

  function other(held: Element): void {
    const own = dynamic?.held.get(held);
    dynamic?.held.delete(held);
    const found = attributes.map((name) => [name, own?.get(name) ?? held.getAttribute(`data-${name}`)] as const).filter(([, value]) => value !== null);
    held.removeAttribute("data-purpose");
    for (const [name, value] of found) {
      held.removeAttribute(`data-${name}`);
      // srcdoc takes what a policy of the page made; it is kept as it came.
      if (/^(?:image)?src(?:doc|set)$/.test(name) || fetched(value as string)) held.setAttribute(name, value as string);
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
    queue = [...document.querySelectorAll(holding), ...(dynamic?.apart() ?? [])];
    if (queue.length > 0) later();
  };
}
