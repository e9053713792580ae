//! A whole card checked at once, for a form: which field has which problem.

use super::text::digit;
use super::{Brand, CardNumber, CardholderName, Expiry, SecurityCode};
use crate::{Code, Error};

/// A field of a card form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The card number.
    Number,
    /// The expiry date.
    Expiry,
    /// The security code.
    Code,
    /// The name on the card.
    Name,
}

impl Field {
    /// `number`, `expiry`, `code` or `name`: the value of the attribute `data-card`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Expiry => "expiry",
            Self::Code => "code",
            Self::Name => "name",
        }
    }
}

/// What is wrong with a card as typed, in the order of the fields; nothing when it can be sealed.
///
/// `now` is in seconds after 1970-01-01T00:00:00Z. `accepted` lists the brands the shop takes; without it the
/// shop takes them all, and those that are not known as well.
///
/// # Example
///
/// ```
/// use storefront_privacy::payment::{Brand, Field, check_card};
///
/// let now = 1_795_392_000;
/// let problems = check_card("3782 822463 10005", "13/30", "1234", "Ada", now, Some(&[Brand::Visa]));
/// let codes: Vec<_> = problems.iter().map(|(field, error)| (*field, error.code())).collect();
/// assert_eq!(codes, [
///     (Field::Number, "payment.brand-not-accepted"),
///     (Field::Expiry, "payment.expiry-invalid"),
/// ]);
/// ```
pub fn check_card(
    number: &str,
    expiry: &str,
    code: &str,
    name: &str,
    now: i64,
    accepted: Option<&[Brand]>,
) -> Vec<(Field, Error)> {
    let (brand, number) = match CardNumber::parse(number) {
        Ok(number) => (number.brand(), check_brand(&number, accepted)),
        Err(error) => (brand_of(number), Err(error)),
    };
    let fields = [
        (Field::Number, number),
        (Field::Expiry, Expiry::parse(expiry).and_then(|expiry| expiry.check(now))),
        (Field::Code, parse_code(code, brand).map(drop)),
        (Field::Name, CardholderName::parse(name).map(drop)),
    ];
    fields.into_iter().filter_map(|(field, result)| result.err().map(|error| (field, error))).collect()
}

/// The brand of a number as typed, whole or not.
pub(super) fn brand_of(text: &str) -> Option<Brand> {
    let mut digits = zeroize::Zeroizing::new(String::with_capacity(6));
    for value in text.chars().filter_map(digit).take(6) {
        digits.push(char::from(b'0' + value));
    }
    Brand::of(&digits)
}

fn check_brand(number: &CardNumber, accepted: Option<&[Brand]>) -> Result<(), Error> {
    let choices = Brand::choices(number.expose_digits());
    let is_accepted =
        |accepted: &[Brand]| number.brand().iter().chain(choices).any(|brand| accepted.contains(brand));
    if accepted.is_none_or(is_accepted) {
        return Ok(());
    }
    Err(Error::new(Code::PaymentBrandNotAccepted, "card number: expected a brand that the shop takes"))
}

/// The security code, or none where the field is empty and the brand's cards may lack one.
///
/// # Errors
///
/// `payment.code-invalid`
pub fn parse_code(text: &str, brand: Option<Brand>) -> Result<Option<SecurityCode>, Error> {
    if text.trim().is_empty() && brand.is_some_and(|brand| !brand.requires_code()) {
        return Ok(None);
    }
    SecurityCode::parse(text, brand).map(Some)
}
