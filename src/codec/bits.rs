//! Bit strings, most significant bit first, and their base64url text: what the IAB's signals are written in.
//!
//! A format says how many bits a field has and how a whole string is padded; this says where reading stopped. A reader goes
//! on with zeros after the first thing that is wrong, and tells of it at the end: a row of fields is then a row of calls.
//!
//! # Example
//!
//! ```
//! use storefront_privacy::codec::bits::{self, BitReader, BitWriter};
//!
//! let mut writer = BitWriter::new();
//! writer.int(3, 6);
//! writer.int(1, 6);
//! writer.fibonacci(2);
//! let text = writer.into_base64url(6);
//! assert_eq!(text, "DBY");
//!
//! let (bytes, length) = bits::from_base64url(&text, "header")?;
//! let mut reader = BitReader::within(&bytes, length, "header");
//! assert_eq!((reader.take(6), reader.take(6), reader.fibonacci()), (3, 1, 2));
//! assert_eq!((reader.position(), reader.remaining()), (15, 3));
//! reader.check()?;
//! assert_eq!(reader.take(4), 0);
//! assert_eq!(reader.check().unwrap_err().message(), "header: expected another field at bit 15, found 3 bits left");
//! # Ok::<(), storefront_privacy::Error>(())
//! ```

use crate::{Code, Error};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Reads fields of a bit string, one after the other.
#[derive(Debug, Clone)]
pub struct BitReader<'a> {
    bytes: &'a [u8],
    length: usize,
    position: usize,
    segment: &'static str,
    wrong: Option<Wrong>,
}

/// What was wrong first.
#[derive(Debug, Clone, Copy)]
struct Wrong {
    kind: Kind,
    expected: &'static str,
    at: usize,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Invalid,
    Version,
    TooLong,
}

/// What is expected where nothing is left.
const FIELD: &str = "expected another field";

impl<'a> BitReader<'a> {
    /// A reader of all bits of these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self::within(bytes, usize::MAX, "bits")
    }

    /// A reader of the first `length` bits of these bytes, at most all; messages name the segment.
    pub fn within(bytes: &'a [u8], length: usize, segment: &'static str) -> Self {
        Self { bytes, length: length.min(bytes.len().saturating_mul(8)), position: 0, segment, wrong: None }
    }

    /// Messages name this segment from here on.
    pub fn name(&mut self, segment: &'static str) {
        self.segment = segment;
    }

    /// The next field as an unsigned integer of so many bits, at most 64. Zero when fewer are left, and
    /// [`BitReader::check`] then tells where.
    ///
    /// ```
    /// use storefront_privacy::codec::bits::BitReader;
    ///
    /// let mut reader = BitReader::new(&[0b1010_0000]);
    /// assert_eq!((reader.take(4), reader.take(3), reader.take(6)), (10, 0, 0));
    /// assert_eq!(reader.check().unwrap_err().message(), "bits: expected another field at bit 7, found 1 bits left");
    /// ```
    #[inline(never)]
    pub fn take(&mut self, bits: u32) -> u64 {
        let bits = bits.min(64);
        let end = self.position + usize::from(bits.to_le_bytes()[0]);
        if end > self.length {
            self.refuse(self.position, FIELD);
            return 0;
        }
        let window = window(self.bytes, self.position);
        self.position = end;
        window.checked_shr(64 - bits).unwrap_or(0)
    }

    /// The next bit.
    pub fn flag(&mut self) -> bool {
        self.take(1) == 1
    }

    /// The next Fibonacci-coded integer (GPP Consent String Specification, "Fibonacci Encoding"). Zero, which has no code,
    /// when it does not end or is of more than 64 bits.
    pub fn fibonacci(&mut self) -> u64 {
        let start = self.position;
        let (mut value, mut term, mut next) = (0_u64, 1_u64, 2_u64);
        let mut last = false;
        for _ in 0..64 {
            let bit = self.flag();
            if bit && last {
                return value;
            }
            if bit {
                value += term;
            }
            last = bit;
            (term, next) = (next, term + next);
        }
        self.refuse(start, "expected a Fibonacci code of at most 64 bits");
        0
    }

    /// How many bits were read; all of them once something was wrong.
    pub fn position(&self) -> usize {
        self.position
    }

    /// How many bits are left; none once something was wrong.
    pub fn remaining(&self) -> usize {
        self.length - self.position
    }

    /// Notes that something is wrong at this position, in lower case what was expected there, unless something was wrong
    /// before. From here on there are only zeros.
    pub fn refuse(&mut self, at: usize, expected: &'static str) {
        self.note(Wrong { kind: Kind::Invalid, expected, at });
    }

    /// The same of a version that is not known: `signal.version`.
    pub fn refuse_version(&mut self, at: usize, expected: &'static str) {
        self.note(Wrong { kind: Kind::Version, expected, at });
    }

    /// The same of what is longer than is accepted: `signal.too-long`.
    pub fn refuse_length(&mut self, at: usize, expected: &'static str) {
        self.note(Wrong { kind: Kind::TooLong, expected, at });
    }

    #[cold]
    #[inline(never)]
    fn note(&mut self, wrong: Wrong) {
        self.wrong.get_or_insert(wrong);
        self.position = self.length;
    }

    /// Whether nothing was wrong.
    ///
    /// # Errors
    ///
    /// `signal.invalid`, `signal.version` or `signal.too-long`, with segment, what was expected, and the bit.
    #[inline(never)]
    pub fn check(&self) -> Result<(), Error> {
        let Some(Wrong { kind, expected, at }) = self.wrong else { return Ok(()) };
        let found = match expected {
            FIELD => [", found ", &(self.length - at).to_string(), " bits left"].concat(),
            _ => String::new(),
        };
        let error = refuse(self.segment, expected, " at bit ", at, &found);
        Err(match kind {
            Kind::Invalid => error,
            Kind::Version => error.with_code(Code::SignalVersion),
            Kind::TooLong => error.with_code(Code::SignalTooLong),
        })
    }
}

