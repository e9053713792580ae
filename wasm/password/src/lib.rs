//! The module `password`: the exports of `storefront_privacy::password`, and nothing else.

// Linked for what it exports to JavaScript.
use storefront_privacy as _;
