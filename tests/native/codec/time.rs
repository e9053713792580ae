use storefront_privacy::codec::time::{DateTime, Duration, format, parse};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::generate::{Source, cases};

const FIRST: i64 = -62_167_219_200;
const LAST: i64 = 253_402_300_799;

#[test]
fn known_times() {
    let known = [
        (FIRST, "0000-01-01T00:00:00Z"),
        (-1, "1969-12-31T23:59:59Z"),
        (951_782_400, "2000-02-29T00:00:00Z"),
        (4_107_542_399, "2100-02-28T23:59:59Z"),
        (LAST, "9999-12-31T23:59:59Z"),
    ];
    for (seconds, text) in known {
        assert_eq!(format(seconds).unwrap(), text);
        assert_eq!(parse(text).unwrap(), seconds);
    }
    assert_eq!(parse("2026-11-23t20:10:00.999z").unwrap(), parse("2026-11-23T20:10:00Z").unwrap());
    assert_eq!(format(LAST + 1).unwrap_err().to_string(), "time: expected a year from 0 to 9999");
    assert_eq!(format(i64::MIN).unwrap_err().to_string(), "time: expected a year from 0 to 9999");
}

#[test]
fn refuses_with_a_reason() {
    let form = "time: expected a form such as 2026-11-23T20:10:00Z";
    let refused = [
        ("", form),
        ("2026-11-23", form),
        ("2026-11-23 20:10:00Z", form),
        ("2026-11-23T20:10:00", form),
        ("2026-11-23T20:10:00.Z", form),
        ("2026-11-23T20:10:00Zx", form),
        ("2026-1-23T20:10:00Z", form),
        ("+026-11-23T20:10:00Z", form),
        ("２026-11-23T20:10:00Z", form),
        ("2026-13-23T20:10:00Z", "time: expected a month from 1 to 12, found 13"),
        ("2026-11-31T20:10:00Z", "time: expected a day of 2026-11, found 31"),
        ("1900-02-29T20:10:00Z", "time: expected a day of 1900-02, found 29"),
        ("2026-11-23T24:10:00Z", "time: expected an hour from 0 to 23, found 24"),
        ("2026-11-23T23:60:00Z", "time: expected a minute from 0 to 59, found 60"),
        ("2016-12-31T23:59:60Z", "time: expected a second from 0 to 59, found 60"),
        ("2026-11-23T20:10:00+24:00", "time: expected an offset's hour from 0 to 23, found 24"),
        ("0000-01-01T00:00:00+01:00", "time: expected a year from 0 to 9999"),
    ];
    for (text, message) in refused {
        let error = parse(text).unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), ("input.invalid", message), "{text:?}");
    }
}

/// The oracle is the crate `time`.
#[test]
fn agrees_with_another_calendar() {
    let mut source = Source::new(4);
    let span = LAST.abs_diff(FIRST) + 1;
    for _ in 0..cases(200_000) {
        let seconds = FIRST + i64::try_from(source.next() % span).unwrap();
        let ours = DateTime::from_seconds(seconds).unwrap();
        let theirs = OffsetDateTime::from_unix_timestamp(seconds).unwrap();
        assert_eq!((ours.year, ours.month, ours.day), {
            (i64::from(theirs.year()), i64::from(u8::from(theirs.month())), i64::from(theirs.day()))
        });
        assert_eq!((ours.hour, ours.minute, ours.second), {
            (i64::from(theirs.hour()), i64::from(theirs.minute()), i64::from(theirs.second()))
        });
        assert_eq!(ours.to_seconds(), seconds);
        assert_eq!(parse(&ours.to_string()).unwrap(), seconds);
    }
}

/// That crate is more lenient about leap seconds, the letter between date and time, and offsets of a day.
#[test]
fn reads_what_another_reader_reads() {
    let mut source = Source::new(5);
    let mut read = 0;
    for _ in 0..cases(100_000) {
        let text = source.mutate("2024-02-29T23:59:58.5+01:30", "0123456789-+:.TZz");
        let theirs = OffsetDateTime::parse(&text, &Rfc3339).map(OffsetDateTime::unix_timestamp);
        match (parse(&text), theirs) {
            (Ok(ours), Ok(theirs)) => {
                assert_eq!(ours, theirs, "{text:?}");
                read += 1;
            }
            (Err(_), Err(_)) => {}
            (Ok(_), Err(error)) => {
                // That crate takes at most nine digits of a fraction, we any number.
                assert!(text.contains('.'), "{text:?}: {error}");
            }
            (Err(error), Ok(_)) => {
                let lenient = text.contains(":60") || text.contains("+24") || !text.contains(['T', 't']);
                assert!(lenient, "{text:?}: {error}");
            }
        }
    }
    assert!(read > 1000);
}

#[test]
fn durations_are_written_as_they_were_read() {
    for text in ["P13M", "P2W", "P1Y2M3W4DT5H6M7S", "PT30M", "P90D", "PT0S", "P1DT12H"] {
        assert_eq!(Duration::parse(text).unwrap().to_string(), text);
    }
    assert_eq!(Duration::parse("P0D").unwrap().to_string(), "PT0S");
    assert_eq!(
        Duration::parse("P1Y1M2W1DT1H2M1S").unwrap().to_words(),
        "1 year 1 month 2 weeks 1 day 1 hour 2 minutes 1 second"
    );
    assert_eq!(Duration::default().to_words(), "0 seconds");
}

#[test]
fn refuses_what_is_no_duration() {
    let refused = [
        "",
        "P",
        "PT",
        "P1",
        "1M",
        "P1DT",
        "P1M1Y",
        "P1D1D",
        "P-1D",
        "-P1D",
        "P1.5D",
        "P1S",
        "PT1D",
        "P1H",
        "P D",
        "PD",
        "p1d",
        "P4294967296D",
        "P1M ",
        "PT1M1H",
        "P+1D",
    ];
    for text in refused {
        let error = Duration::parse(text).unwrap_err();
        assert_eq!(
            error.to_string(),
            "time: expected an ISO 8601 duration such as P13M or PT30M",
            "{text:?}"
        );
    }
}

#[test]
fn random_durations_come_back() {
    let mut source = Source::new(6);
    for _ in 0..cases(100_000) {
        let text = source.text_of("PPPTYMWDHMS0123456789", 12);
        if let Ok(duration) = Duration::parse(&text) {
            assert_eq!(Duration::parse(&duration.to_string()).unwrap(), duration, "{text:?}");
        }
    }
}
