// What leads out of this frame although its policy lets nothing out is taken away before anything else runs.

/**
 * What the form is made of. Links are not: a browser looks up and connects to what one names, whatever the policy says. Whoever asks for
 * something else gets a `span`: tools that look at a page make elements to compare with.
 */
const made: Readonly<Record<string, true | undefined>> = Object.assign(Object.create(null) as object, {
  circle: true,
  div: true,
  fieldset: true,
  form: true,
  input: true,
  label: true,
  legend: true,
  meta: true,
  p: true,
  path: true,
  rect: true,
  slot: true,
  span: true,
  svg: true,
  text: true,
} as const);
const { apply, deleteProperty } = Reflect;
// eslint-disable-next-line @typescript-eslint/unbound-method -- called on what it is to work on
const { toLowerCase } = String.prototype;
const { prototype } = Document;
const text = String;

/** Keeps what a method makes to that. Whatever it needs is held here: code that runs later may replace anything that is looked up. */
function keep(method: "createElement" | "createElementNS", at: number): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called on what it is to work on
  const native = prototype[method] as (...given: unknown[]) => unknown;
  Object.assign(prototype, {
    [method](this: unknown, ...given: unknown[]): unknown {
      const name = apply(toLowerCase, text(given[at]), []);
      given[at] = made[name] ? name : "span";
      return apply(native, this, given);
    },
  });
}
keep("createElement", 0);
keep("createElementNS", 1);

function takeAway(owner: object, pattern: RegExp): void {
  for (const name of Object.getOwnPropertyNames(owner)) {
    if (pattern.test(name) && !deleteProperty(owner, name)) throw new Error(`${name} cannot be taken away`);
  }
}
const markup = /^(?:innerHTML|outerHTML|insertAdjacentHTML|setHTML.*|parseHTML.*|createContextualFragment|write|writeln|open|execCommand|createDocument|createHTMLDocument)$/;
for (const owner of [Element.prototype, ShadowRoot.prototype, prototype, Range.prototype, DOMImplementation.prototype, Document]) takeAway(owner, markup);
takeAway(globalThis, /^(?:(?:webkit|moz)?RTC.*|DOMParser|XSLTProcessor|(?:HTML|SVG)(?:Link|A|Anchor|Area)Element)$/);
