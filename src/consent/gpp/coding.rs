//! Sections as numbers, read from and written to their texts.

use super::form::{Field, Form, Kind};
use super::range::{self, Coding};
use super::value::Restriction;
use super::{TCF_CA, USP, check_padding, int, invalid, put, text_from};
use crate::codec::bits::{self, BitReader, BitWriter};
use crate::{Code, Error};

/// The numbers in a section's text.
pub(super) fn decode(id: u16, text: &str) -> Result<Vec<u32>, Error> {
    let version = match text.as_bytes().first() {
        Some(letter @ b'A'..=b'Z') => u32::from(letter - b'A'),
        _ => 0,
    };
    let form = Form::of(id, version).ok_or_else(|| whole(id))?;
    if id == USP {
        return decode_us_privacy(text);
    }
    // @iabgpp/cmpapi 3.1.5 to 3.1.x wrote the lists of version 2 under the number of version 1 (iabgpp-es #75, #81, #84).
    if id == 7 && version == 1 && text.split('.').next().is_some_and(|core| core.len() == 12) {
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

fn decode_form(form: &Form, text: &str) -> Result<Vec<u32>, Error> {
    let mut read = [const { None }; 3];
    for (position, part) in text.split('.').enumerate() {
        // Canada's core starts with its version, its other sub-sections with three bits that say what they are.
        let index = match (position, form.id, part.as_bytes().first()) {
            (1.., TCF_CA, Some(b'Y' | b'Z' | b'a'..=b'f')) => 1,
            (1.., TCF_CA, Some(b'I'..=b'P')) => 2,
            (1.., TCF_CA, _) => 3,
            _ => position,
        };
        match read.get_mut(index) {
            Some(place @ None) if !form.segment(index).is_empty() => {
                *place = Some(decode_segment(form, index, part)?);
            }
            _ => return Err(invalid(form.name, "expected each of its sub-sections once, and no other")),
        }
    }
    let second = read.get(1).is_some_and(Option::is_some);
    let mut numbers = Vec::with_capacity(40);
    for (index, segment) in read.into_iter().enumerate() {
        match segment {
            Some(segment) => numbers.extend(segment),
            None => form.segment(index).iter().for_each(|field| push_initial(field, &mut numbers)),
        }
    }
    if form.is_optional() {
        numbers.push(second.into());
    }
    Ok(numbers)
}

/// What the specification says, or what Canada's earlier implementations wrote, whichever this is when written again. A text that
/// is neither is read as the specification says.
fn decode_segment(form: &Form, index: usize, text: &str) -> Result<Vec<u32>, Error> {
    let name = form.segment_name(index);
    let read = |coding| {
        let (bytes, length) = bits::from_base64url(text, name)?;
        let mut reader = BitReader::within(&bytes, length, name);
        let numbers = read_fields(form.segment(index), &mut reader, coding)?;
        let multiples: &[usize] = if form.id == TCF_CA { &[6, 8, 24] } else { &[6, 8] };
        check_padding(&mut reader, text.len(), multiples)?;
        Ok(numbers)
    };
    let is_its_own = |numbers: &Vec<u32>, coding| {
        let mut writer = BitWriter::new();
        write_fields(form.segment(index), &mut &numbers[..], &mut writer, coding).is_ok()
            && text.starts_with(&to_text(writer, 6))
    };
    let found = match read(Coding::Fibonacci) {
        Ok(numbers) if form.id != TCF_CA || is_its_own(&numbers, Coding::Fibonacci) => Ok(numbers),
        Err(error) if form.id != TCF_CA => Err(error),
        current => match read(Coding::Fixed) {
            Ok(numbers) if is_its_own(&numbers, Coding::Fixed) => Ok(numbers),
            _ => current,
        },
    };
    found.map_err(|error: Error| match index {
        0 => error,
        _ => Error::new(error.kind(), text_from(&[form.name, "'s ", error.message()])),
    })
}

#[inline(never)]
fn read_fields(fields: &[Field], reader: &mut BitReader<'_>, coding: Coding) -> Result<Vec<u32>, Error> {
    let mut numbers = Vec::with_capacity(40);
    let mut custom = 0;
    for field in fields {
        match field.kind {
            Kind::Number | Kind::Custom | Kind::Answer => {
                let count = if field.kind == Kind::Custom { custom } else { field.count.max(1) };
                for _ in 0..count {
                    let start = reader.clone();
                    let number = int(reader, field.bits)?;
                    if number < field.low || number > field.high {
                        return Err(refuse_bits(field, &start));
                    }
                    numbers.push(number);
                    if field.kind == Kind::Number {
                        custom = usize::try_from(number).unwrap_or_default();
                    }
                }
            }
            Kind::Time => {
                numbers.push(int(reader, 4)?);
                numbers.push(int(reader, 32)?);
            }
            Kind::Letters => {
                for _ in 0..2 {
                    let start = reader.clone();
                    let letter = int(reader, 6)?;
                    if letter > 25 {
                        return Err(start.refuse("expected two letters"));
                    }
                    numbers.push(letter + u32::from(b'A'));
                }
            }
            Kind::Ids => push_ids(&range::read_optimized(reader, coding)?, &mut numbers),
            // Before its version 3.1 the reference implementation ended without them.
            Kind::Restrictions if reader.remaining() < 12 => numbers.push(0),
            Kind::Restrictions => push_restrictions(&range::read_restrictions(reader, coding)?, &mut numbers),
            Kind::Included => {}
        }
    }
    Ok(numbers)
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
        write_fields(form.segment(index), &mut rest, &mut writer, Coding::Fibonacci)
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
            text.push_str(&to_text(writer, 8));
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

/// The specification pads to 6 bits, the reference implementation to 8 and then to 6.
fn to_text(mut writer: BitWriter, multiple: usize) -> String {
    writer.pad_to(multiple);
    let length = writer.len();
    bits::to_base64url(&writer.into_bytes(), length)
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
    match field.kind {
        Kind::Number | Kind::Custom => {
            let count = if field.kind == Kind::Custom { *custom } else { field.count.max(1) };
            let (own, rest) = numbers.split_at_checked(count)?;
            *numbers = rest;
            for number in own {
                if *number < field.low || *number > field.high {
                    return None;
                }
                put(writer, *number, field.bits);
                if field.kind == Kind::Number {
                    *custom = usize::try_from(*number).ok()?;
                }
            }
        }
        Kind::Time => {
            let high = take(numbers).filter(|number| *number < 16)?;
            put(writer, high, 4);
            put(writer, take(numbers)?, 32);
        }
        Kind::Letters => {
            for _ in 0..2 {
                let letter = take(numbers).filter(|letter| (65..=90).contains(letter))?;
                put(writer, letter - 65, 6);
            }
        }
        Kind::Ids => range::write_optimized(writer, &take_ids(numbers)?, coding),
        Kind::Restrictions => range::write_restrictions(writer, &take_restrictions(numbers)?, coding),
        Kind::Answer => {
            take(numbers).filter(|code| b"YN-".map(u32::from).contains(code))?;
        }
        Kind::Included => {
            take(numbers).filter(|number| *number < 2)?;
        }
    }
    Some(())
}

/// Section 6 (IAB "U.S. Privacy String", version 1): `1YNN`. Deprecated by the IAB, still read by partners.
fn decode_us_privacy(text: &str) -> Result<Vec<u32>, Error> {
    match text.as_bytes() {
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

pub(super) fn push_restrictions(restrictions: &[Restriction], numbers: &mut Vec<u32>) {
    numbers.push(u32::try_from(restrictions.len()).unwrap_or_default());
    for restriction in restrictions {
        numbers.extend([restriction.purpose, restriction.kind].map(u32::from));
        push_ids(&restriction.vendors, numbers);
    }
}

fn take(numbers: &mut &[u32]) -> Option<u32> {
    let (first, rest) = numbers.split_first()?;
    *numbers = rest;
    Some(*first)
}

/// Ids from 1, in ascending order.
pub(super) fn take_ids(numbers: &mut &[u32]) -> Option<Vec<u16>> {
    let count = usize::try_from(take(numbers)?).ok()?;
    let (own, rest) = numbers.split_at_checked(count)?;
    *numbers = rest;
    let mut ids = Vec::with_capacity(count);
    let mut last = 0;
    for id in own {
        last = u16::try_from(*id).ok().filter(|id| *id > last)?;
        ids.push(last);
    }
    Some(ids)
}

pub(super) fn take_restrictions(numbers: &mut &[u32]) -> Option<Vec<Restriction>> {
    let mut restrictions = Vec::new();
    let mut total = 0;
    for _ in 0..take(numbers).filter(|count| *count < 4096)? {
        let purpose = take(numbers).filter(|purpose| *purpose < 64)?.to_le_bytes()[0];
        let kind = take(numbers).filter(|kind| *kind < 4)?.to_le_bytes()[0];
        let vendors = take_ids(numbers)?;
        total += vendors.len();
        if total > range::MOST_RESTRICTED {
            return None;
        }
        restrictions.push(Restriction { purpose, kind, vendors });
    }
    Some(restrictions)
}

#[cold]
fn whole(id: u16) -> Error {
    invalid(super::name_of(id).unwrap_or("gpp"), "expected this section to be set as a whole")
}

#[cold]
#[inline(never)]
fn refuse_bits(field: &Field, at: &BitReader<'_>) -> Error {
    let error = at.refuse(&text_from(&[
        "expected ",
        if field.name == "Version" { "version " } else { "" },
        &one(field),
    ]));
    if field.name == "Version" { error.with_code(Code::SignalVersion) } else { error }
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
