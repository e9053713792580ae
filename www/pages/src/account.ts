import "./bound.ts";
import "storefront-privacy/elements/passkey-list";
import "./passkey-offer.ts";
