//! What a suite found, how it is read out of what it printed, and how it is shown.

use std::{fs, path::Path, time::Duration};

use crate::{
    json::{Json, object},
    places::Places,
    shell::{Outcome, write},
};

/// What one suite found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    /// What failed, with the first words of the reason where they are known.
    pub(crate) failures: Vec<String>,
    /// Tests that did not run, each with its reason.
    pub(crate) skipped: Vec<(String, String)>,
    /// Why the suite as a whole failed, where no test says so.
    pub(crate) fault: Option<String>,
}

impl Found {
    /// A suite that could not run.
    pub(crate) fn fault(why: impl Into<String>) -> Self {
        Self { failed: 1, fault: Some(why.into()), ..Self::default() }
    }

    /// Adds what another part of the same suite found.
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.failures.extend(other.failures);
        self.skipped.extend(other.skipped);
        self.fault = self.fault.take().or(other.fault);
    }

    /// A command that failed has failed, and a suite that ran nothing has proven nothing.
    pub(crate) fn settle(mut self, succeeded: bool) -> Self {
        if !succeeded && self.failed == 0 {
            self.failed = 1;
            self.fault = Some("the command failed".into());
        }
        if self.passed + self.failed == 0 {
            self.failed = 1;
            self.fault = Some("no test ran".into());
        }
        self
    }

    /// Reads the summaries that Rust's test harness prints, natively and in browsers.
    pub(crate) fn from_cargo(log: &str) -> Self {
        let mut found = Self::default();
        for line in log.lines() {
            if let Some(summary) = line.trim().strip_prefix("test result: ") {
                for part in summary.split([';', '.']) {
                    let mut words = part.split_whitespace();
                    let count = words.next().and_then(|word| word.parse::<u64>().ok());
                    match (count, words.next()) {
                        (Some(count), Some("passed")) => found.passed += count,
                        (Some(count), Some("failed")) => found.failed += count,
                        _ => {}
                    }
                }
            } else if let Some((name, reason)) = ignored(line) {
                found.skipped.push((name, reason));
            } else if let Some(name) = line.trim().strip_suffix(" ... FAILED") {
                found.failures.push(name.trim_start_matches("test ").to_owned());
            }
        }
        found
    }

    /// Reads what the reporter of the Node suites wrote to `$SUITE_REPORT`.
    pub(crate) fn from_node(report: &Path) -> Self {
        let Ok(text) = fs::read_to_string(report) else {
            return Self::fault("the suite wrote no report");
        };
        match Json::parse(&text) {
            Ok(json) => Self {
                passed: json.get("passed").count().unwrap_or(0),
                failed: json.get("failed").count().unwrap_or(0),
                failures: json.get("failures").items().iter().map(|name| name.text().to_owned()).collect(),
                skipped: json
                    .get("skipped")
                    .items()
                    .iter()
                    .map(|skip| (skip.get("name").text().to_owned(), skip.get("reason").text().to_owned()))
                    .collect(),
                fault: None,
            },
            Err(error) => Self::fault(error),
        }
    }
}

/// `test name ... ignored, reason`
fn ignored(line: &str) -> Option<(String, String)> {
    let (name, state) = line.trim().strip_prefix("test ")?.split_once(" ... ")?;
    let reason = state.strip_prefix("ignored")?.trim_start_matches([',', ' ']);
    Some((name.to_owned(), if reason.is_empty() { "ignored".into() } else { reason.to_owned() }))
}

/// A suite with what it found.
pub(crate) struct Ran {
    pub(crate) suite: &'static str,
    pub(crate) found: Found,
    pub(crate) took: Duration,
}

/// Prints a line a suite and the closing line, and writes `test.json`.
pub(crate) fn close(places: &Places, ran: &[Ran]) -> Outcome<bool> {
    let mut total = Found::default();
    println!();
    for Ran { suite, found, took } in ran {
        let seconds = took.as_secs_f64();
        let skipped = found.skipped.len();
        println!(
            "{suite:<20} {:>4} passed {:>3} failed {skipped:>3} skipped {seconds:>7.1} s",
            found.passed, found.failed
        );
        if let Some(fault) = &found.fault {
            println!("{:<20} {fault}", "");
        }
        for failure in &found.failures {
            println!("{:<20} failed: {failure}", "");
        }
        for (reason, names) in reasons(&found.skipped) {
            println!("{:<20} skipped: {reason} ({})", "", names.join(", "));
        }
        total.add(found.clone());
    }
    let list = ran.iter().map(|ran| entry(places, ran)).collect::<Vec<_>>();
    write(&places.report("test.json"), format!("{}\n", Json::List(list)))?;
    println!("\n{} passed, {} failed, {} skipped", total.passed, total.failed, total.skipped.len());
    Ok(total.failed == 0)
}

/// The skipped tests of each reason, in the order of the first.
fn reasons(skipped: &[(String, String)]) -> Vec<(&str, Vec<&str>)> {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for (name, reason) in skipped {
        match groups.iter_mut().find(|(known, _)| known == reason) {
            Some((_, names)) => names.push(name),
            None => groups.push((reason, vec![name])),
        }
    }
    groups
}

fn entry(places: &Places, ran: &Ran) -> Json {
    let skipped =
        ran.found.skipped.iter().map(|(name, reason)| {
            object([("name", name.as_str().into()), ("reason", reason.as_str().into())])
        });
    let log = places.log(ran.suite);
    let log = log.strip_prefix(&places.target).unwrap_or(&log).display().to_string();
    object([
        ("suite", ran.suite.into()),
        ("passed", ran.found.passed.into()),
        ("failed", ran.found.failed.into()),
        ("skipped", skipped.collect::<Vec<_>>().into()),
        ("fault", ran.found.fault.as_deref().map_or(Json::Null, Json::from)),
        ("seconds", Json::Number((ran.took.as_secs_f64() * 10.0).round() / 10.0)),
        ("log", log.into()),
    ])
}

#[cfg(test)]
mod tests {
    use super::Found;

    #[test]
    fn counts_every_summary_of_a_cargo_run() {
        let found = Found::from_cargo(
            "running 2 tests\ntest a ... ok\ntest b ... ignored, needs a clock\ntest c::d ... FAILED\n\
             test result: ok. 1 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
             test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 filtered out\n",
        );
        assert_eq!((found.passed, found.failed), (4, 2));
        assert_eq!(found.failures, ["c::d"]);
        assert_eq!(found.skipped, [("b".to_owned(), "needs a clock".to_owned())]);
    }

    #[test]
    fn a_suite_that_ran_nothing_has_failed() {
        let found = Found::default().settle(true);
        assert_eq!(found.failed, 1);
        assert_eq!(found.fault.as_deref(), Some("no test ran"));
    }

    #[test]
    fn a_command_that_failed_is_a_failure_even_when_its_tests_passed() {
        let found = Found { passed: 3, ..Found::default() }.settle(false);
        assert_eq!((found.passed, found.failed), (3, 1));
    }
}
