// `cargo xtask build` has `storefront-privacy keys pin` write the module beside this.
import type { Pins } from "storefront-privacy/payment";

export const roots: Pins["roots"];
export const integrity: NonNullable<Pins["integrity"]>;
