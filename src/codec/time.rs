//! Time as the formats of this crate write it: seconds since 1970 inside, RFC 3339 and ISO 8601 outside.
//!
//! Nothing here reads a clock: whoever needs "now" is given it.

use std::fmt;

use crate::{Code, Error};

mod duration;

pub use duration::Duration;

const SECONDS_A_DAY: i64 = 86_400;
/// 0000-01-01T00:00:00Z and 9999-12-31T23:59:59Z, the range that RFC 3339 can write.
const RANGE: std::ops::RangeInclusive<i64> = -62_167_219_200..=253_402_300_799;

/// A day of the Gregorian calendar and a time of day, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateTime {
    /// 0 to 9999.
    pub year: i64,
    /// 1 to 12.
    pub month: i64,
    /// 1 to 31.
    pub day: i64,
    /// 0 to 23.
    pub hour: i64,
    /// 0 to 59.
    pub minute: i64,
    /// 0 to 59: leap seconds do not exist in seconds since 1970.
    pub second: i64,
}

impl DateTime {
    /// The day and time of so many seconds after 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    ///
    /// `input.invalid` outside the years 0 to 9999.
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::codec::time::DateTime;
    ///
    /// let time = DateTime::from_seconds(1_795_392_000)?;
    /// assert_eq!((time.year, time.month, time.day), (2026, 11, 23));
    /// assert_eq!(time.to_string(), "2026-11-23T00:00:00Z");
    /// # Ok::<(), storefront_privacy::Error>(())
    /// ```
    pub fn from_seconds(seconds: i64) -> Result<Self, Error> {
        if !RANGE.contains(&seconds) {
            return Err(invalid("expected a year from 0 to 9999"));
        }
        let (year, month, day) = civil(seconds.div_euclid(SECONDS_A_DAY));
        let of_day = seconds.rem_euclid(SECONDS_A_DAY);
        Ok(Self { year, month, day, hour: of_day / 3600, minute: of_day / 60 % 60, second: of_day % 60 })
    }

    /// Seconds after 1970-01-01T00:00:00Z. The fields are taken as they are: [`parse`] is what checks.
    pub fn to_seconds(self) -> i64 {
        let days = days(self.year, self.month, self.day);
        days * SECONDS_A_DAY + self.hour * 3600 + self.minute * 60 + self.second
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day, hour, minute, second } = self;
        write!(formatter, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

/// The RFC 3339 text of so many seconds after 1970-01-01T00:00:00Z.
///
/// # Errors
///
/// `input.invalid` outside the years 0 to 9999.
///
/// # Example
///
/// ```
/// use storefront_privacy::codec::time;
///
/// assert_eq!(time::format(0)?, "1970-01-01T00:00:00Z");
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
pub fn format(seconds: i64) -> Result<String, Error> {
    DateTime::from_seconds(seconds).map(|time| time.to_string())
}

/// The seconds after 1970-01-01T00:00:00Z of an RFC 3339 text. A fraction of a second is dropped.
///
/// # Errors
///
/// `input.invalid` when the text is not of the form `2026-11-23T20:10:00Z` or `2026-11-23T21:10:00+01:00`, when
/// there is no such day or time, and for a leap second.
///
/// # Example
///
/// ```
/// use storefront_privacy::codec::time;
///
/// assert_eq!(time::parse("2026-11-23T01:00:00+01:00")?, 1_795_392_000);
/// assert_eq!(
///     time::parse("2026-02-29T00:00:00Z").unwrap_err().to_string(),
///     "time: expected a day of 2026-02, found 29",
/// );
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
pub fn parse(text: &str) -> Result<i64, Error> {
    let mut rest = text;
    let year = digits(&mut rest, 4)?;
    expect(&mut rest, &['-'])?;
    let month = in_range("a month", digits(&mut rest, 2)?, 1, 12)?;
    expect(&mut rest, &['-'])?;
    let day = digits(&mut rest, 2)?;
    if !(1..=days_in_month(year, month)).contains(&day) {
        return Err(invalid(&format!("expected a day of {year:04}-{month:02}, found {day}")));
    }
    expect(&mut rest, &['T', 't'])?;
    let hour = in_range("an hour", digits(&mut rest, 2)?, 0, 23)?;
    expect(&mut rest, &[':'])?;
    let minute = in_range("a minute", digits(&mut rest, 2)?, 0, 59)?;
    expect(&mut rest, &[':'])?;
    let second = in_range("a second", digits(&mut rest, 2)?, 0, 59)?;
    if let Some(after) = rest.strip_prefix('.') {
        rest = after.trim_start_matches(|character: char| character.is_ascii_digit());
        if rest.len() == after.len() {
            return Err(form());
        }
    }
    let offset = match expect(&mut rest, &['Z', 'z', '+', '-'])? {
        sign @ ('+' | '-') => {
            let hours = in_range("an offset's hour", digits(&mut rest, 2)?, 0, 23)?;
            expect(&mut rest, &[':'])?;
            let minutes = in_range("an offset's minute", digits(&mut rest, 2)?, 0, 59)?;
            (hours * 3600 + minutes * 60) * if sign == '-' { -1 } else { 1 }
        }
        _ => 0,
    };
    if !rest.is_empty() {
        return Err(form());
    }
    let seconds = DateTime { year, month, day, hour, minute, second }.to_seconds() - offset;
    if !RANGE.contains(&seconds) {
        return Err(invalid("expected a year from 0 to 9999"));
    }
    Ok(seconds)
}

fn digits(rest: &mut &str, count: usize) -> Result<i64, Error> {
    let (head, tail) = rest.split_at_checked(count).ok_or_else(form)?;
    if !head.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(form());
    }
    *rest = tail;
    head.parse().map_err(|_| form())
}

fn expect(rest: &mut &str, one_of: &[char]) -> Result<char, Error> {
    let mut characters = rest.chars();
    let found = characters.next().filter(|character| one_of.contains(character)).ok_or_else(form)?;
    *rest = characters.as_str();
    Ok(found)
}

fn in_range(what: &str, found: i64, least: i64, most: i64) -> Result<i64, Error> {
    if (least..=most).contains(&found) {
        return Ok(found);
    }
    Err(invalid(&format!("expected {what} from {least} to {most}, found {found}")))
}

fn form() -> Error {
    invalid("expected a form such as 2026-11-23T20:10:00Z")
}

fn invalid(message: &str) -> Error {
    Error::new(Code::InputInvalid, format!("time: {message}"))
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01. Counted from the first of March, so that the leap day is a year's last; 719,468 days lie
/// between 0000-03-01 and 1970-01-01.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let march_year = if month < 3 { year - 1 } else { year };
    let march_month = (month + 9) % 12;
    let leaps = march_year.div_euclid(4) - march_year.div_euclid(100) + march_year.div_euclid(400);
    // Months from March on have 31, 30, 31, 30, 31 days and so on, which is 153 days in five months.
    march_year * 365 + leaps + (153 * march_month + 2) / 5 + day - 1 - 719_468
}

/// Year, month and day of so many days after 1970-01-01: the inverse of [`days`].
fn civil(days_since_1970: i64) -> (i64, i64, i64) {
    // A year has 365.2425 days on average; the estimate is off by one at most.
    let mut year = 1970 + (days_since_1970 * 400).div_euclid(146_097);
    while days(year + 1, 1, 1) <= days_since_1970 {
        year += 1;
    }
    while days(year, 1, 1) > days_since_1970 {
        year -= 1;
    }
    let mut month = 12;
    while days(year, month, 1) > days_since_1970 {
        month -= 1;
    }
    (year, month, days_since_1970 - days(year, month, 1) + 1)
}
