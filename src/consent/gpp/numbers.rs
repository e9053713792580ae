//! Sections as lists of numbers, with a form that names them: how they cross to JavaScript, without a parser on either side.

use super::form::Form;
use super::name_of;
use super::section::Section;
use crate::Error;

/// The name of a section and of the numbers in it, separated by spaces.
///
/// After a field's name comes what it holds, if that is not one number: `?` a truth value, `:16` sixteen numbers, `?24`
/// twenty-four truth values, `?n` as many as the number before says, `$2` two letters' codes, `@` tenths of a second since 1970 as
/// two numbers of 32 bits, `*` a count and as many ids, `#` a count and as many restrictions: purpose, kind, and ids as `*`.
/// Empty for a section that is a text as a whole.
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::gpp;
///
/// assert_eq!(gpp::form_of(6, 1), "uspv1 Version Notice$1 OptOutSale$1 LspaCovered$1");
/// assert_eq!(gpp::form_of(2, 2), "tcfeuv2");
/// assert_eq!(gpp::form_of(28, 1), "");
/// ```
pub fn form_of(id: u16, version: u32) -> String {
    let mut text = name_of(id).unwrap_or_default().to_owned();
    for field in Form::of(id, version).iter().flat_map(|form| &form.fields) {
        text.push(' ');
        text.push_str(field.name);
        text.push_str(field.mark());
        if field.count > 0 {
            text.push_str(&field.count.to_string());
        }
    }
    text
}

/// The numbers of a new section, of this version if there is such a one.
pub fn initial_numbers(id: u16, version: u32) -> Vec<u32> {
    Section::new(id, version).map(Section::into_numbers).unwrap_or_default()
}

/// The header for sections of these ids, in ascending order.
pub fn header_of(ids: &[u16]) -> String {
    super::encode_header(ids)
}

/// The numbers in the text of a section, as [`form_of`] the section and its first number says.
///
/// # Errors
///
/// As [`Gpp::set_section`](super::Gpp::set_section).
pub fn numbers_in(id: u16, text: &str) -> Result<Vec<u32>, Error> {
    super::check_length(text)?;
    Section::decode(id, text).map(Section::into_numbers)
}

/// The text of a section of these numbers.
///
/// # Errors
///
/// As [`Gpp::set_field`](super::Gpp::set_field).
pub fn text_of(id: u16, numbers: &[u32]) -> Result<String, Error> {
    Section::from_numbers(id, numbers)
}
