import "storefront-privacy/elements/passkey-list";
