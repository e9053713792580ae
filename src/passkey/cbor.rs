//! CBOR (RFC 8949), as much of it as authenticators send: what CTAP 2.1 §6 calls its canonical form, read leniently.

use crate::{Code, Error};

/// How deep items may go: a key in a map in an object, and a chain of certificates.
const MOST_DEPTH: usize = 8;

/// Reads items from the front of some bytes.
pub(super) struct Decoder<'a> {
    rest: &'a [u8],
}

/// The head of an item: what it is, and its number or length.
pub(super) enum Head {
    Unsigned(u64),
    Negative(u64),
    Bytes(usize),
    Text(usize),
    Array(usize),
    Map(usize),
    Other,
}

impl<'a> Decoder<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// What has not been read yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(super) fn take(&mut self, length: usize) -> Result<&'a [u8], Error> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or_else(truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, Error> {
        let (first, rest) = self.rest.split_first().ok_or_else(truncated)?;
        self.rest = rest;
        Ok(*first)
    }

    pub(super) fn head(&mut self) -> Result<Head, Error> {
        let first = self.byte()?;
        let number = match first & 0x1f {
            small @ 0..=23 => u64::from(small),
            24 => u64::from(self.byte()?),
            size @ 25..=27 => {
                let bytes = self.take(1 << (size - 24))?;
                bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
            }
            // Lengths that are not told ahead are no part of the canonical form.
            _ => return Err(malformed()),
        };
        let length = || usize::try_from(number).map_err(|_| truncated());
        Ok(match first >> 5 {
            0 => Head::Unsigned(number),
            1 => Head::Negative(number),
            2 => Head::Bytes(length()?),
            3 => Head::Text(length()?),
            4 => Head::Array(length()?),
            5 => Head::Map(length()?),
            7 => Head::Other,
            _ => return Err(malformed()),
        })
    }

    pub(super) fn map(&mut self) -> Result<usize, Error> {
        match self.head()? {
            Head::Map(length) => Ok(length),
            _ => Err(malformed()),
        }
    }

    pub(super) fn bytes(&mut self) -> Result<&'a [u8], Error> {
        match self.head()? {
            Head::Bytes(length) => self.take(length),
            _ => Err(malformed()),
        }
    }

    pub(super) fn text(&mut self) -> Result<&'a str, Error> {
        match self.head()? {
            Head::Text(length) => std::str::from_utf8(self.take(length)?).map_err(|_| malformed()),
            _ => Err(malformed()),
        }
    }

    pub(super) fn integer(&mut self) -> Result<i64, Error> {
        match self.head()? {
            Head::Unsigned(number) => i64::try_from(number).map_err(|_| malformed()),
            Head::Negative(number) => {
                i64::try_from(number).map(|number| -1 - number).map_err(|_| malformed())
            }
            _ => Err(malformed()),
        }
    }

    /// Passes over one item, and gives its bytes.
    pub(super) fn item(&mut self) -> Result<&'a [u8], Error> {
        let start = self.rest;
        self.skip(MOST_DEPTH)?;
        start.get(..start.len() - self.rest.len()).ok_or_else(truncated)
    }

    fn skip(&mut self, depth: usize) -> Result<(), Error> {
        let items = match self.head()? {
            Head::Unsigned(_) | Head::Negative(_) | Head::Other => 0,
            Head::Bytes(length) | Head::Text(length) => {
                self.take(length)?;
                0
            }
            Head::Array(length) => length,
            Head::Map(length) => length.checked_mul(2).ok_or_else(truncated)?,
        };
        if items > 0 {
            let inner = depth.checked_sub(1).ok_or_else(malformed)?;
            for _ in 0..items {
                self.skip(inner)?;
            }
        }
        Ok(())
    }
}

fn truncated() -> Error {
    Error::new(Code::PasskeyResponseInvalid, "cbor: expected more bytes")
}

fn malformed() -> Error {
    Error::new(Code::PasskeyResponseInvalid, "cbor: expected an item of another type")
}
