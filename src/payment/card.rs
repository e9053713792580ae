//! A card's parts, each parsed once; from there on the type is the proof.
//!
//! None of these types has `Debug` or `Clone`, and each overwrites what it holds when it is dropped. No error
//! repeats what was typed.

use zeroize::{Zeroize, Zeroizing};

use super::Brand;
use super::text::{digit, is_separator};
use crate::codec::{luhn, time};
use crate::{Code, Error};

/// The fewest and the most digits of a card number (ISO/IEC 7812-1 §4.1 allows up to 19; no network issues
/// fewer than 12).
pub const NUMBER_LENGTHS: std::ops::RangeInclusive<usize> = 12..=19;

/// Up to so many ASCII digits, in a buffer that is wiped.
struct Digits<const N: usize> {
    buffer: Zeroizing<[u8; N]>,
    length: usize,
}

impl<const N: usize> Digits<N> {
    fn new() -> Self {
        Self { buffer: Zeroizing::new([0; N]), length: 0 }
    }

    /// `None` when the buffer is full.
    fn push(&mut self, digit: u8) -> Option<()> {
        *self.buffer.get_mut(self.length)? = b'0' + digit;
        self.length += 1;
        Some(())
    }

    fn as_str(&self) -> &str {
        self.buffer.get(..self.length).and_then(|digits| std::str::from_utf8(digits).ok()).unwrap_or_default()
    }
}

/// A whole card number: digits of a length its brand issues, with a correct check digit.
pub struct CardNumber {
    digits: Digits<19>,
    brand: Option<Brand>,
}

impl CardNumber {
    /// Reads a card number as typed: spaces and dashes may stand anywhere.
    ///
    /// # Errors
    ///
    /// `payment.number-incomplete` when digits are missing, else `payment.number-invalid`.
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::payment::{Brand, CardNumber};
    ///
    /// let number = CardNumber::parse("3782-822463-10005")?;
    /// assert_eq!(number.brand(), Some(Brand::AmericanExpress));
    /// assert_eq!(number.last_four(), "0005");
    /// assert_eq!(CardNumber::parse("4242 4242").err().map(|e| e.code()), Some("payment.number-incomplete"));
    /// assert_eq!(
    ///     CardNumber::parse("4242 4242 4242 4241").err().map(|e| e.code()),
    ///     Some("payment.number-invalid"),
    /// );
    /// # Ok::<(), storefront_privacy::Error>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut digits = Digits::new();
        for character in text.chars() {
            match digit(character) {
                Some(value) => digits.push(value).ok_or_else(|| {
                    Error::new(Code::PaymentNumberInvalid, "card number: expected at most 19 digits")
                })?,
                None if is_separator(character) => {}
                None => {
                    let message = "card number: expected digits, spaces and dashes only";
                    return Err(Error::new(Code::PaymentNumberInvalid, message));
                }
            }
        }
        let brand = Brand::of(digits.as_str());
        let (fits, most) = match brand {
            Some(brand) => (brand.accepts_length(digits.length), brand.greatest_length()),
            None => (NUMBER_LENGTHS.contains(&digits.length), *NUMBER_LENGTHS.end()),
        };
        if !fits {
            return Err(if digits.length < most {
                Error::new(Code::PaymentNumberIncomplete, "card number: expected more digits")
            } else {
                Error::new(Code::PaymentNumberInvalid, "card number: expected fewer digits")
            });
        }
        if brand.is_none_or(Brand::has_check_digit) && !luhn::is_valid(digits.as_str()) {
            let message = "card number: expected the check digit that belongs to the other digits";
            return Err(Error::new(Code::PaymentNumberInvalid, message));
        }
        Ok(Self { digits, brand })
    }

    /// The network whose range the number lies in, if it is known.
    pub fn brand(&self) -> Option<Brand> {
        self.brand
    }

    /// The last four digits: what may be shown and stored (PCI DSS 4.0.1 requirement 3.4.1).
    pub fn last_four(&self) -> &str {
        let digits = self.digits.as_str();
        digits.get(digits.len().saturating_sub(4)..).unwrap_or_default()
    }

    /// All the digits, without spaces: for the processor. Never log or store them.
    pub fn expose_digits(&self) -> &str {
        self.digits.as_str()
    }
}

/// The month to whose end a card is valid.
pub struct Expiry {
    month: u8,
    year: u16,
}

