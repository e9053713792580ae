export { isPrivacyError, PrivacyError, type PrivacyErrorCode } from "./lib/error.js";
export { falseAlarms, leaked, loadLeakFilter, type LeakFilter, type LeakFilterSource } from "./lib/password/breach.js";
export { loadList, rank, type ListSource, type RankedList } from "./lib/password/list.js";
export { attributesFor, checkPolicy, type CharacterClass, type CustomPolicy, type PolicyAttributes, type PolicyId, type PolicyOptions, type PolicyResult, type RuleId, type RuleResult } from "./lib/password/policy.js";
export { pwnedPasswords, timesPwned } from "./lib/range.js";
