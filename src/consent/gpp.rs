//! The IAB's Global Privacy Platform (GPP) 1.1: one string for the privacy signals of several regions.
//!
//! A header says which sections follow; each has a name, an id and a format of its own: the EU's and Canada's TCF, the old US
//! privacy string, the USA's national section in both versions, and twenty states. What is read is checked: values that have no
//! meaning, lists of another length, bits left over, and versions that came later are refused with the section and the bit. A
//! section whose id is not known here is kept as it is, as the specification asks of readers.
//!
//! Sources: GPP Consent String Specification, and the reference implementation @iabgpp/cmpapi 3.2.0, whose strings are equal to
//! these byte for byte; where the two differ (sections 24 to 27, padding) it is followed.
//!
//! However a text is made, no more than 2 MiB are allocated for reading it: texts are at most [`MAX_LENGTH`] characters, lists of
//! vendors hold at most 65,535 ids, all restrictions of Canada's section together 262,144.
//!
//! # Example
//!
//! ```
//! use storefront_privacy::consent::gpp::{Gpp, Value};
//!
//! let mut gpp = Gpp::new();
//! gpp.set_field("usnat", "SaleOptOutNotice", 1_u64)?;
//! gpp.set_field("usnat", "SaleOptOut", 1_u64)?;
//! gpp.set_field("usnat", "MspaCoveredTransaction", 2_u64)?;
//! gpp.set_field("usnat", "Gpc", true)?;
//! let text = gpp.encode();
//! assert_eq!(text, "DBABLA~CEAQAAAAAACA.YA");
//!
//! let read = Gpp::decode(&text)?;
//! assert_eq!(read.field("usnat", "SaleOptOut"), Some(Value::Number(1)));
//! assert_eq!(read.section("usnat").as_deref(), Some("CEAQAAAAAACA.YA"));
//! assert_eq!(Gpp::decode("DBABLA~CAAA").unwrap_err().code(), "signal.invalid");
//! # Ok::<(), storefront_privacy::Error>(())
//! ```

mod coding;
mod form;
mod numbers;
mod section;
mod table;
mod tcf_eu;
mod value;
#[cfg(all(feature = "web", target_arch = "wasm32"))]
pub mod web;

pub use numbers::{form_of, header_of, initial_numbers, numbers_in, text_of};
pub use value::{Restriction, Value};

use section::Section;

use crate::codec::bits::{self, BitReader, BitWriter};
use crate::codec::json;
use crate::consent::ranges::{self, Coding};
use crate::consent::tcf::IdSet;
use crate::{Code, Error};

/// The most characters of a GPP string that are read.
pub const MAX_LENGTH: usize = 65_536;

const TCF_EU: u16 = 2;
const TCF_CA: u16 = 5;
const USP: u16 = 6;

/// The sections of a GPP string, which can be read and changed field by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gpp {
    /// By ascending id.
    sections: Vec<(u16, Section)>,
}

/// The id of the section with this name, as in `usnat`; the digits of an id name its section too.
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::gpp;
///
/// assert_eq!(gpp::id_of("usmd"), Some(24));
/// assert_eq!(gpp::name_of(24), Some("usmd"));
/// assert_eq!((gpp::id_of("28"), gpp::name_of(28)), (Some(28), None));
/// ```
pub fn id_of(name: &str) -> Option<u16> {
    match name {
        "tcfeuv2" => Some(TCF_EU),
        "tcfcav1" => Some(TCF_CA),
        "uspv1" => Some(USP),
        name => match table::LAYOUTS.iter().find(|layout| layout.name == name) {
            Some(layout) => Some(layout.id),
            None => name.parse().ok().filter(|id| *id > 0 && name.bytes().all(|byte| byte.is_ascii_digit())),
        },
    }
}

/// The name of the section with this id, if it is known here.
pub fn name_of(id: u16) -> Option<&'static str> {
    match id {
        TCF_EU => Some("tcfeuv2"),
        TCF_CA => Some("tcfcav1"),
        USP => Some("uspv1"),
        id => table::LAYOUTS.iter().find(|layout| layout.id == id).map(|layout| layout.name),
    }
}

impl Gpp {
    /// No sections.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a GPP string. A TC string alone is one with the section `tcfeuv2`, as CMPs wrote it before GPP.
    ///
    /// # Errors
    ///
    /// `signal.invalid` with the section and bit, `signal.version` when the header or a section is of a version that is not known
    /// here, `signal.too-long` beyond [`MAX_LENGTH`].
    pub fn decode(text: &str) -> Result<Self, Error> {
        let ids = ids_in(text)?;
        let parts = text.split('~').skip(usize::from(text.contains('~')));
        let sections = ids.into_iter().zip(parts).map(|(id, part)| Ok((id, Section::decode(id, part)?)));
        Ok(Self { sections: sections.collect::<Result<_, Error>>()? })
    }

