/** What the offer of a generated password says. */
export interface SuggestionWords {
  /** The button that opens the offer. */
  readonly open: string;
  /** The label of the suggested password. */
  readonly label: string;
  /** The kinds to choose from: words, or characters. */
  readonly kinds: { readonly label: string; readonly words: string; readonly characters: string };
  /** How it was made. `{bits}` is its entropy. */
  readonly entropy: string;
  /** The button that fills it in. */
  readonly use: string;
  /** The button that makes another. */
  readonly another: string;
  /** The button that closes the offer. */
  readonly close: string;
  /** Announced when it is filled in. */
  readonly used: string;
  /** Shown with it: how it can be kept. */
  readonly keep: string;
  /** Shown when none can be made. */
  readonly failed: string;
}

/** Every text of `<sp-password-field>` beside those of the meter. A `{name}` in a text is filled in. */
export interface PasswordFieldWords {
  /** The button that shows what is typed; it stays the same while pressed. */
  readonly reveal: string;
  /** Announced when the password is shown. */
  readonly shown: string;
  /** Announced when it is hidden again. */
  readonly concealed: string;
  /** Shown while Caps Lock is on. */
  readonly capsLock: string;
  /** The browser's message when the form cannot be sent. `{rules}` is the list of what is not met. */
  readonly invalid: string;
  /** The offer of a generated password. */
  readonly suggestion: SuggestionWords;
}

/** The texts in English. */
export const english: PasswordFieldWords = {
  reveal: "Show password",
  shown: "Your password is shown.",
  concealed: "Your password is hidden.",
  capsLock: "Caps Lock is on.",
  invalid: "Choose another password: {rules}.",
  suggestion: {
    open: "Suggest a password",
    label: "Suggested password",
    kinds: { label: "Made of", words: "Words", characters: "Characters" },
    entropy: "Picked at random, with {bits} bits of entropy.",
    use: "Use this password",
    another: "Suggest another",
    close: "Close",
    used: "The suggested password is filled in.",
    keep: "Let your password manager keep it, or write it down and keep it safe.",
    failed: "No password can be suggested in this browser.",
  },
};
