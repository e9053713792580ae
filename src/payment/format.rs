//! A card number and an expiry date as they look while they are typed.
//!
//! What is typed goes in with the caret's place, what to show comes out with the caret's new place. Places count
//! UTF-16 code units, as `selectionStart` does. Formatting what was formatted changes nothing, so that no edit can
//! be caught in a loop; separators appear with the digit that follows them, so that deleting never meets one that
//! comes back.

use zeroize::Zeroizing;

use super::card::NUMBER_LENGTHS;
use super::check::brand_of;
use super::text::{digit, is_separator};
use super::{Brand, Expiry};
use crate::codec::luhn;

/// A card number as it is to be shown.
pub struct NumberView {
    text: Zeroizing<String>,
    /// Where the caret goes, in UTF-16 code units.
    pub caret: usize,
    /// The brand, as soon as the digits tell.
    pub brand: Option<Brand>,
    /// The networks that the shopper may choose between, where the card belongs to more than one.
    pub choices: &'static [Brand],
    /// How many digits there are.
    pub digits: usize,
    /// Whether the brand issues numbers of so many digits.
    pub complete: bool,
    /// Whether it is complete and its check digit is right.
    pub valid: bool,
    /// How many digits the security code has; four where the brand is not known.
    pub code_length: usize,
}

impl NumberView {
    /// The text to show, grouped as the brand prints it.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Groups the digits of a card number. What is neither digit nor separator is left out, and so is any digit beyond
/// the brand's longest number.
///
/// # Example
///
/// ```
/// use storefront_privacy::payment::format_number;
///
/// let view = format_number("378282246", 9);
/// assert_eq!((view.text(), view.caret), ("3782 82246", 10));
/// assert_eq!(view.code_length, 4);
/// ```
pub fn format_number(text: &str, caret: usize) -> NumberView {
    let most = brand_of(text).map_or(*NUMBER_LENGTHS.end(), Brand::greatest_length);
    let digits = digits_of(text, most);
    let before = digits_before(text, caret).min(digits.len());
    let brand = Brand::of(&digits);
    let groups = brand.map_or(Brand::USUAL_GROUPS, |brand| brand.groups(digits.len()));

    let mut shown = Zeroizing::new(String::with_capacity(32));
    let mut new_caret = 0;
    let mut group = groups.iter();
    let mut left = group.next().copied().unwrap_or(usize::MAX);
    for (index, character) in digits.chars().enumerate() {
        if left == 0 {
            shown.push(' ');
            left = group.next().copied().unwrap_or(usize::MAX);
        }
        shown.push(character);
        left -= 1;
        if index + 1 == before {
            new_caret = shown.len();
        }
    }

    let complete = match brand {
        Some(brand) => brand.accepts_length(digits.len()),
        None => NUMBER_LENGTHS.contains(&digits.len()),
    };
    let checked = brand.is_some_and(|brand| !brand.has_check_digit()) || luhn::is_valid(&digits);
    NumberView {
        text: shown,
        caret: new_caret,
        brand,
        choices: Brand::choices(&digits),
        digits: digits.len(),
        complete,
        valid: complete && checked,
        code_length: brand.map_or(4, Brand::code_length),
    }
}

fn digits_of(text: &str, most: usize) -> Zeroizing<String> {
    let mut digits = Zeroizing::new(String::with_capacity(most));
    for value in text.chars().filter_map(digit).take(most) {
        digits.push(char::from(b'0' + value));
    }
    digits
}

fn digits_before(text: &str, caret: usize) -> usize {
    let mut at = 0;
    text.chars()
        .take_while(|character| {
            at += character.len_utf16();
            at <= caret
        })
        .filter(|character| digit(*character).is_some())
        .count()
}

/// An expiry date as it is to be shown.
pub struct ExpiryView {
    text: Zeroizing<String>,
    /// Where the caret goes, in UTF-16 code units.
    pub caret: usize,
    /// Whether month and year are there.
    pub complete: bool,
    /// Whether they are there and there is such a month. It may be over.
    pub valid: bool,
}

impl ExpiryView {
    /// The text to show, `MM / YY`.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Brings an expiry date into the form `MM / YY`, from whatever form it is typed, pasted or filled in.
///
/// # Example
///
/// ```
/// use storefront_privacy::payment::format_expiry;
///
/// for (typed, shown) in [("1", "1"), ("7", "07"), ("1/", "01 / "), ("122", "12 / 2"), ("1/2027", "01 / 27")] {
///     assert_eq!(format_expiry(typed, typed.len()).text(), shown);
/// }
/// ```
pub fn format_expiry(text: &str, caret: usize) -> ExpiryView {
    let typed = text.trim_start();
    // A separator without its last space is one that is being deleted.
    let typed = typed.strip_suffix(" /").unwrap_or(typed);
    let mut month = Zeroizing::new(String::with_capacity(8));
    let mut year = Zeroizing::new(String::with_capacity(8));
    let mut separated = false;
    for character in typed.chars() {
        match digit(character).map(|value| char::from(b'0' + value)) {
            Some(value) if separated => year.push(value),
            Some(value) => month.push(value),
            None => separated |= !month.is_empty() && is_expiry_separator(character),
        }
        if month.len() + year.len() == 6 {
            break;
        }
    }

    let mut added = 0;
    if month.len() == 6 && month.starts_with("20") {
        year = Zeroizing::new(month.get(..4).unwrap_or_default().to_owned());
        month.drain(..4);
    } else if month.len() == 4 && month.starts_with("20") && year.len() == 2 {
        std::mem::swap(&mut month, &mut year);
    } else {
        let at = month_length(&month, separated);
        let rest = Zeroizing::new(month.get(at..).unwrap_or_default().to_owned());
        month.truncate(at);
        year.insert_str(0, &rest);
        let alone =
            month.as_str() != "0" && (separated || !year.is_empty() || !matches!(month.as_str(), "1"));
        if month.len() == 1 && alone {
            month.insert(0, '0');
            added = 1;
        }
    }
    let most = if year.starts_with("20") { 4 } else { 2 };
    year.truncate(most);
    if year.len() == 4 {
        year.drain(..2);
    }

    let mut shown = Zeroizing::new(String::with_capacity(16));
    shown.push_str(&month);
    if !year.is_empty() || separated {
        shown.push_str(" / ");
        shown.push_str(&year);
    }

    let length = text.encode_utf16().count();
    let before = digits_before(text, caret);
    let caret = if caret >= length {
        shown.len()
    } else if before == 0 {
        0
    } else {
        let digits = before + added;
        let place = if digits > month.len() { digits + 3 } else { digits };
        place.min(shown.len())
    };
    let valid = Expiry::parse(&shown).is_ok();
    ExpiryView { complete: month.len() == 2 && year.len() == 2, valid, text: shown, caret }
}

fn is_expiry_separator(character: char) -> bool {
    is_separator(character) || matches!(character, '/' | '.' | '\u{2044}' | '\u{ff0f}')
}

/// How many of these digits are the month.
fn month_length(digits: &str, separated: bool) -> usize {
    let mut two = digits.chars();
    match (two.next(), two.next()) {
        (None, _) => 0,
        (Some('1'), Some('0'..='2')) | (Some('0'), Some('1'..='9')) => 2,
        (Some(_), Some(_)) if separated && digits.len() == 2 => 2,
        _ => 1,
    }
}
