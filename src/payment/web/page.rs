//! What the module `payment` alone exports: card logic while it is typed, and the keys that a page trusts.

use wasm_bindgen::prelude::wasm_bindgen;

use super::seconds;
use crate::payment::check::check_card;
use crate::payment::envelope::header::Audience;
use crate::payment::trust::{Manifest, ManifestKey, Place, Roots};
use crate::payment::{Brand, CardNumber, ExpiryView, NumberView, format_expiry, format_number};
use crate::{Code, Error};

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

    /// The identifiers of the networks to choose between, where the card belongs to more than one.
    #[wasm_bindgen(getter)]
    pub fn choices(&self) -> Vec<String> {
        self.0.choices.iter().map(|brand| brand.id().to_owned()).collect()
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

/// The roots that a page trusts.
#[wasm_bindgen(js_name = Roots)]
pub struct WebRoots(Roots);

#[wasm_bindgen(js_class = Roots)]
impl WebRoots {
    /// One or two roots: a JSON array of JWKs.
    ///
    /// # Errors
    ///
    /// `payment.roots-refused`
    #[wasm_bindgen(constructor)]
    pub fn new(jwks: &str) -> Result<WebRoots, Error> {
        Roots::parse(jwks).map(Self)
    }

    /// Verifies a manifest for a page; `newest` is the highest sequence number that was seen.
    ///
    /// # Errors
    ///
    /// `payment.key-invalid`, `payment.key-unsigned`, `payment.key-mismatch`, `payment.key-expired`,
    /// `payment.key-replaced`.
    pub fn verify(
        &self,
        manifest: &str,
        merchant: &str,
        origin: &str,
        now_ms: f64,
        newest: f64,
    ) -> Result<WebManifest, Error> {
        let newest = seconds(newest * 1000.0);
        let place = Place { merchant, origin, now: seconds(now_ms), newest };
        self.0.verify(manifest, &place).map(WebManifest)
    }
}

/// Keys that are trusted.
#[wasm_bindgen(js_name = Manifest)]
pub struct WebManifest(Manifest);

#[wasm_bindgen(js_class = Manifest)]
impl WebManifest {
    /// The sequence number.
    #[wasm_bindgen(getter)]
    #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "JSON integers are below 2^53")]
    pub fn sequence(&self) -> f64 {
        self.0.sequence() as f64
    }

    /// Until when it holds, in seconds since 1970.
    #[wasm_bindgen(getter)]
    #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "JSON integers are below 2^53")]
    pub fn expires(&self) -> f64 {
        self.0.expires() as f64
    }

    /// The key to seal with now; `recipient` is `processor` or `carrier`.
    ///
    /// # Errors
    ///
    /// `payment.key-unsupported`, `payment.key-expired`, `input.invalid` for another recipient.
    pub fn key(&self, recipient: &str, now_ms: f64) -> Result<WebKey, Error> {
        let audience = Audience::parse(recipient)
            .ok_or_else(|| Error::new(Code::InputInvalid, "recipient: expected processor or carrier"))?;
        self.0.key(audience, seconds(now_ms)).cloned().map(WebKey)
    }
}

/// A key that is trusted.
#[wasm_bindgen(js_name = Key)]
pub struct WebKey(ManifestKey);

#[wasm_bindgen(js_class = Key)]
impl WebKey {
    /// The key's identifier.
    #[wasm_bindgen(getter)]
    pub fn kid(&self) -> String {
        self.0.kid().to_owned()
    }

    /// The algorithm.
    #[wasm_bindgen(getter)]
    pub fn alg(&self) -> String {
        self.0.alg().as_str().to_owned()
    }

    /// The module that seals for it.
    #[wasm_bindgen(getter)]
    pub fn module(&self) -> String {
        self.0.alg().module().to_owned()
    }

    /// The key as a JWK.
    #[wasm_bindgen(getter)]
    pub fn jwk(&self) -> String {
        self.0.to_jwk()
    }
}
