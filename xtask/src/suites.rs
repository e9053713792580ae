//! The suites: what each needs, and how it is run.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    backend, checks,
    json::{Json, object},
    lint,
    places::Places,
    postgres::Postgres,
    reproducible,
    results::Found,
    shell::{Outcome, cargo, command, context, create, read, run_logged, write},
    size,
    stamp::entries,
    tools::{self, CHROME, CHROMEDRIVER, FIREFOX, GECKODRIVER, Tool, WEBKIT, XVFB},
    wasm,
};

/// Which of the two lanes a suite runs in: what compiles, and what drives Node.js and browsers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    Compile,
    Drive,
}

/// What has to be built before a suite runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// `pkg/dist`.
    Package,
    /// `www/pages/dist`.
    Pages,
    /// The three servers.
    Servers,
    /// The npm packages of `tests/`.
    Harness,
    /// The verifiers of passkeys that are written in Python, where there is a Python with pip.
    Python,
}

/// One suite.
pub(crate) struct Suite {
    pub(crate) name: &'static str,
    pub(crate) lane: Lane,
    pub(crate) needs: &'static [Need],
    pub(crate) tools: &'static [Tool],
    run: fn(&Places, &Suite) -> Outcome<Found>,
}

const SHOP: &[Need] = &[Need::Package, Need::Pages, Need::Servers, Need::Harness];

/// Every suite, in the order in which they are shown.
pub(crate) const ALL: &[Suite] = &[
    Suite { name: "lint", lane: Lane::Compile, needs: &[Need::Package, Need::Pages], tools: &[], run: lint },
    Suite { name: "native", lane: Lane::Compile, needs: &[], tools: &[], run: native },
    Suite {
        name: "docs",
        lane: Lane::Compile,
        needs: &[Need::Package, Need::Harness],
        tools: &[CHROME],
        run: docs,
    },
    Suite { name: "types", lane: Lane::Drive, needs: &[Need::Package, Need::Pages], tools: &[], run: types },
    Suite {
        name: "backend-sqlite",
        lane: Lane::Compile,
        needs: &[Need::Package, Need::Pages],
        tools: &[],
        run: sqlite,
    },
    Suite {
        name: "backend-postgres",
        lane: Lane::Compile,
        needs: &[Need::Package, Need::Pages],
        tools: &[],
        run: postgres,
    },
    Suite {
        name: "browser-chromium",
        lane: Lane::Compile,
        needs: &[],
        tools: &[CHROME, CHROMEDRIVER],
        run: in_chromium,
    },
    Suite {
        name: "browser-firefox",
        lane: Lane::Compile,
        needs: &[],
        tools: &[FIREFOX, GECKODRIVER],
        run: in_firefox,
    },
    Suite {
        name: "elements",
        lane: Lane::Drive,
        needs: &[Need::Package, Need::Harness],
        tools: &[CHROME],
        run: node,
    },
    Suite {
        name: "interop",
        lane: Lane::Drive,
        needs: &[Need::Package, Need::Pages, Need::Servers, Need::Harness, Need::Python],
        tools: &[CHROME, CHROMEDRIVER, FIREFOX, GECKODRIVER],
        run: node,
    },
    Suite {
        name: "packaging",
        lane: Lane::Drive,
        needs: &[Need::Package, Need::Harness],
        tools: &[CHROME],
        run: node,
    },
    Suite { name: "journeys-chromium", lane: Lane::Drive, needs: SHOP, tools: &[CHROME], run: node },
    Suite {
        name: "journeys-firefox",
        lane: Lane::Drive,
        needs: SHOP,
        tools: &[FIREFOX, GECKODRIVER],
        run: node,
    },
    Suite { name: "journeys-webkit", lane: Lane::Drive, needs: SHOP, tools: &[WEBKIT, XVFB], run: node },
    Suite { name: "failures", lane: Lane::Drive, needs: SHOP, tools: &[CHROME], run: node },
    Suite { name: "accessibility", lane: Lane::Drive, needs: SHOP, tools: &[CHROME], run: node },
    Suite { name: "sizes", lane: Lane::Drive, needs: &[Need::Package], tools: &[], run: sizes },
    Suite {
        name: "reproducible",
        lane: Lane::Compile,
        needs: &[Need::Package],
        tools: &[],
        run: reproducible,
    },
];

