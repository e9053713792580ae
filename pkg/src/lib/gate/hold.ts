/* eslint-disable @typescript-eslint/unbound-method -- native functions are taken while they are, and called on what they are to work on */
import type { Gate } from "../gate.js";
import type { Missing } from "./rules.js";
import type { makeDynamic } from "./dynamic.js";
import { addresses, parsed, risky, selector, shadowed, sinks, written } from "./sinks.js";
import { absolute } from "./words.js";
import { wrap, type View } from "./wrap.js";

const { setAttribute, getAttribute, removeAttribute } = Element.prototype;
const { setNamedItem } = NamedNodeMap.prototype;

/** Holds elements of a page: what scripts make, change and insert. `install` does it for a window; `sweep` for a tree. */
export function makeHold(gate: Gate, missing: Missing, dynamic: ReturnType<typeof makeDynamic>, others: (view: View) => void): (view: View) => void {
  /** The purposes that an address waits for, as this document reads it. */
  function asked(channel: string, text: string, { baseURI }: Document): readonly string[] {
    const address = absolute(text, baseURI);
    return missing(channel, address, gate.waits(address));
  }

  /** The purposes that an attribute's value waits for. */
  function lacking(element: Element, name: string, value: unknown): readonly string[] {
    for (const text of addresses(name, value)) {
      const purposes = asked(element.localName, text, element.ownerDocument);
      if (purposes.length > 0) return purposes;
    }
    return [];
  }

  /** Whether this attribute may not be set now: its value is put aside, and the element waits. */
  function hold(element: Element, attribute: string, value: unknown): boolean {
    const name = attribute.toLowerCase().replace("xlink:", "");
    if (!sinks[element.localName]?.includes(name)) return false;
    const purposes = lacking(element, name, value);
    if (purposes.length === 0) return false;
    dynamic.remember(element).set(name, value);
    const before = (getAttribute.call(element, "data-purpose") ?? "").split(" ");
    setAttribute.call(element, "data-purpose", [...new Set([...before, ...purposes])].filter(Boolean).join(" "));
    setAttribute.call(element, `data-${name}`, String(value));
    if (element.localName === "script" && getAttribute.call(element, "type") !== "text/plain") {
      const type = getAttribute.call(element, "type");
      if (type) setAttribute.call(element, "data-type", type);
      setAttribute.call(element, "type", "text/plain");
    }
    return true;
  }

  /** Holds everything in a tree that waits for something; says whether there was any. */
  function sweep(root: Node): boolean {
    let any = false;
    if (!("querySelectorAll" in root)) return any;
    const found = [...(root as ParentNode).querySelectorAll(selector)];
    if (root instanceof Element || "localName" in root) found.unshift(root as Element);
    for (const element of found) {
      for (const name of sinks[element.localName] ?? []) {
        const own = written(element, name);
        if (own && hold(element, name, getAttribute.call(element, own))) {
          removeAttribute.call(element, own);
          any = true;
        }
      }
    }
    for (const template of (root as ParentNode).querySelectorAll("template")) any = sweep(template.content) || any;
    return any;
  }

  /** A frame without an address of its own is a window of this origin, where everything is native once more. */
  function enter(root: Node): void {
    if (!("querySelectorAll" in root)) return;
    const frames = [...(root as ParentNode).querySelectorAll("iframe")];
    for (const frame of "contentWindow" in root ? [root as HTMLIFrameElement, ...frames] : frames) reach(frame.contentWindow);
  }

  function reach(view: Window | null | undefined): void {
    try {
      if (view?.document) install(view as View);
    } catch {
      // A window of another origin keeps its own.
    }
  }

  const installed = new WeakSet();

  function install(view: View): void {
    // A frame's window stays when another document takes its place, with all its functions anew.
    if (installed.has(view.Function)) return;
    installed.add(view.Function);
    others(view);
    const of = (name: string): object | undefined => (view as unknown as Record<string, { prototype: object } | undefined>)[name]?.prototype;
    const wrapAll = (owners: string, names: string, stand: Parameters<typeof wrap>[2]): void => {
      for (const owner of owners.split(" ")) for (const name of names.split(" ")) wrap(of(owner), name, stand);
    };

    const property = (name: string) => (native: () => unknown, self: object, [value]: unknown[]) =>
      self instanceof view.Element && hold(self, name, value) ? undefined : native();
    wrapAll("HTMLScriptElement HTMLIFrameElement HTMLFrameElement HTMLImageElement HTMLSourceElement HTMLTrackElement HTMLMediaElement HTMLEmbedElement HTMLInputElement", "src", property("src"));
    wrapAll("HTMLImageElement HTMLSourceElement", "srcset", property("srcset"));
    wrapAll("HTMLLinkElement", "href", property("href"));
    wrapAll("HTMLLinkElement", "imageSrcset", property("imagesrcset"));
    wrapAll("HTMLVideoElement", "poster", property("poster"));
    wrapAll("HTMLObjectElement", "data", property("data"));
    wrapAll("HTMLIFrameElement", "srcdoc", property("srcdoc"));
    wrapAll("HTMLBodyElement", "background", property("background"));
    const attribute = (at: number) => (native: () => unknown, self: object, args: unknown[]) =>
      hold(self as Element, String(args[at]), args[at + 1]) ? undefined : native();
    wrapAll("Element", "setAttribute", attribute(0));
    wrapAll("Element", "setAttributeNS", attribute(1));
    wrapAll("Element", "setAttributeNode setAttributeNodeNS", (native, self, [attribute]) => {
      const { name, value } = (attribute ?? {}) as Partial<Attr>;
      return name !== undefined && hold(self as Element, name, value) ? null : native();
    });
    wrapAll("NamedNodeMap", "setNamedItem setNamedItemNS", (native, self, [attribute]) => {
      const { name, value } = (attribute ?? {}) as Partial<Attr>;
      if (name === undefined) return native();
      // A map does not say whose it is; an attribute in it does.
      const probe = document.createAttribute("data-sp-owner");
      setNamedItem.call(self as NamedNodeMap, probe);
      const { ownerElement } = probe;
      ownerElement?.removeAttributeNode(probe);
      return ownerElement && hold(ownerElement, name, value) ? null : native();
    });
    // Of a text they are Node's own, and in the way of every change of a page's text.
    for (const name of ["nodeValue", "textContent"]) Object.defineProperty(view.Attr.prototype, name, Object.getOwnPropertyDescriptor(view.Node.prototype, name) ?? {});
    wrapAll("Attr", "value nodeValue textContent", (native, self, [value]) => {
      const { ownerElement, name } = self as Attr;
      return ownerElement && hold(ownerElement, name, value) ? undefined : native();
    });
    const framing = "HTMLIFrameElement HTMLFrameElement HTMLObjectElement HTMLEmbedElement";
    wrapAll(framing, "contentWindow", (native) => {
      const found = native();
      reach(found as Window | null);
      return found;
    });
    wrapAll(framing, "contentDocument", (native) => {
      const found = native();
      reach((found as Document | null)?.defaultView);
      return found;
    });
    // `new Audio(url)` sets the attribute itself, out of a setter's sight.
    wrap(view, "Audio", (native, _self, args) => {
      const made = native() as HTMLAudioElement;
      if (args.length > 0) sweep(made);
      return made;
    });

    wrap(view, "FontFace", (native, _self, args) => {
      const named = [...String(args[1]).matchAll(/url\(\s*["']?([^"')]+)/g)];
      // A font that no computer has fails as one does that no network gives.
      if (named.some(([, address = ""]) => asked("font", address, view.document).length > 0)) args[1] = "local(-)";
      return native();
    });

    const insert: Parameters<typeof wrap>[2] = (native, _self, args) => {
      const nodes = args.filter((each): each is Node => typeof (each as Node | null)?.nodeType === "number");
      for (const node of nodes) sweep(node);
      const frames = nodes.flatMap((node) => ("querySelectorAll" in node ? [...((node as ParentNode).querySelectorAll("iframe") as NodeListOf<Node>), node] : []));
      const result = native();
      for (const frame of frames) enter(frame);
      return result;
    };
    wrapAll("Node", "appendChild insertBefore replaceChild", insert);
    wrapAll("Element Document DocumentFragment", "append prepend replaceChildren moveBefore", insert);
    wrapAll("Element CharacterData DocumentType", "before after replaceWith", insert);
    wrapAll("Element", "insertAdjacentElement", insert);
    wrapAll("Document", "body", insert);
    wrapAll("HTMLTableElement", "caption tHead tFoot", insert);
    wrapAll("Range", "insertNode surroundContents", insert);

    // What these give fetches nothing before the script that called them is done.
    const given: Parameters<typeof wrap>[2] = (native) => {
      const made = native();
      if (made) sweep(made as Node);
      return made;
    };
    wrapAll("Node", "cloneNode", given);
    wrapAll("Document", "importNode adoptNode", given);
    wrapAll("Range", "createContextualFragment", given);
    wrapAll("XSLTProcessor", "transformToFragment", given);

    /** Markup that holds something, as nodes; nothing where the native way is free. It is parsed where nothing is fetched. */
    const screen = (value: unknown): DocumentFragment | undefined => {
      if (!risky(value)) return undefined;
      const nodes = parsed(value, view);
      return sweep(nodes) ? nodes : undefined;
    };
    const markup = (place: (self: Element, nodes: DocumentFragment, args: unknown[]) => void, at = 0): Parameters<typeof wrap>[2] => (native, self, args) => {
      // What is inert fetches nothing, and is swept when it is taken out; but for what it has in shadow roots, which nobody sees then.
      const inert = self instanceof view.HTMLTemplateElement && !shadowed(args[at]);
      const nodes = inert || args.length <= at ? undefined : screen(args[at]);
      if (nodes) return place(self as Element, nodes, args);
      const result = native();
      if (!inert && self instanceof view.Node && risky(args[at])) enter(self.parentNode ?? self);
      return result;
    };
    wrapAll("Element ShadowRoot", "innerHTML setHTMLUnsafe setHTML", markup((self, nodes) => (self instanceof view.HTMLTemplateElement ? self.content : self).replaceChildren(nodes)));
    wrapAll("Element", "outerHTML", markup((self, nodes) => self.replaceWith(nodes)));
    wrapAll("Element", "insertAdjacentHTML", markup((self, nodes, [place]) => {
      const verb = ({ beforebegin: "before", afterbegin: "prepend", beforeend: "append", afterend: "after" } as const)[String(place).toLowerCase() as "afterend"];
      self[verb](nodes);
    }, 1));

    wrap(view.Document, "parseHTMLUnsafe", (native, _self, [text]) => {
      const nodes = shadowed(text) && screen(text);
      if (!nodes) return native();
      const made = document.implementation.createHTMLDocument("");
      made.body.replaceChildren(nodes);
      return made;
    });
    wrapAll("Document", "execCommand", (native, _self, [command, , value]) => {
      const name = String(command).toLowerCase();
      const held = name === "inserthtml" ? screen(value) : name === "insertimage" && lacking(view.document.createElement("img"), "src", value).length > 0;
      return held ? false : native();
    });

    // A tag may come in two pieces: what ends within one is kept back until the rest is written.
    let tail = "";
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- what pages still call has to be held
    const { write } = view.document;
    wrapAll("Document", "write writeln", (native, self, args) => {
      const page = self as Document;
      const text = tail + args.map(String).join("");
      const nodes = screen(text);
      if (!nodes) {
        tail = /<[^>]*$/.exec(text)?.[0] ?? "";
        const result = native();
        if (risky(text)) enter(page);
        return result;
      }
      // The first piece is with the parser already: there it ends as a tag that nobody knows.
      if (tail) write.call(page, ">");
      tail = "";
      const script = page.currentScript;
      if (script?.parentNode) script.after(nodes);
      else (page.body ?? page.documentElement).append(nodes);
      return undefined;
    });
  }
  return (view) => {
    install(view);
    // What the parser inserts is told before the next script runs, each element by itself.
    const observer = new MutationObserver((records) => {
      for (const { addedNodes } of records) for (const node of addedNodes) if ("contentWindow" in node) reach(node.contentWindow as Window | null);
    });
    observer.observe(document, { childList: true, subtree: true });
    addEventListener("load", () => {
      observer.disconnect();
    });
  };
}
