//! Section 5, IAB Canada's TCF (GPP `Sections/Canada`, "`GPPExtension`: IAB Canada TCF").

mod field;

use std::ops::Range;

use Kind::{Custom, Fixed, Flag, Flags, Int, Language, Restrictions, Time, Vendors, Version};
use field::{Kind, expected, numbers_of, push_initial, read, value_of, write};

use super::range::Coding;
use super::value::Value;
use super::{check_padding, invalid, text_from};
use crate::Error;
use crate::codec::bits::{self, BitReader, BitWriter};

const NAME: &str = "tcfcav1";

/// Every field in the order of the specification, its three sub-sections one after the other.
static FIELDS: [(&str, Kind); 24] = [
    ("Version", Version),
    ("Created", Time),
    ("LastUpdated", Time),
    ("CmpId", Int { bits: 12, initial: 0 }),
    ("CmpVersion", Int { bits: 12, initial: 0 }),
    ("ConsentScreen", Int { bits: 6, initial: 0 }),
    ("ConsentLanguage", Language),
    ("VendorListVersion", Int { bits: 12, initial: 0 }),
    ("TcfPolicyVersion", Int { bits: 6, initial: 2 }),
    ("UseNonStandardStacks", Flag),
    ("SpecialFeatureExpressConsent", Flags(12)),
    ("PurposesExpressConsent", Flags(24)),
    ("PurposesImpliedConsent", Flags(24)),
    ("VendorExpressConsent", Vendors),
    ("VendorImpliedConsent", Vendors),
    ("PubRestrictions", Restrictions),
    ("PubPurposesSegmentType", Fixed { bits: 3, value: 3 }),
    ("PubPurposesExpressConsent", Flags(24)),
    ("PubPurposesImpliedConsent", Flags(24)),
    ("NumCustomPurposes", Int { bits: 6, initial: 0 }),
    ("CustomPurposesExpressConsent", Custom),
    ("CustomPurposesImpliedConsent", Custom),
    ("DisclosedVendorsSegmentType", Fixed { bits: 3, value: 1 }),
    ("DisclosedVendors", Vendors),
];

/// A sub-section: its name in messages, its first field and how many it has.
type Segment = (&'static str, usize, usize);

const SEGMENTS: [Segment; 3] =
    [(NAME, 0, 16), ("tcfcav1's publisher sub-section", 16, 6), ("tcfcav1's disclosed vendors", 22, 2)];

/// The section: for each sub-section the numbers of its fields, one after the other.
///
/// A time is two numbers (the higher 32 bits come first), a language two (the codes of its letters), a list of flags as many as
/// it has; ids follow their count, and so do restrictions, each of a purpose, a kind and ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TcfCa {
    numbers: [Vec<u32>; 3],
}

impl TcfCa {
    pub(super) fn new() -> Self {
        Self {
            numbers: SEGMENTS.map(|(_, start, count)| {
                let mut numbers = Vec::new();
                for (_, kind) in FIELDS.iter().skip(start).take(count) {
                    push_initial(*kind, &mut numbers);
                }
                numbers
            }),
        }
    }

    pub(super) fn decode(text: &str) -> Result<Self, Error> {
        let mut section = Self::new();
        let mut seen = 0;
        for (position, part) in text.split('.').enumerate() {
            // The core starts with its version, the others with three bits that say what they are.
            let index = match (position, part.as_bytes().first()) {
                (0, _) => 0,
                (_, Some(b'Y' | b'Z' | b'a'..=b'f')) => 1,
                (_, Some(b'I'..=b'P')) => 2,
                _ => {
                    return Err(invalid(
                        NAME,
                        "expected publisher purposes or disclosed vendors after the core",
                    ));
                }
            };
            let (Some(segment), Some(numbers)) = (SEGMENTS.get(index), section.numbers.get_mut(index)) else {
                continue;
            };
            if seen & 1 << index != 0 {
                return Err(invalid(segment.0, "expected once, found again"));
            }
            seen |= 1 << index;
            *numbers = decode_segment(*segment, part)?;
        }
        Ok(section)
    }

    pub(super) fn encode(&self) -> String {
        let mut text = String::new();
        for (segment, numbers) in SEGMENTS.iter().zip(&self.numbers) {
            // Disclosed vendors are left out when there are none.
            if segment.1 < 22 || numbers.get(1).is_some_and(|count| *count > 0) {
                if segment.1 > 0 {
                    text.push('.');
                }
                text.push_str(&encode_segment(*segment, numbers, Coding::Fibonacci, 8).unwrap_or_default());
            }
        }
        text
    }

    /// All numbers, those of each sub-section after those of the one before.
    pub(super) fn to_numbers(&self) -> Vec<u32> {
        self.numbers.concat()
    }

    /// The section of these numbers, if each is one that its field can hold.
    pub(super) fn from_numbers(numbers: &[u32]) -> Result<Self, Error> {
        let mut section = Self::new();
        let mut rest = numbers;
        for ((name, start, count), place) in SEGMENTS.iter().zip(&mut section.numbers) {
            let before = rest;
            let mut custom = 0;
            for (field, kind) in FIELDS.iter().skip(*start).take(*count) {
                let write = write(&mut BitWriter::new(), *kind, &mut rest, &mut custom, Coding::Fibonacci);
                write.ok_or_else(|| {
                    invalid(name, &text_from(&["expected ", field, " to be ", expected(*kind)]))
                })?;
            }
            *place = before.strip_suffix(rest).unwrap_or_default().to_vec();
        }
        if rest.is_empty() { Ok(section) } else { Err(invalid(NAME, "expected no more numbers")) }
    }