    /// Writes the GPP string.
    pub fn encode(&self) -> String {
        let mut text = encode_header(&self.section_ids());
        for (_, section) in &self.sections {
            text.push('~');
            text.push_str(&section.encode());
        }
        text
    }

    /// The ids of the sections that are there, in ascending order.
    pub fn section_ids(&self) -> Vec<u16> {
        self.sections.iter().map(|(id, _)| *id).collect()
    }

    /// Whether there is a section of this name.
    pub fn has_section(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Takes a section away; whether it was there.
    pub fn delete_section(&mut self, name: &str) -> bool {
        let before = self.sections.len();
        let id = id_of(name);
        self.sections.retain(|(present, _)| Some(*present) != id);
        self.sections.len() < before
    }

    /// The text of one section.
    pub fn section(&self, name: &str) -> Option<String> {
        self.get(name).map(Section::encode)
    }

    /// Reads one section and puts it in the place of the one of that name.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode), and `signal.invalid` when the name is none.
    pub fn set_section(&mut self, name: &str, text: &str) -> Result<(), Error> {
        check_length(text)?;
        let id = id_of(name).ok_or_else(unknown_section)?;
        let read = Section::decode(id, text)?;
        self.put(id, read);
        Ok(())
    }

    /// The value of a field; none when there is no such section or field.
    pub fn field(&self, section: &str, field: &str) -> Option<Value> {
        self.get(section)?.field(field)
    }

    /// Every field of a section in the order of the specification; a section that is not known here has none.
    pub fn fields(&self, section: &str) -> Vec<(&'static str, Value)> {
        self.get(section).map(Section::fields).unwrap_or_default()
    }

    /// Sets a field. A section that is not there is added first, with everything "not applicable" but
    /// `MspaCoveredTransaction`, which the reference implementation starts with 1 ("yes").
    ///
    /// # Errors
    ///
    /// `signal.invalid` when there is no such section or field, or it cannot have this value; `signal.version` for a version that is
    /// not known here. Nothing changed then.
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::consent::gpp::Gpp;
    ///
    /// let mut gpp = Gpp::new();
    /// gpp.set_field("usnat", "KnownChildSensitiveDataConsents", [0_u16, 2, 1])?;
    /// assert_eq!(
    ///     gpp.set_field("usnat", "KnownChildSensitiveDataConsents", [0_u16, 2]).unwrap_err().message(),
    ///     "usnat: expected KnownChildSensitiveDataConsents to be 3 values, each 0, 1 or 2",
    /// );
    /// # Ok::<(), storefront_privacy::Error>(())
    /// ```
    pub fn set_field(&mut self, section: &str, field: &str, value: impl Into<Value>) -> Result<(), Error> {
        let id = id_of(section).ok_or_else(unknown_section)?;
        let mut changed = match self.get(section) {
            Some(present) => present.clone(),
            None => Section::new(id, 0)?,
        };
        changed.set_field(field, &value.into())?;
        self.put(id, changed);
        Ok(())
    }

    /// All sections as JSON: an object of fields for each, a string for `tcfeuv2` and for sections that are not known here.
    pub fn to_json(&self) -> String {
        let mut text = String::with_capacity(64 + 640 * self.sections.len());
        for (id, section) in &self.sections {
            text.push_str(if text.is_empty() { "{\"" } else { ",\"" });
            match name_of(*id) {
                Some(name) => text.push_str(name),
                None => text.push_str(&id.to_string()),
            }
            text.push_str("\":");
            match section {
                Section::TcfEu(string) => json::push_string(&mut text, string),
                section => section.push_json(&mut text),
            }
        }
        text.push_str(if text.is_empty() { "{}" } else { "}" });
        text
    }

    /// Reads what [`to_json`](Self::to_json) writes. A section may also be given as its text, and fields may be left out.
    ///
    /// # Errors
    ///
    /// As [`set_field`](Self::set_field) and [`set_section`](Self::set_section); `input.invalid` when this is no JSON.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let value = parse_json(text)?;
        let mut gpp = Self::new();
        let sections = value.as_object().ok_or_else(|| invalid("gpp", "expected an object of sections"))?;
        for (name, section) in sections.iter() {
            gpp.put_json(name, section)?;
        }
        Ok(gpp)
    }

    /// The fields of one section as JSON, those of `tcfeuv2` too; a section that is not known here as a string.
    pub fn section_json(&self, name: &str) -> Option<String> {
        let mut text = String::with_capacity(640);
        self.get(name)?.push_json(&mut text);
        Some(text)
    }

