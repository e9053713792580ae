//! Bit strings, most significant bit first, and their base64url text: what the IAB's signals are written in.
//!
//! A format says how many bits a field has and how a whole string is padded; this says where reading stopped.
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
//! writer.pad_to(6);
//! let length = writer.len();
//! let text = bits::to_base64url(&writer.into_bytes(), length);
//! assert_eq!(text, "DBY");
//!
//! let (bytes, length) = bits::from_base64url(&text, "header")?;
//! let mut reader = BitReader::within(&bytes, length, "header");
//! assert_eq!((reader.int(6)?, reader.int(6)?, reader.fibonacci()?), (3, 1, 2));
//! assert_eq!((reader.position(), reader.remaining()), (15, 3));
//! assert_eq!(reader.int(4).unwrap_err().message(), "header: expected another field at bit 15, found 3 bits left");
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
    /// Where [`BitReader::take`] first found too little.
    lacking: Option<usize>,
}

impl<'a> BitReader<'a> {
    /// A reader of all bits of these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self::within(bytes, usize::MAX, "bits")
    }

    /// A reader of the first `length` bits of these bytes, at most all; messages name the segment.
    pub fn within(bytes: &'a [u8], length: usize, segment: &'static str) -> Self {
        Self { bytes, length: length.min(bytes.len().saturating_mul(8)), position: 0, segment, lacking: None }
    }

    /// The next field as [`BitReader::int`] has it, zero when fewer bits are left: for a row of fields, after which
    /// [`BitReader::check`] tells.
    ///
    /// ```
    /// use storefront_privacy::codec::bits::BitReader;
    ///
    /// let mut reader = BitReader::new(&[0b1010_0000]);
    /// assert_eq!((reader.take(4), reader.take(4), reader.take(6)), (10, 0, 0));
    /// assert_eq!(reader.check().unwrap_err().message(), "bits: expected another field at bit 8, found 0 bits left");
    /// ```
    #[inline(never)]
    pub fn take(&mut self, bits: u32) -> u64 {
        let at = self.position;
        self.int(bits).unwrap_or_else(|_| {
            self.lacking.get_or_insert(at);
            0
        })
    }

    /// Whether all that was taken was there.
    ///
    /// # Errors
    ///
    /// `signal.invalid` with the position of the first field that was not.
    pub fn check(&self) -> Result<(), Error> {
        match self.lacking {
            None => Ok(()),
            Some(position) => Err(Self { position, ..self.clone() }.short()),
        }
    }

    /// The next field as an unsigned integer of so many bits, at most 64.
    ///
    /// # Errors
    ///
    /// `signal.invalid` with the position when fewer bits are left.
    #[inline(never)]
    pub fn int(&mut self, bits: u32) -> Result<u64, Error> {
        let width = usize::from(bits.min(64).to_le_bytes()[0]);
        if width > self.remaining() {
            return Err(self.short());
        }
        let window = self.window();
        self.position += width;
        Ok(window.checked_shr(64 - bits.min(64)).unwrap_or(0))
    }

    /// The next bit.
    ///
    /// # Errors
    ///
    /// `signal.invalid` with the position when none is left.
    #[inline]
    pub fn flag(&mut self) -> Result<bool, Error> {
        Ok(self.int(1)? == 1)
    }

    /// The next Fibonacci-coded integer (GPP Consent String Specification, "Fibonacci Encoding").
    ///
    /// # Errors
    ///
    /// `signal.invalid` with the position when the code does not end, or is of more than 64 bits.
    pub fn fibonacci(&mut self) -> Result<u64, Error> {
        let start = self.position;
        let (mut value, mut term, mut next) = (0_u64, 1_u64, 2_u64);
        let mut last = false;
        for _ in 0..64 {
            let bit = self.flag()?;
            if bit && last {
                return Ok(value);
            }
            if bit {
                value += term;
            }
            last = bit;
            (term, next) = (next, term + next);
        }
        self.position = start;
        Err(self.refuse("expected a Fibonacci code of at most 64 bits"))
    }

    /// How many bits were read.
    pub fn position(&self) -> usize {
        self.position
    }

    /// How many bits are left.
    pub fn remaining(&self) -> usize {
        self.length - self.position
    }

    /// `signal.invalid` with this reader's segment and position: what was expected there, in lower case.
    #[cold]
    pub fn refuse(&self, expected: &str) -> Error {
        refuse(self.segment, expected, " at bit ", self.position, "")
    }

    #[cold]
    fn short(&self) -> Error {
        let found = [", found ", &self.remaining().to_string(), " bits left"].concat();
        refuse(self.segment, "expected another field", " at bit ", self.position, &found)
    }

    /// The next 64 bits; beyond the end they are zero.
    #[inline]
    fn window(&self) -> u64 {
        let rest = self.bytes.get(self.position / 8..).unwrap_or_default();
        let offset = self.position % 8;
        if let Some((word, after)) = rest.split_first_chunk::<8>() {
            let low = after.first().map_or(0, |byte| u64::from(*byte));
            return u64::from_be_bytes(*word) << offset | low >> (8 - offset);
        }
        let word = rest.iter().fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
        word.checked_shl(8 * (8 - rest.len().to_le_bytes().map(u32::from)[0])).unwrap_or(0) << offset
    }
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
    let mut text = vec![b'A'; bytes.len().div_ceil(3) * 4];
    for (to, from) in text.chunks_exact_mut(4).zip(bytes.chunks(3)) {
        let group = match *from {
            [first, second, third] => [0, first, second, third],
            [first, second] => [0, first, second, 0],
            [first] => [0, first, 0, 0],
            _ => [0; 4],
        };
        let mut group = u32::from_be_bytes(group) << 8;
        for symbol in to {
            group = group.rotate_left(6);
            let [.., low] = group.to_be_bytes();
            *symbol = ALPHABET.get(usize::from(low & 63)).copied().unwrap_or_default();
        }
    }
    text.truncate(symbols);
    String::from_utf8(text).unwrap_or_default()
}

/// The bits of a base64url text and how many they are, six for every character; the last byte is filled with zero bits.
/// The text stays as short as it is: the bytes are three quarters of its length.
///
/// # Errors
///
/// `signal.invalid` with the segment and position of a character that is none of base64url.
pub fn from_base64url(text: &str, segment: &'static str) -> Result<(Vec<u8>, usize), Error> {
    let mut bytes = vec![0; text.len().div_ceil(4) * 3];
    let mut wrong = 0;
    for (to, chunk) in bytes.chunks_exact_mut(3).zip(text.as_bytes().chunks(4)) {
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
        let position = text.bytes().position(|byte| !is_known(byte)).unwrap_or(0);
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