    /// Each field's name and what [`form_of`](super::form_of) says of it.
    pub(super) fn forms() -> impl Iterator<Item = (&'static str, &'static str, Option<usize>)> {
        FIELDS.iter().map(|(name, kind)| {
            let (mark, count) = match kind {
                Version | Int { .. } | Fixed { .. } => ("", None),
                Time => ("@", None),
                Language => ("$", Some(2)),
                Flag => ("?", None),
                Flags(count) => ("?", Some(*count)),
                Custom => ("?n", None),
                Vendors => ("*", None),
                Restrictions => ("#", None),
            };
            (*name, mark, count)
        })
    }

    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        FIELDS.iter().map(|(name, _)| *name)
    }

    pub(super) fn field(&self, name: &str) -> Option<Value> {
        let (kind, segment, at) = self.find(name)?;
        Some(value_of(kind, self.numbers.get(segment)?.get(at)?))
    }

    pub(super) fn set_field(&mut self, name: &str, value: &Value) -> Result<(), Error> {
        let Some((kind, segment, at)) = self.find(name) else {
            return Err(invalid(NAME, "expected the name of one of its fields"));
        };
        let refuse = || invalid(NAME, &text_from(&["expected ", name, " to be ", expected(kind)]));
        let mut changed = self.clone();
        let numbers = changed.numbers.get_mut(segment).ok_or_else(refuse)?;
        let replaced = numbers_of(kind, value).ok_or_else(refuse)?;
        if kind == Custom && replaced.len() != at.len() {
            return Err(refuse());
        }
        numbers.splice(at, replaced);
        if name == "NumCustomPurposes" {
            let count = numbers
                .get(CUSTOM_PURPOSES)
                .and_then(|count| usize::try_from(*count).ok())
                .unwrap_or_default();
            let own = numbers.split_off(CUSTOM_PURPOSES + 1);
            let (express, implied) = own.split_at(own.len() / 2);
            for flags in [express, implied] {
                numbers.extend(flags.iter().copied().chain(std::iter::repeat(0)).take(count));
            }
        }
        *self = Self::from_numbers(&changed.to_numbers()).map_err(|_| refuse())?;
        Ok(())
    }

    /// A field's kind, its sub-section and where its numbers are.
    fn find(&self, name: &str) -> Option<(Kind, usize, Range<usize>)> {
        for (index, ((_, start, count), numbers)) in SEGMENTS.iter().zip(&self.numbers).enumerate() {
            let (mut rest, mut custom) = (&numbers[..], 0);
            for (field, kind) in FIELDS.iter().skip(*start).take(*count) {
                let from = numbers.len() - rest.len();
                write(&mut BitWriter::new(), *kind, &mut rest, &mut custom, Coding::Fibonacci)?;
                if *field == name {
                    return Some((*kind, index, from..numbers.len() - rest.len()));
                }
            }
        }
        None
    }
}

/// Where the publisher's sub-section has `NumCustomPurposes`: after its type and two lists of 24 flags.
const CUSTOM_PURPOSES: usize = 49;

/// What the specification says, or what earlier implementations wrote, whichever this is when written again. A text that is
/// neither is read as the specification says.
fn decode_segment(segment: Segment, text: &str) -> Result<Vec<u32>, Error> {
    let (bytes, length) = bits::from_base64url(text, segment.0)?;
    let reader = BitReader::within(&bytes, length, segment.0);
    let read = |coding| {
        let numbers = read_segment(segment, reader.clone(), text.len(), coding)?;
        let again = encode_segment(segment, &numbers, coding, 6);
        Ok((numbers, again.is_some_and(|again| text.starts_with(&again))))
    };
    match read(Coding::Fibonacci) {
        Ok((numbers, true)) => Ok(numbers),
        current => match read(Coding::Fixed) {
            Ok((numbers, true)) => Ok(numbers),
            _ => current.map(|(numbers, _)| numbers),
        },
    }
}

fn read_segment(
    (_, start, count): Segment,
    mut reader: BitReader<'_>,
    characters: usize,
    coding: Coding,
) -> Result<Vec<u32>, Error> {
    let mut numbers = Vec::new();
    let mut custom = 0;
    for (_, kind) in FIELDS.iter().skip(start).take(count) {
        read(&mut reader, *kind, &mut numbers, &mut custom, coding)?;
    }
    check_padding(&mut reader, characters, &[6, 8, 24])?;
    Ok(numbers)
}

fn encode_segment(
    (_, start, count): Segment,
    numbers: &[u32],
    coding: Coding,
    padding: usize,
) -> Option<String> {
    let mut writer = BitWriter::new();
    let (mut rest, mut custom) = (numbers, 0);
    for (_, kind) in FIELDS.iter().skip(start).take(count) {
        write(&mut writer, *kind, &mut rest, &mut custom, coding)?;
    }
    writer.pad_to(padding);
    let length = writer.len();
    Some(bits::to_base64url(&writer.into_bytes(), length))
}
