//! Lists of ids as ranges or bit fields (GPP Consent String Specification, "Range (Fibonacci)", "Range (Int)", "`OptimizedRange`").

use super::value::Restriction;
use super::{flag, int, put};
use crate::codec::bits::{BitReader, BitWriter};
use crate::{Code, Error};

/// How the ends of ranges are written: TCF Canada's first implementations used 16 bits where its specification has Fibonacci codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Fibonacci,
    Fixed,
}

/// The most ranges that a count of 12 bits can announce.
const MOST_RANGES: usize = 4095;

/// The most vendors in all restrictions of a section together: four times as many as there are ids.
pub(super) const MOST_RESTRICTED: usize = 4 << 16;

/// The ids of a range in ascending order.
pub(super) fn read_range(reader: &mut BitReader<'_>, coding: Coding) -> Result<Vec<u16>, Error> {
    let mut ids = Vec::new();
    let mut last = 0_u16;
    for _ in 0..int(reader, 12)? {
        let group = flag(reader)?;
        let first = read_id(reader, coding, last)?;
        last = if group { read_id(reader, coding, first)? } else { first };
        ids.extend(first..=last);
    }
    Ok(ids)
}

/// The next id, which must be above the one before.
fn read_id(reader: &mut BitReader<'_>, coding: Coding, before: u16) -> Result<u16, Error> {
    let start = reader.clone();
    let id = match coding {
        Coding::Fibonacci => reader.fibonacci()?.checked_add(before.into()),
        Coding::Fixed => Some(u64::from(int(reader, 16)?)).filter(|id| *id > before.into()),
    };
    id.and_then(|id| u16::try_from(id).ok())
        .ok_or_else(|| start.refuse("expected ids in ascending order, at most 65535,"))
}

/// A Fibonacci-coded range of these ids, which must be in ascending order.
pub(super) fn write_range(writer: &mut BitWriter, ids: &[u16], coding: Coding) {
    let mut last = 0;
    let groups = groups(ids);
    put(writer, u32::try_from(groups.clone().count()).unwrap_or_default(), 12);
    for group in groups {
        let (Some(first), Some(end)) = (group.first(), group.last()) else { continue };
        put(writer, u32::from(end > first), 1);
        write_id(writer, *first, last, coding);
        if end > first {
            write_id(writer, *end, *first, coding);
        }
        last = *end;
    }
}

fn write_id(writer: &mut BitWriter, id: u16, before: u16, coding: Coding) {
    match coding {
        Coding::Fibonacci => writer.fibonacci((id - before).into()),
        Coding::Fixed => put(writer, id.into(), 16),
    }
}

fn groups(ids: &[u16]) -> impl Iterator<Item = &[u16]> + Clone {
    ids.chunk_by(|left, right| left.checked_add(1) == Some(*right))
}

/// The ids of a field that is a range or a bit field.
pub(super) fn read_optimized(reader: &mut BitReader<'_>, coding: Coding) -> Result<Vec<u16>, Error> {
    let highest = u16::try_from(int(reader, 16)?).unwrap_or_default();
    if flag(reader)? {
        return read_range(reader, coding);
    }
    let mut ids = Vec::new();
    for id in 1..=highest {
        if flag(reader)? {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// These ids, which must be in ascending order, as a range or a bit field, whichever is shorter; the range if both are as long.
pub(super) fn write_optimized(writer: &mut BitWriter, ids: &[u16], coding: Coding) {
    let highest = ids.last().copied().unwrap_or_default();
    put(writer, highest.into(), 16);
    let as_range = range_bits(ids, coding).is_some_and(|bits| bits <= highest.into());
    put(writer, u32::from(as_range), 1);
    if as_range {
        write_range(writer, ids, coding);
        return;
    }
    let mut before = 0;
    for id in ids {
        for _ in before + 1..*id {
            put(writer, u32::from(false), 1);
        }
        put(writer, u32::from(true), 1);
        before = *id;
    }
}

/// How many bits the range has; none when it would have too many groups to be counted.
fn range_bits(ids: &[u16], coding: Coding) -> Option<usize> {
    let (mut bits, mut count, mut last) = (12, 0, 0);
    for group in groups(ids) {
        let (Some(first), Some(end)) = (group.first(), group.last()) else { continue };
        count += 1;
        bits += 1 + id_bits(first - last, coding);
        if end > first {
            bits += id_bits(end - first, coding);
        }
        last = *end;
    }
    (count <= MOST_RANGES).then_some(bits)
}

fn id_bits(offset: u16, coding: Coding) -> usize {
    if coding == Coding::Fixed {
        return 16;
    }
    let (mut bits, mut term, mut next) = (1, 1_u32, 2_u32);
    while term <= offset.into() {
        bits += 1;
        (term, next) = (next, term + next);
    }
    bits
}

/// What a publisher restricts, purpose by purpose (GPP Consent String Specification, "N-ArrayOfRanges(6,2)").
pub(super) fn read_restrictions(
    reader: &mut BitReader<'_>,
    coding: Coding,
) -> Result<Vec<Restriction>, Error> {
    let mut restrictions = Vec::new();
    let mut total = 0;
    for _ in 0..int(reader, 12)? {
        let purpose = u8::try_from(int(reader, 6)?).unwrap_or_default();
        let kind = u8::try_from(int(reader, 2)?).unwrap_or_default();
        let start = reader.clone();
        let vendors = match coding {
            Coding::Fibonacci => read_optimized(reader, coding)?,
            Coding::Fixed => read_range(reader, coding)?,
        };
        total += vendors.len();
        if total > MOST_RESTRICTED {
            let error = start.refuse("expected at most 262144 vendors in all restrictions");
            return Err(error.with_code(Code::SignalTooLong));
        }
        restrictions.push(Restriction { purpose, kind, vendors });
    }
    Ok(restrictions)
}

pub(super) fn write_restrictions(writer: &mut BitWriter, restrictions: &[Restriction], coding: Coding) {
    put(writer, u32::try_from(restrictions.len()).unwrap_or_default(), 12);
    for restriction in restrictions {
        put(writer, restriction.purpose.into(), 6);
        put(writer, restriction.kind.into(), 2);
        match coding {
            Coding::Fibonacci => write_optimized(writer, &restriction.vendors, coding),
            Coding::Fixed => write_range(writer, &restriction.vendors, coding),
        }
    }
}
