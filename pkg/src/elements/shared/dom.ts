/** What {@link make} accepts as an attribute: `false`, `null` and `undefined` leave it out, `true` sets it empty. */
export type AttributeValue = string | number | boolean | null | undefined;

/** Builds an element with attributes and children, without markup: nothing here needs a Trusted Types policy. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, AttributeValue>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  assign(element, attributes);
  element.append(...children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** Builds an SVG element with attributes and children. */
export function draw<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, AttributeValue>> = {},
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag);
  assign(element, attributes);
  element.append(...children);
  return element;
}

function assign(element: Element, attributes: Readonly<Record<string, AttributeValue>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
}

let serial = 0;

/** An id that no other element of this package has, for `aria-describedby` and `for`. */
export function uniqueId(purpose: string): string {
  serial += 1;
  let id = `sp-${purpose}-${serial}`;
  while (document.getElementById(id) !== null) {
    serial += 1;
    id = `sp-${purpose}-${serial}`;
  }
  return id;
}

/** Adds (or takes away) one id from an attribute that holds a list of ids, and leaves the others as they are. */
export function toggleIdReference(element: Element, attribute: string, id: string, present: boolean): void {
  const ids = new Set((element.getAttribute(attribute) ?? "").split(/\s+/).filter((each) => each !== ""));
  if (present) ids.add(id);
  else ids.delete(id);
  if (ids.size === 0) element.removeAttribute(attribute);
  else element.setAttribute(attribute, [...ids].join(" "));
}

/** Sets an attribute to a text, or removes it. */
export function setOptional(element: Element, attribute: string, value: string | null): void {
  if (value === null) element.removeAttribute(attribute);
  else element.setAttribute(attribute, value);
}

/** Whether a form is submitted by a button that skips its checks (`formnovalidate`). */
export function skipsChecks(submitter: HTMLElement | null): boolean {
  return (submitter instanceof HTMLButtonElement || submitter instanceof HTMLInputElement) && submitter.formNoValidate;
}
