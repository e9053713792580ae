//! Section 5, IAB Canada's TCF (GPP `Sections/Canada`, "`GPPExtension`: IAB Canada TCF").

use super::range::{self, Coding, MOST_RESTRICTED};
use super::value::Value;
use super::{check_padding, invalid};
use crate::codec::bits::{self, BitReader, BitWriter};
use crate::{Code, Error};

const NAME: &str = "tcfcav1";

/// What a field holds and what it starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Int {
        bits: u32,
        initial: u64,
    },
    /// Has this one value.
    Fixed {
        bits: u32,
        value: u64,
    },
    Version,
    /// Tenths of a second since 1970, 36 bits.
    Time,
    Language,
    Flag,
    Flags(usize),
    /// As many flags as `NumCustomPurposes` says.
    Custom,
    Vendors,
    Restrictions,
}

use Kind::{Custom, Fixed, Flag, Flags, Int, Language, Restrictions, Time, Vendors, Version};

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

const CORE: Segment = (NAME, 0, 16);
const PUBLISHER: Segment = ("tcfcav1's publisher sub-section", 16, 6);
const DISCLOSED: Segment = ("tcfcav1's disclosed vendors", 22, 2);

const CUSTOM_PURPOSES: usize = 19;
const DISCLOSED_VENDORS: usize = 23;

/// The section: one value for each of [`FIELDS`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TcfCa {
    values: Vec<Value>,
}

impl TcfCa {
    pub(super) fn new() -> Self {
        Self { values: FIELDS.iter().map(|(_, kind)| initial(*kind)).collect() }
    }

    pub(super) fn decode(text: &str) -> Result<Self, Error> {
        let mut section = Self::new();
        let mut seen = [false; 3];
        for (position, part) in text.split('.').enumerate() {
            // The core starts with its version, the others with three bits that say what they are.
            let (segment, index) = match (position, part.as_bytes().first()) {
                (0, _) => (CORE, 0),
                (_, Some(b'I'..=b'P')) => (DISCLOSED, 2),
                (_, Some(b'Y' | b'Z' | b'a'..=b'f')) => (PUBLISHER, 1),
                _ => {
                    return Err(invalid(
                        NAME,
                        "expected publisher purposes or disclosed vendors after the core",
                    ));
                }
            };
            if let Some(seen) = seen.get_mut(index) {
                if *seen {
                    return Err(invalid(segment.0, "expected once, found again"));
                }
                *seen = true;
            }
            section.decode_segment(segment, part)?;
        }
        Ok(section)
    }

    /// What the specification says, or what earlier implementations wrote, whichever this is when written again. A text that is
    /// neither is read as the specification says.
    fn decode_segment(&mut self, segment: Segment, text: &str) -> Result<(), Error> {
        let current = self.decode_as(segment, text, Coding::Fibonacci);
        let found = match current {
            Ok((values, true)) => Ok(values),
            current => match self.decode_as(segment, text, Coding::Fixed) {
                Ok((values, true)) => Ok(values),
                _ => current.map(|(values, _)| values),
            },
        };
        self.values = found?;
        Ok(())
    }

    /// The values, and whether they give the same text when written in the same coding.
    fn decode_as(&self, segment: Segment, text: &str, coding: Coding) -> Result<(Vec<Value>, bool), Error> {
        let (name, start, count) = segment;
        let (bytes, length) = bits::from_base64url(text, name)?;
        let mut reader = BitReader::within(&bytes, length, name);
        let mut section = self.clone();
        for (index, (_, kind)) in FIELDS.iter().enumerate().skip(start).take(count) {
            let value = section.read(&mut reader, *kind, coding)?;
            if let Some(place) = section.values.get_mut(index) {
                *place = value;
            }
        }
        check_padding(&mut reader, text.len(), &[6, 8, 24])?;
        let again = section.encode_segment(segment, coding, 6);
        Ok((section.values, text.starts_with(&again)))
    }

