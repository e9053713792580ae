import create from "./glue/password-generate.js";
import bytes from "./inline/password-generate.js";
import { loader, type Load } from "./lib/load.js";
import { open, type PasswordGenerator } from "./verbs/password-generate.js";

export * from "./lib/public.js";
export type { CharacterClass, CustomPolicy, PolicyId } from "./lib/password/policy.js";
export type { GeneratedPassword, PassphraseOptions, PasswordGenerator, PasswordOptions } from "./verbs/password-generate.js";

/**
 * Loads the same from bytes within this file: for servers, tests and bundlers that cannot fetch. Shares its instance with
 * `storefront-privacy/password-generate`.
 */
export const load: Load<PasswordGenerator> = loader({ capability: "password-generate", create, home: () => bytes, open });
