//! The crate's public API, tested natively in one binary.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test says what it expects by failing"
)]

mod allocator;
mod codec;
#[cfg(feature = "consent")]
mod consent;
mod error;
mod generate;
#[cfg(feature = "consent-iab")]
mod gpp;
#[cfg(feature = "consent-iab")]
mod iab;
#[cfg(feature = "passkey")]
mod passkey;
#[cfg(feature = "password")]
mod password;
#[cfg(feature = "payment")]
mod payment;
#[cfg(all(feature = "consent", feature = "payment"))]
mod released;
