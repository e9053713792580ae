//! Sections as numbers, read from and written to their texts.

use super::form::{Field, Form, Kind};
use super::{TCF_CA, USP, check_padding, invalid, text_from};
use crate::codec::bits::{self, BitReader, BitWriter};
use crate::consent::ranges::{self, Coding};
use crate::consent::tcf::IdSet;
use crate::{Code, Error};

/// The most vendors in all restrictions of a section together: four times as many as there are ids.
const MOST_RESTRICTED: usize = 4 << 16;

/// The numbers in a section's text.
pub(super) fn decode(id: u16, text: &str) -> Result<Vec<u32>, Error> {
    let text = text.as_bytes();
    let version = match text.first() {
        Some(letter @ b'A'..=b'Z') => u32::from(letter - b'A'),
        _ => 0,
    };
    let form = Form::of(id, version).ok_or_else(|| whole(id))?;
    if id == USP {
        return decode_us_privacy(text);
    }
    // @iabgpp/cmpapi 3.1.5 to 3.1.x wrote the lists of version 2 under the number of version 1 (iabgpp-es #75, #81, #84).
    if id == 7 && version == 1 && segments(text).next().is_some_and(|core| core.len() == 12) {
        let mut newest = Form::of(id, 2).ok_or_else(|| whole(id))?;
        if let Some(field) = newest.fields.first_mut() {
            (field.low, field.high) = (1, 1);
        }
        let mut numbers = decode_form(&newest, text)?;
        numbers.drain(22..26);
        numbers.remove(24);
        return Ok(numbers);
    }
    decode_form(&form, text)
}

fn segments(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b'.')
}

fn decode_form(form: &Form, text: &[u8]) -> Result<Vec<u32>, Error> {
    let mut read = [const { Vec::new() }; 3];
    for (position, part) in segments(text).enumerate() {
        // Canada's core starts with its version, its other sub-sections with three bits that say what they are.
        let index = match (position, form.id, part.first()) {
            (1.., TCF_CA, Some(b'Y' | b'Z' | b'a'..=b'f')) => 1,
            (1.., TCF_CA, Some(b'I'..=b'P')) => 2,
            (1.., TCF_CA, _) => 3,
            _ => position,
        };
        match read.get_mut(index) {
            Some(place) if place.is_empty() && !form.segment(index).is_empty() => {
                *place = decode_segment(form, index, part)?;
            }
            _ => return Err(invalid(form.name, "expected each of its sub-sections once, and no other")),
        }
    }
    let mut numbers = Vec::with_capacity(40);
    for (index, segment) in read.iter().enumerate() {
        numbers.extend_from_slice(segment);
        if segment.is_empty() {
            form.segment(index).iter().for_each(|field| push_initial(field, &mut numbers));
        }
    }
    if form.is_optional() {
        numbers.push(read.get(1).is_some_and(|second| !second.is_empty()).into());
    }
    Ok(numbers)
}

/// What the specification says, or what Canada's earlier implementations wrote, whichever this is when written again. A text that
/// is neither is read as the specification says.
fn decode_segment(form: &Form, index: usize, text: &[u8]) -> Result<Vec<u32>, Error> {
    let mut found = read_segment(form, index, text, Coding::Gpp);
    if form.id == TCF_CA && !is_its_own(form, index, text, found.as_deref(), Coding::Gpp) {
        let other = read_segment(form, index, text, Coding::Canada);
        if is_its_own(form, index, text, other.as_deref(), Coding::Canada) {
            found = other;
        }
    }
    found.map_err(|error: Error| {
        if index == 0 {
            return error;
        }
        let message = text_from(&[form.name, "'s ", error.message()]);
        error.with_message(message)
    })
}

