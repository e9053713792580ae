//! The sections of the United States: 7 to 27.

use super::table::{LAYOUTS, Layout, Name, Slot};
use super::value::{Value, push_number};
use super::{check_padding, int, invalid, put, text_from};
use crate::codec::bits::{self, BitReader, BitWriter};
use crate::{Code, Error};

/// More values than any section has: `usnat` has 33 in its core and 2 after it.
const VALUES: usize = 40;

/// A section of the United States: every value, one after the other, as its layout has them.
#[derive(Debug, Clone)]
pub(super) struct UsSection {
    layout: &'static Layout,
    values: [u8; VALUES],
    included: bool,
}

/// Which section is meant, if it is one of the United States: its newest layout.
pub(super) fn layout_of(id: u16) -> Option<&'static Layout> {
    LAYOUTS.iter().find(|layout| layout.id == id)
}

/// Each field's name and what [`form_of`](super::form_of) says of it; nothing for a section of another region.
pub(super) fn forms(
    id: u16,
    version: u32,
) -> impl Iterator<Item = (&'static str, &'static str, Option<usize>)> {
    let newest = layout_of(id);
    let layout = newest.and_then(|newest| version_of(newest, version.into())).or(newest);
    let fields = layout.into_iter().flat_map(Layout::slots);
    let fields = fields.map(|slot| match slot.list {
        Some(_) => (slot.name.text(), ":", slot.list),
        None => (slot.name.text(), if slot.name == Name::Gpc { "?" } else { "" }, None),
    });
    fields.chain(layout.and_then(Layout::included).map(|name| (name, "?", None)))
}

impl UsSection {
    pub(super) fn new(layout: &'static Layout) -> Self {
        let mut section = Self { layout, values: [0; VALUES], included: !layout.second.is_empty() };
        for slot in layout.slots() {
            let value = match slot.name {
                Name::Version => layout.version,
                name => name.initial(),
            };
            section.values_mut(slot).fill(value);
        }
        section
    }

    pub(super) fn decode(newest: &'static Layout, text: &str) -> Result<Self, Error> {
        let (core, rest) = match text.split_once('.') {
            Some((core, rest)) => (core, Some(rest)),
            None => (text, None),
        };
        let mut section = Self::decode_core(newest, core)?;
        section.included = rest.is_some();
        if let Some(rest) = rest {
            section.decode_second(rest)?;
        }
        Ok(section)
    }

    fn decode_core(newest: &'static Layout, text: &str) -> Result<Self, Error> {
        let (bytes, length) = bits::from_base64url(text, newest.name)?;
        let mut reader = BitReader::within(&bytes, length, newest.name);
        let version = u64::from(int(&mut reader.clone(), 6)?);
        let mut layout = newest;
        if newest.core.first() == Some(&Name::Version) {
            layout = version_of(newest, version).ok_or_else(|| unknown_version(newest, version))?;
        }
        // @iabgpp/cmpapi 3.1.5 to 3.1.x wrote the lists of version 2 under the number of version 1 (iabgpp-es #75, #81, #84).
        let mislabelled = layout.id == 7 && layout.version == 1 && text.len() == 12;
        let mut section = Self::new(if mislabelled { newest } else { layout });
        for slot in section.layout.slots().take(newest.core.len()) {
            section.read(&mut reader, slot, layout.version)?;
        }
        check_padding(&mut reader, text.len(), &[6, 8])?;
        Ok(if mislabelled { section.converted(layout) } else { section })
    }

    fn decode_second(&mut self, text: &str) -> Result<(), Error> {
        let segment = match self.layout.second {
            [] => return Err(invalid(self.layout.name, "expected one sub-section, found another one")),
            [Name::SensitiveDataProcessing, ..] => "sensitive data sub-section",
            _ => "GPC sub-section",
        };
        let read = |section: &mut Self| {
            let (bytes, length) = bits::from_base64url(text, segment)?;
            let mut reader = BitReader::within(&bytes, length, segment);
            for slot in section.layout.slots().skip(section.layout.core.len()) {
                section.read(&mut reader, slot, 1)?;
            }
            check_padding(&mut reader, text.len(), &[6, 8])
        };
        read(self).map_err(|error: Error| {
            Error::new(error.kind(), text_from(&[self.layout.name, "'s ", error.message()]))
        })
    }

    fn read(&mut self, reader: &mut BitReader<'_>, slot: Slot, version: u8) -> Result<(), Error> {
        let (lowest, highest) = range(slot.name, version);
        for place in self.values_mut(slot) {
            let before = reader.clone();
            let value = u8::try_from(int(reader, slot.name.bits())?).unwrap_or(u8::MAX);
            if value < lowest || value > highest {
                let expected = text_from(&["expected ", &expected(lowest, highest)]);
                return Err(before.refuse(&expected));
            }
            *place = value;
        }
        Ok(())
    }

