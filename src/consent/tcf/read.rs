//! Reading a TC string.

use super::{FlagSet, IdSet, Letters, PublisherTc, RestrictionType, TcModel};
use crate::{
    Code, Error,
    codec::bits::{self, BitReader},
};

/// The longest text that is read. Together with the 8 KiB a set of ids may take and the 189 restrictions there can be, it keeps
/// what reading allocates below 2 MiB.
pub const MAX_LENGTH: usize = 65_536;

impl TcModel {
    /// Reads a TC string of version 2: core segment first, the others in any order, each once.
    ///
    /// The length of a segment may be padded with zero bits to whole bytes and base64 groups, vendors may be in either
    /// encoding. Everything else that is not as the specification says is refused.
    ///
    /// # Errors
    ///
    /// `signal.too-long` beyond [`MAX_LENGTH`]; `signal.version` for another version than 2; `signal.invalid` with segment and
    /// bit for anything else.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if text.len() > MAX_LENGTH {
            return Err(Error::new(Code::SignalTooLong, "expected a TC string of at most 65536 characters"));
        }
        let mut segments = text.split('.');
        let core = segments.next().unwrap_or_default();
        let (bytes, length) = bits::from_base64url(core, "core")?;
        let mut reader = BitReader::within(&bytes, length, "core");
        let mut model = read_core(&mut reader)?;
        finish(&mut reader)?;
        for segment in segments {
            read_segment(&mut model, segment)?;
        }
        Ok(model)
    }
}

/// The fields of the core segment, without what pads it.
///
/// # Errors
///
/// As [`TcModel::parse`].
pub fn read_core(reader: &mut BitReader<'_>) -> Result<TcModel, Error> {
    if reader.int(6)? != 2 {
        return Err(Error::new(Code::SignalVersion, "core: expected version 2 at bit 0"));
    }
    let mut model = TcModel {
        created: reader.take(36),
        last_updated: reader.take(36),
        cmp_id: short(reader.take(12)),
        cmp_version: short(reader.take(12)),
        consent_screen: small(reader.take(6)),
        consent_language: letters(reader)?,
        vendor_list_version: short(reader.take(12)),
        policy_version: small(reader.take(6)),
        is_service_specific: reader.take(1) == 1,
        use_non_standard_texts: reader.take(1) == 1,
        special_feature_opt_ins: flags(reader, 12),
        purpose_consents: flags(reader, 24),
        purpose_legitimate_interests: flags(reader, 24),
        purpose_one_treatment: reader.take(1) == 1,
        publisher_country_code: letters(reader)?,
        vendors_disclosed: None,
        publisher_tc: None,
        ..TcModel::default()
    };
    reader.check()?;
    model.vendor_consents = read_vendors(reader)?;
    model.vendor_legitimate_interests = read_vendors(reader)?;
    read_restrictions(reader, &mut model)?;
    Ok(model)
}

fn read_segment(model: &mut TcModel, text: &str) -> Result<(), Error> {
    let (bytes, length) = bits::from_base64url(text, "segment")?;
    let kind = BitReader::within(&bytes, length, "segment").int(3)?;
    let name = match kind {
        1 => "disclosed vendors",
        2 => "allowed vendors",
        3 => "publisher",
        _ => "segment",
    };
    let mut reader = BitReader::within(&bytes, length, name);
    let repeated = match kind {
        1 => model.vendors_disclosed.is_some(),
        2 => model.vendors_allowed.is_some(),
        3 => model.publisher_tc.is_some(),
        _ => return Err(reader.refuse("expected a segment of type 1, 2 or 3")),
    };
    if repeated {
        return Err(reader.refuse("expected each segment once"));
    }
    reader.int(3)?;
    match kind {
        1 => model.vendors_disclosed = Some(read_vendors(&mut reader)?),
        2 => model.vendors_allowed = Some(read_vendors(&mut reader)?),
        _ => model.publisher_tc = Some(read_publisher(&mut reader)?),
    }
    finish(&mut reader)
}

/// The fields of the publisher TC segment after its type.
///
/// # Errors
///
/// `signal.invalid` when it ends too early.
pub fn read_publisher(reader: &mut BitReader<'_>) -> Result<PublisherTc, Error> {
    let (consents, legitimate_interests) = (flags(reader, 24), flags(reader, 24));
    let custom_purposes = small(reader.take(6));
    let count = u32::from(custom_purposes);
    let (custom_consents, custom_legitimate_interests) = (flags(reader, count), flags(reader, count));
    reader.check()?;
    Ok(PublisherTc {
        consents,
        legitimate_interests,
        custom_purposes,
        custom_consents,
        custom_legitimate_interests,
    })
}

/// A section of vendors: the greatest id, then a bit field or ranges.
///
/// # Errors
///
/// `signal.invalid` when it ends too early, or when ranges overlap, do not ascend or exceed the greatest id.
pub fn read_vendors(reader: &mut BitReader<'_>) -> Result<IdSet, Error> {
    let max = short(reader.int(16)?);
    if reader.flag()? {
        return read_ranges(reader, max);
    }
    let mut words = Vec::with_capacity(usize::from(max).min(reader.remaining()).div_ceil(64));
    let mut left = u32::from(max);
    while left > 0 {
        let width = left.min(64);
        words.push(reader.int(width)? << (64 - width));
        left -= width;
    }
    Ok(IdSet::from_words(words))
}

fn read_ranges(reader: &mut BitReader<'_>, max: u16) -> Result<IdSet, Error> {
    let mut ids = IdSet::new();
    let mut last = 0;
    for _ in 0..reader.int(12)? {
        let start = reader.clone();
        let is_range = reader.take(1) == 1;
        let first = short(reader.take(16));
        let end = if is_range { short(reader.take(16)) } else { first };
        reader.check()?;
        if first <= last || end < first || end > max {
            return Err(start.refuse("expected ascending ranges up to the greatest id"));
        }
        ids.insert_range(first..=end);
        last = end;
    }
    Ok(ids)
}

fn read_restrictions(reader: &mut BitReader<'_>, model: &mut TcModel) -> Result<(), Error> {
    for _ in 0..reader.int(12)? {
        let start = reader.clone();
        let purpose = small(reader.take(6));
        let kind = RestrictionType::of(reader.take(2));
        reader.check()?;
        let Some(kind) = kind.filter(|_| purpose > 0) else {
            return Err(start.refuse("expected a restriction of a purpose, of kind 0, 1 or 2"));
        };
        let ids = read_ranges(reader, u16::MAX)?;
        if !ids.is_empty() {
            model.restrict(purpose, kind, &ids);
        }
    }
    Ok(())
}

/// What follows the last field: zero bits, fewer than a base64 group of whole bytes has.
fn finish(reader: &mut BitReader<'_>) -> Result<(), Error> {
    let left = reader.remaining();
    let at = reader.clone();
    if left >= 24 || reader.int(u32::try_from(left).unwrap_or(0))? != 0 {
        return Err(at.refuse("expected fewer than 24 zero bits after the last field"));
    }
    Ok(())
}

fn short(number: u64) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

fn small(number: u64) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

fn flags(reader: &mut BitReader<'_>, count: u32) -> FlagSet {
    FlagSet::from_bits(reader.take(count), count)
}

fn letters(reader: &mut BitReader<'_>) -> Result<Letters, Error> {
    let start = reader.clone();
    Letters::from_bits(reader.take(12)).ok_or_else(|| start.refuse("expected two letters"))
}
