//! Amounts, days and devices in words.

use axum::http::{HeaderMap, header};
use storefront_privacy::codec::time::DateTime;

/// An amount in minor units of the euro, such as `€1,234.50`.
pub fn amount(minor: i64) -> String {
    let euros = (minor / 100).to_string();
    let mut grouped = String::new();
    for (index, digit) in euros.chars().enumerate() {
        if index > 0 && (euros.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("€{grouped}.{:02}", minor % 100)
}

/// A day, such as `23 November 2026`.
pub fn day(seconds: i64) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let Ok(time) = DateTime::from_seconds(seconds) else { return String::new() };
    let month = usize::try_from(time.month - 1).ok().and_then(|index| MONTHS.get(index)).unwrap_or(&"");
    format!("{} {month} {}", time.day, time.year)
}

/// A day and minute in Coordinated Universal Time, such as `23 November 2026, 20:15 UTC`.
pub fn minute(seconds: i64) -> String {
    let Ok(time) = DateTime::from_seconds(seconds) else { return String::new() };
    format!("{}, {:02}:{:02} UTC", day(seconds), time.hour, time.minute)
}

/// The browser and system that a request names, in words that their owner recognises. Nothing finer is kept.
pub fn device(headers: &HeaderMap) -> String {
    const BROWSERS: [(&str, &str); 5] = [
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("AppleWebKit/", "a WebKit browser"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let name = |list: &[(&str, &'static str)]| {
        list.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    match (name(&BROWSERS), name(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(browser), None) => browser.to_owned(),
        _ => "An unknown browser".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{amount, day, minute};

    #[test]
    fn amounts_are_grouped_by_thousands() {
        assert_eq!(amount(5), "€0.05");
        assert_eq!(amount(7400), "€74.00");
        assert_eq!(amount(123_456_789), "€1,234,567.89");
    }

    #[test]
    fn days_and_minutes_are_spelled_out() {
        assert_eq!(day(1_795_392_000), "23 November 2026");
        assert_eq!(minute(1_795_392_000 + 61), "23 November 2026, 00:01 UTC");
    }
}
