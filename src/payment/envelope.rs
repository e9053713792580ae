//! The sealed card, version 1: a compact JWE (RFC 7516 §7.1) whose authenticated header names the order.
//!
//! The header is public and says for which key, merchant, origin and order the envelope was made, and until when
//! it may be opened. The card alone is encrypted. Whoever changes either makes the envelope unreadable.
//!
//! Which cipher is used follows from the key, see [`Alg`]: there is nothing to
//! negotiate and nothing to downgrade.

pub mod header;
pub mod jwe;

mod plaintext;

use zeroize::Zeroizing;

use self::header::Header;
use super::keyset::Material;
use super::{Alg, Card, PublicKey};
use crate::codec::base64url;
use crate::{Code, Error};

pub(super) use plaintext::read as read_plaintext;

/// How long an envelope may be opened, in seconds.
pub const LIFETIME: i64 = 600;

/// What is paid for: it is bound to the envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    id: String,
    amount: i64,
    currency: String,
}

impl Order {
    /// An order with its amount in the currency's minor unit (cents) and its ISO 4217 code.
    ///
    /// # Errors
    ///
    /// `input.invalid` when the identifier is not 1 to 128 visible ASCII characters, the amount is negative or beyond
    /// 2⁵³ − 1, or the currency is not three capital letters.
    pub fn new(id: &str, amount: i64, currency: &str) -> Result<Self, Error> {
        let refuse = |message| Err(Error::new(Code::InputInvalid, message));
        if !is_token(id) {
            return refuse("order: expected `id` to be 1 to 128 visible ASCII characters");
        }
        if !(0..=crate::codec::json::MAX_SAFE_INTEGER).contains(&amount) {
            return refuse("order: expected `amount` from 0 to 2^53 - 1 minor units");
        }
        if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return refuse("order: expected `currency` to be three capital letters");
        }
        Ok(Self { id: id.to_owned(), amount, currency: currency.to_owned() })
    }

    /// The shop's identifier of the order.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The amount in the currency's minor unit.
    pub fn amount(&self) -> i64 {
        self.amount
    }

    /// The ISO 4217 code.
    pub fn currency(&self) -> &str {
        &self.currency
    }
}

/// Seals cards of one merchant's page for one key.
pub struct Sealer {
    key: PublicKey,
    merchant: String,
    origin: String,
}

impl Sealer {
    /// A sealer for this processor's key, the merchant's identifier at the processor and the origin of the page.
    ///
    /// # Errors
    ///
    /// `input.invalid` when the merchant is not 1 to 128 visible ASCII characters, or the origin not of the form
    /// `https://host` (or `http://host` and a port, as in development).
    pub fn new(key: PublicKey, merchant: &str, origin: &str) -> Result<Self, Error> {
        if !is_token(merchant) {
            let message = "merchant: expected 1 to 128 visible ASCII characters";
            return Err(Error::new(Code::InputInvalid, message));
        }
        if !is_origin(origin) {
            let message = "origin: expected a scheme, a host and perhaps a port, without a path";
            return Err(Error::new(Code::InputInvalid, message));
        }
        Ok(Self { key, merchant: merchant.to_owned(), origin: origin.to_owned() })
    }

    /// The key that is sealed for.
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// Seals a card for an order, `now` in seconds after 1970-01-01T00:00:00Z. Each call gives another envelope.
    ///
    /// # Errors
    ///
    /// `payment.seal-failed` when the system gives no randomness, or the time is not within the years 1970 to 9999.
    pub fn seal(&self, card: &Card, order: &Order, now: i64) -> Result<String, Error> {
        self.hazmat_seal_with(card, order, now, |bytes| getrandom::fill(bytes).map_err(|_| failed()))
    }

    /// As [`Sealer::seal`], with randomness of the caller's: for test vectors. With bytes that are known or used
    /// twice the card is not protected.
    ///
    /// It takes from `random`, in this order: 16 bytes for `jti`, 32 bytes (again while they are no scalar of
    /// P-256) for the ephemeral key, 12 bytes for the initialisation vector.
    ///
    /// # Errors
    ///
    /// As [`Sealer::seal`], and whatever `random` fails with.
    pub fn hazmat_seal_with(
        &self,
        card: &Card,
        order: &Order,
        now: i64,
        mut random: impl FnMut(&mut [u8]) -> Result<(), Error>,
    ) -> Result<String, Error> {
        if !(0..=253_402_300_799 - LIFETIME).contains(&now) {
            return Err(failed());
        }
        let mut id = [0; 16];
        random(&mut id)?;
        let plaintext = plaintext::write(card);
        let alg = self.key.alg();
        match self.key.material() {
            Material::EcdhEs(recipient) => {
                let ephemeral = jwe::ephemeral_key(&mut random)?;
                let mut iv = Zeroizing::new([0; jwe::IV_LENGTH]);
                random(iv.as_mut_slice())?;
                let header = Header {
                    alg,
                    kid: self.key.kid().to_owned(),
                    epk: ephemeral.public_key(),
                    merchant: self.merchant.clone(),
                    origin: self.origin.clone(),
                    id: base64url::encode(&id),
                    issued: now,
                    expires: now + LIFETIME,
                    order: order.clone(),
                };
                jwe::seal(recipient, &ephemeral, &iv, &header.to_json(), plaintext)
            }
        }
    }
}

impl Alg {
    /// The value of `enc` in headers.
    pub const fn content_encryption(self) -> &'static str {
        match self {
            Self::EcdhEs => "A256GCM",
        }
    }
}

/// 1 to 128 visible ASCII characters.
fn is_token(text: &str) -> bool {
    (1..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// A serialised tuple origin (HTML §7.1.1): no path, no user, no opaque origin.
fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    let plain = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte));
    !host.is_empty() && text.len() <= 270 && plain
}

fn failed() -> Error {
    Error::new(Code::PaymentSealFailed, "seal: expected randomness and a clock, found neither or one of them")
}
