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
const languages: Readonly<Record<string, { readonly reviewed: boolean; readonly fetch: Fetch }>> = {};

/**
 * The words of the language that fits best, from its own file; `null` where there is none, or where none has been
 * reviewed and `unreviewed` does not let it be used.
 */
export async function paymentLocale(language: string, unreviewed: boolean): Promise<PaymentLocale | null> {
  const tag = candidates(language).find((each) => Object.hasOwn(languages, each));
  const found = tag === undefined ? undefined : languages[tag];
  return found !== undefined && (unreviewed || found.reviewed) ? (await found.fetch()).default : null;
}