    pub(super) fn encode(&self) -> String {
        let mut text = self.encode_slots(self.layout.slots().take(self.layout.core.len()));
        if self.included {
            text.push('.');
            text.push_str(&self.encode_slots(self.layout.slots().skip(self.layout.core.len())));
        }
        text
    }

    fn encode_slots(&self, slots: impl Iterator<Item = Slot>) -> String {
        let mut writer = BitWriter::new();
        for slot in slots {
            for value in self.values(slot) {
                put(&mut writer, (*value).into(), slot.name.bits());
            }
        }
        // The specification pads to 6 bits, the reference implementation to 8 and then to 6.
        writer.pad_to(8);
        let length = writer.len();
        bits::to_base64url(&writer.into_bytes(), length)
    }

    /// Every value, one after the other, and then whether the optional sub-section is there, if there can be one.
    pub(super) fn to_numbers(&self) -> Vec<u32> {
        let last = self.layout.included().map(|_| u32::from(self.included));
        let values = self.layout.slots().flat_map(|slot| self.values(slot));
        values.map(|value| u32::from(*value)).chain(last).collect()
    }

    /// The section of these numbers, if each has a meaning there.
    pub(super) fn from_numbers(newest: &'static Layout, numbers: &[u32]) -> Result<Self, Error> {
        let version = numbers.first().copied().unwrap_or_default().into();
        let mut layout = newest;
        if newest.core.first() == Some(&Name::Version) {
            layout = version_of(newest, version).ok_or_else(|| unknown_version(newest, version))?;
        }
        let mut section = Self::new(layout);
        let mut numbers = numbers.iter();
        for slot in layout.slots() {
            let (lowest, highest) = range(slot.name, layout.version);
            for place in section.values_mut(slot) {
                let number = numbers.next().and_then(|number| u8::try_from(*number).ok());
                let kept = number.filter(|number| (lowest..=highest).contains(number));
                *place = kept.ok_or_else(|| refuse_slot(layout, slot))?;
            }
        }
        if layout.included().is_some() {
            section.included = match numbers.next() {
                Some(0) => false,
                Some(1) => true,
                _ => return Err(refuse(layout, layout.included().unwrap_or_default(), "true or false")),
            };
        }
        match numbers.next() {
            None => Ok(section),
            Some(_) => Err(invalid(layout.name, "expected no more numbers")),
        }
    }

    pub(super) fn field(&self, name: &str) -> Option<Value> {
        if self.layout.included() == Some(name) {
            return Some(Value::Flag(self.included));
        }
        let slot = self.layout.slots().find(|slot| slot.name.text() == name)?;
        Some(self.value(slot))
    }

    /// Sets a field; one of the optional sub-section brings that along, and without it they are as in a new section.
    pub(super) fn set_field(&mut self, name: &str, value: &Value) -> Result<(), Error> {
        let core = self.layout.core.len();
        if self.layout.included() == Some(name) {
            let Value::Flag(included) = value else { return Err(refuse(self.layout, name, "true or false")) };
            self.included = *included;
            if !included {
                self.layout
                    .slots()
                    .skip(core)
                    .for_each(|slot| self.values_mut(slot).fill(slot.name.initial()));
            }
            return Ok(());
        }
        let found = self.layout.slots().enumerate().find(|(_, slot)| slot.name.text() == name);
        let Some((position, slot)) = found else {
            return Err(invalid(self.layout.name, "expected the name of one of its fields"));
        };
        self.included |= position >= core;
        match value {
            Value::Number(number) if slot.name == Name::Version => self.set_version(*number),
            Value::Flag(truth) if slot.name == Name::Gpc => self.set(slot, &[u16::from(*truth)]),
            Value::Number(number) if slot.list.is_none() && slot.name != Name::Gpc => {
                self.set(slot, &[u16::try_from(*number).unwrap_or(u16::MAX)])
            }
            Value::Numbers(numbers) if slot.list == Some(numbers.len()) => self.set(slot, numbers),
            _ => Err(refuse_slot(self.layout, slot)),
        }
    }

    fn set(&mut self, slot: Slot, numbers: &[u16]) -> Result<(), Error> {
        let (lowest, highest) = slot.name.range();
        if numbers.iter().any(|number| *number < lowest.into() || *number > highest.into()) {
            return Err(refuse_slot(self.layout, slot));
        }
        for (place, number) in self.values_mut(slot).iter_mut().zip(numbers) {
            [*place, _] = number.to_le_bytes();
        }
        Ok(())
    }