    /// Reads fields of one section, as [`from_json`](Self::from_json) does, and puts them in the place of that section.
    ///
    /// # Errors
    ///
    /// As [`from_json`](Self::from_json).
    pub fn set_section_json(&mut self, name: &str, text: &str) -> Result<(), Error> {
        self.put_json(name, &parse_json(text)?)
    }

    fn put_json(&mut self, name: &str, section: &json::Value) -> Result<(), Error> {
        let id = id_of(name).ok_or_else(unknown_section)?;
        let read = match section {
            json::Value::String(text) => Section::decode(id, text)?,
            json::Value::Object(fields) => Section::from_fields(id, fields)?,
            _ => return Err(invalid("gpp", "expected a section to be an object or a string")),
        };
        self.put(id, read);
        Ok(())
    }

    fn get(&self, name: &str) -> Option<&Section> {
        let id = id_of(name)?;
        self.sections.iter().find(|(present, _)| *present == id).map(|(_, section)| section)
    }

    fn put(&mut self, id: u16, section: Section) {
        match self.sections.binary_search_by_key(&id, |(present, _)| *present) {
            Ok(position) => {
                if let Some(place) = self.sections.get_mut(position) {
                    place.1 = section;
                }
            }
            Err(position) => self.sections.insert(position, (id, section)),
        }
    }
}

fn check_length(text: &str) -> Result<(), Error> {
    if text.len() > MAX_LENGTH {
        return Err(Error::new(Code::SignalTooLong, "gpp: expected at most 65536 characters"));
    }
    Ok(())
}

/// The ids of the sections of a GPP string, which are as many as follow its header.
///
/// # Errors
///
/// As [`Gpp::decode`], the sections unread.
pub fn ids_in(text: &str) -> Result<Vec<u16>, Error> {
    check_length(text)?;
    let mut parts = text.as_bytes().split(|byte| *byte == b'~');
    let header = parts.next().unwrap_or_default();
    let sections = parts.count();
    if sections == 0 && header.starts_with(b"C") {
        return Ok(vec![TCF_EU]);
    }
    let ids = decode_header(header)?;
    if sections == ids.len() {
        Ok(ids)
    } else {
        Err(invalid("header", "expected as many sections as it announces"))
    }
}

fn encode_header(ids: &[u16]) -> String {
    let mut writer = BitWriter::new();
    writer.int(0b11_000001, 12);
    let ranges: Vec<_> = IdSet::of(ids).ranges().map(std::ops::RangeInclusive::into_inner).collect();
    ranges::write_ranges(&ranges, Coding::Gpp, &mut writer);
    writer.into_base64url(8)
}

/// The ids of the sections that follow (GPP Consent String Specification, "Header Encoding").
fn decode_header(text: &[u8]) -> Result<Vec<u16>, Error> {
    let (bytes, length) = bits::from_base64url(text, "header")?;
    let mut reader = BitReader::within(&bytes, length, "header");
    if reader.take(6) != 3 {
        reader.refuse(0, "expected type 3");
    }
    if reader.take(6) != 1 {
        reader.refuse_version(6, "expected version 1");
    }
    let ids = ranges::read_ranges(&mut reader, Coding::Gpp, u16::MAX);
    check_padding(&mut reader, text.len(), &[6, 8])?;
    Ok(ids.to_vec())
}

/// Nothing but zero bits may be left, and as many as padding to a multiple of so many bits, and then of 6, gives.
fn check_padding(reader: &mut BitReader<'_>, characters: usize, multiples: &[usize]) -> Result<(), Error> {
    let end = reader.position();
    if !multiples.iter().any(|multiple| end.next_multiple_of(*multiple).div_ceil(6) == characters) {
        reader.refuse(end, "expected the end");
    }
    while reader.remaining() > 0 {
        let at = reader.position();
        if reader.flag() {
            reader.refuse(at, "expected zero bits to the end");
        }
    }
    reader.check()
}

/// Room for every list at its longest.
fn parse_json(text: &str) -> Result<json::Value, Error> {
    json::parse_within(text, json::Limits { bytes: 4 * 1024 * 1024, ..json::Limits::default() })
}

/// The parts as one text.
#[cold]
#[inline(never)]
fn text_from(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(part);
    }
    text
}

#[cold]
fn unknown_section() -> Error {
    invalid("gpp", "expected the name of a section")
}

#[cold]
#[inline(never)]
fn invalid(section: &str, expected: &str) -> Error {
    Error::new(Code::SignalInvalid, text_from(&[section, ": ", expected]))
}
