//! A vendor list's JSON, read as it goes by: most of it is text that no rule needs, and no tree of it is built.

use std::borrow::Cow;

use super::FlagSet;
use crate::{Code, Error};

/// How deep a list may nest: it needs six.
const DEPTH: u8 = 16;

pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: u8,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, most: usize) -> Result<Self, Error> {
        if text.len() > most {
            return Err(Error::new(Code::VendorListTooLong, "vendor list: expected at most 4 MiB"));
        }
        Ok(Self { text, at: 0, depth: 0 })
    }

    /// Calls for each member of the object that comes next, with its name; the call reads the value.
    pub(super) fn members(
        &mut self,
        each: &mut dyn FnMut(&mut Self, &str) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.open(b'{', "expected an object")?;
        if !self.take(b'}') {
            loop {
                let name = self.string()?;
                self.expect(b':', "expected `:`")?;
                each(self, &name)?;
                if self.take(b'}') {
                    break;
                }
                self.expect(b',', "expected `,` or `}`")?;
            }
        }
        self.depth -= 1;
        Ok(())
    }

    /// Calls for each element of the array that comes next; the call reads it.
    pub(super) fn elements(
        &mut self,
        each: &mut dyn FnMut(&mut Self) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.open(b'[', "expected an array")?;
        if !self.take(b']') {
            loop {
                each(self)?;
                if self.take(b']') {
                    break;
                }
                self.expect(b',', "expected `,` or `]`")?;
            }
        }
        self.depth -= 1;
        Ok(())
    }

    /// An array of ids from 1 to the greatest.
    pub(super) fn ids(&mut self, greatest: u8) -> Result<FlagSet, Error> {
        let mut ids = FlagSet::EMPTY;
        self.elements(&mut |reader| {
            let id = reader.number(greatest.into())?;
            if id == 0 {
                return Err(reader.refuse("expected an id from 1 on"));
            }
            ids.insert(u8::try_from(id).unwrap_or(0));
            Ok(())
        })?;
        Ok(ids)
    }

    /// A whole number without sign, at most this one.
    pub(super) fn number(&mut self, greatest: u32) -> Result<u32, Error> {
        self.space();
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        let number = self.rest().get(..digits).and_then(|digits| digits.parse().ok());
        match number.filter(|number| *number <= greatest) {
            Some(number) if !matches!(self.rest().as_bytes().get(digits), Some(b'.' | b'e' | b'E')) => {
                self.at += digits;
                Ok(number)
            }
            _ => Err(self.refuse("expected a whole number within its bounds")),
        }
    }

    /// A string, its escapes resolved.
    pub(super) fn string(&mut self) -> Result<Cow<'a, str>, Error> {
        self.expect(b'"', "expected a string")?;
        let mut resolved: Option<String> = None;
        loop {
            let rest = self.rest();
            let plain = rest.bytes().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20)).count();
            let part = rest.get(..plain).unwrap_or_default();
            self.at += plain;
            if let Some(resolved) = &mut resolved {
                resolved.push_str(part);
            }
            match self.next() {
                Some(b'"') => return Ok(resolved.map_or(Cow::Borrowed(part), Cow::Owned)),
                Some(b'\\') => {
                    let character = self.escape()?;
                    resolved.get_or_insert_with(|| part.to_owned()).push(character);
                }
                _ => return Err(self.refuse("expected the end of a string")),
            }
        }
    }

    /// Passes over `null`, and then is true, or over any other value.
    pub(super) fn null_or_skip(&mut self) -> Result<bool, Error> {
        self.space();
        let is_null = self.rest().starts_with("null");
        self.skip()?;
        Ok(is_null)
    }

    /// Passes over any value.
    pub(super) fn skip(&mut self) -> Result<(), Error> {
        self.space();
        match self.rest().as_bytes().first() {
            Some(b'{') => self.members(&mut |reader, _| reader.skip()),
            Some(b'[') => self.elements(&mut Self::skip),
            Some(b'"') => self.string().map(drop),
            _ => {
                let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
                let length = self.rest().bytes().take_while(is_part).count();
                let word = self.rest().get(..length).unwrap_or_default();
                if !matches!(word, "true" | "false" | "null") && !is_number(word) {
                    return Err(self.refuse("expected a value"));
                }
                self.at += length;
                Ok(())
            }
        }
    }

    /// Nothing but white space may follow.
    pub(super) fn end(&mut self) -> Result<(), Error> {
        self.space();
        if self.rest().is_empty() { Ok(()) } else { Err(self.refuse("expected nothing after the list")) }
    }

    #[cold]
    pub(super) fn refuse(&self, expected: &str) -> Error {
        let message = ["vendor list: ", expected, " at byte ", &self.at.to_string()].concat();
        Error::new(Code::VendorListInvalid, message)
    }

    fn open(&mut self, bracket: u8, expected: &str) -> Result<(), Error> {
        if self.depth >= DEPTH {
            return Err(self.refuse("expected at most 16 levels"));
        }
        self.expect(bracket, expected)?;
        self.depth += 1;
        Ok(())
    }

    fn escape(&mut self) -> Result<char, Error> {
        let character = match self.next() {
            Some(byte @ (b'"' | b'\\' | b'/')) => Some(char::from(byte)),
            Some(b'b') => Some('\u{8}'),
            Some(b'f') => Some('\u{c}'),
            Some(b'n') => Some('\n'),
            Some(b'r') => Some('\r'),
            Some(b't') => Some('\t'),
            Some(b'u') => self.unit().and_then(|unit| match unit {
                0xd800..0xdc00 => {
                    self.rest().starts_with("\\u").then(|| self.at += 2)?;
                    let low = self.unit().filter(|low| (0xdc00..0xe000).contains(low))?;
                    char::from_u32(0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00))
                }
                unit => char::from_u32(unit),
            }),
            _ => None,
        };
        character.ok_or_else(|| self.refuse("expected an escape"))
    }

    fn unit(&mut self) -> Option<u32> {
        let digits =
            self.rest().get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.rest().as_bytes().first().copied().filter(u8::is_ascii)?;
        self.at += 1;
        Some(byte)
    }

    fn expect(&mut self, byte: u8, expected: &str) -> Result<(), Error> {
        if self.take(byte) { Ok(()) } else { Err(self.refuse(expected)) }
    }

    fn take(&mut self, byte: u8) -> bool {
        self.space();
        let found = self.text.as_bytes().get(self.at) == Some(&byte);
        self.at += usize::from(found);
        found
    }

    fn space(&mut self) {
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        self.at += self.rest().bytes().take_while(is_space).count();
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }
}

fn is_number(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.last().is_some_and(u8::is_ascii_digit)
        && bytes.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E'))
}
