import create from "../../glue/password-generate.js";
import { open, type PasswordGenerator } from "../../verbs/password-generate.js";
import { loader, type Load } from "../load.js";

/**
 * Loads what suggests passwords. One instance is shared by all that load it on a page; the first source wins, and another one is
 * refused with `load.conflict`.
 *
 * Rejects with a {@link PrivacyError} whose code says why: `load.…`, `network.failed` or `browser.unsupported`.
 * A later call tries again.
 */
export const load: Load<PasswordGenerator> = loader({
  capability: "password-generate",
  create,
  home: () => new URL("../../wasm/password-generate.wasm", import.meta.url),
  open,
});
