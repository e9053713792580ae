export * from "./lib/public.js";
export { load } from "./lib/password/generate.js";
export type { CharacterClass, CustomPolicy, PolicyId } from "./lib/password/policy.js";
export type { GeneratedPassword, PassphraseOptions, PasswordGenerator, PasswordOptions } from "./verbs/password-generate.js";
