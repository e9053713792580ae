//! A small JSON reader and writer: what Cargo, npm and the suites report, and what the commands leave behind.

use std::fmt::{self, Display, Write as _};

use crate::shell::Outcome;

/// A JSON value; an object keeps the order of its members.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a whole text.
    pub(crate) fn parse(text: &str) -> Outcome<Self> {
        let mut reader = Reader { rest: text };
        let value = reader.value(0)?;
        reader.space();
        if reader.rest.is_empty() { Ok(value) } else { Err(reader.fault("the end")) }
    }

    /// The member of an object, or `Null`.
    pub(crate) fn get(&self, name: &str) -> &Json {
        match self {
            Self::Object(members) => {
                members.iter().find(|(key, _)| key == name).map_or(&Self::Null, |(_, value)| value)
            }
            _ => &Self::Null,
        }
    }

    /// The items of a list; of anything else none.
    pub(crate) fn items(&self) -> &[Json] {
        if let Self::List(items) = self { items } else { &[] }
    }

    /// The members of an object; of anything else none.
    pub(crate) fn members(&self) -> &[(String, Json)] {
        if let Self::Object(members) = self { members } else { &[] }
    }

    /// The text, or an empty one.
    pub(crate) fn text(&self) -> &str {
        if let Self::Text(text) = self { text } else { "" }
    }

    /// The number, if it is one.
    pub(crate) fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    /// The number as a count of things, if it can be one.
    pub(crate) fn count(&self) -> Option<u64> {
        self.number().and_then(|number| format!("{number:.0}").parse().ok())
    }
}

/// An object of the given members.
pub(crate) fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Json {
    fn from(count: u64) -> Self {
        Self::Number(count.to_string().parse().unwrap_or(f64::MAX))
    }
}

impl From<Vec<Json>> for Json {
    fn from(items: Vec<Json>) -> Self {
        Self::List(items)
    }
}

impl Display for Json {
    /// Indented by two spaces, one member or item a line.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_value(self, 0, formatter)
    }
}

fn write_value(value: &Json, depth: usize, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let inner = "  ".repeat(depth + 1);
    let outer = "  ".repeat(depth);
    match value {
        Json::Null => out.write_str("null"),
        Json::Bool(flag) => write!(out, "{flag}"),
        Json::Number(number) => write!(out, "{number}"),
        Json::Text(text) => out.write_str(&quoted(text)),
        Json::List(items) if items.is_empty() => out.write_str("[]"),
        Json::Object(members) if members.is_empty() => out.write_str("{}"),
        Json::List(items) => {
            for (index, item) in items.iter().enumerate() {
                write!(out, "{}\n{inner}", if index == 0 { "[" } else { "," })?;
                write_value(item, depth + 1, out)?;
            }
            write!(out, "\n{outer}]")
        }
        Json::Object(members) => {
            for (index, (name, member)) in members.iter().enumerate() {
                write!(out, "{}\n{inner}{}: ", if index == 0 { "{" } else { "," }, quoted(name))?;
                write_value(member, depth + 1, out)?;
            }
            write!(out, "\n{outer}}}")
        }
    }
}

/// A JSON string; a basic string of TOML is written alike.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            control if control.is_control() => {
                let mut units = [0; 2];
                for unit in control.encode_utf16(&mut units) {
                    // Writing to a string cannot fail.
                    let _ = write!(quoted, "\\u{unit:04x}");
                }
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// How deep values may be nested.
const DEPTH: usize = 128;

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Outcome<Json> {
        if depth > DEPTH {
            return Err(self.fault("less nesting"));
        }
        self.space();
        if self.take("{") {
            return self.object(depth);
        }
        if self.take("[") {
            return self.list(depth);
        }
        if self.rest.starts_with('"') {
            return self.string().map(Json::Text);
        }
        for (word, value) in [("null", Json::Null), ("true", Json::Bool(true)), ("false", Json::Bool(false))]
        {
            if self.take(word) {
                return Ok(value);
            }
        }
        let end = self.rest.find(|c: char| !matches!(c, '0'..='9' | '-' | '+' | '.' | 'e' | 'E'));
        let (number, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        let number = number.parse().map_err(|_| self.fault("a value"))?;
        self.rest = rest;
        Ok(Json::Number(number))
    }

    fn object(&mut self, depth: usize) -> Outcome<Json> {
        let mut members = Vec::new();
        self.space();
        if self.take("}") {
            return Ok(Json::Object(members));
        }
        loop {
            self.space();
            let name = self.string()?;
            self.space();
            self.expect(":")?;
            members.push((name, self.value(depth + 1)?));
            self.space();
            if self.take("}") {
                return Ok(Json::Object(members));
            }
            self.expect(",")?;
        }
    }

    fn list(&mut self, depth: usize) -> Outcome<Json> {
        let mut items = Vec::new();
        self.space();
        if self.take("]") {
            return Ok(Json::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.space();
            if self.take("]") {
                return Ok(Json::List(items));
            }
            self.expect(",")?;
        }
    }

    fn string(&mut self) -> Outcome<String> {
        self.expect("\"")?;
        let mut units: Vec<u16> = Vec::new();
        loop {
            let character = self.next()?;
            let plain = match character {
                '"' => return String::from_utf16(&units).map_err(|_| self.fault("whole surrogate pairs")),
                '\\' => match self.next()? {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    'b' => '\u{8}',
                    'f' => '\u{c}',
                    'u' => {
                        let (digits, rest) =
                            self.rest.split_at_checked(4).ok_or_else(|| self.fault("4 digits"))?;
                        units.push(u16::from_str_radix(digits, 16).map_err(|_| self.fault("4 digits"))?);
                        self.rest = rest;
                        continue;
                    }
                    other => other,
                },
                other => other,
            };
            units.extend(plain.encode_utf16(&mut [0; 2]).iter());
        }
    }

    fn next(&mut self) -> Outcome<char> {
        let mut characters = self.rest.chars();
        let character = characters.next().ok_or_else(|| self.fault("more"))?;
        self.rest = characters.as_str();
        Ok(character)
    }

    fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn expect(&mut self, token: &str) -> Outcome<()> {
        if self.take(token) { Ok(()) } else { Err(self.fault(token)) }
    }

    fn fault(&self, expected: &str) -> String {
        let near: String = self.rest.chars().take(24).collect();
        format!("JSON: expected {expected}, found `{near}`")
    }
}