/// The 64 bits from a position on; beyond the end they are zero.
#[inline]
fn window(bytes: &[u8], position: usize) -> u64 {
    let rest = bytes.get(position / 8..).unwrap_or_default();
    let offset = position % 8;
    if let Some((word, after)) = rest.split_first_chunk::<8>() {
        let low = after.first().map_or(0, |byte| u64::from(*byte));
        return u64::from_be_bytes(*word) << offset | low >> (8 - offset);
    }
    let word = rest.iter().fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
    word.checked_shl(8 * (8 - rest.len().to_le_bytes().map(u32::from)[0])).unwrap_or(0) << offset
}

/// Writes fields of a bit string, one after the other.
#[derive(Debug, Clone, Default)]
pub struct BitWriter {
    bytes: Vec<u8>,
    pending: u64,
    filled: u32,
}

impl BitWriter {
    /// An empty bit string.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty bit string with room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { bytes: Vec::with_capacity(bytes), ..Self::default() }
    }

    /// Adds the lowest so many bits of the value, at most 64.
    #[inline(never)]
    pub fn int(&mut self, value: u64, bits: u32) {
        let bits = bits.min(64);
        let value = value & u64::MAX.checked_shr(64 - bits).unwrap_or(0);
        let free = 64 - self.filled;
        if bits < free {
            self.pending = self.pending << bits | value;
            self.filled += bits;
            return;
        }
        let over = bits - free;
        let word = self.pending.checked_shl(free).unwrap_or(0) | value.checked_shr(over).unwrap_or(0);
        self.bytes.extend_from_slice(&word.to_be_bytes());
        self.pending = value & !u64::MAX.checked_shl(over).unwrap_or(0);
        self.filled = over;
    }

    /// Adds one bit.
    #[inline]
    pub fn flag(&mut self, value: bool) {
        self.int(u64::from(value), 1);
    }

    /// Adds a positive integer in Fibonacci code (GPP Consent String Specification, "Fibonacci Encoding"). Zero has no code:
    /// nothing is added.
    pub fn fibonacci(&mut self, value: u64) {
        let (mut term, mut next) = (1_u64, 2_u64);
        let mut terms = Vec::new();
        while term <= value {
            terms.push(term);
            (term, next) = (next, term.saturating_add(next));
            if term == u64::MAX {
                break;
            }
        }
        let mut left = value;
        let mut bits = Vec::with_capacity(terms.len());
        for term in terms.iter().rev() {
            let taken = *term <= left;
            if taken {
                left -= term;
            }
            bits.push(taken);
        }
        for bit in bits.iter().rev() {
            self.flag(*bit);
        }
        if value > 0 {
            self.flag(true);
        }
    }

    /// How many bits were written.
    pub fn len(&self) -> usize {
        self.bytes.len() * 8 + usize::from(self.filled.to_le_bytes()[0])
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds zero bits until the length is a multiple of so many.
    pub fn pad_to(&mut self, multiple: usize) {
        let Some(over) = self.len().checked_rem(multiple).filter(|over| *over > 0) else { return };
        for _ in over..multiple {
            self.flag(false);
        }
    }

    /// The base64url text, the bits first padded with zeros to a multiple of so many.
    pub fn into_base64url(mut self, multiple: usize) -> String {
        self.pad_to(multiple);
        let length = self.len();
        to_base64url(&self.into_bytes(), length)
    }

    /// The bytes, the last one filled with zero bits.
    pub fn into_bytes(mut self) -> Vec<u8> {
        let length = self.len();
        self.int(0, 64);
        self.bytes.truncate(length.div_ceil(8));
        self.bytes
    }
}

