//! `cargo xtask test [SUITE…]`: set-up, every suite, one line each.

use std::{process::ExitCode, sync::Mutex, thread, time::Instant};

use crate::{
    backend,
    children::both,
    clock, npm,
    places::Places,
    python,
    results::{self, Found, Ran},
    shell::{Outcome, tail},
    suites::{ALL, Lane, Need, Suite},
    tools::{self, Tool},
    wasm,
};

/// What could not be prepared, with the line that says why.
#[derive(Default)]
struct Missing {
    needs: Vec<(Need, String)>,
    tools: Vec<(Tool, String)>,
}

/// Runs the named suites, or all of them.
pub(crate) fn run(places: &Places, names: &[String]) -> Outcome<ExitCode> {
    let suites = choose(names)?;
    let missing = prepare(places, &suites)?;
    let ran = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for lane in [Lane::Compile, Lane::Drive] {
            let (suites, missing, ran) = (&suites, &missing, &ran);
            scope.spawn(move || {
                for suite in suites.iter().filter(|suite| suite.lane == lane) {
                    let result = run_one(places, suite, missing);
                    if let Ok(mut ran) = ran.lock() {
                        ran.push(result);
                    }
                }
            });
        }
    });
    let mut ran = ran.into_inner().map_err(|_| "a suite ended early".to_owned())?;
    ran.sort_by_key(|ran| ALL.iter().position(|suite| suite.name == ran.suite));
    if ran.len() != suites.len() {
        return Err("a suite ended early".into());
    }
    let passed = results::close(places, &ran)?;
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn choose(names: &[String]) -> Outcome<Vec<&'static Suite>> {
    if names.is_empty() {
        return Ok(ALL.iter().collect());
    }
    let known = || ALL.iter().map(|suite| suite.name).collect::<Vec<_>>().join(" ");
    let find = |name: &String| {
        ALL.iter()
            .find(|suite| suite.name == name)
            .ok_or_else(|| format!("no suite `{name}`; there are: {}", known()))
    };
    names.iter().map(find).collect()
}

fn run_one(places: &Places, suite: &Suite, missing: &Missing) -> Ran {
    let began = Instant::now();
    clock::say(&format!("{}: begins", suite.name));
    let lacking = suite
        .needs
        .iter()
        .find_map(|need| missing.needs.iter().find(|(known, _)| known == need).map(|(_, why)| why));
    let lacking = lacking.or_else(|| {
        suite
            .tools
            .iter()
            .find_map(|tool| missing.tools.iter().find(|(known, _)| known == tool).map(|(_, why)| why))
    });
    let found = match lacking {
        Some(why) => Found::fault(why.clone()),
        None => suite.run(places),
    };
    if found.failed > 0 && lacking.is_none() {
        let log = places.log(suite.name);
        println!("{}\n  … all of it is in {}", tail(&log, 80), log.display());
    }
    clock::say(&format!("{}: {} passed, {} failed", suite.name, found.passed, found.failed));
    Ran { suite: suite.name, found, took: began.elapsed() }
}

/// Builds and installs what the suites need: what comes from outside and what is compiled, at the same time.
fn prepare(places: &Places, suites: &[&Suite]) -> Outcome<Missing> {
    let mut tools: Vec<Tool> = suites.iter().flat_map(|suite| suite.tools.iter().copied()).collect();
    tools.sort_by_key(|tool| tool.name);
    tools.dedup();
    let needs = |need: Need| suites.iter().any(|suite| suite.needs.contains(&need));
    wasm::tools(places)?;
    let mut missing = Missing::default();
    let (outside, inside) = both(
        || {
            let harness = if needs(Need::Harness) { npm::install(places, "tests") } else { Ok(()) };
            // The licences of these are read from what is installed.
            let benches = if suites.iter().any(|suite| suite.name == "lint") {
                npm::install(places, "benches")
            } else {
                Ok(())
            };
            if needs(Need::Python) {
                python::provide(places);
            }
            (harness.and(benches), tools::provide(places, &tools))
        },
        || {
            let mut failed = Vec::new();
            let mut attempt = |need: Need, build: &dyn Fn(&Places) -> Outcome<()>| {
                if needs(need)
                    && let Err(error) = build(places)
                {
                    eprintln!("{error}");
                    failed.push((need, error.lines().last().unwrap_or_default().to_owned()));
                }
            };
            attempt(Need::Package, &npm::build_package);
            attempt(Need::Pages, &npm::build_pages);
            attempt(Need::Servers, &backend::build);
            failed
        },
    )?;
    let (harness, lacking) = outside;
    if let Err(error) = harness {
        missing.needs.push((Need::Harness, error));
    }
    missing.tools = lacking;
    missing.needs.extend(inside);
    for (_, line) in &missing.tools {
        eprintln!("{line}");
    }
    Ok(missing)
}
