//! What the modules `payment`, `payment-hpke` and `payment-rsa` export to JavaScript. The package's façade is the only
//! caller; a Rust program uses the modules beside this one.
//!
//! All three seal; card logic and trust are `payment`'s alone.

use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(feature = "payment")]
mod page;

#[cfg(feature = "payment-tools")]
pub mod tools;

#[cfg(feature = "payment")]
pub use page::*;

#[cfg(feature = "payment")]
use super::Address;
use super::check::parse_code;
use super::envelope::Content;
use super::envelope::jwe::Serialization;
use super::{Brand, Card, CardNumber, CardholderName, Expiry, Order, PublicKey};
use crate::{Code, Error};

/// Seals what one merchant's page sends to one recipient, or to a few who need the same.
#[wasm_bindgen(js_name = Sealer)]
pub struct WebSealer(super::Sealer);

#[wasm_bindgen(js_class = Sealer)]
impl WebSealer {
    /// A sealer for a JWK.
    ///
    /// # Errors
    ///
    /// `payment.key-invalid`, `payment.key-unsupported`, `payment.key-weak`, `input.invalid`.
    #[wasm_bindgen(constructor)]
    pub fn new(jwk: &str, merchant: &str, origin: &str) -> Result<WebSealer, Error> {
        Ok(Self(super::Sealer::new(PublicKey::parse(jwk)?, merchant, origin)?))
    }

    /// Seals a card for an order; `form` is `compact`, `flattened` or `general`, `network` the brand that was chosen or empty.
    ///
    /// # Errors
    ///
    /// What is wrong with the first bad field, `input.invalid` for the order or the form, `payment.seal-failed`.
    #[expect(clippy::too_many_arguments, reason = "only plain types cross the boundary")]
    pub fn seal(
        &self,
        number: &str,
        expiry: &str,
        code: &str,
        name: &str,
        order: &str,
        amount_minor: i64,
        currency: &str,
        now_ms: f64,
        form: &str,
        network: &str,
    ) -> Result<String, Error> {
        let now = seconds(now_ms);
        let mut card = card(number, expiry, code, name, now)?;
        if !network.is_empty() {
            let unknown = || Error::new(Code::PaymentBrandNotAccepted, "network: expected one that is known");
            card = card.over(Brand::parse(network).ok_or_else(unknown)?)?;
        }
        let order = Order::new(order, amount_minor, currency)?;
        self.0.seal_content(Content::Card(&card), &order, now, serialization(form)?)
    }
}

#[cfg(feature = "payment")]
#[wasm_bindgen(js_class = Sealer)]
impl WebSealer {
    /// Seals an address: recipient, city, region, postal code, country, telephone, then the lines.
    ///
    /// # Errors
    ///
    /// `input.invalid`, `payment.seal-failed`.
    #[wasm_bindgen(js_name = sealAddress)]
    #[allow(clippy::needless_pass_by_value, reason = "wasm-bindgen hands over what JavaScript sent")]
    pub fn seal_address(
        &self,
        parts: Vec<String>,
        order: &str,
        amount_minor: i64,
        currency: &str,
        now_ms: f64,
        form: &str,
    ) -> Result<String, Error> {
        let [recipient, city, region, postal_code, country, phone, lines @ ..] = parts.as_slice() else {
            return Err(Error::new(Code::InputInvalid, "address: expected its parts"));
        };
        let address = Address::parse(recipient, lines, city, region, postal_code, country, phone)?;
        let order = Order::new(order, amount_minor, currency)?;
        self.0.seal_content(Content::Address(&address), &order, seconds(now_ms), serialization(form)?)
    }
}

#[cfg(feature = "payment-rsa")]
#[wasm_bindgen(js_class = Sealer)]
impl WebSealer {
    /// Seals each part of a card by itself: a part's name and its envelope, in turn.
    ///
    /// # Errors
    ///
    /// As [`WebSealer::seal`].
    #[expect(clippy::too_many_arguments, reason = "only plain types cross the boundary")]
    #[wasm_bindgen(js_name = sealFields)]
    pub fn seal_fields(
        &self,
        number: &str,
        expiry: &str,
        code: &str,
        name: &str,
        order: &str,
        amount_minor: i64,
        currency: &str,
        now_ms: f64,
    ) -> Result<Vec<String>, Error> {
        let now = seconds(now_ms);
        let card = card(number, expiry, code, name, now)?;
        let envelopes = self.0.seal_fields(&card, &Order::new(order, amount_minor, currency)?, now)?;
        Ok(envelopes.into_iter().flat_map(|(field, envelope)| [field.to_owned(), envelope]).collect())
    }
}

fn card(number: &str, expiry: &str, code: &str, name: &str, now: i64) -> Result<Card, Error> {
    let number = CardNumber::parse(number)?;
    let expiry = Expiry::parse(expiry)?;
    expiry.check(now)?;
    let code = parse_code(code, number.brand())?;
    Ok(Card::new(number, expiry, code, CardholderName::parse(name)?))
}

fn serialization(form: &str) -> Result<Serialization, Error> {
    match form {
        "compact" => Ok(Serialization::Compact),
        "flattened" => Ok(Serialization::Flattened),
        "general" => Ok(Serialization::General),
        _ => Err(Error::new(Code::InputInvalid, "form: expected compact, flattened or general")),
    }
}

/// Whole seconds of `Date.now()`.
fn seconds(milliseconds: f64) -> i64 {
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        reason = "a cast from a float saturates, and takes what is no number as 0"
    )]
    let seconds = (milliseconds / 1000.0).floor() as i64;
    seconds
}
