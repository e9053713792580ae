//! `cargo xtask build | demo | test | size | bench | package`: everything this repository can do, in one program.
//!
//! It depends on nothing but std, so that the first command on a fresh machine starts within seconds.

mod clock;
mod json;
mod npm;
mod places;
mod shell;
mod stamp;
mod wasm;
mod wrapper;

use std::{env, process::ExitCode};

use places::Places;
use shell::Outcome;

const HELP: &str = "\
usage: cargo xtask COMMAND

  build             release artefacts into pkg/dist: four wasm modules, JavaScript, types, styles
";

fn main() -> ExitCode {
    if wrapper::is_called() {
        return wrapper::run();
    }
    clock::start();
    let arguments: Vec<String> = env::args().skip(1).collect();
    let mut words = arguments.iter().map(String::as_str);
    let outcome = match words.next() {
        Some("build") => Places::find().and_then(|places| build(&places)),
        Some("help" | "--help" | "-h") | None => {
            print!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        Some(other) => Err(format!("no command `{other}`\n\n{HELP}")),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::FAILURE
    })
}

fn build(places: &Places) -> Outcome<ExitCode> {
    npm::build_package(places)?;
    clock::say("pkg/dist is up to date");
    Ok(ExitCode::SUCCESS)
}
