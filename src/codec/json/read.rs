use super::{MAX_SAFE_INTEGER, Object, Value};
use crate::{Code, Error};

/// What a reader accepts at most.
///
/// # Example
///
/// ```
/// use storefront_privacy::codec::json::{self, Limits};
///
/// let limits = Limits { depth: 1, ..Limits::default() };
/// assert!(json::parse_within("[1]", limits).is_ok());
/// assert_eq!(
///     json::parse_within("[[1]]", limits).unwrap_err().to_string(),
///     "json: expected at most 1 level of arrays and objects at line 1, column 2",
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of text.
    pub bytes: usize,
    /// Arrays and objects inside each other. Each takes a few hundred bytes of stack.
    pub depth: usize,
    /// Members of one object.
    pub members: usize,
}

impl Default for Limits {
    /// 256 KiB, 32 levels, 1,024 members.
    fn default() -> Self {
        Self { bytes: 256 * 1024, depth: 32, members: 1024 }
    }
}

/// Reads one JSON value within the default [`Limits`].
///
/// # Errors
///
/// `input.too-long` beyond the limit of bytes, else `input.invalid` with what was expected and where. What was
/// found is not repeated: it may be a secret.
///
/// # Example
///
/// ```
/// use storefront_privacy::codec::json;
///
/// assert_eq!(
///     json::parse("{\n  \"a\": 1,\n}").unwrap_err().to_string(),
///     "json: expected a member's name in double quotes at line 3, column 1",
/// );
/// ```
pub fn parse(text: &str) -> Result<Value, Error> {
    parse_within(text, Limits::default())
}

/// Reads one JSON value from UTF-8 within the default [`Limits`].
///
/// # Errors
///
/// As [`parse`], and `input.invalid` when the bytes are not UTF-8.
pub fn parse_bytes(bytes: &[u8]) -> Result<Value, Error> {
    within_bytes(bytes.len(), Limits::default())?;
    let text = std::str::from_utf8(bytes)
        .map_err(|error| invalid(format!("json: expected UTF-8 at byte {}", error.valid_up_to())))?;
    parse(text)
}

/// Reads one JSON value within limits of the caller's.
///
/// # Errors
///
/// As [`parse`].
pub fn parse_within(text: &str, limits: Limits) -> Result<Value, Error> {
    within_bytes(text.len(), limits)?;
    let mut reader = Reader { text, at: 0, depth: 0, limits };
    reader.skip_space();
    let value = reader.value()?;
    reader.skip_space();
    if reader.at < text.len() {
        return Err(reader.expected("nothing after the value"));
    }
    Ok(value)
}

fn within_bytes(found: usize, limits: Limits) -> Result<(), Error> {
    if found > limits.bytes {
        let message = format!("json: expected at most {} bytes, found {found}", limits.bytes);
        return Err(Error::new(Code::InputTooLong, message));
    }
    Ok(())
}

