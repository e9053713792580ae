import "storefront-privacy/elements/password-meter";
