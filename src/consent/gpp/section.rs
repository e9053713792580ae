//! One section, whichever it is.

use super::tcf_ca::TcfCa;
use super::us::{self, UsSection};
use super::usp::Usp;
use super::{TCF_CA, TCF_EU, USP, Value, invalid, name_of, tcf_eu};
use crate::Error;
use crate::codec::json;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Section {
    /// A TC string.
    TcfEu(String),
    TcfCa(TcfCa),
    Usp(Usp),
    Us(UsSection),
    /// One that is not known here, as it was found.
    Unknown(String),
}

impl Section {
    pub(super) fn new(id: u16, version: u32) -> Result<Self, Error> {
        match id {
            TCF_CA => Ok(Self::TcfCa(TcfCa::new())),
            USP => Ok(Self::Usp(Usp::new())),
            id => match us::layout_of(id) {
                Some(newest) => {
                    Ok(Self::Us(UsSection::new(us::version_of(newest, version.into()).unwrap_or(newest))))
                }
                None => {
                    Err(invalid(name_of(id).unwrap_or("gpp"), "expected this section to be set as a whole"))
                }
            },
        }
    }

    pub(super) fn decode(id: u16, text: &str) -> Result<Self, Error> {
        match id {
            TCF_EU => tcf_eu::check(text).map(Self::TcfEu),
            TCF_CA => TcfCa::decode(text).map(Self::TcfCa),
            USP => Usp::decode(text).map(Self::Usp),
            id => match us::layout_of(id) {
                Some(layout) => UsSection::decode(layout, text).map(Self::Us),
                None => decode_unknown(text).map(Self::Unknown),
            },
        }
    }

    pub(super) fn encode(&self) -> String {
        match self {
            Self::TcfEu(text) | Self::Unknown(text) => text.clone(),
            Self::TcfCa(section) => section.encode(),
            Self::Usp(section) => section.encode(),
            Self::Us(section) => section.encode(),
        }
    }

    /// Every field as numbers, as the section's form says; none for a section that is a text as a whole.
    pub(super) fn to_numbers(&self) -> Vec<u32> {
        match self {
            Self::TcfEu(_) | Self::Unknown(_) => Vec::new(),
            Self::TcfCa(section) => section.to_numbers(),
            Self::Usp(section) => section.to_numbers(),
            Self::Us(section) => section.to_numbers(),
        }
    }

    pub(super) fn from_numbers(id: u16, numbers: &[u32]) -> Result<Self, Error> {
        match id {
            TCF_CA => TcfCa::from_numbers(numbers).map(Self::TcfCa),
            USP => Usp::from_numbers(numbers).map(Self::Usp),
            id => match us::layout_of(id) {
                Some(layout) => UsSection::from_numbers(layout, numbers).map(Self::Us),
                None => {
                    Err(invalid(name_of(id).unwrap_or("gpp"), "expected this section to be set as a whole"))
                }
            },
        }
    }

    pub(super) fn field(&self, name: &str) -> Option<Value> {
        match self {
            Self::TcfEu(text) => {
                tcf_eu::fields(text).into_iter().find(|(field, _)| *field == name).map(|field| field.1)
            }
            Self::Unknown(_) => None,
            Self::TcfCa(section) => section.field(name),
            Self::Usp(section) => section.field(name),
            Self::Us(section) => section.field(name),
        }
    }

    pub(super) fn fields(&self) -> Vec<(&'static str, Value)> {
        let names: Vec<_> = match self {
            Self::TcfEu(text) => return tcf_eu::fields(text),
            Self::Unknown(_) => Vec::new(),
            Self::TcfCa(_) => TcfCa::names().collect(),
            Self::Usp(_) => Usp::names().collect(),
            Self::Us(section) => section.names().collect(),
        };
        names.into_iter().filter_map(|name| Some((name, self.field(name)?))).collect()
    }

    pub(super) fn set_field(&mut self, name: &str, value: &Value) -> Result<(), Error> {
        match self {
            Self::TcfEu(_) | Self::Unknown(_) => {
                Err(invalid("gpp", "expected this section to be set as a whole"))
            }
            Self::TcfCa(section) => section.set_field(name, value),
            Self::Usp(section) => section.set_field(name, value),
            Self::Us(section) => section.set_field(name, value),
        }
    }

    /// The fields that others' lengths depend on come first, whether a sub-section is there comes last.
    pub(super) fn from_fields(id: u16, fields: &json::Object) -> Result<Self, Error> {
        let mut section = Self::new(id, 0)?;
        let rank = |name: &str| match name {
            "Version" | "NumCustomPurposes" => 0,
            name if name.ends_with("Included") => 2,
            _ => 1,
        };
        for turn in 0..3 {
            for (name, value) in fields.iter().filter(|(name, _)| rank(name) == turn) {
                let value = Value::from_json(value)
                    .ok_or_else(|| invalid("gpp", "expected a field to have a value"))?;
                section.set_field(name, &value)?;
            }
        }
        Ok(section)
    }

    /// Appends the section's fields as JSON, or its text where it has none.
    pub(super) fn push_json(&self, text: &mut String) {
        match self {
            Self::Unknown(section) => json::push_string(text, section),
            Self::Us(section) => section.push_json(text),
            Self::TcfEu(_) | Self::TcfCa(_) | Self::Usp(_) => {
                let mut separator = '{';
                for (name, value) in self.fields() {
                    text.push(separator);
                    json::push_string(text, name);
                    text.push(':');
                    value.push_json(text);
                    separator = ',';
                }
                text.push('}');
            }
        }
    }
}

fn decode_unknown(text: &str) -> Result<String, Error> {
    let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    if text.is_empty() || !text.bytes().all(is_safe) {
        return Err(invalid("gpp", "expected a section to be letters, digits, `-`, `.` and `_`"));
    }
    Ok(text.to_owned())
}
