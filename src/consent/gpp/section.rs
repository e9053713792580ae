//! One section, whichever it is, field by field.

use std::ops::Range;

use super::coding::{self, push_ids, push_initial, refuse, take, take_ids};
use super::form::{Field, Form, Kind};
use super::value::{Restriction, Value};
use super::{TCF_EU, invalid, name_of, tcf_eu};
use crate::Error;
use crate::codec::bits::BitWriter;
use crate::codec::json;
use crate::consent::ranges::Coding;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Section {
    /// A TC string.
    TcfEu(String),
    /// The numbers of the section with this id.
    Numbers(u16, Vec<u32>),
    /// One that is not known here, as it was found.
    Unknown(String),
}

impl Section {
    pub(super) fn new(id: u16, version: u32) -> Result<Self, Error> {
        let whole = || invalid(name_of(id).unwrap_or("gpp"), "expected this section to be set as a whole");
        let form = Form::of(id, version).filter(|form| !form.fields.is_empty()).ok_or_else(whole)?;
        let mut numbers = Vec::new();
        form.fields.iter().for_each(|field| push_initial(field, &mut numbers));
        Ok(Self::Numbers(id, numbers))
    }

    pub(super) fn decode(id: u16, text: &str) -> Result<Self, Error> {
        match id {
            TCF_EU => tcf_eu::check(text).map(Self::TcfEu),
            id if name_of(id).is_some() => Ok(Self::Numbers(id, coding::decode(id, text)?)),
            _ => decode_unknown(text).map(Self::Unknown),
        }
    }

    pub(super) fn encode(&self) -> String {
        match self {
            Self::TcfEu(text) | Self::Unknown(text) => text.clone(),
            // What is kept was checked when it was set.
            Self::Numbers(id, numbers) => coding::encode(*id, numbers).unwrap_or_default(),
        }
    }

    pub(super) fn field(&self, name: &str) -> Option<Value> {
        self.fields().into_iter().find(|(field, _)| *field == name).map(|(_, value)| value)
    }

    pub(super) fn fields(&self) -> Vec<(&'static str, Value)> {
        match self {
            Self::TcfEu(text) => tcf_eu::fields(text),
            Self::Unknown(_) => Vec::new(),
            Self::Numbers(id, numbers) => {
                let form = Form::of(*id, numbers.first().copied().unwrap_or_default());
                let places = form.iter().flat_map(|form| places(form, numbers));
                places
                    .map(|(field, at)| (field.name, value_of(&field, numbers.get(at).unwrap_or_default())))
                    .collect()
            }
        }
    }

    pub(super) fn set_field(&mut self, name: &str, value: &Value) -> Result<(), Error> {
        let Self::Numbers(id, numbers) = self else {
            return Err(invalid("gpp", "expected this section to be set as a whole"));
        };
        let first = numbers.first().copied().unwrap_or_default();
        let Some(form) = Form::of(*id, first) else { return Err(invalid("gpp", "expected a section")) };
        let places = places(&form, numbers);
        let Some((index, (field, at))) = places.iter().enumerate().find(|(_, (field, _))| field.name == name)
        else {
            return Err(invalid(form.name, "expected the name of one of its fields"));
        };
        let refused = |version| refuse(&form, field, version);
        let own = numbers_of(field, value).ok_or_else(|| refused(first))?;
        if field.kind == Kind::Custom && own.len() != at.len() {
            return Err(refused(first));
        }
        let version = own.first().copied().unwrap_or_default();
        if name == "Version" && version != first && form.is_optional() {
            *numbers = convert(&form, version, numbers)?;
            return Ok(());
        }
        let mut changed = numbers.clone();
        changed.splice(at.clone(), own);
        if name == "NumCustomPurposes" {
            resize_custom(
                &mut changed,
                at.start,
                at.start
                    + 1
                    + 2 * usize::try_from(numbers.get(at.start).copied().unwrap_or_default())
                        .unwrap_or_default(),
            );
        }
        let core = form.segment(0).len();
        if field.kind == Kind::Included && value == &Value::Flag(false) {
            // What was in it is as in a new section.
            let start = places.get(core).map_or(0, |(_, at)| at.start);
            changed.truncate(start);
            form.segment(1).iter().for_each(|field| push_initial(field, &mut changed));
            changed.push(0);
        } else if form.is_optional() && (core..form.ends[1]).contains(&index) {
            changed.pop();
            changed.push(1);
        }
        coding::encode(*id, &changed).map_err(|_| refused(version))?;
        *numbers = changed;
        Ok(())
    }

