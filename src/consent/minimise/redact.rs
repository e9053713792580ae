//! Taking out what names or reaches somebody.

use super::iban::is_iban;
use crate::codec::luhn;

/// What was taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A payment card's number: 12 to 19 digits whose check digit fits (ISO/IEC 7812-1).
    Card,
    /// A bank account's number (ISO 13616).
    Iban,
    /// An e-mail address (RFC 5321 §4.1.2), also in the form that URLs have (`%40`).
    Email,
    /// A telephone number (ITU-T E.164): with `+` or `00`, or eight digits and more in groups.
    Phone,
    /// What stands in a URL before `@`, or for a parameter whose name is that of a secret or a person.
    Url,
}

impl Kind {
    /// What stands in its place.
    pub const fn placeholder(self) -> &'static str {
        match self {
            Self::Card => "[card]",
            Self::Iban => "[iban]",
            Self::Email => "[email]",
            Self::Phone => "[phone]",
            Self::Url => "[redacted]",
        }
    }
}

/// A text without what was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Redacted {
    /// The text.
    pub text: String,
    /// What was taken out, in its order.
    pub found: Vec<Kind>,
}

/// Names of parameters in a URL whose values are taken out whatever they are.
const NAMES: [&str; 24] = [
    "address",
    "auth",
    "birthday",
    "city",
    "code",
    "dob",
    "email",
    "firstname",
    "key",
    "lastname",
    "mail",
    "name",
    "pass",
    "password",
    "phone",
    "postcode",
    "secret",
    "session",
    "street",
    "surname",
    "tel",
    "token",
    "user",
    "zip",
];

/// Takes card numbers, bank account numbers, e-mail addresses and telephone numbers out of a text, and out of the URLs in it what
/// stands for a person or a secret. It takes time in proportion to the text's length.
pub fn redact(text: &str) -> Redacted {
    let bytes = text.as_bytes();
    let mut out = Redacted { text: String::with_capacity(text.len()), found: Vec::new() };
    let mut at = 0;
    let mut kept = 0;
    while at < bytes.len() {
        match find(bytes, at, kept) {
            Some((from, to, kind)) => {
                // Every boundary is before or after an ASCII byte.
                out.text.push_str(text.get(kept..from).unwrap_or_default());
                out.text.push_str(kind.placeholder());
                out.found.push(kind);
                (at, kept) = (to, to);
            }
            None => at += 1,
        }
    }
    out.text.push_str(text.get(kept..).unwrap_or_default());
    out
}

/// What begins at this byte, or around it where that is what shows it; never before `kept`.
fn find(bytes: &[u8], at: usize, kept: usize) -> Option<(usize, usize, Kind)> {
    let byte = *bytes.get(at)?;
    let before = if at > kept { bytes.get(at - 1).copied() } else { None };
    match byte {
        b'@' => email(bytes, at, at + 1, kept),
        b'%' if bytes.get(at + 1..at + 3) == Some(b"40") => email(bytes, at, at + 3, kept),
        b'=' => parameter(bytes, at, kept),
        b'A'..=b'Z' if !before.is_some_and(|byte| byte.is_ascii_alphanumeric()) => iban(bytes, at),
        b'0'..=b'9' | b'+' | b'('
            if !before.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'+') =>
        {
            number(bytes, at)
        }
        _ => None,
    }
}

fn byte_of_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b".!#$*+-_~^{|}".contains(&byte) || byte >= 0x80
}

/// An address around its `@`, which stands at `from..to`.
fn email(bytes: &[u8], from: usize, to: usize, kept: usize) -> Option<(usize, usize, Kind)> {
    // Longer than 64 bytes no local part is (RFC 5321 §4.5.3.1.1); that bounds the time, too.
    let earliest = kept.max(from.saturating_sub(64));
    let mut start = bytes
        .get(earliest..from)?
        .iter()
        .rposition(|byte| !byte_of_local(*byte))
        .map_or(earliest, |at| earliest + at + 1);
    // A whole character: 0b10…… goes on with one.
    while start < from && bytes.get(start).is_some_and(|byte| byte & 0xc0 == 0x80) {
        start += 1;
    }
    let host = bytes
        .get(to..)?
        .iter()
        .take(255)
        .take_while(|byte| byte.is_ascii_alphanumeric() || b".-".contains(byte) || **byte >= 0x80);
    let mut end = to + host.count();
    while end > to && bytes.get(end - 1).is_some_and(|byte| b".-".contains(byte)) {
        end -= 1;
    }
    while end > to && bytes.get(end).is_some_and(|byte| byte & 0xc0 == 0x80) {
        end -= 1;
    }
    let host = bytes.get(to..end)?;
    let signs_in = credentials(bytes, from, kept);
    if signs_in.is_some() || start == from || !host.contains(&b'.') {
        return signs_in;
    }
    Some((start, end, Kind::Email))
}

