//! What is encrypted: `{"number":"…","expiry":{"month":1,"year":2027},"code":"…","name":"…"}`, without `code` where
//! the card has none.

use zeroize::Zeroizing;

use crate::codec::json::{self, Limits, Object, Value};
use crate::payment::check::parse_code;
use crate::payment::{Card, CardNumber, CardholderName, Expiry};

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
    text.push('}');
    text
}

/// `None` for anything that [`write()`] does not give.
pub(in crate::payment) fn read(bytes: &[u8]) -> Option<Card> {
    let text = std::str::from_utf8(bytes).ok()?;
    let limits = Limits { bytes: CAPACITY, depth: 2, members: 4 };
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
    let members = if code.is_some() { 4 } else { 3 };
    let complete = code.is_some() || number.brand().is_some_and(|brand| !brand.requires_code());
    (card.len() == members && complete).then(|| Card::new(number, expiry, code, name))
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
