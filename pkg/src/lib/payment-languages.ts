import type { PaymentFormWords } from "../elements/shared/words-payment-form.js";
import { candidates } from "./language-tags.js";

/** The words of the card form in one language: a file of `locales/payment/`. */
export interface PaymentLocale {
  /** The language, as a BCP 47 tag. */
  readonly language: string;
  /** Whether someone who speaks it has read and approved all of them. */
  readonly reviewed: boolean;
  /** For `<sp-payment-form>`. */
  readonly form: PaymentFormWords;
}

type Fetch = () => Promise<{ readonly default: PaymentLocale }>;

/** Every language but English, which is built in, by its tag: whether a native speaker has reviewed it, and its file. */
const languages: Readonly<Record<string, { readonly reviewed: boolean; readonly fetch: Fetch }>> = {
  ar: { reviewed: false, fetch: () => import("../locales/payment/ar.js") },
  cs: { reviewed: false, fetch: () => import("../locales/payment/cs.js") },
  da: { reviewed: false, fetch: () => import("../locales/payment/da.js") },
  de: { reviewed: false, fetch: () => import("../locales/payment/de.js") },
  el: { reviewed: false, fetch: () => import("../locales/payment/el.js") },
  es: { reviewed: false, fetch: () => import("../locales/payment/es.js") },
  fa: { reviewed: false, fetch: () => import("../locales/payment/fa.js") },
  fi: { reviewed: false, fetch: () => import("../locales/payment/fi.js") },
  fr: { reviewed: false, fetch: () => import("../locales/payment/fr.js") },
  he: { reviewed: false, fetch: () => import("../locales/payment/he.js") },
  hu: { reviewed: false, fetch: () => import("../locales/payment/hu.js") },
  it: { reviewed: false, fetch: () => import("../locales/payment/it.js") },
  ja: { reviewed: false, fetch: () => import("../locales/payment/ja.js") },
  ko: { reviewed: false, fetch: () => import("../locales/payment/ko.js") },
  nb: { reviewed: false, fetch: () => import("../locales/payment/nb.js") },
  nl: { reviewed: false, fetch: () => import("../locales/payment/nl.js") },
  // What Norwegian pages mostly say of themselves.
  no: { reviewed: false, fetch: () => import("../locales/payment/nb.js") },
  pl: { reviewed: false, fetch: () => import("../locales/payment/pl.js") },
  "pt-BR": { reviewed: false, fetch: () => import("../locales/payment/pt-BR.js") },
  ro: { reviewed: false, fetch: () => import("../locales/payment/ro.js") },
  ru: { reviewed: false, fetch: () => import("../locales/payment/ru.js") },
  sv: { reviewed: false, fetch: () => import("../locales/payment/sv.js") },
  tr: { reviewed: false, fetch: () => import("../locales/payment/tr.js") },
  uk: { reviewed: false, fetch: () => import("../locales/payment/uk.js") },
  "zh-Hans": { reviewed: false, fetch: () => import("../locales/payment/zh-Hans.js") },
};

/**
 * The words of the language that fits best, from its own file; `null` where there is none, or where none has been
 * reviewed and `unreviewed` does not let it be used.
 */
export async function paymentLocale(language: string, unreviewed: boolean): Promise<PaymentLocale | null> {
  const tag = candidates(language).find((each) => Object.hasOwn(languages, each));
  const found = tag === undefined ? undefined : languages[tag];
  return found !== undefined && (unreviewed || found.reviewed) ? (await found.fetch()).default : null;
}