/// `//user:password@`: who signs in, and with what (RFC 3986 §3.2.1).
fn credentials(bytes: &[u8], at: usize, kept: usize) -> Option<(usize, usize, Kind)> {
    let earliest = kept.max(at.saturating_sub(256));
    let before = bytes.get(earliest..at)?;
    let start = before.windows(2).rposition(|pair| pair == b"//")? + earliest + 2;
    let plain = bytes.get(start..at)?.iter().all(|byte| byte.is_ascii_graphic() && !b"/?#".contains(byte));
    (plain && start < at).then_some((start, at, Kind::Url))
}

/// `name=value` in a URL, where the name is that of a person or a secret.
fn parameter(bytes: &[u8], at: usize, kept: usize) -> Option<(usize, usize, Kind)> {
    let earliest = kept.max(at.saturating_sub(40));
    let before = bytes.get(earliest..at)?;
    let start = before.iter().rposition(|byte| b"?&;#".contains(byte))? + 1;
    let name = before.get(start..)?;
    let letters: Vec<u8> =
        name.iter().filter(|byte| byte.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase).collect();
    if !NAMES.iter().any(|known| letters.ends_with(known.as_bytes())) {
        return None;
    }
    let value = bytes.get(at + 1..)?;
    let length =
        value.iter().take_while(|byte| byte.is_ascii_graphic() && !b"&;#\"'<>".contains(byte)).count();
    (length > 0).then_some((at + 1, at + 1 + length, Kind::Url))
}

/// In groups of four, or without spaces.
fn iban(bytes: &[u8], at: usize) -> Option<(usize, usize, Kind)> {
    let mut compact = Vec::with_capacity(34);
    let mut best = None;
    let mut end = at;
    for byte in bytes.get(at..)?.iter().take(44) {
        end += 1;
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' => compact.push(*byte),
            b' ' | b'-' if compact.len() % 4 == 0 && !compact.is_empty() => continue,
            _ => break,
        }
        let goes_on = bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
        if !goes_on && is_iban(&compact) {
            best = Some((at, end, Kind::Iban));
        }
    }
    best
}

/// A card's number, or else a telephone's.
fn number(bytes: &[u8], at: usize) -> Option<(usize, usize, Kind)> {
    let trunk = bytes.get(at..at + 3).is_some_and(|start| start.starts_with(b"00") && start != b"000");
    let international = bytes.get(at) == Some(&b'+') || trunk;
    if is_date(bytes, at) {
        return None;
    }
    let mut digits = String::with_capacity(20);
    let (mut end, mut groups, mut separated, mut commas) = (at, 1, false, false);
    let mut card = None;
    for (position, byte) in bytes.get(at..)?.iter().enumerate().take(40) {
        match byte {
            b'0'..=b'9' => {
                digits.push(char::from(*byte));
                if separated {
                    groups += 1;
                }
                separated = false;
                end = at + position + 1;
                let goes_on = bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
                if !goes_on && (12..=19).contains(&digits.len()) && !international && is_card(&digits) {
                    card = Some((at, end, Kind::Card));
                }
            }
            b'+' if position == 0 => {}
            b' ' | b'-' | b'/' | b'.' | b'(' | b')' => {
                // Two full stops or spaces end a sentence, not a group.
                if separated
                    && !b"()".contains(byte)
                    && bytes.get(at + position - 1).is_some_and(|last| !b"()".contains(last))
                {
                    break;
                }
                commas |= *byte == b'.' || *byte == b'/';
                separated = true;
            }
            _ => break,
        }
    }
    if card.is_some() {
        return card;
    }
    let whole = !bytes.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'%');
    let count = digits.len();
    let dialled = if international {
        (8..=17).contains(&count)
    } else {
        (9..=13).contains(&count) && groups > 1 && digits.starts_with('0')
            || groups > 2 && (9..=12).contains(&count) && !commas
    };
    (whole && dialled && !is_one_digit(&digits)).then_some((at, end, Kind::Phone))
}

/// `2026-11-23` or `23.11.2026`, with any separator that is twice the same.
fn is_date(bytes: &[u8], at: usize) -> bool {
    let form = |lengths: [usize; 3]| {
        let mut position = at;
        let mut separators = Vec::new();
        for length in lengths {
            let digits = bytes.get(position..position + length);
            if !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_digit)) {
                return false;
            }
            position += length;
            separators.push(bytes.get(position).copied());
            position += 1;
        }
        let [first, second, after] = separators.as_slice() else { return false };
        let separated = first.is_some_and(|byte| b"-./".contains(&byte)) && first == second;
        separated && after != first && !after.is_some_and(|byte| byte.is_ascii_digit())
    };
    form([4, 2, 2]) || form([2, 2, 4])
}

/// The digits of a number that somebody has: `0000 0000 0000 0000` has the check digit and is nobody's.
fn is_card(digits: &str) -> bool {
    !is_one_digit(digits) && !digits.starts_with('0') && luhn::is_valid(digits)
}

fn is_one_digit(digits: &str) -> bool {
    digits.bytes().all(|digit| digits.as_bytes().first() == Some(&digit))
}