fn invalid(message: String) -> Error {
    Error::new(Code::InputInvalid, message)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    limits: Limits,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.at += 1;
        }
        found
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn expected(&self, what: &str) -> Error {
        let before = self.text.get(..self.at).unwrap_or(self.text);
        let line = before.split('\n').count();
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
        invalid(format!("json: expected {what} at line {line}, column {column}"))
    }

    fn value(&mut self) -> Result<Value, Error> {
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.literal("true", Value::Bool(true)),
            Some(b'f') => self.literal("false", Value::Bool(false)),
            Some(b'n') => self.literal("null", Value::Null),
            _ => Err(self.expected("a value")),
        }
    }

    fn literal(&mut self, word: &str, value: Value) -> Result<Value, Error> {
        match self.text.get(self.at..) {
            Some(rest) if rest.starts_with(word) => {
                self.at += word.len();
                Ok(value)
            }
            _ => Err(self.expected("a value")),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, Error>) -> Result<Value, Error> {
        if self.depth == self.limits.depth {
            let levels = if self.depth == 1 { "level" } else { "levels" };
            return Err(self.expected(&format!("at most {} {levels} of arrays and objects", self.depth)));
        }
        self.depth += 1;
        self.at += 1;
        self.skip_space();
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn array(&mut self) -> Result<Value, Error> {
        let mut elements = Vec::new();
        if self.take(b']') {
            return Ok(Value::Array(elements));
        }
        loop {
            elements.push(self.value()?);
            self.skip_space();
            if self.take(b']') {
                return Ok(Value::Array(elements));
            }
            if !self.take(b',') {
                return Err(self.expected("`,` or `]`"));
            }
            self.skip_space();
        }
    }

    fn object(&mut self) -> Result<Value, Error> {
        let mut members: Vec<(String, Value)> = Vec::new();
        if self.take(b'}') {
            return Ok(Value::Object(Object(members)));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.expected("a member's name in double quotes"));
            }
            let start = self.at;
            let name = self.string()?;
            if members.iter().any(|(known, _)| *known == name) {
                self.at = start;
                return Err(self.expected("a name that the object does not have yet"));
            }
            if members.len() == self.limits.members {
                self.at = start;
                return Err(self.expected(&format!("at most {} members", self.limits.members)));
            }
            self.skip_space();
            if !self.take(b':') {
                return Err(self.expected("`:`"));
            }
            self.skip_space();
            let value = self.value()?;
            members.push((name, value));
            self.skip_space();
            if self.take(b'}') {
                return Ok(Value::Object(Object(members)));
            }
            if !self.take(b',') {
                return Err(self.expected("`,` or `}`"));
            }
            self.skip_space();
        }
    }

    fn number(&mut self) -> Result<Value, Error> {
        let start = self.at;
        self.take(b'-');
        let leading_zero = self.take(b'0');
        if leading_zero == self.digits() {
            return Err(self.expected(if leading_zero {
                "no digit after a leading zero"
            } else {
                "a digit"
            }));
        }
        let whole = self.at;
        if self.take(b'.') && !self.digits() {
            return Err(self.expected("a digit"));
        }
        if self.take(b'e') || self.take(b'E') {
            if !self.take(b'+') {
                self.take(b'-');
            }
            if !self.digits() {
                return Err(self.expected("a digit"));
            }
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        let integer = if whole == self.at { text.parse::<i64>().ok() } else { None };
        Ok(match integer {
            Some(integer) if integer.unsigned_abs() <= MAX_SAFE_INTEGER.unsigned_abs() => {
                Value::Integer(integer)
            }
            _ => Value::Decimal(text.to_owned()),
        })
    }

    /// Whether there was one.
    fn digits(&mut self) -> bool {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at > start
    }

    fn string(&mut self) -> Result<String, Error> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let start = self.at;
            while !matches!(self.peek(), None | Some(b'"' | b'\\' | 0..=0x1f)) {
                self.at += 1;
            }
            text.push_str(self.text.get(start..self.at).unwrap_or_default());
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return Err(self.expected("control characters to be escaped")),
                None => return Err(self.expected("a closing double quote")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Error> {
        self.at += 1;
        let character = match self.peek() {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return Err(self.expected("an escape that JSON knows")),
        };
        self.at += 1;
        Ok(character)
    }

    /// `\uXXXX`, or two of them that are a surrogate pair (RFC 8259 §7).
    fn unicode(&mut self) -> Result<char, Error> {
        let start = self.at - 1;
        let first = self.unit()?;
        let scalar = match first {
            0xd800..=0xdbff if self.take(b'\\') && self.peek() == Some(b'u') => match self.unit()? {
                second @ 0xdc00..=0xdfff => 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00),
                _ => first,
            },
            _ => first,
        };
        char::from_u32(scalar).ok_or_else(|| {
            self.at = start;
            self.expected("surrogates in pairs")
        })
    }

    fn unit(&mut self) -> Result<u32, Error> {
        self.at += 1;
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16));
            unit = unit << 4 | digit.ok_or_else(|| self.expected("four hexadecimal digits"))?;
            self.at += 1;
        }
        Ok(unit)
    }
}
