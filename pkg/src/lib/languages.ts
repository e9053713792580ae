import type { PasswordFieldWords } from "../elements/shared/words-password-field.js";
import type { PasswordMeterWords } from "../elements/shared/words-password-meter.js";
import { candidates } from "./language-tags.js";

/** The words of the password elements in one language: a file of `locales/password/`. */
export interface PasswordLocale {
  /** The language, as a BCP 47 tag. */
  readonly language: string;
  /** Whether someone who speaks it has read and approved all of them. */
  readonly reviewed: boolean;
  /** For `<sp-password-meter>`, and for the meter within `<sp-password-field>`. */
  readonly meter: PasswordMeterWords;
  /** For `<sp-password-field>`. */
  readonly field: PasswordFieldWords;
}

type Fetch = () => Promise<{ readonly default: PasswordLocale }>;

/** Every language but English, which is built in, by its tag: whether a native speaker has reviewed it, and its file. */
const languages: Readonly<Record<string, { readonly reviewed: boolean; readonly fetch: Fetch }>> = {
  ar: { reviewed: false, fetch: () => import("../locales/password/ar.js") },
  cs: { reviewed: false, fetch: () => import("../locales/password/cs.js") },
  da: { reviewed: false, fetch: () => import("../locales/password/da.js") },
  de: { reviewed: false, fetch: () => import("../locales/password/de.js") },
  el: { reviewed: false, fetch: () => import("../locales/password/el.js") },
  es: { reviewed: false, fetch: () => import("../locales/password/es.js") },
  fa: { reviewed: false, fetch: () => import("../locales/password/fa.js") },
  fi: { reviewed: false, fetch: () => import("../locales/password/fi.js") },
  fr: { reviewed: false, fetch: () => import("../locales/password/fr.js") },
  he: { reviewed: false, fetch: () => import("../locales/password/he.js") },
  hu: { reviewed: false, fetch: () => import("../locales/password/hu.js") },
  it: { reviewed: false, fetch: () => import("../locales/password/it.js") },
  ja: { reviewed: false, fetch: () => import("../locales/password/ja.js") },
  ko: { reviewed: false, fetch: () => import("../locales/password/ko.js") },
  nb: { reviewed: false, fetch: () => import("../locales/password/nb.js") },
  nl: { reviewed: false, fetch: () => import("../locales/password/nl.js") },
  // What Norwegian pages mostly say of themselves.
  no: { reviewed: false, fetch: () => import("../locales/password/nb.js") },
  pl: { reviewed: false, fetch: () => import("../locales/password/pl.js") },
  "pt-BR": { reviewed: false, fetch: () => import("../locales/password/pt-BR.js") },
  ro: { reviewed: false, fetch: () => import("../locales/password/ro.js") },
  ru: { reviewed: false, fetch: () => import("../locales/password/ru.js") },
  sv: { reviewed: false, fetch: () => import("../locales/password/sv.js") },
  tr: { reviewed: false, fetch: () => import("../locales/password/tr.js") },
  uk: { reviewed: false, fetch: () => import("../locales/password/uk.js") },
  "zh-Hans": { reviewed: false, fetch: () => import("../locales/password/zh-Hans.js") },
};

/**
 * The words of the language that fits best, from its own file; `null` where there is none, or where none has been
 * reviewed and `unreviewed` does not let it be used.
 */
export async function passwordLocale(language: string, unreviewed: boolean): Promise<PasswordLocale | null> {
  const tag = candidates(language).find((each) => Object.hasOwn(languages, each));
  const found = tag === undefined ? undefined : languages[tag];
  return found !== undefined && (unreviewed || found.reviewed) ? (await found.fetch()).default : null;
}
