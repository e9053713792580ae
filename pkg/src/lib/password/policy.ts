// The same rules as the core's src/password/policy.rs, by which the shop's server decides.
import { PrivacyError, type PrivacyErrorCode } from "../error.js";
import { contextWords, explains } from "./context.js";
import type { RankedList } from "./list.js";

/** The password policies that are known, by the document that sets them out. */
export type PolicyId = "nist-800-63b-4" | "nist-800-63b-4-mfa" | "asvs-5";

/** Kinds of characters that a shop can ask for. */
export type CharacterClass = "lower" | "upper" | "digit" | "symbol";

/** A shop's own policy. What NIST SP 800-63B-4 forbids is possible, and marked in the result. */
export interface CustomPolicy {
  /** What the shop calls it. */
  readonly id: string;
  /** The fewest code points; 15 where left out. */
  readonly minLength?: number;
  /** The most code points, 256 at most; 256 where left out. */
  readonly maxLength?: number;
  /** How many of the most common passwords are refused, at least: from 0 to 10,000; all where left out. */
  readonly blocklist?: number;
  /** Whether a password is refused that follows from the words of context; so where left out. */
  readonly context?: boolean;
  /** Kinds of characters of which there has to be one each. */
  readonly require?: readonly CharacterClass[];
  /** How often the same character may follow itself: 2 allows `aa` and refuses `aaa`. */
  readonly maxConsecutive?: number;
  /** After how many days a password has to be changed. */
  readonly maxAgeDays?: number;
}

/** A rule's stable name. */
export type RuleId = "present" | "min-length" | "recommended-length" | "max-length" | "blocklist" | "context" | "max-consecutive" | "max-age" | `require-${CharacterClass}`;

/** A rule, and whether the password meets it. */
export interface RuleResult {
  /** Its stable name. */
  readonly id: RuleId;
  /** The code of a password that breaks it. */
  readonly code: PrivacyErrorCode;
  /** Whether the password meets it; `false` too where that was not looked at. */
  readonly met: boolean;
  /** Whether it was looked at: not in an empty password, nor in one that is too long, nor without the list that it takes. */
  readonly checked: boolean;
  /** What it asks for, in English. */
  readonly requirement: string;
  /** How binding the source says it is; a password that breaks a SHOULD is accepted. */
  readonly level: "SHALL" | "SHOULD" | "shop";
  /** The document and its section. */
  readonly source: string;
  /** Whether NIST SP 800-63B-4 says that a verifier shall not, or should not, ask for this. */
  readonly againstNist?: true;
}

/** Whether a password is accepted under a policy. */
export interface PolicyResult {
  /** Which policy. */
  readonly policy: string;
  /** Whether no rule that was looked at is broken, but for those that only recommend. */
  readonly passed: boolean;
  /** Whether every rule was looked at. */
  readonly complete: boolean;
  /** Every rule of the policy. */
  readonly rules: readonly RuleResult[];
  /** The codes of the rules that are broken. */
  readonly failed: readonly PrivacyErrorCode[];
}

/** What a password is checked with. */
export interface PolicyOptions {
  /** The words that an attacker would try first: the visitor's name and e-mail address, the shop's name. */
  readonly context?: readonly string[] | undefined;
  /** The most common passwords; without them the blocklist's rule is not looked at. */
  readonly list?: RankedList | undefined;
  /** Whether there is another factor: `nist-800-63b-4` then asks for 8 characters. */
  readonly secondFactor?: boolean | undefined;
  /** How many days the password has been in use, for a policy that has it changed. */
  readonly ageDays?: number | undefined;
}

/** What a form's field says of a policy, so that browsers and password managers help to meet it. */
export interface PolicyAttributes {
  /** In UTF-16 units, as HTML counts: no password is refused that the policy accepts. */
  readonly minlength: number;
  /** In UTF-16 units, two for each code point: nothing is cut off that the policy accepts. */
  readonly maxlength: number;
  /** Apple's password rules, which managers generate by. */
  readonly passwordrules: string;
  /** Always `new-password`. */
  readonly autocomplete: "new-password";
}

