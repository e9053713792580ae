/** A template's values by name. */
export type Values = Readonly<Record<string, string | number>>;

/** Fills `{name}` in a template; a name without a value stays as written, so that a slip in a translation is seen. */
export function fill(template: string, values: Values): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : String(value);
  });
}

/** The language in force at an element: the nearest `lang`, else the browser's. */
export function languageAt(element: Element): string {
  const host = element.closest("[lang]")?.getAttribute("lang");
  if (host !== null && host !== undefined && host !== "") return host;
  return navigator.language;
}

/** Writes a date as people read it; a language tag that the browser refuses falls back to the browser's own. */
export function dateText(milliseconds: number, language: string): string {
  const style: Intl.DateTimeFormatOptions = { dateStyle: "long" };
  try {
    return new Intl.DateTimeFormat(language, style).format(milliseconds);
  } catch {
    return new Intl.DateTimeFormat(undefined, style).format(milliseconds);
  }
}

/** Joins texts as a list reads in a language ("a, b and c"). */
export function listText(items: readonly string[], language: string): string {
  try {
    return new Intl.ListFormat(language, { style: "long", type: "conjunction" }).format(items);
  } catch {
    return items.join(", ");
  }
}
