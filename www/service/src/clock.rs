//! The time, in whole seconds and in milliseconds after 1970-01-01T00:00:00Z.

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds after the epoch.
pub fn seconds() -> i64 {
    milliseconds() / 1000
}

/// Milliseconds after the epoch.
pub fn milliseconds() -> i64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX)
}
