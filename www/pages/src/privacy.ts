import "storefront-privacy/elements/privacy-settings";
