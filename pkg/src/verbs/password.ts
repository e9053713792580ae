import type { PrivacyErrorCode } from "../lib/error.js";
import type { RankedList } from "../lib/password/list.js";
import { checkPolicy, type PolicyId } from "../lib/password/policy.js";

/** Why a password is weak: the one thing to tell first. */
export type PasswordWarning =
  | "straight-rows-of-keys-are-easy-to-guess"
  | "short-keyboard-patterns-are-easy-to-guess"
  | "repeats-like-aaa-are-easy-to-guess"
  | "repeats-like-abc-abc-are-only-slightly-harder-to-guess"
  | "this-is-a-top-10-password"
  | "this-is-a-top-100-password"
  | "this-is-a-common-password"
  | "this-is-similar-to-a-commonly-used-password"
  | "sequences-like-abc-are-easy-to-guess"
  | "recent-years-are-easy-to-guess"
  | "a-word-by-itself-is-easy-to-guess"
  | "dates-are-often-easy-to-guess"
  | "names-and-surnames-by-themselves-are-easy-to-guess"
  | "common-names-and-surnames-are-easy-to-guess";

/** What would make a password stronger. */
export type PasswordSuggestion =
  | "use-a-few-words-avoid-common-phrases"
  | "no-need-for-symbols-digits-or-uppercase-letters"
  | "add-another-word-or-two"
  | "capitalization-doesnt-help-very-much"
  | "all-uppercase-is-almost-as-easy-to-guess-as-all-lowercase"
  | "reversed-words-arent-much-harder-to-guess"
  | "predictable-substitutions-dont-help-very-much"
  | "use-a-longer-keyboard-pattern-with-more-turns"
  | "avoid-repeated-words-and-characters"
  | "avoid-sequences"
  | "avoid-recent-years"
  | "avoid-years-that-are-associated-with-you"
  | "avoid-dates-and-years-that-are-associated-with-you";

/** A correction of what zxcvbn says, by its stable id. */
export type Correction =
  | "list-rank"
  | "list-floor"
  | "uppercase-word"
  | "uppercase-advice"
  | "similar-password"
  | "inputs-in-a-row"
  | "context-word"
  | "false-sequence"
  | "rounded-rank"
  | "recent-year"
  | "substitutions-cut"
  | "length-cut"
  | "code-points";

/** How long guessing takes, in seconds, in the four ways of zxcvbn. */
export interface GuessingSeconds {
  /** Through a sign-in form that limits tries: 100 an hour. */
  readonly onlineThrottled: number;
  /** Through a sign-in form that does not: 10 a second. */
  readonly onlineUnthrottled: number;
  /** With a stolen, slow hash: 10 000 a second. */
  readonly offlineSlow: number;
  /** With a stolen, fast hash: 10 000 000 000 a second. */
  readonly offlineFast: number;
}

/** How hard a password is to guess. */
export interface Estimate {
  /** From 0, guessed at once, to 4, very hard to guess. */
  readonly score: 0 | 1 | 2 | 3 | 4;
  /** How many guesses it takes. */
  readonly guesses: number;
  /** The same, as a power of ten. */
  readonly guessesLog10: number;
  /** What makes it weak; `null` where there is nothing to say. */
  readonly warning: PasswordWarning | null;
  /** What would make it stronger. */
  readonly suggestions: readonly PasswordSuggestion[];
  /** How long guessing takes. */
  readonly seconds: GuessingSeconds;
  /** `lower` where only the first characters were measured: it takes at least as many guesses. */
  readonly bound: "estimate" | "lower";
  /** Where the guesses or the advice are ours rather than zxcvbn's. */
  readonly corrections: readonly Correction[];
}

/** The password policies that are known, by the document that sets them out. */
export type PasswordPolicy = PolicyId;

/** The rules that a password can break. */
export type PasswordRule = Extract<PrivacyErrorCode, `password.${string}`>;

/** Whether a password is accepted under a policy. */
export interface PolicyResult {
  /** Which policy. */
  readonly policy: PasswordPolicy;
  /** Whether it is accepted. */
  readonly passed: boolean;
  /** The rules that it breaks. */
  readonly failed: readonly PasswordRule[];
}

/** The verbs of the password capability, once it is loaded. */
export interface Password {
  /**
   * Measures a password. `inputs` are the words that would be guessed first: the visitor's name and e-mail
   * address, the shop's name. `rank` is its place on the list of the most used passwords, `null` where it is not
   * on it: what is listed is guessed at that place, and what is not after the whole list. Where it is left out, nobody has looked.
   *
   * While one is measured only the newest of those that wait is kept: an older one rejects with an `AbortError`.
   */
  estimate(password: string, inputs?: readonly string[], rank?: number | null): Promise<Estimate>;
  /** Checks a password against a policy, as the shop's server does. */
  check(policy: PasswordPolicy, password: string, inputs?: readonly string[]): Promise<PolicyResult>;
}

/** A password's place among the most used ones, or a bound of it: `null` where it is not among them, `undefined` where nobody has looked. */
export type Rank = number | null | undefined;

/** What runs the verbs: the module on this thread, or the worker that has it. */
export interface Engine {
  /** {@link Password.estimate}. */
  estimate(password: string, inputs: string[], rank: Rank): Promise<Estimate>;
}

/** Puts the verbs over an engine; `lists` loads the most used passwords, when the first policy is checked. */
export function open(engine: Engine, lists: () => Promise<RankedList>): Password {
  let list: Promise<RankedList> | undefined;
  const newest = latest<Estimate>();
  return Object.freeze<Password>({
    estimate: (password, inputs = [], rank) => newest(() => engine.estimate(password, [...inputs], rank)),
    async check(policy, password, inputs = []) {
      list ??= lists();
      const known = await list.catch((caught: unknown) => {
        list = undefined;
        throw caught;
      });
      const { passed, failed } = checkPolicy(policy, password, { context: inputs, list: known });
      return Object.freeze({ policy, passed, failed: Object.freeze(failed as PasswordRule[]) });
    },
  });
}

interface Waiting<T> {
  readonly run: () => Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

/** One at a time, and one in waiting: a newer one takes the waiting one's place. */
function latest<T>(): (run: () => Promise<T>) => Promise<T> {
  let running = false;
  let waiting: Waiting<T> | undefined;
  const next = (): void => {
    const following = waiting;
    waiting = undefined;
    running = following !== undefined;
    following?.run().finally(next).then(following.resolve, following.reject);
  };
  return (run) =>
    new Promise<T>((resolve, reject) => {
      waiting?.reject(new DOMException("a newer password is measured instead", "AbortError"));
      waiting = { run, resolve, reject };
      if (!running) next();
    });
}