impl Suite {
    /// Runs the suite; what keeps it from running counts as its failure.
    pub(crate) fn run(&self, places: &Places) -> Found {
        (self.run)(places, self).unwrap_or_else(Found::fault)
    }

    /// Where the tests of a Node suite are: `journeys-firefox` in `tests/journeys/firefox`, `failures` in
    /// `tests/journeys/failures`, `interop` in `tests/interop`.
    fn folder(&self, places: &Places) -> PathBuf {
        let tests = places.in_root("tests");
        let journeys = tests.join("journeys").join(self.name);
        if journeys.is_dir() { journeys } else { tests.join(self.name.replacen('-', "/", 1)) }
    }
}

fn lint(places: &Places, suite: &Suite) -> Outcome<Found> {
    checks::run(places, suite.name, &lint::checks(places)?)
}

fn sizes(places: &Places, suite: &Suite) -> Outcome<Found> {
    let measured = size::measure(places)?;
    let readme = ("the README's figures".to_owned(), size::readme_verdict(places, &measured));
    let budgets = measured.iter().map(|one| (one.subpath.clone(), one.verdict()));
    checks::tell(places, suite.name, budgets.chain([readme]))
}

fn reproducible(places: &Places, suite: &Suite) -> Outcome<Found> {
    checks::tell(places, suite.name, reproducible::compare(places)?)
}

/// The core's own tests and this program's.
fn native(places: &Places, suite: &Suite) -> Outcome<Found> {
    let mut cargo = cargo(places);
    cargo.args([
        "test",
        "--locked",
        "--no-fail-fast",
        "--package",
        "storefront-privacy",
        "--package",
        "xtask",
    ]);
    cargo_tests(places, suite, cargo.args(["--lib", "--bins", "--tests"]))
}

/// Every example: in the crate's documentation, in the README, in `docs/`.
fn docs(places: &Places, suite: &Suite) -> Outcome<Found> {
    let mut cargo = cargo(places);
    cargo.args(["test", "--locked", "--doc", "--package", "storefront-privacy"]);
    let mut found = cargo_tests(places, suite, &mut cargo)?;
    if places.in_root("tests/docs").is_dir() {
        found.add(node_files(places, "docs-node", &places.in_root("tests/docs"))?);
    }
    Ok(found)
}

fn sqlite(places: &Places, suite: &Suite) -> Outcome<Found> {
    let mut cargo = backend_tests(places)?;
    cargo.env_remove("DATABASE_URL").env_remove("PROCESSOR_DATABASE_URL");
    cargo_tests(places, suite, &mut cargo)
}

fn postgres(places: &Places, suite: &Suite) -> Outcome<Found> {
    let databases = Postgres::provide(places)?;
    let mut cargo = backend_tests(places)?;
    cargo.env("DATABASE_URL", &databases.shop).env("PROCESSOR_DATABASE_URL", &databases.processor);
    cargo_tests(places, suite, &mut cargo)
}

/// The tests of every crate under `www/`.
fn backend_tests(places: &Places) -> Outcome<Command> {
    let mut cargo = cargo(places);
    cargo.args(["test", "--locked", "--no-fail-fast"]);
    for folder in entries(&places.in_root("www"))? {
        if folder.join("Cargo.toml").is_file() {
            cargo.arg("--package").arg(format!("storefront-{}", name_of(&folder)));
        }
    }
    Ok(cargo)
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().display().to_string()
}

fn in_chromium(places: &Places, suite: &Suite) -> Outcome<Found> {
    in_browser(places, suite, CHROME, CHROMEDRIVER, "goog:chromeOptions")
}

fn in_firefox(places: &Places, suite: &Suite) -> Outcome<Found> {
    in_browser(places, suite, FIREFOX, GECKODRIVER, "moz:firefoxOptions")
}

