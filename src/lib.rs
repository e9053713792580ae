//! Passwords, passkeys, sealed card payments and consent for storefronts.
