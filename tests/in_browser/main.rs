//! What the modules export to JavaScript, called in a real browser.
#![cfg(all(target_arch = "wasm32", feature = "web"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what it expects by failing"
)]

use wasm_bindgen_test::wasm_bindgen_test_configure;

#[cfg(feature = "consent")]
mod consent;
mod error;
#[cfg(feature = "passkey")]
mod passkey;
#[cfg(feature = "passkey-fallback")]
mod passkey_fallback;
#[cfg(feature = "password")]
mod password;
#[cfg(feature = "password-generate")]
mod password_generate;
#[cfg(feature = "payment")]
mod payment;

wasm_bindgen_test_configure!(run_in_browser);
