/** Elements that a script of the page made and that are held: they go on as themselves, with their listeners. */
export interface Dynamic {
  /** What each of them was to be given, by the name of the attribute. */
  readonly held: WeakMap<Element, Map<string, unknown>>;
  /** Those that no search of the document finds. */
  apart(): Element[];
}

/** Remembers what a gate holds that scripts make. */
export function makeDynamic(): Dynamic & { remember(element: Element): Map<string, unknown> } {
  const held = new WeakMap<Element, Map<string, unknown>>();
  const loose = new Set<WeakRef<Element>>();
  return {
    held,
    remember(element) {
      const values = held.get(element) ?? new Map<string, unknown>();
      if (!held.has(element)) loose.add(new WeakRef(element));
      held.set(element, values);
      return values;
    },
    apart() {
      const apart: Element[] = [];
      for (const ref of loose) {
        const element = ref.deref();
        if (element && held.has(element)) {
          if (element.getRootNode() !== document) apart.push(element);
        } else loose.delete(ref);
      }
      return apart;
    },
  };
}
