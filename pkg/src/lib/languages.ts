import type { PasswordFieldWords } from "../elements/shared/words-password-field.js";
import type { PasswordMeterWords } from "../elements/shared/words-password-meter.js";

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
const languages: Readonly<Record<string, { readonly reviewed: boolean; readonly fetch: Fetch }>> = {};

/**
 * The words of the language that fits best, from its own file; `null` where there is none, or where none has been
 * reviewed and `unreviewed` does not let it be used.
 */
export async function passwordLocale(language: string, unreviewed: boolean): Promise<PasswordLocale | null> {
  const tag = candidates(language).find((each) => Object.hasOwn(languages, each));
  const found = tag === undefined ? undefined : languages[tag];
  return found !== undefined && (unreviewed || found.reviewed) ? (await found.fetch()).default : null;
}

/** The tag, and what it falls back to: by cutting from its end (RFC 4647 §3.4), and by its likely script (UTS #35). */
function candidates(language: string): string[] {
  let locale: Intl.Locale;
  try {
    locale = new Intl.Locale(language);
  } catch {
    return [];
  }
  const likely = locale.maximize();
  const parts = locale.baseName.split("-");
  const cut = parts.map((_, index) => parts.slice(0, parts.length - index).join("-"));
  const withScript = `${likely.language}-${likely.script ?? ""}`;
  return [...cut.slice(0, -1), `${likely.language}-${likely.region ?? ""}`, withScript, ...cut.slice(-1)];
}
