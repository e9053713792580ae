mod attested;
mod credential;
#[cfg(feature = "passkey-fallback")]
mod fallback;
mod options;
mod order;
mod prf;
mod w3c;
mod well_known;
