import type { ConsentBannerWords, PrivacySettingsWords } from "../elements/shared/words-consent.js";
import { candidates } from "./language-tags.js";

/** Words in one language, and whether someone who speaks it has read and approved all of them. */
interface Locale {
  /** The language, as a BCP 47 tag. */
  readonly language: string;
  /** Whether someone who speaks it has read and approved all of them. */
  readonly reviewed: boolean;
}

/** The words of the banner in one language: a file of `locales/banner/`. */
export type BannerLocale = Locale & ConsentBannerWords;

/** The words of the privacy settings in one language: a file of `locales/settings/`. */
export type SettingsLocale = Locale & PrivacySettingsWords;

/** The files of one kind of words, by tag: English is built in. */
export type LocaleFiles = Readonly<Record<string, () => Promise<{ readonly default: unknown }>>>;

/**
 * The words of the language that fits best, from its own file; `null` where there is none, or where it has not been
 * reviewed and `unreviewed` does not let it be used.
 */
export async function wordsIn<L extends Locale>(files: LocaleFiles, language: string, unreviewed: boolean): Promise<L | null> {
  const tag = candidates(language).find((each) => each === "en" || Object.hasOwn(files, each));
  const fetch = tag === undefined ? undefined : files[tag];
  if (fetch === undefined) return null;
  const found = (await fetch()).default as L;
  return unreviewed || found.reviewed ? found : null;
}
