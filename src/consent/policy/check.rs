//! Reading values of a file whose every problem is to be told at once, not only the first.
//!
//! A reader that finds a problem notes it and answers with something of the right type, so that the rest of the
//! file is read too. Nothing of it is used when there is a problem.

use std::ops::RangeInclusive;

use super::{Problem, form};
use crate::codec::json::Value;

/// Beyond this many, more problems help nobody.
const MOST_PROBLEMS: usize = 100;

/// A place in a file and what is there, if anything.
pub(super) struct Place<'a> {
    path: String,
    value: Option<&'a Value>,
}

impl<'a> Place<'a> {
    pub(super) fn root(value: &'a Value) -> Self {
        Self { path: "$".to_owned(), value: Some(value) }
    }

    pub(super) fn member(&self, name: &str) -> Self {
        Self { path: format!("{}.{name}", self.path), value: self.value.and_then(|value| value.get(name)) }
    }

    pub(super) fn exists(&self) -> bool {
        self.value.is_some()
    }

    fn element(&self, position: usize, value: &'a Value) -> Self {
        Self { path: format!("{}[{position}]", self.path), value: Some(value) }
    }

    fn found(&self) -> &'static str {
        self.value.map_or("nothing", Value::kind)
    }
}

#[derive(Default)]
pub(super) struct Checker(Vec<Problem>);

impl Checker {
    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.0
    }

    pub(super) fn note(&mut self, place: &Place<'_>, reason: &str) {
        if self.0.len() < MOST_PROBLEMS {
            self.0.push(Problem { path: place.path.clone(), reason: reason.to_owned() });
        }
    }

    /// Whether there is an object.
    pub(super) fn object(&mut self, place: &Place<'_>, known: &[&str]) -> bool {
        let Some(object) = place.value.and_then(Value::as_object) else {
            self.note(place, &format!("expected an object, found {}", place.found()));
            return false;
        };
        for (name, _) in object.iter().filter(|(name, _)| !known.contains(name)) {
            let name: String = name.chars().take(40).collect();
            self.note(place, &format!("expected only members that are known, found `{name}`"));
        }
        true
    }

    /// A string that fits. `expected` says in words what fits.
    pub(super) fn text(&mut self, place: &Place<'_>, expected: &str, fits: &dyn Fn(&str) -> bool) -> String {
        match place.value {
            Some(Value::String(text)) if fits(text) => return text.clone(),
            Some(Value::String(_)) => self.note(place, &format!("expected {expected}")),
            _ => self.note(place, &format!("expected {expected}, found {}", place.found())),
        }
        String::new()
    }

    /// A string for people to read.
    pub(super) fn words(&mut self, place: &Place<'_>, most: usize) -> String {
        let expected = format!("1 to {most} characters of text on one line");
        self.text(place, &expected, &|text| form::is_text(text, most))
    }

    /// An optional truth value.
    pub(super) fn flag(&mut self, place: &Place<'_>) -> bool {
        match place.value {
            None => false,
            Some(Value::Bool(flag)) => *flag,
            Some(_) => {
                self.note(place, &format!("expected true or false, found {}", place.found()));
                false
            }
        }
    }

    /// An integer within a range.
    pub(super) fn number<T: TryFrom<u32> + Default>(
        &mut self,
        place: &Place<'_>,
        range: RangeInclusive<u32>,
    ) -> T {
        self.whole(place, &range).and_then(|number| number.try_into().ok()).unwrap_or_default()
    }

    fn whole(&mut self, place: &Place<'_>, range: &RangeInclusive<u32>) -> Option<u32> {
        let number = place.value.and_then(Value::as_integer).and_then(|number| u32::try_from(number).ok());
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            self.note(place, &format!("expected an integer from {} to {}", range.start(), range.end()));
        }
        number
    }

    /// One of the values of a closed list.
    pub(super) fn one_of<T: Copy>(
        &mut self,
        place: &Place<'_>,
        all: &[T],
        name: fn(T) -> &'static str,
    ) -> Option<T> {
        let names: Vec<_> = all.iter().map(|value| name(*value)).collect();
        let position = self.one_named(place, &names)?;
        all.get(position).copied()
    }

    fn one_named(&mut self, place: &Place<'_>, names: &[&str]) -> Option<usize> {
        let text = place.value.and_then(Value::as_str);
        let found = names.iter().position(|name| Some(*name) == text);
        if found.is_none() {
            self.note(place, &format!("expected one of {}", names.join(", ")));
        }
        found
    }

    /// An array of so many elements, each read by `read`.
    pub(super) fn list<T>(
        &mut self,
        place: &Place<'_>,
        length: RangeInclusive<usize>,
        mut read: impl FnMut(&mut Self, &Place<'_>) -> Option<T>,
    ) -> Vec<T> {
        let mut elements = Vec::new();
        self.each(place, &length, &mut |check, place| elements.extend(read(check, place)));
        elements
    }

    /// One copy for elements of every type.
    fn each(
        &mut self,
        place: &Place<'_>,
        length: &RangeInclusive<usize>,
        read: &mut dyn FnMut(&mut Self, &Place<'_>),
    ) {
        let Some(elements) = place.value.and_then(Value::as_array) else {
            return self.note(place, &format!("expected an array, found {}", place.found()));
        };
        if !length.contains(&elements.len()) {
            let (least, most) = (length.start(), length.end());
            return self
                .note(place, &format!("expected {least} to {most} elements, found {}", elements.len()));
        }
        for (position, value) in elements.iter().enumerate() {
            read(self, &place.element(position, value));
        }
    }

    /// The same where nothing stands for an empty one.
    pub(super) fn maybe_list<T>(
        &mut self,
        place: &Place<'_>,
        most: usize,
        read: impl FnMut(&mut Self, &Place<'_>) -> Option<T>,
    ) -> Vec<T> {
        if place.exists() { self.list(place, 0..=most, read) } else { Vec::new() }
    }

    /// Notes a value that an earlier element has too. Values that were refused before are empty by now.
    pub(super) fn unique<'v>(&mut self, place: &Place<'_>, values: impl Iterator<Item = &'v str>) {
        let mut seen: Vec<&str> = Vec::new();
        for value in values.filter(|value| !value.is_empty()) {
            if seen.contains(&value) {
                self.note(place, &format!("expected every id once, found `{value}` again"));
            }
            seen.push(value);
        }
    }
}