    fn read(&self, reader: &mut BitReader<'_>, kind: Kind, coding: Coding) -> Result<Value, Error> {
        let start = reader.clone();
        Ok(match kind {
            Version => {
                let version = reader.int(6)?;
                // Before its version 3.1 the reference implementation wrote 2.
                if !(1..=2).contains(&version) {
                    return Err(start.refuse("expected version 1 or 2").with_code(Code::SignalVersion));
                }
                Value::Number(version)
            }
            Int { bits, .. } => Value::Number(reader.int(bits)?),
            Fixed { bits, value } => match reader.int(bits)? {
                found if found == value => Value::Number(value),
                _ => return Err(start.refuse("expected the type of this sub-section")),
            },
            Time => Value::Number(reader.int(36)? * 100),
            Language => {
                let letters = [reader.int(6)?, reader.int(6)?]
                    .map(|letter| u8::try_from(letter).ok().filter(|letter| *letter < 26));
                let [Some(first), Some(second)] = letters else {
                    return Err(start.refuse("expected two letters"));
                };
                Value::Text([first, second].map(|letter| char::from(b'A' + letter)).iter().collect())
            }
            Flag => Value::Flag(reader.flag()?),
            Flags(count) => Value::Flags(read_flags(reader, count)?),
            Custom => Value::Flags(read_flags(reader, self.custom_purposes())?),
            Vendors => Value::Numbers(range::read_optimized(reader, coding)?),
            // Before its version 3.1 the reference implementation ended without them.
            Restrictions if reader.remaining() < 12 => Value::Restrictions(Vec::new()),
            Restrictions => Value::Restrictions(range::read_restrictions(reader, coding)?),
        })
    }

    pub(super) fn encode(&self) -> String {
        let mut text = self.encode_segment(CORE, Coding::Fibonacci, 8);
        text.push('.');
        text.push_str(&self.encode_segment(PUBLISHER, Coding::Fibonacci, 8));
        if self.values.get(DISCLOSED_VENDORS).is_some_and(|vendors| *vendors != Value::Numbers(Vec::new())) {
            text.push('.');
            text.push_str(&self.encode_segment(DISCLOSED, Coding::Fibonacci, 8));
        }
        text
    }

    fn encode_segment(&self, (_, start, count): Segment, coding: Coding, padding: usize) -> String {
        let mut writer = BitWriter::new();
        for ((_, kind), value) in FIELDS.iter().zip(&self.values).skip(start).take(count) {
            write(&mut writer, *kind, value, coding);
        }
        writer.pad_to(padding);
        let length = writer.len();
        bits::to_base64url(&writer.into_bytes(), length)
    }

    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        FIELDS.iter().map(|(name, _)| *name)
    }

    pub(super) fn field(&self, name: &str) -> Option<Value> {
        self.values.get(index_of(name)?).cloned()
    }

    pub(super) fn set_field(&mut self, name: &str, value: &Value) -> Result<(), Error> {
        let Some((index, (name, kind))) = index_of(name).and_then(|index| Some((index, FIELDS.get(index)?)))
        else {
            return Err(invalid(NAME, "expected the name of one of its fields"));
        };
        let value = self
            .accept(*kind, value)
            .ok_or_else(|| invalid(NAME, &["expected ", name, " to be ", expected(*kind)].concat()))?;
        if let Some(place) = self.values.get_mut(index) {
            *place = value;
        }
        if index == CUSTOM_PURPOSES {
            self.resize_custom();
        }
        Ok(())
    }

    /// The value as it is kept, if this kind of field can hold it.
    fn accept(&self, kind: Kind, value: &Value) -> Option<Value> {
        let fits = |bits: u32, number: u64| number.checked_shr(bits).unwrap_or(0) == 0;
        let kept = match (kind, value) {
            (Version, Value::Number(number)) => (1..=2).contains(number),
            (Int { bits, .. }, Value::Number(number)) => fits(bits, *number),
            (Fixed { value, .. }, Value::Number(number)) => value == *number,
            (Time, Value::Number(milliseconds)) => {
                let tenths = milliseconds.checked_add(50)? / 100;
                return fits(36, tenths).then_some(Value::Number(tenths * 100));
            }
            (Language, Value::Text(text)) => {
                text.len() == 2 && text.bytes().all(|letter| letter.is_ascii_uppercase())
            }
            (Flag, Value::Flag(_)) => true,
            (Flags(count), Value::Flags(flags)) => flags.len() == count,
            (Custom, Value::Flags(flags)) => flags.len() == self.custom_purposes(),
            (Custom, Value::Numbers(none)) if none.is_empty() && self.custom_purposes() == 0 => {
                return Some(Value::Flags(Vec::new()));
            }
            (Restrictions, Value::Numbers(none)) if none.is_empty() => {
                return Some(Value::Restrictions(Vec::new()));
            }
            (Vendors, Value::Numbers(ids)) => return sorted(ids).map(Value::Numbers),
            (Restrictions, Value::Restrictions(restrictions)) => {
                let mut kept = restrictions.clone();
                for restriction in &mut kept {
                    restriction.vendors = sorted(&restriction.vendors)?;
                }
                let total: usize = kept.iter().map(|restriction| restriction.vendors.len()).sum();
                let fits = kept.iter().all(|restriction| restriction.purpose < 64 && restriction.kind < 4);
                return (fits && kept.len() < 4096 && total <= MOST_RESTRICTED)
                    .then_some(Value::Restrictions(kept));
            }
            _ => false,
        };
        kept.then(|| value.clone())
    }

    fn custom_purposes(&self) -> usize {
        match self.values.get(CUSTOM_PURPOSES) {
            Some(Value::Number(count)) => usize::try_from(*count).unwrap_or_default(),
            _ => 0,
        }
    }

    fn resize_custom(&mut self) {
        let count = self.custom_purposes();
        for ((_, kind), value) in FIELDS.iter().zip(&mut self.values) {
            if let (Custom, Value::Flags(flags)) = (kind, value) {
                flags.resize(count, false);
            }
        }
    }
}