#[inline(never)]
fn read_segment(form: &Form, index: usize, text: &[u8], coding: Coding) -> Result<Vec<u32>, Error> {
    let name = form.segment_name(index);
    let (bytes, length) = bits::from_base64url(text, name)?;
    let mut reader = BitReader::within(&bytes, length, name);
    let mut numbers = Vec::with_capacity(40);
    let mut custom = 0;
    for field in form.segment(index) {
        match field.kind {
            Kind::Number | Kind::Custom | Kind::Answer => {
                let count = if field.kind == Kind::Custom { custom } else { field.count.max(1) };
                for _ in 0..count {
                    let at = reader.position();
                    let number = take_bits(&mut reader, field.bits);
                    if number < field.low || number > field.high {
                        reader.check()?;
                        return Err(refuse_bits(name, field, at));
                    }
                    numbers.push(number);
                    if field.kind == Kind::Number {
                        custom = usize::try_from(number).unwrap_or_default();
                    }
                }
            }
            Kind::Time => {
                for bits in [4, 32] {
                    numbers.push(take_bits(&mut reader, bits));
                }
            }
            Kind::Letters => {
                for _ in 0..2 {
                    let at = reader.position();
                    let letter = take_bits(&mut reader, 6);
                    if letter > 25 {
                        reader.refuse(at, "expected two letters");
                    }
                    numbers.push(letter + u32::from(b'A'));
                }
            }
            Kind::Ids => push_ids(&ranges::read(&mut reader, coding).to_vec(), &mut numbers),
            // Before its version 3.1 the reference implementation ended without them.
            Kind::Restrictions if reader.remaining() < 12 => numbers.push(0),
            Kind::Restrictions => read_restrictions(&mut reader, coding, &mut numbers),
            Kind::Included => {}
        }
    }
    let multiples: &[usize] = if form.id == TCF_CA { &[6, 8, 24] } else { &[6, 8] };
    check_padding(&mut reader, text.len(), multiples)?;
    Ok(numbers)
}

fn take_bits(reader: &mut BitReader<'_>, bits: u32) -> u32 {
    u32::try_from(reader.take(bits)).unwrap_or_default()
}

/// What a publisher restricts, purpose by purpose (GPP Consent String Specification, "N-ArrayOfRanges(6,2)").
fn read_restrictions(reader: &mut BitReader<'_>, coding: Coding, numbers: &mut Vec<u32>) {
    let count = take_bits(reader, 12);
    numbers.push(count);
    let mut total = 0;
    for _ in 0..count {
        for bits in [6, 2] {
            numbers.push(take_bits(reader, bits));
        }
        let at = reader.position();
        let ids = match coding {
            Coding::Gpp => ranges::read(reader, coding),
            _ => ranges::read_ranges(reader, coding, u16::MAX),
        };
        total += ids.len();
        if total > MOST_RESTRICTED {
            let expected = "expected at most 262144 vendors in all restrictions";
            return reader.refuse_length(at, expected);
        }
        push_ids(&ids.to_vec(), numbers);
    }
}

/// Whether these numbers are what this text was written from.
fn is_its_own(
    form: &Form,
    index: usize,
    text: &[u8],
    numbers: Result<&[u32], &Error>,
    coding: Coding,
) -> bool {
    let mut writer = BitWriter::new();
    numbers.is_ok_and(|mut numbers| {
        write_fields(form.segment(index), &mut numbers, &mut writer, coding).is_ok()
            && text.starts_with(writer.into_base64url(6).as_bytes())
    })
}

/// The text of a section of these numbers.
pub(super) fn encode(id: u16, numbers: &[u32]) -> Result<String, Error> {
    let first = numbers.first().copied().unwrap_or_default();
    let form = Form::of(id, first).ok_or_else(|| whole(id))?;
    let mut rest = numbers;
    let mut text = String::new();
    for index in 0..3 {
        let before = rest;
        let mut writer = BitWriter::new();
        write_fields(form.segment(index), &mut rest, &mut writer, Coding::Gpp)
            .map_err(|field| refuse(&form, field, first))?;
        let is_left_out = match index {
            0 => false,
            1 => form.is_optional() && rest == [0],
            // Canada's disclosed vendors, when there are none.
            _ => before.get(1) == Some(&0),
        };
        if !is_left_out && !form.segment(index).is_empty() {
            if index > 0 {
                text.push('.');
            }
            // The specification pads to 6 bits, the reference implementation to 8 and then to 6.
            text.push_str(&writer.into_base64url(8));
        }
    }
    if let Some(field) = form.fields.last().filter(|field| field.kind == Kind::Included) {
        rest = match rest {
            [0 | 1, rest @ ..] => rest,
            _ => return Err(refuse(&form, field, 0)),
        };
    }
    match rest {
        [] if id == USP => Ok(numbers
            .iter()
            .filter_map(|code| char::from_u32(*code + if *code == 1 { 48 } else { 0 }))
            .collect()),
        [] => Ok(text),
        _ => Err(invalid(form.name, "expected no more numbers")),
    }
}