/// The base64url text of the first `length` bits, without padding characters: one for every six bits begun.
pub fn to_base64url(bytes: &[u8], length: usize) -> String {
    let symbols = length.min(bytes.len() * 8).div_ceil(6);
    let mut text = String::with_capacity(symbols + 7);
    let mut position = 0;
    while text.len() < symbols {
        let mut group = window(bytes, position);
        for _ in 0..8 {
            group = group.rotate_left(6);
            let [low, ..] = group.to_le_bytes();
            // The alphabet is ASCII: that it is said here too spares the text's encoding.
            let symbol = ALPHABET.get(usize::from(low & 63)).copied().unwrap_or_default();
            text.push(char::from(symbol & 0x7f));
        }
        position += 48;
    }
    text.truncate(symbols);
    text
}

/// The bits of a base64url text and how many they are, six for every character; the last byte is filled with zero bits.
/// The text stays as short as it is: the bytes are three quarters of its length.
///
/// # Errors
///
/// `signal.invalid` with the segment and position of a character that is none of base64url.
pub fn from_base64url(text: impl AsRef<[u8]>, segment: &'static str) -> Result<(Vec<u8>, usize), Error> {
    let text = text.as_ref();
    let mut bytes = vec![0; text.len().div_ceil(4) * 3];
    let mut wrong = 0;
    for (to, chunk) in bytes.chunks_exact_mut(3).zip(text.chunks(4)) {
        let symbols = match *chunk {
            [first, second, third, fourth] => [first, second, third, fourth],
            [first, second, third] => [first, second, third, b'A'],
            [first, second] => [first, second, b'A', b'A'],
            [first] => [first, b'A', b'A', b'A'],
            _ => [b'A'; 4],
        };
        let mut group = 0;
        for symbol in symbols {
            let value = VALUES.get(usize::from(symbol)).copied().unwrap_or(NONE);
            wrong |= value;
            group = group << 6 | u32::from(value & 63);
        }
        let [_, decoded @ ..] = group.to_be_bytes();
        to.copy_from_slice(&decoded);
    }
    if wrong & NONE != 0 {
        let is_known = |byte: u8| VALUES.get(usize::from(byte)).is_some_and(|value| *value != NONE);
        let position = text.iter().position(|byte| !is_known(*byte)).unwrap_or(0);
        return Err(refuse(
            segment,
            "expected a letter, a digit, `-` or `_`",
            " at character ",
            position,
            "",
        ));
    }
    let length = text.len() * 6;
    bytes.truncate(length.div_ceil(8));
    Ok((bytes, length))
}

const NONE: u8 = 0x80;

/// The value of every character.
const VALUES: [u8; 256] = {
    let mut values = [NONE; 256];
    let mut value = 0_u8;
    let mut rest: &[u8] = ALPHABET;
    while let [symbol, others @ ..] = rest {
        if let Some(place) = place_of(&mut values, *symbol) {
            *place = value;
        }
        value += 1;
        rest = others;
    }
    values
};

const fn place_of(values: &mut [u8; 256], symbol: u8) -> Option<&mut u8> {
    let mut place = [0; size_of::<usize>()];
    let [low, ..] = &mut place;
    *low = symbol;
    let (_, from) = values.split_at_mut(usize::from_le_bytes(place));
    from.first_mut()
}

#[cold]
fn refuse(segment: &str, expected: &str, at: &str, position: usize, found: &str) -> Error {
    Error::new(Code::SignalInvalid, [segment, ": ", expected, at, &position.to_string(), found].concat())
}
