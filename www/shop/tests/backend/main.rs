//! The shop and the processor together, over HTTP: on SQLite files, or on PostgreSQL where `DATABASE_URL` names one.
//! Every test has databases of its own.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test says what it expects by failing"
)]

mod accounts;
mod authenticator;
mod browser;
mod consent;
mod contract;
mod data_requests;
mod dpop;
mod drain;
mod envelopes;
mod fallback;
mod guard;
mod pages;
mod passkey_orders;
mod passkeys;
mod payments;
mod place;
mod receipts;