fn index_of(name: &str) -> Option<usize> {
    FIELDS.iter().position(|(field, _)| *field == name)
}

/// In ascending order, each once; no vendor has the id 0.
fn sorted(ids: &[u16]) -> Option<Vec<u16>> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    (ids.first() != Some(&0)).then_some(ids)
}

fn initial(kind: Kind) -> Value {
    match kind {
        Version => Value::Number(1),
        Int { initial, .. } => Value::Number(initial),
        Fixed { value, .. } => Value::Number(value),
        Time => Value::Number(0),
        Language => Value::Text("EN".to_owned()),
        Flag => Value::Flag(false),
        Flags(count) => Value::Flags(vec![false; count]),
        Custom => Value::Flags(Vec::new()),
        Vendors => Value::Numbers(Vec::new()),
        Restrictions => Value::Restrictions(Vec::new()),
    }
}

fn read_flags(reader: &mut BitReader<'_>, count: usize) -> Result<Vec<bool>, Error> {
    (0..count).map(|_| reader.flag()).collect()
}

fn write(writer: &mut BitWriter, kind: Kind, value: &Value, coding: Coding) {
    match (kind, value) {
        (Version, Value::Number(number)) => writer.int(*number, 6),
        (Int { bits, .. } | Fixed { bits, .. }, Value::Number(number)) => writer.int(*number, bits),
        (Time, Value::Number(milliseconds)) => writer.int(milliseconds / 100, 36),
        (Language, Value::Text(text)) => {
            for letter in text.bytes() {
                writer.int(letter.saturating_sub(b'A').into(), 6);
            }
        }
        (_, Value::Flag(truth)) => writer.flag(*truth),
        (_, Value::Flags(flags)) => flags.iter().for_each(|truth| writer.flag(*truth)),
        (_, Value::Numbers(ids)) => range::write_optimized(writer, ids, coding),
        (_, Value::Restrictions(restrictions)) => range::write_restrictions(writer, restrictions, coding),
        _ => {}
    }
}

#[cold]
fn expected(kind: Kind) -> &'static str {
    match kind {
        Version => "1 or 2",
        Int { bits: 6, .. } => "a number of at most 63",
        Int { .. } => "a number of at most 4095",
        Fixed { .. } => "the number of its sub-section",
        Time => "milliseconds since 1970",
        Language => "two capital letters",
        Flag => "true or false",
        Flags(12) => "12 truth values",
        Flags(_) => "24 truth values",
        Custom => "as many truth values as NumCustomPurposes",
        Vendors => "a list of ids of 1 to 65535",
        Restrictions => "a list of restrictions with ids of 1 to 65535",
    }
}
