import type { Payment, RootKey } from "../../verbs/payment.js";
import { PrivacyError } from "../error.js";
import type { Family } from "./family.js";

/** Where a payment keeps what pins its roots: any copy of the package finds it. */
export const pinned: unique symbol = Symbol.for("storefront-privacy.pin") as never;

/** What `npx storefront-privacy keys pin` writes. */
export interface Pins {
  /** The roots whose signature makes keys trusted, one or two. */
  readonly roots: readonly RootKey[];
  /** The digest of each module, as `sha256-…`: another file that is fetched is not run. */
  readonly integrity?: Readonly<Partial<Record<"payment" | Family, string>>> | undefined;
}

let roots: string | undefined;
const digests: Partial<Record<"payment" | Family, string>> = {};

/**
 * Pins the roots that this page trusts, before anything is loaded: for a page whose card form has its frame. The first ones are kept for as
 * long as the page lives; others throw `payment.roots-refused`.
 */
export function pin({ roots: keys, integrity = {} }: Pins): void {
  const text = JSON.stringify(keys.map(({ kty, crv, x, y, kid, alg, use }) => ({ kty, crv, x, y, kid, alg, use })));
  if (roots !== undefined && roots !== text) throw new PrivacyError("payment.roots-refused", "this page has pinned other roots");
  roots = text;
  for (const [name, digest] of Object.entries(integrity)) digests[name as Family] ??= digest;
}

/** The roots that were pinned, as the module reads them. */
export function pinnedRoots(): string | undefined {
  return roots;
}

/** The digest that a module must have. */
export function digestOf(name: "payment" | Family): string | undefined {
  return digests[name];
}

/** Pins roots to a payment; the same ones again change nothing, others throw `payment.roots-refused`. */
export function pinTo(payment: Payment, text: string): void {
  (payment as Payment & { [pinned](text: string): void })[pinned](text);
}
