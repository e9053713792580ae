import "storefront-privacy/elements/password-field";
