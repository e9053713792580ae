import create from "./glue/password.js";
import bytes from "./inline/password.js";
import lists from "./inline/password-lists.js";
import { loader, type Load } from "./lib/load.js";
import { measureCapped } from "./lib/measure.js";
import { loadList } from "./lib/password/list.js";
import { open, type Password } from "./verbs/password.js";

export * from "./lib/public.js";
export type { Correction, Estimate, GuessingSeconds, Password, PasswordPolicy, PasswordRule, PasswordSuggestion, PasswordWarning, PolicyResult } from "./verbs/password.js";

/**
 * Loads the password capability from bytes within this file, on the calling thread: for servers, tests and
 * bundlers that cannot fetch. Only the first 64 code points of a password are measured here. Shares its instance
 * with `storefront-privacy/password`.
 */
export const load: Load<Password> = loader({
  capability: "password",
  create,
  home: () => bytes,
  open: (core) => open(measureCapped(core), () => loadList(lists())),
});