    /// Changes to the lists of this version. What they cannot hold is refused, not dropped.
    fn set_version(&mut self, version: u64) -> Result<(), Error> {
        let layout = version_of(self.layout, version).ok_or_else(|| unknown_version(self.layout, version))?;
        let converted = self.converted(layout);
        if converted.sum() != self.sum() {
            let expected = "expected no values that the lists of version 1 do not have";
            return Err(invalid(self.layout.name, expected));
        }
        *self = converted;
        Ok(())
    }

    /// All values but the version's: equal on both sides when nothing was dropped.
    fn sum(&self) -> u32 {
        self.values.iter().skip(1).map(|value| u32::from(*value)).sum()
    }

    /// The same values in the lists of another version of the section.
    fn converted(&self, layout: &'static Layout) -> Self {
        let mut section = Self { included: self.included, ..Self::new(layout) };
        for (from, to) in self.layout.slots().zip(layout.slots()).skip(1) {
            for (place, value) in section.values_mut(to).iter_mut().zip(self.values(from)) {
                *place = *value;
            }
        }
        section
    }

    /// Appends every field as a member of a JSON object, in the order of the specification.
    pub(super) fn push_json(&self, text: &mut String) {
        text.push('{');
        for slot in self.layout.slots() {
            text.push('"');
            text.push_str(slot.name.text());
            text.push_str("\":");
            let values = self.values(slot);
            match (slot.list, values) {
                (None, [truth]) if slot.name == Name::Gpc => {
                    text.push_str(if *truth == 1 { "true" } else { "false" });
                }
                (None, [value, ..]) => push_number(text, (*value).into()),
                _ => self.value(slot).push_json(text),
            }
            text.push(',');
        }
        if let Some(name) = self.layout.included() {
            text.push('"');
            text.push_str(name);
            text.push_str(if self.included { "\":true}" } else { "\":false}" });
        } else {
            text.pop();
            text.push('}');
        }
    }

    /// The names of all fields in the order of the specification.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.layout.slots().map(|slot| slot.name.text()).chain(self.layout.included())
    }

    fn value(&self, slot: Slot) -> Value {
        match (slot.list, self.values(slot)) {
            (None, [truth]) if slot.name == Name::Gpc => Value::Flag(*truth == 1),
            (None, [value]) => Value::Number((*value).into()),
            (_, values) => Value::Numbers(values.iter().map(|value| u16::from(*value)).collect()),
        }
    }

    fn values(&self, slot: Slot) -> &[u8] {
        self.values.get(slot.start..slot.start + slot.count()).unwrap_or_default()
    }

    fn values_mut(&mut self, slot: Slot) -> &mut [u8] {
        self.values.get_mut(slot.start..slot.start + slot.count()).unwrap_or_default()
    }
}

impl PartialEq for UsSection {
    fn eq(&self, other: &Self) -> bool {
        let identity =
            |section: &Self| (section.layout.id, section.layout.version, section.included, section.values);
        identity(self) == identity(other)
    }
}

impl Eq for UsSection {}

pub(super) fn version_of(layout: &Layout, version: u64) -> Option<&'static Layout> {
    LAYOUTS.iter().find(|candidate| candidate.id == layout.id && u64::from(candidate.version) == version)
}

fn range(name: Name, version: u8) -> (u8, u8) {
    if name == Name::Version { (version, version) } else { name.range() }
}

#[cold]
fn refuse_slot(layout: &Layout, slot: Slot) -> Error {
    let (lowest, highest) = slot.name.range();
    let one = match slot.name {
        Name::Gpc => "true or false".to_owned(),
        _ => expected(lowest, highest),
    };
    match slot.list {
        Some(length) => {
            refuse(layout, slot.name.text(), &text_from(&[&length.to_string(), " values, each ", &one]))
        }
        None => refuse(layout, slot.name.text(), &one),
    }
}

#[cold]
fn refuse(layout: &Layout, field: &str, expected: &str) -> Error {
    invalid(layout.name, &text_from(&["expected ", field, " to be ", expected]))
}

#[cold]
fn expected(lowest: u8, highest: u8) -> String {
    match (lowest, highest) {
        (0, 2) => "0, 1 or 2".to_owned(),
        (1, 2) => "1 or 2".to_owned(),
        (lowest, highest) if lowest == highest => lowest.to_string(),
        (lowest, highest) => [lowest.to_string(), highest.to_string()].join(" to "),
    }
}

#[cold]
fn unknown_version(layout: &Layout, version: u64) -> Error {
    let known: Vec<_> = LAYOUTS
        .iter()
        .rev()
        .filter(|candidate| candidate.id == layout.id)
        .map(|candidate| candidate.version.to_string())
        .collect();
    let message = [
        layout.name,
        ": expected version ",
        &known.join(" or "),
        ", found ",
        &version.to_string(),
        " at bit 0",
    ];
    Error::new(Code::SignalVersion, text_from(&message))
}
