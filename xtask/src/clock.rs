//! The lines that show what is being done, each with the time since the command began.

use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};

static START: OnceLock<Instant> = OnceLock::new();

/// Starts the clock. Later calls change nothing.
pub(crate) fn start() {
    START.get_or_init(Instant::now);
}

/// The time since [`start`].
pub(crate) fn elapsed() -> Duration {
    START.get_or_init(Instant::now).elapsed()
}

/// Prints one line of progress.
pub(crate) fn say(line: &str) {
    println!("[{:>6.1} s] {line}", elapsed().as_secs_f64());
}
