//! `cargo xtask build | demo | test | size | bench | package`: everything this repository can do, in one program.
//!
//! It depends on nothing but std, so that the first command on a fresh machine starts within seconds.

mod backend;
mod bench;
mod checks;
mod children;
mod clock;
mod demo;
mod json;
mod lint;
mod npm;
mod package;
mod places;
mod postgres;
mod python;
mod reproducible;
mod results;
mod sbom;
mod shell;
mod size;
mod stamp;
mod suites;
mod test;
mod tools;
mod wasm;
mod wrapper;

use std::{env, process::ExitCode};

use places::Places;
use shell::Outcome;

const HELP: &str = "\
usage: cargo xtask COMMAND

  build             release artefacts into pkg/dist: four wasm modules, JavaScript, types, styles
  demo [--port N]   the shop on http://localhost:8080, with all set-up
  test [SUITE…]     every test, or the named suites, with all set-up; the report is target/report/test.json
  size [--set]      every subpath against budgets.json; --set writes what is measured, and 3 % more
  bench             ours beside its peers in one browser run
  package           npm tarball and bill of materials into target/package
";

fn main() -> ExitCode {
    if wrapper::is_called() {
        return wrapper::run();
    }
    clock::start();
    let arguments: Vec<String> = env::args().skip(1).collect();
    run(&arguments).unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::FAILURE
    })
}

fn run(arguments: &[String]) -> Outcome<ExitCode> {
    let Some((name, rest)) = arguments.split_first() else {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    };
    match name.as_str() {
        "build" => build(&Places::find()?),
        "demo" => demo::run(&Places::find()?, rest),
        "test" => test::run(&Places::find()?, rest),
        "size" => size::run(&Places::find()?, rest),
        "bench" => bench::run(&Places::find()?),
        "package" => package::run(&Places::find()?),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        other => Err(format!("no command `{other}`\n\n{HELP}")),
    }
}

fn build(places: &Places) -> Outcome<ExitCode> {
    npm::build_package(places)?;
    clock::say("pkg/dist is up to date");
    Ok(ExitCode::SUCCESS)
}
