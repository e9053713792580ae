import type { PasskeyListWords, PasskeyProblemWords, PasskeySigninWords } from "../elements/shared/words-passkey.js";
import { candidates } from "./language-tags.js";

/** The words of the passkey elements in one language: a file of `locales/passkey/`. */
export interface PasskeyLocale {
  /** The language, as a BCP 47 tag. */
  readonly language: string;
  /** Whether someone who speaks it has read and approved all of them. */
  readonly reviewed: boolean;
  /** For `<sp-passkey-signin>`. */
  readonly signin: Omit<PasskeySigninWords, "problems">;
  /** For `<sp-passkey-list>`. */
  readonly list: Omit<PasskeyListWords, "problems">;
  /** For both. */
  readonly problems: PasskeyProblemWords;
}

type Fetch = () => Promise<{ readonly default: PasskeyLocale }>;

/** Every language but English, which is built in, by its tag: whether a native speaker has reviewed it, and its file. */
const languages: Readonly<Record<string, { readonly reviewed: boolean; readonly fetch: Fetch }>> = {
  ar: { reviewed: false, fetch: () => import("../locales/passkey/ar.js") },
  cs: { reviewed: false, fetch: () => import("../locales/passkey/cs.js") },
  da: { reviewed: false, fetch: () => import("../locales/passkey/da.js") },
  de: { reviewed: false, fetch: () => import("../locales/passkey/de.js") },
  el: { reviewed: false, fetch: () => import("../locales/passkey/el.js") },
  es: { reviewed: false, fetch: () => import("../locales/passkey/es.js") },
  fa: { reviewed: false, fetch: () => import("../locales/passkey/fa.js") },
  fi: { reviewed: false, fetch: () => import("../locales/passkey/fi.js") },
  fr: { reviewed: false, fetch: () => import("../locales/passkey/fr.js") },
  he: { reviewed: false, fetch: () => import("../locales/passkey/he.js") },
  hu: { reviewed: false, fetch: () => import("../locales/passkey/hu.js") },
  it: { reviewed: false, fetch: () => import("../locales/passkey/it.js") },
  ja: { reviewed: false, fetch: () => import("../locales/passkey/ja.js") },
  ko: { reviewed: false, fetch: () => import("../locales/passkey/ko.js") },
  nb: { reviewed: false, fetch: () => import("../locales/passkey/nb.js") },
  nl: { reviewed: false, fetch: () => import("../locales/passkey/nl.js") },
  // What Norwegian pages mostly say of themselves.
  no: { reviewed: false, fetch: () => import("../locales/passkey/nb.js") },
  pl: { reviewed: false, fetch: () => import("../locales/passkey/pl.js") },
  "pt-BR": { reviewed: false, fetch: () => import("../locales/passkey/pt-BR.js") },
  ro: { reviewed: false, fetch: () => import("../locales/passkey/ro.js") },
  ru: { reviewed: false, fetch: () => import("../locales/passkey/ru.js") },
  sv: { reviewed: false, fetch: () => import("../locales/passkey/sv.js") },
  tr: { reviewed: false, fetch: () => import("../locales/passkey/tr.js") },
  uk: { reviewed: false, fetch: () => import("../locales/passkey/uk.js") },
  "zh-Hans": { reviewed: false, fetch: () => import("../locales/passkey/zh-Hans.js") },
};

/**
 * The words of the language that fits best, from its own file; `null` where there is none, or where none has been
 * reviewed and `unreviewed` does not let it be used.
 */
export async function passkeyLocale(language: string, unreviewed: boolean): Promise<PasskeyLocale | null> {
  const tag = candidates(language).find((each) => Object.hasOwn(languages, each));
  const found = tag === undefined ? undefined : languages[tag];
  return found !== undefined && (unreviewed || found.reviewed) ? (await found.fetch()).default : null;
}
