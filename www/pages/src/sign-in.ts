import "storefront-privacy/elements/passkey-signin";
