//! Sets of ids in a bit string: the greatest id, then a bit for each, or ranges, whichever is shorter (TCF 2.3, "Vendor Consent
//! Section"; GPP Consent String Specification, "`OptimizedRange`").

use super::tcf::IdSet;
use crate::codec::bits::{BitReader, BitWriter};

/// How the ends of ranges are written, and what is taken where bits and ranges are as long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    /// 16 bits each, within the greatest id; else the bits.
    Tcf,
    /// 16 bits each; else the ranges. What TCF Canada's first implementations wrote.
    Canada,
    /// How much greater it is than the one before, as a Fibonacci code; else the ranges.
    Gpp,
}

/// The most ranges that a count of 12 bits can announce.
const MOST_RANGES: usize = 4095;

/// The ids that come next.
pub(super) fn read(reader: &mut BitReader<'_>, coding: Coding) -> IdSet {
    let greatest = number(reader.take(16));
    if reader.flag() {
        return read_ranges(reader, coding, if coding == Coding::Tcf { greatest } else { u16::MAX });
    }
    let mut words = Vec::with_capacity(usize::from(greatest).min(reader.remaining()).div_ceil(64));
    let mut left = u32::from(greatest);
    while left > 0 {
        let width = left.min(64);
        words.push(reader.take(width) << (64 - width));
        left -= width;
    }
    IdSet::from_words(words)
}

/// The ids of the ranges that come next, which ascend.
pub(super) fn read_ranges(reader: &mut BitReader<'_>, coding: Coding, greatest: u16) -> IdSet {
    let mut ids = IdSet::new();
    let mut last = 0;
    for _ in 0..reader.take(12) {
        let start = reader.position();
        let is_range = reader.flag();
        let first = read_id(reader, coding, last);
        let end = if is_range { read_id(reader, coding, first) } else { first };
        if first <= last || end < first || end > greatest {
            reader.refuse(start, "expected ascending ranges up to the greatest id");
            break;
        }
        ids.insert_range(first..=end);
        last = end;
    }
    ids
}

fn read_id(reader: &mut BitReader<'_>, coding: Coding, before: u16) -> u16 {
    if coding != Coding::Gpp {
        return number(reader.take(16));
    }
    let start = reader.position();
    let id = u16::try_from(reader.fibonacci().saturating_add(before.into()));
    id.unwrap_or_else(|_| {
        reader.refuse(start, "expected ids in ascending order, at most 65535,");
        0
    })
}

/// These ids.
pub(super) fn write(ids: &IdSet, coding: Coding, writer: &mut BitWriter) {
    let greatest = u32::from(ids.max());
    writer.int(greatest.into(), 16);
    let shorter = greatest + u32::from(coding != Coding::Tcf);
    let (mut bits, mut last) = (12, 0);
    let mut ranges = Vec::new();
    for range in ids.ranges() {
        let (first, end) = (*range.start(), *range.end());
        bits += 1 + id_bits(first - last, coding);
        if end > first {
            bits += id_bits(end - first, coding);
        }
        last = end;
        ranges.push((first, end));
        if bits >= shorter || ranges.len() > MOST_RANGES {
            bits = u32::MAX;
            break;
        }
    }
    let as_ranges = bits < shorter;
    writer.flag(as_ranges);
    if as_ranges {
        write_ranges(&ranges, coding, writer);
        return;
    }
    let mut left = greatest;
    for word in ids.words() {
        let width = left.min(64);
        writer.int(word >> (64 - width.max(1)), width);
        left -= width;
    }
}

/// How many ranges there are, and these.
pub(super) fn write_ranges(ranges: &[(u16, u16)], coding: Coding, writer: &mut BitWriter) {
    writer.int(u64::try_from(ranges.len()).unwrap_or_default(), 12);
    let mut last = 0;
    for (first, end) in ranges {
        writer.flag(end > first);
        write_id(*first, last, coding, writer);
        if end > first {
            write_id(*end, *first, coding, writer);
        }
        last = *end;
    }
}

fn write_id(id: u16, before: u16, coding: Coding, writer: &mut BitWriter) {
    if coding == Coding::Gpp {
        writer.fibonacci(id.wrapping_sub(before).into());
    } else {
        writer.int(id.into(), 16);
    }
}

fn id_bits(offset: u16, coding: Coding) -> u32 {
    if coding != Coding::Gpp {
        return 16;
    }
    let (mut bits, mut term, mut next) = (1, 1_u32, 2_u32);
    while term <= offset.into() {
        bits += 1;
        (term, next) = (next, term + next);
    }
    bits
}

fn number(bits: u64) -> u16 {
    u16::try_from(bits).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::{BitReader, BitWriter, Coding, IdSet, read, write};

    #[test]
    fn the_shorter_encoding_is_written() {
        // 16 bits for the greatest id and 1 for the encoding; then one bit an id, or 12 bits and 17 or 33 a range.
        for (ids, bits) in [
            (IdSet::from_iter([29]), 17 + 29),
            (IdSet::from_iter([30]), 17 + 12 + 17),
            ((1..=45).collect(), 17 + 45),
            ((1..=46).collect(), 17 + 12 + 33),
            (IdSet::from_iter([1, 800]), 17 + 12 + 17 + 17),
            ((1..=800).step_by(2).collect(), 17 + 799),
            (IdSet::new(), 17),
        ] {
            let mut writer = BitWriter::new();
            write(&ids, Coding::Tcf, &mut writer);
            assert_eq!(writer.len(), bits, "{ids:?}");
        }
    }

    #[test]
    fn where_both_are_as_long_tcf_takes_the_bits_and_gpp_the_ranges() {
        let ids = IdSet::from_iter([29]);
        for (coding, as_ranges) in [(Coding::Tcf, false), (Coding::Canada, true)] {
            let mut writer = BitWriter::new();
            write(&ids, coding, &mut writer);
            assert_eq!(writer.len(), 17 + 29);
            let bytes = writer.into_bytes();
            let mut reader = BitReader::new(&bytes);
            assert_eq!((reader.take(16), reader.flag()), (29, as_ranges));
            assert_eq!(read(&mut BitReader::new(&bytes), coding), ids);
        }
    }

    #[test]
    fn what_has_more_ranges_than_can_be_counted_is_written_as_bits() {
        let ids: IdSet = (1..=u16::MAX).step_by(9).collect();
        for coding in [Coding::Tcf, Coding::Canada, Coding::Gpp] {
            let mut writer = BitWriter::new();
            write(&ids, coding, &mut writer);
            let bytes = writer.into_bytes();
            assert_eq!(read(&mut BitReader::new(&bytes), coding), ids);
        }
    }
}
