/** How the time that guessing takes is told. `{time}` is a length of time, as `Intl` writes it. */
export interface CrackTimeWords {
  /** The heading of the four times. */
  readonly label: string;
  /** Through a sign-in form that limits tries. */
  readonly onlineThrottled: string;
  /** Through a sign-in form that does not. */
  readonly onlineUnthrottled: string;
  /** With a stolen, slow hash. */
  readonly offlineSlow: string;
  /** With a stolen, fast hash. */
  readonly offlineFast: string;
  /** In place of `{time}`, below a second. */
  readonly instant: string;
  /** In place of `{time}`, beyond a hundred years. */
  readonly centuries: string;
  /** Around a time that is a lower bound. */
  readonly atLeast: string;
}

/** What is said of known breaches. */
export interface BreachWords {
  /** The offline filter has it. `{rate}` is its false-positive rate, in percent: the share of other passwords that it has too. */
  readonly offline: string;
  /** While the service is asked. */
  readonly checking: string;
  /** The service has it. `{count}` is how many times it was seen. */
  readonly found: string;
  /** The service does not have it. */
  readonly clear: string;
  /** The service could not be asked. It must not sound like “safe”. */
  readonly unchecked: string;
}

/** Every text of `<sp-password-meter>`. A `{name}` in a text is filled in. */
export interface PasswordMeterWords {
  /** The bar's label. */
  readonly label: string;
  /** What the five scores are called, from 0 to 4. */
  readonly verdicts: readonly [string, string, string, string, string];
  /** What is asked of a password, by the id or the error code of the rule. `{minimum}` and `{maximum}` are the policy's numbers of characters, `{count}` is the rule's own. */
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
  /** Read before a rule that cannot be decided yet. */
  readonly open: string;
  /** Said of a listed password. `{count}` is how many passwords are used more, or a bound of that. */
  readonly rank: string;
  /** Said where only the first characters were measured. */
  readonly lower: string;
  /** Said once when the full measurement cannot start: what is still checked. */
  readonly basic: string;
  /** What the policies are called, by id. */
  readonly policies: Readonly<Record<string, string>>;
  /** Before the list of what a policy asks for. `{policy}` is its name. */
  readonly asked: string;
  /** Said of a shop's own rule that NIST SP 800-63B-4 forbids. */
  readonly againstNist: string;
  /** How long guessing takes. */
  readonly crack: CrackTimeWords;
  /** Known breaches. */
  readonly breach: BreachWords;
}

/** The texts in English. */
export const english: PasswordMeterWords = {
  label: "Password strength",
  verdicts: ["Very weak", "Weak", "Fair", "Strong", "Very strong"],
  rules: {
    "password.too-short": "At least {minimum} characters; a few unrelated words are easy to remember",
    "password.too-long": "At most {maximum} characters",
    "password.common": "Not a password that many people use",
    "password.context": "Not your name, your e-mail address or this shop’s name",
    "recommended-length": "Better with {count} characters or more",
    "require-lower": "A small letter",
    "require-upper": "A capital letter",
    "require-digit": "A digit",
    "require-symbol": "A symbol",
    "max-consecutive": "No character more than {count} times in a row",
    "max-age": "Changed after {count} days at the latest",
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
  open: "Not checked yet:",
  rank: "It is among the {count} most used passwords.",
  lower: "Only its first characters were measured, so it is at least this strong.",
  basic: "The full measurement could not start. Length, common passwords and your own words are still checked.",
  policies: {
    "nist-800-63b-4": "NIST SP 800-63B-4",
    "nist-800-63b-4-mfa": "NIST SP 800-63B-4, beside a second factor",
    "asvs-5": "OWASP ASVS 5.0",
  },
  asked: "Asked for by {policy}",
  againstNist: "This shop’s own rule; NIST SP 800-63B-4 advises against it.",
  crack: {
    label: "Time to guess it",
    onlineThrottled: "{time} through a sign-in form that limits tries",
    onlineUnthrottled: "{time} through a sign-in form that does not",
    offlineSlow: "{time} from stolen data that is well protected",
    offlineFast: "{time} from stolen data that is badly protected",
    instant: "less than a second",
    centuries: "centuries",
    atLeast: "at least {time}",
  },
  breach: {
    offline: "This looks like a password from a data breach. Choose another one. ({rate} of the passwords that are in no breach get this warning too.)",
    checking: "Looking for it in known data breaches…",
    found: "It was seen {count} times in data breaches. Choose another one.",
    clear: "It was not found in the data breaches that were searched. That alone does not make it strong.",
    unchecked: "Not checked against known data breaches: the service did not answer.",
  },
};
