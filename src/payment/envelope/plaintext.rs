//! What is encrypted: `{"number":"…","expiry":{"month":1,"year":2027},"code":"…","name":"…","network":"…"}`, without `code`
//! where the card has none, and without `network` where the shopper chose none.

use zeroize::Zeroizing;

use crate::codec::json::{self, Limits, Object, Value};
use crate::codec::time;
use crate::payment::check::parse_code;
use crate::payment::{Address, Brand, Card, CardNumber, CardholderName, Expiry};
use crate::{Code, Error};

/// Enough for the longest card, so that the buffer never moves and leaves a copy behind: a name of 64 code points is at
/// most 256 bytes, or twice as many where each is escaped.
const CAPACITY: usize = 1024;

pub(super) fn write(card: &Card) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(CAPACITY));
    text.push_str("{\"number\":\"");
    text.push_str(card.number().expose_digits());
    text.push_str("\",\"expiry\":{\"month\":");
    push_number(&mut text, u32::from(card.expiry().month()));
    text.push_str(",\"year\":");
    push_number(&mut text, u32::from(card.expiry().year()));
    text.push('}');
    if let Some(code) = card.code() {
        text.push_str(",\"code\":\"");
        text.push_str(code.expose_digits());
        text.push('"');
    }
    text.push_str(",\"name\":");
    json::push_string(&mut text, card.name().as_str());
    if let Some(network) = card.network() {
        text.push_str(",\"network\":\"");
        text.push_str(network.id());
        text.push('"');
    }
    text.push('}');
    text
}

/// `None` for anything that [`write()`] does not give.
pub(in crate::payment) fn read(bytes: &[u8]) -> Option<Card> {
    let text = std::str::from_utf8(bytes).ok()?;
    let limits = Limits { bytes: CAPACITY, depth: 2, members: 5 };
    let value = Zeroizing::new(json::parse_within(text, limits).ok()?);
    let card = value.as_object()?;
    let expiry = card.get("expiry")?.as_object()?;
    let number = CardNumber::parse(string(card, "number")?).ok()?;
    let code = match card.get("code") {
        Some(code) => parse_code(code.as_str().filter(|code| !code.is_empty())?, number.brand()).ok()?,
        None => None,
    };
    let name = CardholderName::parse(string(card, "name")?).ok()?;
    let expiry = (expiry.len() == 2)
        .then(|| Expiry::new(integer(expiry, "month")?, integer(expiry, "year")?).ok())??;
    let network = match card.get("network") {
        Some(network) => Some(Brand::parse(network.as_str()?)?),
        None => None,
    };
    let members = 3 + usize::from(code.is_some()) + usize::from(network.is_some());
    let complete = code.is_some() || number.brand().is_some_and(|brand| !brand.requires_code());
    (card.len() == members && complete).then_some(())?;
    let card = Card::new(number, expiry, code, name);
    match network {
        Some(network) => card.over(network).ok(),
        None => Some(card),
    }
}

/// Digits straight into the buffer: formatting would leave them in one of its own.
fn push_number(text: &mut String, number: u32) {
    if number >= 10 {
        push_number(text, number / 10);
    }
    text.extend(char::from_digit(number % 10, 10));
}

fn string<'a>(object: &'a Object, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str()
}

fn integer<T: TryFrom<i64>>(object: &Object, name: &str) -> Option<T> {
    object.get(name).and_then(Value::as_integer).and_then(|integer| T::try_from(integer).ok())
}

/// The parts of a card, each with its name and the plaintext of its own envelope: `{"number":"…","generationtime":"…"}`.
pub(super) fn fields(card: &Card, now: i64) -> Result<Vec<(&'static str, Zeroizing<String>)>, Error> {
    let time =
        time::format(now).map_err(|error| error.with_code(Code::PaymentSealFailed))?.replace('Z', ".000Z");
    let one = |name, write: &dyn Fn(&mut Zeroizing<String>)| {
        let mut text = Zeroizing::new(String::with_capacity(CAPACITY));
        text.push_str("{\"");
        text.push_str(name);
        text.push_str("\":\"");
        write(&mut text);
        text.push_str("\",\"generationtime\":\"");
        text.push_str(&time);
        text.push_str("\"}");
        (name, text)
    };
    let month = card.expiry().month();
    let mut fields = vec![
        one("number", &|text| text.push_str(card.number().expose_digits())),
        one("expiryMonth", &|text| {
            text.push_str(if month < 10 { "0" } else { "" });
            push_number(text, u32::from(month));
        }),
        one("expiryYear", &|text| push_number(text, u32::from(card.expiry().year()))),
    ];
    if let Some(code) = card.code() {
        fields.push(one("cvc", &|text| text.push_str(code.expose_digits())));
    }
    Ok(fields)
}

