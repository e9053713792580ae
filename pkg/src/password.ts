export * from "./lib/public.js";
export { load, type PasswordLoadOptions } from "./lib/password/load.js";
export type { Correction, Estimate, GuessingSeconds, Password, PasswordPolicy, PasswordRule, PasswordSuggestion, PasswordWarning, PolicyResult } from "./verbs/password.js";
export type { WorkerSource } from "./lib/remote.js";
