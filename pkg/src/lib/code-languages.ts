import type { OneTimeCodeWords } from "../elements/shared/words-one-time-code.js";
import { candidates } from "./language-tags.js";

/** The words of `<sp-one-time-code>` in one language: a file of `locales/one-time-code/`. */
export interface OneTimeCodeLocale {
  /** The language, as a BCP 47 tag. */
  readonly language: string;
  /** Whether someone who speaks it has read and approved all of them. */
  readonly reviewed: boolean;
  /** For `<sp-one-time-code>`. */
  readonly words: OneTimeCodeWords;
}

type Fetch = () => Promise<{ readonly default: OneTimeCodeLocale }>;

/** Every language but English, which is built in, by its tag: whether a native speaker has reviewed it, and its file. */
const languages: Readonly<Record<string, { readonly reviewed: boolean; readonly fetch: Fetch }>> = {
  ar: { reviewed: false, fetch: () => import("../locales/one-time-code/ar.js") },
  cs: { reviewed: false, fetch: () => import("../locales/one-time-code/cs.js") },
  da: { reviewed: false, fetch: () => import("../locales/one-time-code/da.js") },
  de: { reviewed: false, fetch: () => import("../locales/one-time-code/de.js") },
  el: { reviewed: false, fetch: () => import("../locales/one-time-code/el.js") },
  es: { reviewed: false, fetch: () => import("../locales/one-time-code/es.js") },
  fa: { reviewed: false, fetch: () => import("../locales/one-time-code/fa.js") },
  fi: { reviewed: false, fetch: () => import("../locales/one-time-code/fi.js") },
  fr: { reviewed: false, fetch: () => import("../locales/one-time-code/fr.js") },
  he: { reviewed: false, fetch: () => import("../locales/one-time-code/he.js") },
  hu: { reviewed: false, fetch: () => import("../locales/one-time-code/hu.js") },
  it: { reviewed: false, fetch: () => import("../locales/one-time-code/it.js") },
  ja: { reviewed: false, fetch: () => import("../locales/one-time-code/ja.js") },
  ko: { reviewed: false, fetch: () => import("../locales/one-time-code/ko.js") },
  nb: { reviewed: false, fetch: () => import("../locales/one-time-code/nb.js") },
  nl: { reviewed: false, fetch: () => import("../locales/one-time-code/nl.js") },
  // What Norwegian pages mostly say of themselves.
  no: { reviewed: false, fetch: () => import("../locales/one-time-code/nb.js") },
  pl: { reviewed: false, fetch: () => import("../locales/one-time-code/pl.js") },
  "pt-BR": { reviewed: false, fetch: () => import("../locales/one-time-code/pt-BR.js") },
  ro: { reviewed: false, fetch: () => import("../locales/one-time-code/ro.js") },
  ru: { reviewed: false, fetch: () => import("../locales/one-time-code/ru.js") },
  sv: { reviewed: false, fetch: () => import("../locales/one-time-code/sv.js") },
  tr: { reviewed: false, fetch: () => import("../locales/one-time-code/tr.js") },
  uk: { reviewed: false, fetch: () => import("../locales/one-time-code/uk.js") },
  "zh-Hans": { reviewed: false, fetch: () => import("../locales/one-time-code/zh-Hans.js") },
};

/**
 * The words of the language that fits best, from its own file; `null` where there is none, or where none has been
 * reviewed and `unreviewed` does not let it be used.
 */
export async function oneTimeCodeLocale(language: string, unreviewed: boolean): Promise<OneTimeCodeLocale | null> {
  const tag = candidates(language).find((each) => Object.hasOwn(languages, each));
  const found = tag === undefined ? undefined : languages[tag];
  return found !== undefined && (unreviewed || found.reviewed) ? (await found.fetch()).default : null;
}