type Level = RuleResult["level"];
interface Rules extends CustomPolicy {
  readonly minLength: number;
  readonly maxLength: number;
  readonly recommended?: number;
  readonly level: Level;
  readonly source: (rule: "length" | "blocklist" | "context") => string;
}

const most = 256;
/** From this many code points on a password is looked up in the list of long ones. */
const longFrom = 15;
const nist = "NIST SP 800-63B-4 §3.1.1.2";
const shop = "shop's choice";
const asvs = { length: "6.2.1", blocklist: "6.2.4", context: "6.2.11" } as const;
const presets: Record<PolicyId, Rules> = {
  "nist-800-63b-4": { id: "nist-800-63b-4", minLength: 15, maxLength: most, level: "SHALL", source: () => nist },
  "nist-800-63b-4-mfa": { id: "nist-800-63b-4-mfa", minLength: 8, maxLength: most, level: "SHALL", source: () => nist },
  "asvs-5": { id: "asvs-5", minLength: 8, maxLength: most, recommended: 15, level: "SHALL", source: (rule) => `OWASP ASVS 5.0 ${asvs[rule]}` },
};
const classes: Record<CharacterClass, readonly [pattern: RegExp, name: string]> = {
  lower: [/\p{Lowercase}/u, "a small letter"],
  upper: [/\p{Uppercase}/u, "a capital letter"],
  digit: [/[0-9]/, "a digit"],
  symbol: [/[^\p{Alphabetic}\p{N}]/u, "a symbol"],
};

/**
 * Checks a password against a policy, at once. The server decides, by the same rules.
 *
 * Throws `input.too-long` for more than 32 words of context or one of more than 256 code points, and
 * `password.policy-invalid` for a policy that is not known or not possible.
 */
export function checkPolicy(policy: PolicyId | CustomPolicy, password: string, { context = [], list, secondFactor = false, ageDays }: PolicyOptions = {}): PolicyResult {
  const rules = resolve(policy, secondFactor);
  if (context.length > 32 || context.some((word) => word.length > most && Array.from(word).length > most)) {
    throw new PrivacyError("input.too-long", "password: expected at most 32 inputs of at most 256 code points");
  }
  // No code point of the normal form comes from more than twelve units.
  const normal = password.length > most * 12 ? password : password.normalize("NFC");
  const length = password.length > most * 12 ? password.length : Array.from(normal).length;
  const empty = length === 0;
  const whole = !empty && length <= rules.maxLength;
  const results: RuleResult[] = [];
  const add = (id: RuleId, code: PrivacyErrorCode, requirement: string, level: Level, source: string, checked: boolean, met: () => boolean, against = false): void => {
    results.push({ id, code, met: checked && met(), checked, requirement, level, source, ...(against && { againstNist: true }) });
  };
  const { minLength, maxLength, recommended, level, source, blocklist = 10_000, require = [], maxConsecutive, maxAgeDays } = rules;
  const own = level === "shop";
  add("present", "password.empty", "a password", level, source("length"), true, () => !empty);
  add("min-length", "password.too-short", `at least ${String(minLength)} characters`, level, source("length"), !empty, () => length >= minLength, own && minLength < (secondFactor ? 8 : 15));
  if (recommended) add("recommended-length", "password.too-short", `${String(recommended)} characters or more`, "SHOULD", source("length"), whole, () => length >= recommended);
  add("max-length", "password.too-long", `at most ${String(maxLength)} characters`, "shop", shop, !empty, () => length <= maxLength, maxLength < 64);
  // A blocklist need not hold what is too short anyway.
  const listed = whole && length >= minLength && list !== undefined && (length < longFrom || list.long !== undefined);
  add("blocklist", "password.common", "a password that is not commonly used", level, source("blocklist"), blocklist === 0 || listed, () => blocklist === 0 || !(list && common(list, normal, blocklist)), own && blocklist === 0);
  if (rules.context !== false) {
    add("context", "password.context", "a password that is more than your name, your e-mail address or the shop's name", level, source("context"), whole, () => !explains(contextWords(context), normal));
  }
  for (const name of require) {
    const [pattern, text] = classes[name];
    add(`require-${name}`, "password.class-missing", text, "shop", shop, whole, () => pattern.test(normal), true);
  }
  if (maxConsecutive) add("max-consecutive", "password.repeats", `no character more than ${String(maxConsecutive)} times in a row`, "shop", shop, whole, () => !new RegExp(`(.)\\1{${String(maxConsecutive)}}`, "su").test(normal), true);
  if (maxAgeDays) add("max-age", "password.expired", `a change after ${String(maxAgeDays)} days`, "shop", shop, ageDays !== undefined, () => (ageDays ?? 0) <= maxAgeDays, true);
  const failed = results.filter((rule) => rule.checked && !rule.met && rule.level !== "SHOULD").map((rule) => rule.code);
  return { policy: rules.id, passed: failed.length === 0, complete: results.every((rule) => rule.checked), rules: results, failed: [...new Set(failed)] };
}

