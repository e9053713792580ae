use std::fmt;

use crate::{Code, Error};

/// A length of time in calendar units, as ISO 8601 writes it: `P13M`, `P2W`, `P1DT12H`.
///
/// Months and years have no fixed length, so the units are kept apart, as they were written.
///
/// # Example
///
/// ```
/// use storefront_privacy::codec::time::Duration;
///
/// let retention = Duration::parse("P1Y6M")?;
/// assert_eq!((retention.years, retention.months), (1, 6));
/// assert_eq!(retention.to_string(), "P1Y6M");
/// assert_eq!(
///     Duration::parse("13 months").unwrap_err().to_string(),
///     "time: expected an ISO 8601 duration such as P13M or PT30M",
/// );
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Duration {
    /// `Y`
    pub years: u32,
    /// `M` before the `T`
    pub months: u32,
    /// `W`
    pub weeks: u32,
    /// `D`
    pub days: u32,
    /// `H`
    pub hours: u32,
    /// `M` after the `T`
    pub minutes: u32,
    /// `S`
    pub seconds: u32,
}

impl Duration {
    /// Reads an ISO 8601 duration of whole units, weeks allowed beside the others.
    ///
    /// # Errors
    ///
    /// `input.invalid` when the text is not one: without a unit, units out of order or twice, fractions, signs, or
    /// a number beyond 4,294,967,295.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut duration = Self::default();
        let body = text.strip_prefix('P').ok_or_else(form)?;
        let (date, time) = match body.split_once('T') {
            Some((_, "")) => return Err(form()),
            Some((date, time)) => (date, time),
            None => (body, ""),
        };
        if date.is_empty() && time.is_empty() {
            return Err(form());
        }
        let Self { years, months, weeks, days, hours, minutes, seconds } = &mut duration;
        read(date, [('Y', years), ('M', months), ('W', weeks), ('D', days)])?;
        read(time, [('H', hours), ('M', minutes), ('S', seconds)])?;
        Ok(duration)
    }

    /// Its units that are not zero, greatest first, as words: `1 year 6 months`. English; a page that speaks another
    /// language formats the fields itself.
    pub fn to_words(self) -> String {
        let words: Vec<_> = self
            .units()
            .into_iter()
            .filter(|(count, _, _)| *count > 0)
            .map(|(count, _, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
            .collect();
        if words.is_empty() { "0 seconds".to_owned() } else { words.join(" ") }
    }

    fn units(self) -> [(u32, char, &'static str); 7] {
        [
            (self.years, 'Y', "year"),
            (self.months, 'M', "month"),
            (self.weeks, 'W', "week"),
            (self.days, 'D', "day"),
            (self.hours, 'H', "hour"),
            (self.minutes, 'M', "minute"),
            (self.seconds, 'S', "second"),
        ]
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::default() {
            return formatter.write_str("PT0S");
        }
        formatter.write_str("P")?;
        let mut time = false;
        for (position, (count, letter, _)) in self.units().into_iter().enumerate() {
            if count > 0 {
                if position >= 4 && !time {
                    formatter.write_str("T")?;
                    time = true;
                }
                write!(formatter, "{count}{letter}")?;
            }
        }
        Ok(())
    }
}

fn read<const N: usize>(text: &str, units: [(char, &mut u32); N]) -> Result<(), Error> {
    let mut rest = text;
    for (letter, unit) in units {
        if let Some((number, after)) = rest.split_once(letter)
            && number.bytes().all(|byte| byte.is_ascii_digit())
        {
            *unit = number.parse().map_err(|_| form())?;
            rest = after;
        }
    }
    if rest.is_empty() { Ok(()) } else { Err(form()) }
}

fn form() -> Error {
    Error::new(Code::InputInvalid, "time: expected an ISO 8601 duration such as P13M or PT30M")
}
