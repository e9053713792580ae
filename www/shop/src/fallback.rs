//! Signing in without a passkey at hand: one-time codes from an authenticator or by e-mail, recovery codes, and what each
//! of these is worth.
//!
//! A code is a row that is changed in the statement that accepts it, so that it is accepted once, whichever instance of the
//! shop it reaches.

pub mod api;
pub mod email;
pub mod forms;
pub mod methods;
pub mod pages;
pub mod recovery;
pub mod second;
pub mod totp;

use axum::http::StatusCode;
use storefront_service::Problem;

/// The problem that a code was not right.
fn refused() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "shop.code-refused", "That code is not right")
        .detail("Check it, or use another one. A code works once.")
        .field("code")
}

/// The problem that there is no code to wait for, or no longer.
fn over() -> Problem {
    Problem::new(StatusCode::CONFLICT, "shop.code-expired", "That took too long, or was done before")
        .detail("Please start again: nothing is lost.")
        .field("code")
}
