//! Stands for the crate `regex` in the password module: the three patterns that zxcvbn 3.1.1 has, and no others.
//!
//! The engines are 298 KB of brotli for six short patterns. What is written here answers as they do: the core's native
//! tests compare both over random text.

use std::ops::Index;

/// No pattern that is known here.
#[derive(Debug)]
pub struct Error;

/// One of the patterns.
#[derive(Debug)]
pub struct Regex(Pattern);

#[derive(Debug, Clone, Copy)]
enum Pattern {
    /// `19[0-9]{2}|20[0-9]{2}`
    Year,
    /// `^[0-9]{4,8}$`
    Digits,
    /// `^([0-9]{1,4})([\s/\\_.-])([0-9]{1,2})([\s/\\_.-])([0-9]{1,4})$`
    Date,
}

impl Regex {
    /// The pattern with this source.
    ///
    /// # Errors
    ///
    /// For any other than the three.
    pub fn new(source: &str) -> Result<Self, Error> {
        match source {
            r"19[0-9]{2}|20[0-9]{2}" => Ok(Self(Pattern::Year)),
            r"^[0-9]{4,8}$" => Ok(Self(Pattern::Digits)),
            r"^([0-9]{1,4})([\s/\\_.-])([0-9]{1,2})([\s/\\_.-])([0-9]{1,4})$" => Ok(Self(Pattern::Date)),
            _ => Err(Error),
        }
    }

    /// Whether it matches anywhere.
    pub fn is_match(&self, text: &str) -> bool {
        match self.0 {
            Pattern::Digits => {
                (4..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
            }
            Pattern::Year | Pattern::Date => self.captures(text).is_some(),
        }
    }

    /// The first match, with its groups.
    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        match self.0 {
            Pattern::Year => year(text, 0),
            Pattern::Digits => self.is_match(text).then(|| Captures::whole(text, 0, text.len())).flatten(),
            Pattern::Date => date(text),
        }
    }

    /// All matches, none overlapping another.
    pub fn captures_iter<'t>(&self, text: &'t str) -> CapturesIter<'t> {
        CapturesIter { pattern: self.0, text, from: 0 }
    }
}

/// The matches in a text.
#[derive(Debug)]
pub struct CapturesIter<'t> {
    pattern: Pattern,
    text: &'t str,
    from: usize,
}

impl<'t> Iterator for CapturesIter<'t> {
    type Item = Captures<'t>;

    fn next(&mut self) -> Option<Captures<'t>> {
        let found = match self.pattern {
            Pattern::Year => year(self.text, self.from),
            // Anchored at the start: there is one match or none.
            other if self.from == 0 => Regex(other).captures(self.text),
            _ => None,
        }?;
        self.from = found.get(0)?.end();
        Some(found)
    }
}

/// A match and its groups.
#[derive(Debug)]
pub struct Captures<'t> {
    groups: [Option<Match<'t>>; 6],
    count: usize,
}

impl<'t> Captures<'t> {
    fn whole(text: &'t str, start: usize, end: usize) -> Option<Self> {
        let found = Match { text: text.get(start..end)?, start };
        Some(Self { groups: [Some(found), None, None, None, None, None], count: 1 })
    }

    /// A group; 0 is the whole match.
    pub fn get(&self, group: usize) -> Option<Match<'t>> {
        self.groups.get(group).copied().flatten()
    }

    /// The whole match, then its groups.
    pub fn iter(&self) -> impl Iterator<Item = Option<Match<'t>>> + '_ {
        self.groups.iter().copied().take(self.count)
    }
}

impl Index<usize> for Captures<'_> {
    type Output = str;

    /// The text of a group; nothing where there is no such group, where the real crate panics.
    fn index(&self, group: usize) -> &str {
        self.groups.get(group).and_then(Option::as_ref).map_or("", |found| found.text)
    }
}

/// What was found, and where.
#[derive(Debug, Clone, Copy)]
pub struct Match<'t> {
    text: &'t str,
    start: usize,
}

impl<'t> Match<'t> {
    /// The text.
    pub fn as_str(&self) -> &'t str {
        self.text
    }

    /// The byte that it begins at.
    pub fn start(&self) -> usize {
        self.start
    }

    /// The byte after its last.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

fn year(text: &str, from: usize) -> Option<Captures<'_>> {
    let rest = text.as_bytes().get(from..)?;
    let found = rest.windows(4).position(|four| {
        matches!(four, [b'1', b'9', ten, one] | [b'2', b'0', ten, one] if ten.is_ascii_digit() && one.is_ascii_digit())
    })?;
    Captures::whole(text, from + found, from + found + 4)
}

fn date(text: &str) -> Option<Captures<'_>> {
    let first = digits(text, 0, 4)?;
    let before = separator(text, first.end())?;
    let second = digits(text, before.end(), 2)?;
    let after = separator(text, second.end())?;
    let third = digits(text, after.end(), 4)?;
    let whole = Match { text, start: 0 };
    let groups = [whole, first, before, second, after, third].map(Some);
    (third.end() == text.len()).then_some(Captures { groups, count: 6 })
}

/// As many digits as there are, up to `most`: no separator is a digit, so that taking fewer never helps.
fn digits(text: &str, start: usize, most: usize) -> Option<Match<'_>> {
    let rest = text.as_bytes().get(start..)?;
    let count = rest.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
    (count > 0).then(|| text.get(start..start + count)).flatten().map(|text| Match { text, start })
}

fn separator(text: &str, start: usize) -> Option<Match<'_>> {
    let character = text.get(start..)?.chars().next()?;
    let separates = character.is_whitespace() || matches!(character, '/' | '\\' | '_' | '.' | '-');
    separates
        .then(|| text.get(start..start + character.len_utf8()))
        .flatten()
        .map(|text| Match { text, start })
}
