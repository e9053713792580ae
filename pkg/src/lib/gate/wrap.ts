/* eslint-disable @typescript-eslint/unbound-method -- native functions are taken while they are, and called on what they are to work on */
/** A window of this origin: the page's own, or that of a frame that it has made. */
export type View = Window & typeof globalThis;

type Callable = (...args: unknown[]) => unknown;

/** Takes the place of a native function: calls it, or does not. */
export type Stand = (native: () => unknown, self: object, args: unknown[]) => unknown;

/** What a function gives that is told to do nothing. */
export const nothing = (): undefined => undefined;

/** What asks `held` of the first argument, and gives what `refuse` gives in the place of the native function where that says so. */
export const guard =
  (held: (first: unknown, self: object) => boolean, refuse: (first: unknown, self: object) => unknown): Stand =>
  (native, self, [first]) =>
    held(first, self) ? refuse(first, self) : native();

const natives = new WeakMap<object, object>();

/**
 * A proxy keeps what a function is to others: its name, length and properties, what it is made into by `new`, and the errors of
 * calling it wrongly, which the native function throws itself.
 */
function proxy(native: Callable, stand: Stand, global: boolean): Callable {
  // What is called on nothing, or with too little, throws, and how is the native function's to say.
  const { length } = native;
  const go = (call: () => unknown, self: unknown, args: unknown[]): unknown =>
    args.length >= length && (global || Object(self) === self) ? stand(call, self as object, args) : call();
  const made = new Proxy(native, {
    apply: (target, self: unknown, args: unknown[]) => go((): unknown => Reflect.apply(target, self, args), self, args),
    construct: (target, args: unknown[], by) => go((): unknown => Reflect.construct(target, args, by), by.prototype, args) as object,
  });
  natives.set(made, native);
  return made;
}

/** Puts a stand-in before a method, or before a property's setter; its getter where it has no other. What a browser does not have is left alone. */
export function wrap(owner: object | undefined, name: string, stand: Stand): void {
  const found = owner && Object.getOwnPropertyDescriptor(owner, name);
  if (!owner || !found?.configurable) return;
  const global = "document" in owner;
  const part = found.set ? "set" : "get";
  if (found[part]) found[part] = proxy(found[part] as Callable, stand, global);
  else if (typeof found.value === "function") {
    const native = found.value as Callable & { prototype?: { constructor?: unknown } };
    found.value = proxy(native, stand, global);
    if (native.prototype?.constructor === native) native.prototype.constructor = found.value;
  }
  Object.defineProperty(owner, name, found);
}

/** What a wrapped function says of itself is what the native one says: trackers of errors take anything else for tampering. */
export function wrapText(view: View): void {
  const owner = view.Function.prototype;
  const native = owner.toString;
  const made = new Proxy(native, { apply: (target, self: object, args: unknown[]) => Reflect.apply(target, natives.get(self) ?? self, args) as unknown });
  natives.set(made, native);
  owner.toString = made;
}
