import { make } from "../dom.js";

const tags = ["h2", "h3", "h4", "h5", "h6"] as const;

/** A heading one level below the last one before an element of the page, so that no level is left out. */
export function headingAt(element: Element, text: string): HTMLElement {
  const before = [...document.querySelectorAll("h1, h2, h3, h4, h5")].filter((each) => (each.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
  const above = Number(before.at(-1)?.localName.slice(1) ?? 1);
  return make(tags[above - 1] ?? "h6", { part: "heading", class: "heading" }, text);
}
