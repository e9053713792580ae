mod base64url;
mod bits;
mod json;
mod luhn;
mod time;
