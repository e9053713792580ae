//! Where an order goes: sealed for the carrier, and for nobody else.

use zeroize::Zeroizing;

use crate::{Code, Error};

/// A delivery address. It is wiped when it is dropped.
pub struct Address {
    recipient: Zeroizing<String>,
    lines: Vec<Zeroizing<String>>,
    city: Zeroizing<String>,
    region: Zeroizing<String>,
    postal_code: Zeroizing<String>,
    country: String,
    phone: Zeroizing<String>,
}

impl Address {
    /// The most code points of each part.
    pub const MOST_CODE_POINTS: usize = 100;

    /// The most lines between the recipient and the city.
    pub const MOST_LINES: usize = 4;

    /// No address is longer when it is written as JSON.
    pub(super) const MOST_BYTES: usize = 8192;

    /// Reads the parts of an address, named as the W3C's `PaymentAddress` names them; `region`, `postal_code` and `phone` may
    /// be empty. White space around each is left out.
    ///
    /// # Errors
    ///
    /// `input.invalid` when a part that must be there is empty, one is longer than [`Self::MOST_CODE_POINTS`] or has a
    /// control character, there are no lines or more than [`Self::MOST_LINES`], or the country is not two capital letters
    /// (ISO 3166-1).
    pub fn parse<S: AsRef<str>>(
        recipient: &str,
        lines: &[S],
        city: &str,
        region: &str,
        postal_code: &str,
        country: &str,
        phone: &str,
    ) -> Result<Self, Error> {
        if lines.is_empty() || lines.len() > Self::MOST_LINES {
            return Err(Error::new(Code::InputInvalid, "address: expected one to four lines"));
        }
        if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(Error::new(
                Code::InputInvalid,
                "address: expected the country's two capital letters",
            ));
        }
        Ok(Self {
            recipient: part(recipient, true)?,
            lines: lines.iter().map(|line| part(line.as_ref(), true)).collect::<Result<_, _>>()?,
            city: part(city, true)?,
            region: part(region, false)?,
            postal_code: part(postal_code, false)?,
            country: country.to_owned(),
            phone: part(phone, false)?,
        })
    }

    /// Who gets it.
    pub fn recipient(&self) -> &str {
        &self.recipient
    }

    /// Street, house, floor: one to four lines.
    pub fn lines(&self) -> &[Zeroizing<String>] {
        &self.lines
    }

    /// The city.
    pub fn city(&self) -> &str {
        &self.city
    }

    /// The state, province or prefecture; empty where there is none.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The postal code; empty where there is none.
    pub fn postal_code(&self) -> &str {
        &self.postal_code
    }

    /// The country (ISO 3166-1 alpha-2).
    pub fn country(&self) -> &str {
        &self.country
    }

    /// A telephone number for the carrier; empty where there is none.
    pub fn phone(&self) -> &str {
        &self.phone
    }
}

fn part(text: &str, required: bool) -> Result<Zeroizing<String>, Error> {
    let text = text.trim();
    let refuse = |message| Err(Error::new(Code::InputInvalid, message));
    if required && text.is_empty() {
        return refuse("address: expected recipient, lines, city and country");
    }
    if text.chars().count() > Address::MOST_CODE_POINTS {
        return refuse("address: expected at most 100 code points in each part");
    }
    if text.chars().any(char::is_control) {
        return refuse("address: expected no control characters");
    }
    Ok(Zeroizing::new(text.to_owned()))
}