impl Expiry {
    /// How many years ahead an expiry date is believed.
    pub const MOST_YEARS_AHEAD: u16 = 20;

    /// A month of a year after 2000.
    ///
    /// # Errors
    ///
    /// `payment.expiry-invalid` when there is no such month, or the year is not within 2000 and 2099.
    pub fn new(month: u8, year: u16) -> Result<Self, Error> {
        if (1..=12).contains(&month) && (2000..=2099).contains(&year) {
            return Ok(Self { month, year });
        }
        Err(Error::new(
            Code::PaymentExpiryInvalid,
            "expiry: expected a month from 1 to 12 and a year from 2000 to 2099",
        ))
    }

    /// Reads an expiry date however it is typed or filled in: `1/27`, `01 / 2027`, `0127`, `01-27`, `012027`,
    /// `127`, `2027-01`.
    ///
    /// # Errors
    ///
    /// `payment.expiry-invalid` for anything else.
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::payment::Expiry;
    ///
    /// for text in ["1/27", "01 / 2027", "0127", "01-27", "012027", "127", "2027-01"] {
    ///     let expiry = Expiry::parse(text)?;
    ///     assert_eq!((expiry.month(), expiry.year()), (1, 2027), "{text}");
    /// }
    /// assert!(Expiry::parse("13/27").is_err());
    /// # Ok::<(), storefront_privacy::Error>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::read(text).ok_or_else(|| {
            Error::new(Code::PaymentExpiryInvalid, "expiry: expected a month and a year, such as 01/27")
        })
    }

    fn read(text: &str) -> Option<Self> {
        // Up to two runs of digits, each as its value and its length.
        let mut runs = [(0_u32, 0_u8); 2];
        let mut current = 0;
        let mut separated = false;
        for character in text.trim().chars() {
            if let Some(value) = digit(character) {
                if separated {
                    current += 1;
                    separated = false;
                }
                let (total, length) = runs.get_mut(current)?;
                *length = Some(*length + 1).filter(|length| *length <= 6)?;
                *total = *total * 10 + u32::from(value);
            } else if is_separator(character) || matches!(character, '/' | '.' | '\u{2044}' | '\u{ff0f}') {
                separated = runs.first()?.1 > 0;
            } else {
                return None;
            }
        }
        let (month, year) = match runs {
            [(month, 1 | 2), (year, 2)] => (month, 2000 + year),
            [(month, 1 | 2), (year, 4)] | [(year, 4), (month, 1 | 2)] => (month, year),
            [(both, 3 | 4), (_, 0)] => (both / 100, 2000 + both % 100),
            // 20 is no month, so that a leading 20 is a century.
            [(both, 6), (_, 0)] if both / 10_000 == 20 => (both % 100, both / 100),
            [(both, 5 | 6), (_, 0)] => (both / 10_000, both % 10_000),
            _ => return None,
        };
        Self::new(u8::try_from(month).ok()?, u16::try_from(year).ok()?).ok()
    }

    /// The month, 1 to 12.
    pub fn month(&self) -> u8 {
        self.month
    }

    /// The year, four digits.
    pub fn year(&self) -> u16 {
        self.year
    }

    /// That the card is still valid at `now` (seconds after 1970-01-01T00:00:00Z), somewhere on earth: the month
    /// ends last at twelve hours behind UTC.
    ///
    /// # Errors
    ///
    /// `payment.expiry-past` when the month is over, `payment.expiry-invalid` when it is more than
    /// [`Expiry::MOST_YEARS_AHEAD`] years away, `input.invalid` when `now` is beyond the year 9999.
    pub fn check(&self, now: i64) -> Result<(), Error> {
        let there = time::DateTime::from_seconds(now.saturating_sub(12 * 3600))?;
        let (month, year) = (i64::from(self.month), i64::from(self.year));
        if (year, month) < (there.year, there.month) {
            return Err(Error::new(Code::PaymentExpiryPast, "expiry: expected a month that is not over"));
        }
        if year > there.year + i64::from(Self::MOST_YEARS_AHEAD) {
            let message = "expiry: expected a year at most 20 years ahead";
            return Err(Error::new(Code::PaymentExpiryInvalid, message));
        }
        Ok(())
    }
}

impl Drop for Expiry {
    fn drop(&mut self) {
        self.month.zeroize();
        self.year.zeroize();
    }
}

