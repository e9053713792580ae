//! What the fields of Canada's section hold, as numbers, bits and values.

use super::super::range::{self, Coding};
use super::super::value::{Restriction, Value};
use super::super::{int, put};
use crate::codec::bits::{BitReader, BitWriter};
use crate::{Code, Error};

use Kind::{Custom, Fixed, Flag, Flags, Int, Language, Restrictions, Time, Vendors, Version};

/// What a field holds and what it starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Int {
        bits: u32,
        initial: u32,
    },
    /// Has this one value.
    Fixed {
        bits: u32,
        value: u32,
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

pub(super) fn push_initial(kind: Kind, numbers: &mut Vec<u32>) {
    match kind {
        Version => numbers.push(1),
        Int { initial, .. } => numbers.push(initial),
        Fixed { value, .. } => numbers.push(value),
        Language => numbers.extend([69, 78]),
        Time => numbers.extend([0, 0]),
        Flags(count) => numbers.extend(std::iter::repeat_n(0, count)),
        Custom => {}
        Flag | Vendors | Restrictions => numbers.push(0),
    }
}

/// Reads one field; `custom` is the number before it, which says how many flags of its own a publisher has.
pub(super) fn read(
    reader: &mut BitReader<'_>,
    kind: Kind,
    numbers: &mut Vec<u32>,
    custom: &mut usize,
    coding: Coding,
) -> Result<(), Error> {
    let start = reader.clone();
    match kind {
        Version => {
            let version = int(reader, 6)?;
            // Before its version 3.1 the reference implementation wrote 2.
            if !(1..=2).contains(&version) {
                return Err(start.refuse("expected version 1 or 2").with_code(Code::SignalVersion));
            }
            numbers.push(version);
        }
        Int { bits, .. } => {
            let number = int(reader, bits)?;
            *custom = usize::try_from(number).unwrap_or_default();
            numbers.push(number);
        }
        Fixed { bits, value } => {
            if int(reader, bits)? != value {
                return Err(start.refuse("expected the type of this sub-section"));
            }
            numbers.push(value);
        }
        Time => {
            numbers.push(int(reader, 4)?);
            numbers.push(int(reader, 32)?);
        }
        Language => {
            for _ in 0..2 {
                let letter = int(reader, 6)?;
                if letter > 25 {
                    return Err(start.refuse("expected two letters"));
                }
                numbers.push(letter + 65);
            }
        }
        Flag => numbers.push(int(reader, 1)?),
        Flags(count) => read_flags(reader, count, numbers)?,
        Custom => read_flags(reader, *custom, numbers)?,
        Vendors => push_ids(&range::read_optimized(reader, coding)?, numbers),
        // Before its version 3.1 the reference implementation ended without them.
        Restrictions if reader.remaining() < 12 => numbers.push(0),
        Restrictions => {
            let restrictions = range::read_restrictions(reader, coding)?;
            push_restrictions(&restrictions, numbers);
        }
    }
    Ok(())
}

fn read_flags(reader: &mut BitReader<'_>, count: usize, numbers: &mut Vec<u32>) -> Result<(), Error> {
    for _ in 0..count {
        numbers.push(int(reader, 1)?);
    }
    Ok(())
}

fn push_ids(ids: &[u16], numbers: &mut Vec<u32>) {
    numbers.push(u32::try_from(ids.len()).unwrap_or_default());
    numbers.extend(ids.iter().map(|id| u32::from(*id)));
}

fn push_restrictions(restrictions: &[Restriction], numbers: &mut Vec<u32>) {
    numbers.push(u32::try_from(restrictions.len()).unwrap_or_default());
    for restriction in restrictions {
        numbers.extend([restriction.purpose, restriction.kind].map(u32::from));
        push_ids(&restriction.vendors, numbers);
    }
}

/// Takes a number from the front and writes it, if it is at most this.
#[inline(never)]
fn pass(writer: &mut BitWriter, most: u32, bits: u32, numbers: &mut &[u32]) -> Option<u32> {
    let number = take(numbers).filter(|number| *number <= most)?;
    put(writer, number, bits);
    Some(number)
}

/// Takes a field's numbers from the front and writes them; none when it cannot hold them.
pub(super) fn write(
    writer: &mut BitWriter,
    kind: Kind,
    numbers: &mut &[u32],
    custom: &mut usize,
    coding: Coding,
) -> Option<()> {
    match kind {
        Version => pass(writer, 2, 6, numbers).filter(|version| *version > 0).map(|_| ()),
        Int { bits, .. } => pass(writer, (1 << bits) - 1, bits, numbers)
            .map(|number| *custom = usize::try_from(number).unwrap_or_default()),
        Fixed { bits, value } => {
            pass(writer, value, bits, numbers).filter(|number| *number == value).map(|_| ())
        }
        Time => pass(writer, 15, 4, numbers).and_then(|_| pass(writer, u32::MAX, 32, numbers)).map(|_| ()),
        Language => {
            for _ in 0..2 {
                let letter = take(numbers).filter(|letter| (65..=90).contains(letter))?;
                put(writer, letter - 65, 6);
            }
            Some(())
        }
        Flag => pass(writer, 1, 1, numbers).map(|_| ()),
        Flags(count) => (0..count).try_for_each(|_| pass(writer, 1, 1, numbers).map(|_| ())),
        Custom => (0..*custom).try_for_each(|_| pass(writer, 1, 1, numbers).map(|_| ())),
        Vendors => {
            range::write_optimized(writer, &take_ids(numbers)?, coding);
            Some(())
        }
        Restrictions => {
            let restrictions = take_restrictions(numbers)?;
            range::write_restrictions(writer, &restrictions, coding);
            Some(())
        }
    }
}

fn take(numbers: &mut &[u32]) -> Option<u32> {
    let (first, rest) = numbers.split_first()?;
    *numbers = rest;
    Some(*first)
}

/// Ids from 1, in ascending order.
fn take_ids(numbers: &mut &[u32]) -> Option<Vec<u16>> {
    let count = usize::try_from(take(numbers)?).ok()?;
    let (ids, rest) = numbers.split_at_checked(count)?;
    *numbers = rest;
    let mut last = 0;
    ids.iter()
        .map(|id| {
            let id = u16::try_from(*id).ok().filter(|id| *id > last)?;
            last = id;
            Some(id)
        })
        .collect()
}

fn take_restrictions(numbers: &mut &[u32]) -> Option<Vec<Restriction>> {
    let mut restrictions = Vec::new();
    let mut total = 0;
    for _ in 0..take(numbers).filter(|count| *count < 4096)? {
        let mut byte = |below: u8| {
            take(numbers).and_then(|number| u8::try_from(number).ok()).filter(|number| *number < below)
        };
        let (purpose, kind) = (byte(64)?, byte(4)?);
        let vendors = take_ids(numbers)?;
        total += vendors.len();
        if total > range::MOST_RESTRICTED {
            return None;
        }
        restrictions.push(Restriction { purpose, kind, vendors });
    }
    Some(restrictions)
}

pub(super) fn value_of(kind: Kind, mut numbers: &[u32]) -> Value {
    let number = numbers.first().copied().unwrap_or_default();
    match kind {
        Version | Int { .. } | Fixed { .. } => Value::Number(number.into()),
        Time => Value::Number(
            (u64::from(number) << 32 | u64::from(numbers.last().copied().unwrap_or_default())) * 100,
        ),
        Language => Value::Text(numbers.iter().filter_map(|code| char::from_u32(*code)).collect()),
        Flag => Value::Flag(number == 1),
        Flags(_) | Custom => Value::Flags(numbers.iter().map(|flag| *flag == 1).collect()),
        Vendors => Value::Numbers(take_ids(&mut numbers).unwrap_or_default()),
        Restrictions => Value::Restrictions(take_restrictions(&mut numbers).unwrap_or_default()),
    }
}

pub(super) fn numbers_of(kind: Kind, value: &Value) -> Option<Vec<u32>> {
    let mut numbers = Vec::new();
    match (kind, value) {
        (Version | Int { .. } | Fixed { .. }, Value::Number(number)) => {
            numbers.push(u32::try_from(*number).ok()?);
        }
        (Time, Value::Number(milliseconds)) => {
            let tenths = milliseconds.checked_add(50)? / 100;
            numbers.extend([
                u32::try_from(tenths >> 32).ok()?,
                u32::try_from(tenths & u64::from(u32::MAX)).ok()?,
            ]);
        }
        (Language, Value::Text(text)) if text.len() == 2 => numbers.extend(text.bytes().map(u32::from)),
        (Flag, Value::Flag(truth)) => numbers.push((*truth).into()),
        (Flags(_) | Custom, Value::Flags(flags)) => numbers.extend(flags.iter().map(|flag| u32::from(*flag))),
        (Custom, Value::Numbers(none)) if none.is_empty() => {}
        (Vendors, Value::Numbers(ids)) => push_ids(&sorted(ids), &mut numbers),
        (Restrictions, Value::Numbers(none)) if none.is_empty() => numbers.push(0),
        (Restrictions, Value::Restrictions(restrictions)) => {
            let mut restrictions = restrictions.clone();
            for restriction in &mut restrictions {
                restriction.vendors = sorted(&restriction.vendors);
            }
            push_restrictions(&restrictions, &mut numbers);
        }
        _ => return None,
    }
    Some(numbers)
}

/// In ascending order, each once.
fn sorted(ids: &[u16]) -> Vec<u16> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[cold]
pub(super) fn expected(kind: Kind) -> &'static str {
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
