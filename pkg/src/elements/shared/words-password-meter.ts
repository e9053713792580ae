/** Every text of `<sp-password-meter>`. A `{name}` in a text is filled in. */
export interface PasswordMeterWords {
  /** The bar's label. */
  readonly label: string;
  /** What the five scores are called, from 0 to 4. */
  readonly verdicts: readonly [string, string, string, string, string];
  /** What is asked of a password, by the error code of the rule. `{minimum}` is the policy's number of characters. */
  readonly rules: Readonly<Record<string, string>>;
  /** Read before a rule that is met. */
  readonly met: string;
  /** Read before a rule that is not met. */
  readonly unmet: string;
  /** Announced while typing: the verdict. */
  readonly announcement: string;
  /** Announced after the verdict, when rules are not met; `{rules}` is their list. */
  readonly missing: string;
  /** Why a password is easy to guess, by the estimate's warning code. */
  readonly warnings: Readonly<Record<string, string>>;
  /** What would make it better, by the estimate's suggestion code. */
  readonly suggestions: Readonly<Record<string, string>>;
}

/** The texts in English. */
export const english: PasswordMeterWords = {
  label: "Password strength",
  verdicts: ["Very weak", "Weak", "Fair", "Strong", "Very strong"],
  rules: {
    "password.too-short": "At least {minimum} characters; a few unrelated words are easy to remember",
    "password.too-long": "At most 256 characters",
    "password.common": "Not a password that many people use",
    "password.context": "Not your name, your e-mail address or this shop’s name",
  },
  met: "Met:",
  unmet: "Not met yet:",
  announcement: "Password strength: {verdict}.",
  missing: "Still to do: {rules}.",
  warnings: {
    "straight-rows-of-keys-are-easy-to-guess": "Straight rows of keys are easy to guess.",
    "short-keyboard-patterns-are-easy-to-guess": "Short keyboard patterns are easy to guess.",
    "repeats-like-aaa-are-easy-to-guess": "Repeats like “aaa” are easy to guess.",
    "repeats-like-abc-abc-are-only-slightly-harder-to-guess": "Repeats like “abcabc” are only slightly harder to guess than “abc”.",
    "this-is-a-top-10-password": "This is one of the ten most used passwords.",
    "this-is-a-top-100-password": "This is one of the hundred most used passwords.",
    "this-is-a-common-password": "Many people use this password.",
    "this-is-similar-to-a-commonly-used-password": "This is close to a password that many people use.",
    "sequences-like-abc-are-easy-to-guess": "Sequences like “abc” or “6543” are easy to guess.",
    "recent-years-are-easy-to-guess": "Recent years are easy to guess.",
    "a-word-by-itself-is-easy-to-guess": "A single word is easy to guess.",
    "dates-are-often-easy-to-guess": "Dates are often easy to guess.",
    "names-and-surnames-by-themselves-are-easy-to-guess": "Names by themselves are easy to guess.",
    "common-names-and-surnames-are-easy-to-guess": "Common names are easy to guess.",
  },
  suggestions: {
    "use-a-few-words-avoid-common-phrases": "Use a few words that do not belong together.",
    "no-need-for-symbols-digits-or-uppercase-letters": "Symbols, digits and capitals are not needed.",
    "add-another-word-or-two": "Add another word or two.",
    "capitalization-doesnt-help-very-much": "A capital at the start does not help much.",
    "all-uppercase-is-almost-as-easy-to-guess-as-all-lowercase": "All capitals are almost as easy to guess as none.",
    "reversed-words-arent-much-harder-to-guess": "A word spelt backwards is not much harder to guess.",
    "predictable-substitutions-dont-help-very-much": "Swaps like “@” for “a” do not help much.",
    "use-a-longer-keyboard-pattern-with-more-turns": "Use a longer keyboard pattern with more turns.",
    "avoid-repeated-words-and-characters": "Avoid repeated words and characters.",
    "avoid-sequences": "Avoid sequences.",
    "avoid-recent-years": "Avoid recent years.",
    "avoid-years-that-are-associated-with-you": "Avoid years that have to do with you.",
    "avoid-dates-and-years-that-are-associated-with-you": "Avoid dates that have to do with you.",
  },
};