/** What a form's field says of a policy. Throws as {@link checkPolicy} for a policy that is not possible. */
export function attributesFor(policy: PolicyId | CustomPolicy, { secondFactor = false }: Pick<PolicyOptions, "secondFactor"> = {}): PolicyAttributes {
  const { minLength, maxLength, require = [], maxConsecutive } = resolve(policy, secondFactor);
  const wanted = require.map((name) => `required: ${name === "symbol" ? "special" : name}; `).join("");
  const repeats = maxConsecutive ? ` max-consecutive: ${String(maxConsecutive)};` : "";
  return {
    minlength: minLength,
    maxlength: maxLength * 2,
    passwordrules: `minlength: ${String(minLength)}; maxlength: ${String(maxLength)}; ${wanted}allowed: ascii-printable;${repeats}`,
    autocomplete: "new-password",
  };
}

/** Whether the whole password, whatever the case of its letters, is listed, or only repeats one character or what is listed. */
function common({ top, long }: RankedList, password: string, size: number): boolean {
  const among = (text: string): boolean => [top, long].some((list) => (list?.get(text) ?? Infinity) < size * 2);
  const lower = password.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const unit = /^(.+?)\1+$/su.exec(lower)?.[1];
  return among(password) || among(lower) || (unit !== undefined && (among(unit) || Array.from(unit).length === 1));
}

function resolve(policy: PolicyId | CustomPolicy, secondFactor: boolean): Rules {
  if (typeof policy === "string") {
    if (!Object.hasOwn(presets, policy)) throw impossible("one of nist-800-63b-4, nist-800-63b-4-mfa and asvs-5");
    return secondFactor && policy === "nist-800-63b-4" ? presets["nist-800-63b-4-mfa"] : presets[policy];
  }
  const { id, minLength = 15, maxLength = most, blocklist = 0, maxConsecutive = 1, maxAgeDays = 1, require = [] } = policy;
  const within = (value: number, least: number, top: number): boolean => Number.isInteger(value) && value >= least && value <= top;
  if (!/^[a-z0-9.-]{1,64}$/.test(id) || id in presets) throw impossible("an id of small letters, digits, dots and hyphens, which is no standard's");
  if (!within(minLength, 1, maxLength) || !within(maxLength, 1, most)) throw impossible("lengths from 1 to 256, the least first");
  if (!within(blocklist, 0, 10_000)) throw impossible("a blocklist of 0 to 10000");
  if (!within(maxConsecutive, 1, most) || !within(maxAgeDays, 1, 36_500)) throw impossible("maxConsecutive from 1 to 256 and maxAgeDays from 1 to 36500");
  if (!require.every((name) => Object.hasOwn(classes, name)) || new Set(require).size < require.length) throw impossible("require of lower, upper, digit and symbol, each once");
  return { ...policy, minLength, maxLength, level: "shop", source: () => shop };
}

function impossible(expected: string): PrivacyError {
  return new PrivacyError("password.policy-invalid", `password policy: expected ${expected}`);
}