/// Takes the fields' numbers from the front and writes them; what cannot be written is given back.
#[inline(never)]
pub(super) fn write_fields<'a>(
    fields: &'a [Field],
    numbers: &mut &[u32],
    writer: &mut BitWriter,
    coding: Coding,
) -> Result<(), &'a Field> {
    let mut custom = 0;
    for field in fields {
        write(field, numbers, writer, &mut custom, coding).ok_or(field)?;
    }
    Ok(())
}

/// Takes one field's numbers from the front and writes them; `custom` is the number before it.
pub(super) fn write(
    field: &Field,
    numbers: &mut &[u32],
    writer: &mut BitWriter,
    custom: &mut usize,
    coding: Coding,
) -> Option<()> {
    let mut put = |number: u32, bits| writer.int(number.into(), bits);
    match field.kind {
        Kind::Number | Kind::Custom => {
            let count = if field.kind == Kind::Custom { *custom } else { field.count.max(1) };
            for _ in 0..count {
                let number = take(numbers, field.high).filter(|number| *number >= field.low)?;
                put(number, field.bits);
                if field.kind == Kind::Number {
                    *custom = usize::try_from(number).ok()?;
                }
            }
        }
        Kind::Time => {
            for (bits, most) in [(4, 15), (32, u32::MAX)] {
                put(take(numbers, most)?, bits);
            }
        }
        Kind::Letters => {
            for _ in 0..2 {
                put(take(numbers, 90)?.checked_sub(65)?, 6);
            }
        }
        Kind::Ids => ranges::write(&take_ids(numbers)?, coding, writer),
        Kind::Restrictions => write_restrictions(numbers, coding, writer)?,
        Kind::Answer => {
            take(numbers, 90).filter(|code| b"YN-".map(u32::from).contains(code))?;
        }
        Kind::Included => {
            take(numbers, 1)?;
        }
    }
    Some(())
}

fn write_restrictions(numbers: &mut &[u32], coding: Coding, writer: &mut BitWriter) -> Option<()> {
    let count = take(numbers, 4095)?;
    writer.int(count.into(), 12);
    let mut total = 0;
    for _ in 0..count {
        for (bits, most) in [(6, 63), (2, 3)] {
            writer.int(take(numbers, most)?.into(), bits);
        }
        let ids = take_ids(numbers)?;
        total += ids.len();
        if total > MOST_RESTRICTED {
            return None;
        }
        if coding == Coding::Gpp {
            ranges::write(&ids, coding, writer);
        } else {
            let ranges: Vec<_> = ids.ranges().map(std::ops::RangeInclusive::into_inner).collect();
            ranges::write_ranges(&ranges, coding, writer);
        }
    }
    Some(())
}

/// Section 6 (IAB "U.S. Privacy String", version 1): `1YNN`. Deprecated by the IAB, still read by partners.
fn decode_us_privacy(text: &[u8]) -> Result<Vec<u32>, Error> {
    match text {
        [b'1', letters @ ..] => us_privacy_answers(letters),
        [b'0' | b'2'..=b'9', ..] => {
            Err(Error::new(Code::SignalVersion, "uspv1: expected version 1 at character 0"))
        }
        _ => Err(invalid("uspv1", "expected 1 at character 0")),
    }
}

