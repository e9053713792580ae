//! Suites that are lists of checks rather than test programs: each check counts as one test.

use std::process::Command;

use crate::{
    places::Places,
    results::Found,
    shell::{Outcome, run_logged, tail, write},
};

/// What a check found.
#[derive(Clone, Debug)]
pub(crate) enum Verdict {
    Passed,
    Failed(String),
    Skipped(String),
}

impl From<Outcome<()>> for Verdict {
    fn from(outcome: Outcome<()>) -> Self {
        outcome.map_or_else(Self::Failed, |()| Self::Passed)
    }
}

/// One check: its name, and what it does.
pub(crate) struct Check {
    pub(crate) name: String,
    pub(crate) run: Box<dyn Fn(&Places) -> Verdict + Send + Sync>,
}

impl Check {
    /// A check by a function.
    pub(crate) fn new(
        name: impl Into<String>,
        run: impl Fn(&Places) -> Verdict + Send + Sync + 'static,
    ) -> Self {
        Self { name: name.into(), run: Box::new(run) }
    }

    /// A check that a command succeeds.
    pub(crate) fn command(
        name: &'static str,
        make: impl Fn(&Places) -> Command + Send + Sync + 'static,
    ) -> Self {
        Self::new(name, move |places| succeeds(places, name, &mut make(places)).into())
    }
}

/// Runs a command; when it fails, the end of what it printed is the reason.
pub(crate) fn succeeds(places: &Places, name: &str, command: &mut Command) -> Outcome<()> {
    let log = places.log(&format!("check-{}", name.replace(|c: char| !c.is_alphanumeric(), "-")));
    let status = run_logged(command, &log, name)?;
    if status.success() { Ok(()) } else { Err(tail(&log, 60)) }
}

/// Runs checks one after the other.
pub(crate) fn run(places: &Places, suite: &str, checks: &[Check]) -> Outcome<Found> {
    tell(places, suite, checks.iter().map(|check| (check.name.clone(), (check.run)(places))))
}

/// Counts verdicts and writes them to the suite's log.
pub(crate) fn tell(
    places: &Places,
    suite: &str,
    verdicts: impl IntoIterator<Item = (String, Verdict)>,
) -> Outcome<Found> {
    let mut found = Found::default();
    let mut passed = Vec::new();
    let mut failed = Vec::new();
    for (name, verdict) in verdicts {
        match verdict {
            Verdict::Passed => {
                found.passed += 1;
                passed.push(format!("ok    {name}"));
            }
            Verdict::Failed(why) => {
                found.failed += 1;
                found.failures.push(name.clone());
                failed.push(format!("\nFAIL  {name}\n{why}"));
            }
            Verdict::Skipped(why) => {
                passed.push(format!("skip  {name}: {why}"));
                found.skipped.push((name, why));
            }
        }
    }
    write(&places.log(suite), format!("{}\n{}\n", passed.join("\n"), failed.join("\n")))?;
    Ok(found.settle(true))
}
