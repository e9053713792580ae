//! What several capabilities share: base64url, bit strings, decimal numbers, JSON, time and check digits.

pub mod base64url;
pub mod bits;
pub mod decimal;
pub mod json;
pub mod luhn;
pub mod time;
