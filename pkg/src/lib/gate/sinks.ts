/* eslint-disable @typescript-eslint/unbound-method -- native functions are taken while they are, and called on what they are to work on */
/** What makes an element fetch something, by its name. */
export const sinks: Readonly<Record<string, readonly string[] | undefined>> = Object.assign(Object.create(null), {
  script: ["src", "href"],
  iframe: ["src", "srcdoc"],
  frame: ["src"],
  img: ["src", "srcset"],
  image: ["href"],
  link: ["href", "imagesrcset"],
  source: ["src", "srcset"],
  track: ["src"],
  video: ["src", "poster"],
  audio: ["src"],
  embed: ["src"],
  object: ["data"],
  input: ["src"],
  use: ["href"],
  feImage: ["href"],
  ...Object.fromEntries("body table thead tbody tfoot tr td th".split(" ").map((name) => [name, ["background"]])),
}) as Record<string, string[]>;

/** Elements that fetch something as they stand. */
export const selector: string = Object.entries(sinks)
  .flatMap(([element, names]) => names?.map((name) => `${element}[*|${name}]`))
  .join();

const fetching = new RegExp(`<(?:${Object.keys(sinks).filter((name) => !sinks[name]?.includes("background")).join("|")})\\b|background\\s*=`, "i");

/** Whether markup may hold such elements. */
export const risky = (markup: unknown): boolean => fetching.test(String(markup));

const setMarkup = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML")?.set as (value: unknown) => void;

/** Markup as nodes, where nothing is fetched; throws where the page's Trusted Types refuse it. */
export function parsed(markup: unknown, { document }: Window = window): DocumentFragment {
  const template = document.createElement("template");
  setMarkup.call(template, markup);
  return template.content;
}

/** Whether markup may have shadow roots of its own. */
export const shadowed = (markup: unknown): boolean => /shadowroot/i.test(String(markup));

/** How an element has the attribute: HTML's, or SVG's of old; nothing when it has neither. */
export const written = (element: Element, name: string): string => [name, `xlink:${name}`].find((each) => element.hasAttribute(each)) ?? "";

/** The addresses that an attribute's value fetches from. */
export function addresses(name: string, value: unknown): string[] {
  const text = String(value);
  if (name.endsWith("srcset")) return text.split(",").map((candidate) => candidate.trim().split(/\s/)[0] ?? "");
  if (name !== "srcdoc") return [text];
  // What its scripts and styles name is not read, only found.
  const found: string[] = text.match(/(?:https?:)?\/\/[^\s"'<>]+/g) ?? [];
  try {
    return [...found, ...addressesIn(parsed(value))];
  } catch {
    // A page that enforces Trusted Types refuses this text as a document, too.
    return found;
  }
}

function addressesIn(root: DocumentFragment): string[] {
  const found = [...root.querySelectorAll(`${selector},base[href],template`)];
  return found.flatMap((element) =>
    element instanceof HTMLTemplateElement
      ? addressesIn(element.content)
      : (sinks[element.localName] ?? ["href"]).flatMap((name) => addresses(name, element.getAttribute(written(element, name)) ?? "")),
  );
}