/// The parts of a card as they come out of their envelopes.
#[derive(Default)]
pub(in crate::payment) struct Parts {
    values: [Zeroizing<String>; 4],
}

impl Parts {
    /// Takes one field's plaintext; `None` when it is not of the form that [`fields`] gives, or was there before.
    pub(in crate::payment) fn add(&mut self, field: &str, bytes: &[u8], issued: i64) -> Option<()> {
        let text = std::str::from_utf8(bytes).ok()?;
        let limits = Limits { bytes: CAPACITY, depth: 1, members: 2 };
        let value = Zeroizing::new(json::parse_within(text, limits).ok()?);
        let members = value.as_object().filter(|members| members.len() == 2)?;
        let time = string(members, "generationtime")?;
        let expected = time::format(issued).ok()?;
        (time.strip_suffix(".000Z")? == expected.strip_suffix('Z')?).then_some(())?;
        let at = super::header::FIELDS.iter().position(|name| *name == field)?;
        let slot = self.values.get_mut(at).filter(|slot| slot.is_empty())?;
        let found = string(members, field).filter(|found| !found.is_empty())?;
        slot.push_str(found);
        Some(())
    }

    /// The card; the name is not among the parts that are sealed one by one.
    pub(in crate::payment) fn card(&self, name: &str) -> Option<Card> {
        let [number, month, year, code] = &self.values;
        let number = CardNumber::parse(number).ok()?;
        let code = match code.as_str() {
            "" => number.brand().is_some_and(|brand| !brand.requires_code()).then_some(None)?,
            code => parse_code(code, number.brand()).ok()?,
        };
        let expiry = Expiry::new(month.parse().ok()?, year.parse().ok()?).ok()?;
        Some(Card::new(number, expiry, code, CardholderName::parse(name).ok()?))
    }
}

/// An address, with the names of the W3C's `PaymentAddress`; what is empty is absent.
pub(super) fn write_address(address: &Address) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(Address::MOST_BYTES));
    text.push_str("{\"recipient\":");
    json::push_string(&mut text, address.recipient());
    text.push_str(",\"addressLine\":");
    json::push_strings(&mut text, address.lines());
    for (name, value) in [
        (",\"city\":", address.city()),
        (",\"region\":", address.region()),
        (",\"postalCode\":", address.postal_code()),
        (",\"country\":", address.country()),
        (",\"phone\":", address.phone()),
    ] {
        if !value.is_empty() {
            text.push_str(name);
            json::push_string(&mut text, value);
        }
    }
    text.push('}');
    text
}

/// The members of an address.
const NAMES: [&str; 7] = ["recipient", "addressLine", "city", "region", "postalCode", "country", "phone"];

/// `None` for anything that [`write_address`] does not give.
pub(in crate::payment) fn read_address(bytes: &[u8]) -> Option<Address> {
    let text = std::str::from_utf8(bytes).ok()?;
    let limits = Limits { bytes: Address::MOST_BYTES, depth: 2, members: 7 };
    let value = Zeroizing::new(json::parse_within(text, limits).ok()?);
    let members = value.as_object()?;
    members.iter().all(|(name, _)| NAMES.contains(&name)).then_some(())?;
    let optional = |name| match members.get(name) {
        Some(value) => value.as_str().filter(|text| !text.is_empty()),
        None => Some(""),
    };
    let lines: Vec<&str> =
        members.get("addressLine")?.as_array()?.iter().map(Value::as_str).collect::<Option<_>>()?;
    Address::parse(
        string(members, "recipient")?,
        &lines,
        string(members, "city")?,
        optional("region")?,
        optional("postalCode")?,
        string(members, "country")?,
        optional("phone")?,
    )
    .ok()
}
