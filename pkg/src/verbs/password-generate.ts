import type { GeneratedView, PasswordGenerateGlue } from "../glue/password-generate.js";
import type { Core } from "../lib/core.js";
import { PrivacyError } from "../lib/error.js";
import { attributesFor, type CustomPolicy, type PolicyId } from "../lib/password/policy.js";

/** A password that was generated. */
export interface GeneratedPassword {
  /** The password. */
  readonly password: string;
  /** Its entropy in bits: the binary logarithm of how many there are, each of which was as likely. */
  readonly entropy: number;
}

/** What a generated password is like. */
export interface PasswordOptions {
  /** The policy that it meets: the id of a known one, or the shop's own; `nist-800-63b-4` where left out. */
  readonly policy?: PolicyId | CustomPolicy;
  /** In place of a policy: the text of a `passwordrules` attribute. */
  readonly rules?: string;
  /** How many characters; where left out, as many as 80 bits take, within what policy or rules allow. */
  readonly length?: number;
  /** Whether to leave out `0`, `O`, `1`, `I`, `l` and `|`, which a reader takes for each other. The entropy is that of what is left. */
  readonly unambiguous?: boolean;
}

/** What a generated passphrase is like. */
export interface PassphraseOptions {
  /** How many words, from 5 to 20; 6 where left out. Each has 12.9 bits of entropy. */
  readonly words?: number;
  /** What stands between them, at most eight characters; a hyphen where left out. */
  readonly separator?: string;
  /** Whether each word begins with a capital letter, which adds no entropy. */
  readonly capitalise?: boolean;
  /** Whether one of the words ends in a digit. */
  readonly number?: boolean;
}

/** The verbs of the generator, once it is loaded. */
export interface PasswordGenerator {
  /**
   * Makes a password of printable ASCII: any of those of its length that meet the rules, each as likely as any other.
   *
   * Throws `password.rules-invalid` for rules that cannot be read or met, with the place; `password.policy-invalid`, `input.invalid` for a
   * length that is not allowed, or `password.random-missing`.
   */
  generatePassword(options?: PasswordOptions): GeneratedPassword;
  /** Makes a passphrase of words from the EFF's long list. Throws `input.invalid` or `password.random-missing`. */
  generatePassphrase(options?: PassphraseOptions): GeneratedPassword;
}

/** Puts the verbs over the running module. */
export function open(core: Core<PasswordGenerateGlue>): PasswordGenerator {
  return Object.freeze<PasswordGenerator>({
    generatePassword({ policy, rules = attributesFor(policy ?? "nist-800-63b-4").passwordrules, length, unambiguous = false } = {}) {
      const characters = length === undefined ? undefined : whole(length, "a length");
      return core.call((rust) => take(rust.generatePassword(rules, characters, unambiguous)));
    },
    generatePassphrase({ words = 6, separator = "-", capitalise = false, number = false } = {}) {
      const count = whole(words, "a number of words");
      return core.call((rust) => take(rust.generatePassphrase(count, separator, capitalise, number)));
    },
  });
}

/** Copies what was made out of the module, whose memory of it is then overwritten. */
function take(view: GeneratedView): GeneratedPassword {
  const { password, entropy } = view;
  view.free();
  return Object.freeze({ password, entropy });
}

/** The module would take the remainder of anything else. */
function whole(value: number, what: string): number {
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 32) return value;
  throw new PrivacyError("input.invalid", `password: expected ${what} that is a whole number, found ${String(value)}`);
}