/// wasm-bindgen's tests in one browser: `webdriver.json`, with the browser that was found.
fn in_browser(places: &Places, suite: &Suite, browser: Tool, driver: Tool, options: &str) -> Outcome<Found> {
    let binary = tools::locate(places, browser).ok_or("no browser")?.display().to_string();
    let checked_in = Json::parse(&read(&places.in_root("webdriver.json"))?)?;
    let mut members = vec![("binary".to_owned(), Json::from(binary))];
    members.extend(checked_in.get(options).members().iter().filter(|(name, _)| name != "binary").cloned());
    let capabilities = places.in_target(format!("webdriver-{}.json", suite.name));
    write(&capabilities, object([(options, Json::Object(members))]).to_string())?;

    let mut runner = cargo(places);
    runner.args(["build", "--locked", "--package", "storefront-privacy-runner"]);
    let log = places.log(&format!("{}-runner", suite.name));
    if !run_logged(&mut runner, &log, "compile the test runner")?.success() {
        return Err(format!("the test runner did not compile; see {}", log.display()));
    }
    let mut cargo = cargo(places);
    cargo.args(["test", "--locked", "--package", "storefront-privacy", "--test", "in_browser"]);
    cargo.args(["--features", "web", "--target", wasm::TARGET]);
    cargo.env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
        places.in_target("debug/storefront-privacy-runner"),
    );
    cargo.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities);
    for other in [CHROMEDRIVER, GECKODRIVER] {
        cargo.env_remove(other.variable);
    }
    cargo.env(driver.variable, tools::locate(places, driver).ok_or("no driver")?);
    cargo_tests(places, suite, &mut cargo)
}

/// Runs a command that prints what Rust's test harness prints.
fn cargo_tests(places: &Places, suite: &Suite, command: &mut Command) -> Outcome<Found> {
    let log = places.log(suite.name);
    let status = run_logged(command.env("CARGO_TERM_COLOR", "never"), &log, suite.name)?;
    Ok(Found::from_cargo(&String::from_utf8_lossy(&context(fs::read(&log), || suite.name.into())?))
        .settle(status.success()))
}

fn node(places: &Places, suite: &Suite) -> Outcome<Found> {
    node_files(places, suite.name, &suite.folder(places))
}

/// Runs every `*.test.mjs` under a folder, with the reporter that counts.
fn node_files(places: &Places, name: &str, folder: &Path) -> Outcome<Found> {
    let mut files = Vec::new();
    if folder.is_dir() {
        collect(folder, &mut files)?;
    }
    if files.is_empty() {
        return Err(format!(
            "{}: no *.test.mjs",
            folder.strip_prefix(&places.root).unwrap_or(folder).display()
        ));
    }
    let report = places.report(&format!("suites/{name}.json"));
    create(&report)?;
    context(fs::remove_file(&report), || report.display().to_string())?;
    let mut node = command("node", &places.root);
    // One file at a time: each has the browser and the ports to itself.
    node.args(["--test", "--test-concurrency=1", "--test-reporter"])
        .arg(places.in_root("tests/lib/reporter.mjs"));
    node.args(["--test-reporter-destination", "stdout"]).args(files);
    node.env("SUITE_REPORT", &report).env("CARGO_TARGET_DIR", &places.target);
    for server in backend::SERVERS {
        node.env(format!("{}_BIN", server.to_uppercase()), backend::binary(places, server));
    }
    for tool in [CHROME, CHROMEDRIVER, FIREFOX, GECKODRIVER, WEBKIT] {
        if let Some(path) = tools::locate(places, tool) {
            node.env(tool.variable, path);
        }
    }
    let status = run_logged(&mut node, &places.log(name), name)?;
    Ok(Found::from_node(&report).settle(status.success()))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Outcome<()> {
    for entry in entries(folder)? {
        if entry.is_dir() && name_of(&entry) != "node_modules" {
            collect(&entry, files)?;
        } else if name_of(&entry).ends_with(".test.mjs") {
            files.push(entry);
        }
    }
    Ok(())
}

/// The package's types as a user of TypeScript meets them, and the pages'.
fn types(places: &Places, suite: &Suite) -> Outcome<Found> {
    checks::run(places, suite.name, &lint::types())
}
