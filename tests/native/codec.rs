mod base64url;
mod bits;
mod decimal;
mod json;
mod luhn;
mod time;