fn us_privacy_answers(letters: &[u8]) -> Result<Vec<u32>, Error> {
    const EXPECTED: [&str; 3] = [
        "expected Y, N or - at character 1",
        "expected Y, N or - at character 2",
        "expected Y, N or - at character 3",
    ];
    let mut numbers = vec![1];
    for (at, expected) in EXPECTED.into_iter().enumerate() {
        let letter = letters.get(at).filter(|letter| b"YN-".contains(letter));
        numbers.push(u32::from(*letter.ok_or_else(|| invalid("uspv1", expected))?));
    }
    if letters.len() > EXPECTED.len() {
        return Err(invalid("uspv1", "expected the end at character 4"));
    }
    Ok(numbers)
}

/// What a new section has in this field.
pub(super) fn push_initial(field: &Field, numbers: &mut Vec<u32>) {
    match field.kind {
        Kind::Custom => {}
        Kind::Time => numbers.extend([0, 0]),
        Kind::Letters => numbers.extend(b"EN".map(u32::from)),
        _ => numbers.extend(std::iter::repeat_n(field.initial, field.count.max(1))),
    }
}

pub(super) fn push_ids(ids: &[u16], numbers: &mut Vec<u32>) {
    numbers.push(u32::try_from(ids.len()).unwrap_or_default());
    numbers.extend(ids.iter().map(|id| u32::from(*id)));
}

/// The next number, if it is at most this.
pub(super) fn take(numbers: &mut &[u32], most: u32) -> Option<u32> {
    let (first, rest) = numbers.split_first()?;
    *numbers = rest;
    Some(*first).filter(|number| *number <= most)
}

/// Ids from 1, in ascending order.
pub(super) fn take_ids(numbers: &mut &[u32]) -> Option<IdSet> {
    let mut ids = IdSet::new();
    let mut last = 0;
    for _ in 0..take(numbers, 65_535)? {
        last = take(numbers, 65_535).filter(|id| *id > last)?;
        ids.insert(u16::try_from(last).ok()?);
    }
    Some(ids)
}

#[cold]
fn whole(id: u16) -> Error {
    invalid(super::name_of(id).unwrap_or("gpp"), "expected this section to be set as a whole")
}

#[cold]
#[inline(never)]
fn refuse_bits(segment: &str, field: &Field, at: usize) -> Error {
    let is_version = field.name == "Version";
    let version = if is_version { "version " } else { "" };
    let expected = text_from(&["expected ", version, &one(field), " at bit ", &at.to_string()]);
    let error = invalid(segment, &expected);
    if is_version { error.with_code(Code::SignalVersion) } else { error }
}

#[cold]
#[inline(never)]
pub(super) fn refuse(form: &Form, field: &Field, version: u32) -> Error {
    if field.name == "Version" {
        let message = [form.name, ": expected version ", &one(field), ", found ", &version.to_string()];
        return Error::new(Code::SignalVersion, text_from(&message));
    }
    let count = field.count.to_string();
    let list: &[&str] = if field.count > 0 { &[&count, " values, each "] } else { &[] };
    invalid(form.name, &text_from(&["expected ", field.name, " to be ", &text_from(list), &one(field)]))
}

#[cold]
#[inline(never)]
fn one(field: &Field) -> String {
    let text = match field.kind {
        Kind::Custom => "as many truth values as NumCustomPurposes",
        Kind::Time => "milliseconds since 1970",
        Kind::Letters => "two capital letters",
        Kind::Ids => "a list of ids of 1 to 65535",
        Kind::Restrictions => "a list of restrictions with ids of 1 to 65535",
        Kind::Answer => "Y, N or -",
        Kind::Number if field.name == "Version" && field.high == 2 => "1 or 2",
        Kind::Included => "true or false",
        Kind::Number if field.bits == 1 => "true or false",
        Kind::Number if field.high == 2 && field.low == 0 => "0, 1 or 2",
        Kind::Number if field.high == 2 && field.low == 1 => "1 or 2",
        Kind::Number => {
            let (low, high) = (field.low.to_string(), field.high.to_string());
            return if low == high { low } else { text_from(&[&low, " to ", &high]) };
        }
    };
    text.to_owned()
}
