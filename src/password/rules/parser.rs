//! Reads rules, character by character.

use super::{Characters, Rules, invalid};
use crate::{Code, Error};

/// The most characters of a text.
const LONGEST: usize = 4_096;

/// The most sets of which a password has to have one each. There are four named ones; no site asks for more than a few.
const SETS: usize = 8;

pub(super) fn parse(text: &str) -> Result<Rules, Error> {
    let found = text.chars().count();
    if found > LONGEST {
        return Err(Error::new(
            Code::InputTooLong,
            format!("password: expected rules of at most {LONGEST} characters, found {found}"),
        ));
    }
    let mut reader = Reader { text: text.chars().collect(), at: 0 };
    let mut rules = Rules::default();
    while reader.skip_blanks() {
        if reader.take(';') {
            continue;
        }
        reader.property(&mut rules)?;
        if reader.skip_blanks() && !reader.take(';') {
            return Err(reader.expected("`;` or the end"));
        }
    }
    if rules.required.is_empty() && rules.allowed.is_empty() {
        rules.allowed = Characters::ASCII_PRINTABLE;
    }
    rules.allowed = rules.required.iter().fold(rules.allowed, Characters::with);
    keep_narrowest(&mut rules.required);
    if rules.required.len() > SETS {
        return Err(invalid(&format!("expected at most {SETS} different requirements in the rules")));
    }
    rules.check()
}

/// What has one of a set has one of every set that holds all of it.
fn keep_narrowest(sets: &mut Vec<Characters>) {
    let all = sets.clone();
    let mut kept: Vec<Characters> = Vec::new();
    sets.retain(|set| {
        let needed = !kept.contains(set) && !all.iter().any(|other| other != set && set.holds(other));
        kept.push(*set);
        needed
    });
}

struct Reader {
    text: Vec<char>,
    at: usize,
}

impl Reader {
    fn property(&mut self, rules: &mut Rules) -> Result<(), Error> {
        let start = self.at;
        let name = self.word();
        let known = ["required", "allowed", "minlength", "maxlength", "max-consecutive"];
        let Some(index) = known.iter().position(|known| name.eq_ignore_ascii_case(known)) else {
            self.at = start;
            return Err(self.expected("required, allowed, minlength, maxlength or max-consecutive"));
        };
        self.skip_blanks();
        if !self.take(':') {
            return Err(self.expected("`:`"));
        }
        if !self.skip_blanks() || self.peek() == Some(';') {
            return Ok(());
        }
        if index < 2 {
            let set = self.classes()?;
            match index {
                _ if set.is_empty() => {}
                0 => rules.required.push(set),
                _ => rules.allowed = rules.allowed.with(&set),
            }
            return Ok(());
        }
        // A limit of 0 is none.
        let Some(number) = Some(self.number()?).filter(|number| *number > 0) else { return Ok(()) };
        let stricter = |old: Option<usize>| Some(old.map_or(number, |old| old.min(number)));
        match index {
            2 => rules.min_length = rules.min_length.max(Some(number)),
            3 => rules.max_length = stricter(rules.max_length),
            _ => rules.max_consecutive = stricter(rules.max_consecutive),
        }
        Ok(())
    }

    /// Classes with commas between them; what stands after them is left.
    fn classes(&mut self) -> Result<Characters, Error> {
        let mut set = Characters::default();
        loop {
            set = set.with(&self.class()?);
            self.skip_blanks();
            if !self.take(',') {
                return Ok(set);
            }
            self.skip_blanks();
        }
    }

    fn class(&mut self) -> Result<Characters, Error> {
        let start = self.at;
        if self.take('[') {
            return self.custom(start);
        }
        let name = self.word();
        Characters::named(&name).ok_or_else(|| {
            self.at = start;
            self.expected("upper, lower, digit, special, ascii-printable, unicode or `[`")
        })
    }

    /// The rest of a class in brackets. Of `]]` the first is one of its characters.
    fn custom(&mut self, start: usize) -> Result<Characters, Error> {
        let mut inside: Vec<char> = Vec::new();
        while let Some(character) = self.next() {
            match character {
                ']' if self.take(']') => return Ok(inside.into_iter().chain([']']).collect()),
                ']' => return Ok(inside.into_iter().collect()),
                // Anywhere else it might be meant as a range, of which the grammar has none.
                '-' if !inside.is_empty() => {}
                ' '..='~' => inside.push(character),
                _ => {}
            }
        }
        self.at = start;
        Err(self.expected("a class that ends in `]`"))
    }

    fn number(&mut self) -> Result<usize, Error> {
        let mut number: Option<usize> = None;
        while let Some(digit) = self.peek().and_then(|character| character.to_digit(10)) {
            let digit = usize::try_from(digit).unwrap_or_default();
            number = Some(number.unwrap_or_default().saturating_mul(10).saturating_add(digit));
            self.at += 1;
        }
        number.ok_or_else(|| self.expected("a number"))
    }

    /// Letters and dashes.
    fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some(letter) = self.peek().filter(|letter| letter.is_ascii_alphabetic() || *letter == '-') {
            word.push(letter);
            self.at += 1;
        }
        word
    }

    /// Passes over HTML's blanks; whether something follows.
    fn skip_blanks(&mut self) -> bool {
        while matches!(self.peek(), Some(' ' | '\t' | '\n' | '\r' | '\u{c}')) {
            self.at += 1;
        }
        self.peek().is_some()
    }

    fn take(&mut self, expected: char) -> bool {
        let found = self.peek() == Some(expected);
        self.at += usize::from(found);
        found
    }

    fn next(&mut self) -> Option<char> {
        let character = self.peek();
        self.at += usize::from(character.is_some());
        character
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn expected(&self, what: &str) -> Error {
        invalid(&format!("expected {what} in the rules, at character {}", self.at + 1))
    }
}
