import type { Rank } from "../verbs/password.js";
import type { PrivacyErrorCode } from "./error.js";
import type { RankedList } from "./password/list.js";

/** What the page says to the password worker. */
export type ToWorker =
  | { readonly kind: "start"; readonly module: WebAssembly.Module | BufferSource }
  | { readonly kind: "estimate"; readonly id: number; readonly password: string; readonly inputs: string[]; readonly rank: Rank };

/** What the password worker says to the page. */
export type FromWorker =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly id: number; readonly value: unknown }
  | { readonly kind: "failed"; readonly id: number | null; readonly code: PrivacyErrorCode; readonly message: string };

/** What the page asks the worker that reads the password lists: for the lists, for a filter of leaked passwords, whether that holds one. */
export type ToLists =
  | { readonly kind: "lists"; readonly id: number; readonly top: string; readonly long: string }
  | { readonly kind: "filter"; readonly id: number; readonly source: string }
  | { readonly kind: "leaked"; readonly id: number; readonly password: string };

/** What that worker answers; a `code` says why there is no `value`. */
export interface FromLists {
  readonly id: number;
  readonly value?: RankedList | number | null;
  readonly code?: PrivacyErrorCode;
}
