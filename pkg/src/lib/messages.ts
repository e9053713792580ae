import type { Rank } from "../verbs/password.js";
import type { PrivacyErrorCode } from "./error.js";

/** What the page says to the password worker. */
export type ToWorker =
  | { readonly kind: "start"; readonly module: WebAssembly.Module | BufferSource }
  | { readonly kind: "estimate"; readonly id: number; readonly password: string; readonly inputs: string[]; readonly rank: Rank };

/** What the password worker says to the page. */
export type FromWorker =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly id: number; readonly value: unknown }
  | { readonly kind: "failed"; readonly id: number | null; readonly code: PrivacyErrorCode; readonly message: string };