/// The three or four digits printed on a card.
pub struct SecurityCode(Digits<4>);

impl SecurityCode {
    /// Reads a security code of the length that the brand uses; of three or four digits where the brand is not
    /// known.
    ///
    /// # Errors
    ///
    /// `payment.code-invalid`
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::payment::{Brand, SecurityCode};
    ///
    /// assert!(SecurityCode::parse("1234", Some(Brand::AmericanExpress)).is_ok());
    /// assert!(SecurityCode::parse("1234", Some(Brand::Visa)).is_err());
    /// ```
    pub fn parse(text: &str, brand: Option<Brand>) -> Result<Self, Error> {
        let mut digits = Digits::new();
        for character in text.trim().chars() {
            digit(character).and_then(|value| digits.push(value)).ok_or_else(|| {
                Error::new(Code::PaymentCodeInvalid, "security code: expected three or four digits")
            })?;
        }
        let fits = match brand {
            Some(brand) => digits.length == brand.code_length(),
            None => (3..=4).contains(&digits.length),
        };
        if !fits {
            let message = "security code: expected as many digits as the brand uses";
            return Err(Error::new(Code::PaymentCodeInvalid, message));
        }
        Ok(Self(digits))
    }

    /// The digits: for the processor. Never keep them after authorisation (PCI DSS 4.0.1 requirement 3.3.1).
    pub fn expose_digits(&self) -> &str {
        self.0.as_str()
    }
}

/// The name on a card.
pub struct CardholderName(Zeroizing<String>);

impl CardholderName {
    /// The most code points of a name. EMV 3-D Secure takes 45, ISO/IEC 7813 26; longer ones are for the
    /// processor to shorten.
    pub const MOST_CODE_POINTS: usize = 64;

    /// Reads a name, without the white space around it.
    ///
    /// # Errors
    ///
    /// `payment.name-invalid` when nothing is left, when there are more than [`Self::MOST_CODE_POINTS`], a control
    /// character, or twelve digits or more: a card number typed into the wrong field.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let name = text.trim();
        let refuse = |message| Err(Error::new(Code::PaymentNameInvalid, message));
        if name.is_empty() {
            return refuse("name on card: expected a name");
        }
        if name.chars().count() > Self::MOST_CODE_POINTS {
            return refuse("name on card: expected at most 64 code points");
        }
        if name.chars().any(char::is_control) {
            return refuse("name on card: expected no control characters");
        }
        if name.chars().filter(|character| digit(*character).is_some()).count() >= *NUMBER_LENGTHS.start() {
            return refuse("name on card: expected a name, found a number");
        }
        Ok(Self(Zeroizing::new(name.to_owned())))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A card whose parts were all parsed.
pub struct Card {
    number: CardNumber,
    expiry: Expiry,
    code: Option<SecurityCode>,
    name: CardholderName,
    network: Option<Brand>,
}

impl Card {
    /// A card of these parts. Brands that print no security code have none, see [`Brand::requires_code`].
    pub fn new(number: CardNumber, expiry: Expiry, code: Option<SecurityCode>, name: CardholderName) -> Self {
        Self { number, expiry, code, name, network: None }
    }

    /// The same card, to be charged over this network: one of those that the number belongs to.
    ///
    /// # Errors
    ///
    /// `payment.brand-not-accepted` when the number does not belong to it.
    pub fn over(self, network: Brand) -> Result<Self, Error> {
        let number = &self.number;
        if number.brand() == Some(network) || Brand::choices(number.expose_digits()).contains(&network) {
            return Ok(Self { network: Some(network), ..self });
        }
        let message = "network: expected one that the card belongs to";
        Err(Error::new(Code::PaymentBrandNotAccepted, message))
    }

    /// The network that the shopper chose, where the card belongs to more than one.
    pub fn network(&self) -> Option<Brand> {
        self.network
    }

    /// The number.
    pub fn number(&self) -> &CardNumber {
        &self.number
    }

    /// The month to whose end the card is valid.
    pub fn expiry(&self) -> &Expiry {
        &self.expiry
    }

    /// The security code, if there is one.
    pub fn code(&self) -> Option<&SecurityCode> {
        self.code.as_ref()
    }

    /// The name on the card.
    pub fn name(&self) -> &CardholderName {
        &self.name
    }
}
