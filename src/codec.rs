//! What several capabilities share: base64url, JSON, time and check digits.

pub mod base64url;
pub mod json;
pub mod luhn;
pub mod time;
