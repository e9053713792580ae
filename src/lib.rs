#![deny(missing_docs)]
// For rustdoc alone, so that a word in the README makes nothing be compiled again.
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]
//!
//! # The rooms of this crate
//!
//! | module | feature | what it decides |
//! |---|---|---|
//! | [`password`] | `password` | how many guesses a password withstands, whether a policy accepts it |
//! | [`password::generate`], [`password::rules`] | `password-generate` | a password to suggest, and how it was picked |
//! | [`passkey`] | `passkey` | what a server's options and an authenticator's answer say |
//! | [`passkey::fallback`] | `passkey-fallback` | one-time codes, recovery codes and QR codes, for when no passkey is at hand |
//! | [`payment`] | `payment` | whether a card is one, which keys are trusted, how it is sealed, how a processor opens it |
//! | [`payment::envelope`] | `payment-hpke`, `payment-rsa` | further families of envelopes |
//! | [`consent`] | `consent` | what a shop's policy says, what a visitor decided, how the banner looks |
//! | [`consent::lint`], [`consent::site`] | `tools` | what a policy lacks, and everything that a shop builds from it |
//! | [`consent::tcf`], [`consent::gpp`] | `consent-iab` | what the IAB's strings say, and which are right for a decision |
//! | [`consent::proof`] | `consent-receipts` | what a receipt of consent says, and whether it and the shop's log hold |
//! | [`consent::minimise`] | `consent-minimise` | pseudonyms for one purpose, and texts without what names somebody |
//! | [`codec`] | | base64url, bit strings, JSON, time, check digits |
//!
//! All are on by default. The feature `web` adds the exports of the npm package's modules on wasm32, and an
//! allocator that overwrites what it frees; a Rust program on any target leaves it out. Nothing here reads a file or the
//! network, and of the clock only the password estimate asks the year. Every failure is an [`Error`] with a stable
//! [`Code`].

#[cfg(all(feature = "web", target_arch = "wasm32"))]
mod allocator;

pub mod codec;
mod error;

#[cfg(any(
    feature = "consent",
    feature = "consent-iab",
    feature = "consent-minimise",
    feature = "consent-receipts",
    feature = "consent-signals"
))]
pub mod consent;
#[cfg(any(feature = "passkey", feature = "passkey-fallback"))]
pub mod passkey;
#[cfg(any(feature = "password", feature = "password-generate"))]
pub mod password;
#[cfg(feature = "payment-envelopes")]
pub mod payment;

pub use error::{Code, Error};
