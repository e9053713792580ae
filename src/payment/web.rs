//! What the module `payment` exports to JavaScript. The package's façade is the only caller; a Rust program uses
//! the modules beside this one.

use wasm_bindgen::prelude::wasm_bindgen;

use super::check::{check_card, parse_code};
use super::{
    Brand, Card, CardNumber, CardholderName, Expiry, ExpiryView, NumberView, Order, PublicKey, format_expiry,
    format_number,
};
use crate::Error;

/// A card number as it is to be shown.
#[wasm_bindgen(js_name = NumberView)]
pub struct WebNumberView(NumberView);

#[wasm_bindgen(js_class = NumberView)]
impl WebNumberView {
    /// The text to show.
    #[wasm_bindgen(getter)]
    pub fn text(&self) -> String {
        self.0.text().to_owned()
    }

    /// Where the caret goes.
    #[wasm_bindgen(getter)]
    pub fn caret(&self) -> usize {
        self.0.caret
    }

    /// The brand's identifier, as soon as it is known.
    #[wasm_bindgen(getter)]
    pub fn brand(&self) -> Option<String> {
        self.0.brand.map(|brand| brand.id().to_owned())
    }

    /// How many digits there are.
    #[wasm_bindgen(getter)]
    pub fn digits(&self) -> usize {
        self.0.digits
    }

    /// Whether the brand issues numbers of so many digits.
    #[wasm_bindgen(getter)]
    pub fn complete(&self) -> bool {
        self.0.complete
    }

    /// Whether it is complete and its check digit is right.
    #[wasm_bindgen(getter)]
    pub fn valid(&self) -> bool {
        self.0.valid
    }

    /// How many digits the security code has.
    #[wasm_bindgen(getter, js_name = codeLength)]
    pub fn code_length(&self) -> usize {
        self.0.code_length
    }
}

/// An expiry date as it is to be shown.
#[wasm_bindgen(js_name = ExpiryView)]
pub struct WebExpiryView(ExpiryView);

#[wasm_bindgen(js_class = ExpiryView)]
impl WebExpiryView {
    /// The text to show.
    #[wasm_bindgen(getter)]
    pub fn text(&self) -> String {
        self.0.text().to_owned()
    }

    /// Where the caret goes.
    #[wasm_bindgen(getter)]
    pub fn caret(&self) -> usize {
        self.0.caret
    }

    /// Whether month and year are there.
    #[wasm_bindgen(getter)]
    pub fn complete(&self) -> bool {
        self.0.complete
    }

    /// Whether they are there and there is such a month.
    #[wasm_bindgen(getter)]
    pub fn valid(&self) -> bool {
        self.0.valid
    }
}

/// Groups the digits of a card number.
#[wasm_bindgen]
pub fn format(text: &str, caret: usize) -> WebNumberView {
    WebNumberView(format_number(text, caret))
}

/// Brings an expiry date into the form `MM / YY`.
#[wasm_bindgen(js_name = formatExpiry)]
pub fn web_format_expiry(text: &str, caret: usize) -> WebExpiryView {
    WebExpiryView(format_expiry(text, caret))
}

/// What is wrong with a card as typed: `field:code` for each problem. An empty list of brands accepts them all.
#[wasm_bindgen(js_name = checkCard)]
#[allow(clippy::needless_pass_by_value, reason = "wasm-bindgen hands over what JavaScript sent")]
pub fn web_check_card(
    number: &str,
    expiry: &str,
    code: &str,
    name: &str,
    now_ms: f64,
    accepted: Vec<String>,
) -> Vec<String> {
    let brands: Vec<_> = accepted.iter().filter_map(|id| Brand::parse(id)).collect();
    check_card(number, expiry, code, name, seconds(now_ms), (!accepted.is_empty()).then_some(&brands))
        .into_iter()
        .map(|(field, error)| [field.as_str(), ":", error.code()].concat())
        .collect()
}

/// The last four digits of a whole card number.
///
/// # Errors
///
/// `payment.number-incomplete`, `payment.number-invalid`.
#[wasm_bindgen(js_name = lastFour)]
pub fn last_four(number: &str) -> Result<String, Error> {
    CardNumber::parse(number).map(|number| number.last_four().to_owned())
}

/// The identifiers of all brands that are told apart.
#[wasm_bindgen(js_name = brandNames)]
pub fn brand_names() -> Vec<String> {
    Brand::ALL.iter().map(|brand| brand.id().to_owned()).collect()
}

/// Seals cards of one merchant's page for one key.
#[wasm_bindgen(js_name = Sealer)]
pub struct WebSealer(super::Sealer);

#[wasm_bindgen(js_class = Sealer)]
impl WebSealer {
    /// A sealer for a JWK, or the first usable key of a JWK Set.
    ///
    /// # Errors
    ///
    /// `payment.key-invalid`, `payment.key-unsupported`, `input.invalid`.
    #[wasm_bindgen(constructor)]
    pub fn new(jwk: &str, merchant: &str, origin: &str) -> Result<WebSealer, Error> {
        Ok(Self(super::Sealer::new(PublicKey::parse(jwk)?, merchant, origin)?))
    }

    /// Seals a card for an order into a compact JWE.
    ///
    /// # Errors
    ///
    /// What is wrong with the first bad field, `input.invalid` for the order, `payment.seal-failed`.
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
    ) -> Result<String, Error> {
        let now = seconds(now_ms);
        let number = CardNumber::parse(number)?;
        let expiry = Expiry::parse(expiry)?;
        expiry.check(now)?;
        let code = parse_code(code, number.brand())?;
        let card = Card::new(number, expiry, code, CardholderName::parse(name)?);
        let order = Order::new(order, amount_minor, currency)?;
        self.0.seal(&card, &order, now)
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