    /// The section of these numbers, if they are such.
    pub(super) fn from_numbers(id: u16, numbers: &[u32]) -> Result<String, Error> {
        coding::encode(id, numbers)
    }

    /// Every field as numbers; none for a section that is a text as a whole.
    pub(super) fn into_numbers(self) -> Vec<u32> {
        match self {
            Self::TcfEu(_) | Self::Unknown(_) => Vec::new(),
            Self::Numbers(_, numbers) => numbers,
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
        if let Self::Unknown(section) = self {
            return json::push_string(text, section);
        }
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

/// Each field and where its numbers are.
fn places(form: &Form, numbers: &[u32]) -> Vec<(Field, Range<usize>)> {
    let (mut rest, mut custom) = (numbers, 0);
    let mut places = Vec::with_capacity(form.fields.len());
    for field in &form.fields {
        let start = numbers.len() - rest.len();
        if coding::write(field, &mut rest, &mut BitWriter::new(), &mut custom, Coding::Gpp).is_none() {
            break;
        }
        places.push((*field, start..numbers.len() - rest.len()));
    }
    places
}

/// The same values in the lists of another version. What they cannot hold is refused, not dropped.
fn convert(form: &Form, version: u32, numbers: &[u32]) -> Result<Vec<u32>, Error> {
    let other = Form::of(form.id, version)
        .filter(|other| other.fields.first().is_some_and(|first| first.high == version));
    let other = other.ok_or_else(|| {
        form.fields
            .first()
            .map_or_else(|| invalid(form.name, "expected a version"), |field| refuse(form, field, version))
    })?;
    let mut converted = Vec::with_capacity(numbers.len() + 5);
    for ((field, at), wanted) in places(form, numbers).into_iter().zip(&other.fields) {
        let own = numbers.get(at).unwrap_or_default();
        let (kept, cut) = own.split_at_checked(wanted.count.max(1)).unwrap_or((own, &[]));
        if cut.iter().any(|number| *number > 0) {
            return Err(invalid(form.name, "expected no values that the lists of version 1 do not have"));
        }
        match field.name {
            "Version" => converted.push(version),
            _ => converted.extend(kept),
        }
        converted.extend(std::iter::repeat_n(0, wanted.count.saturating_sub(own.len())));
    }
    Ok(converted)
}

/// Gives both lists of the publisher's own purposes, which reach up to `end`, as many flags as the number at `start` says.
fn resize_custom(numbers: &mut Vec<u32>, start: usize, end: usize) {
    let count = numbers.get(start).and_then(|count| usize::try_from(*count).ok()).unwrap_or_default();
    let lists = numbers.get(start + 1..end).unwrap_or_default();
    let (express, implied) = lists.split_at(lists.len() / 2);
    let resized: Vec<u32> = [express, implied]
        .iter()
        .flat_map(|flags| flags.iter().copied().chain(std::iter::repeat(0)).take(count))
        .collect();
    numbers.splice(start + 1..end, resized);
}

fn value_of(field: &Field, mut numbers: &[u32]) -> Value {
    let number = numbers.first().copied().unwrap_or_default();
    let flags = || Value::Flags(numbers.iter().map(|flag| *flag == 1).collect());
    match field.kind {
        Kind::Included => Value::Flag(number == 1),
        Kind::Custom => flags(),
        Kind::Number if field.is_flag() && field.count == 0 => Value::Flag(number == 1),
        Kind::Number if field.is_flag() => flags(),
        Kind::Number if field.count == 0 => Value::Number(number.into()),
        Kind::Number => {
            Value::Numbers(numbers.iter().filter_map(|number| u16::try_from(*number).ok()).collect())
        }
        Kind::Time => {
            let low = numbers.last().copied().unwrap_or_default();
            Value::Number((u64::from(number) << 32 | u64::from(low)) * 100)
        }
        Kind::Letters | Kind::Answer => {
            Value::Text(numbers.iter().filter_map(|code| char::from_u32(*code)).collect())
        }
        Kind::Ids => Value::Numbers(take_ids(&mut numbers).unwrap_or_default().to_vec()),
        Kind::Restrictions => Value::Restrictions(restrictions(&mut numbers).unwrap_or_default()),
    }
}

fn restrictions(numbers: &mut &[u32]) -> Option<Vec<Restriction>> {
    let mut restrictions = Vec::new();
    for _ in 0..take(numbers, 4095)? {
        restrictions.push(Restriction {
            purpose: u8::try_from(take(numbers, 63)?).ok()?,
            kind: u8::try_from(take(numbers, 3)?).ok()?,
            vendors: take_ids(numbers)?.to_vec(),
        });
    }
    Some(restrictions)
}

fn numbers_of(field: &Field, value: &Value) -> Option<Vec<u32>> {
    let mut numbers = Vec::new();
    let is_list = field.count > 0 || field.kind == Kind::Custom;
    match (field.kind, value) {
        (Kind::Number, Value::Number(number)) if !is_list && !field.is_flag() => {
            numbers.push(u32::try_from(*number).ok()?);
        }
        (Kind::Number | Kind::Included, Value::Flag(truth))
            if field.is_flag() || field.kind == Kind::Included =>
        {
            numbers.push((*truth).into());
        }
        (Kind::Number | Kind::Custom, Value::Flags(flags)) if is_list => {
            numbers.extend(flags.iter().map(|flag| u32::from(*flag)));
        }
        (Kind::Number | Kind::Custom, Value::Numbers(own))
            if is_list && (own.is_empty() || !field.is_flag()) =>
        {
            numbers.extend(own.iter().map(|number| u32::from(*number)));
        }
        (Kind::Time, Value::Number(milliseconds)) => {
            let tenths = milliseconds.checked_add(50)? / 100;
            numbers.extend([
                u32::try_from(tenths >> 32).ok()?,
                u32::try_from(tenths & u64::from(u32::MAX)).ok()?,
            ]);
        }
        (Kind::Letters, Value::Text(text)) if text.len() == 2 => numbers.extend(text.bytes().map(u32::from)),
        (Kind::Answer, Value::Text(text)) if text.len() == 1 => numbers.extend(text.bytes().map(u32::from)),
        (Kind::Ids, Value::Numbers(ids)) => push_ids(&sorted(ids), &mut numbers),
        (Kind::Restrictions, Value::Numbers(none)) if none.is_empty() => numbers.push(0),
        (Kind::Restrictions, Value::Restrictions(restrictions)) => {
            numbers.push(u32::try_from(restrictions.len()).ok()?);
            for restriction in restrictions {
                numbers.extend([restriction.purpose, restriction.kind].map(u32::from));
                push_ids(&sorted(&restriction.vendors), &mut numbers);
            }
        }
        _ => return None,
    }
    (field.kind != Kind::Number || numbers.len() == field.count.max(1)).then_some(numbers)
}

/// In ascending order, each once.
fn sorted(ids: &[u16]) -> Vec<u16> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn decode_unknown(text: &str) -> Result<String, Error> {
    let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    if text.is_empty() || !text.bytes().all(is_safe) {
        return Err(invalid("gpp", "expected a section to be letters, digits, `-`, `.` and `_`"));
    }
    Ok(text.to_owned())
}
