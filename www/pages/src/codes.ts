import "storefront-privacy/elements/one-time-code";
