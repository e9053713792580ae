mod base64url;
mod json;
mod luhn;
mod time;
