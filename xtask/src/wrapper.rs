//! This program in rustc's place, while the password module is built.
//!
//! Cargo derives a crate's `-C metadata` from where the crate is. For a path dependency outside the workspace that is
//! an absolute path, and it decides symbol names and with them the order of functions in the module. The password
//! module's workspace has such a dependency: the core. So that two checkouts give the same bytes, the hash of each
//! of our own crates is replaced by one of its name; Cargo's file names (`-C extra-filename`) stay as they are.

use std::{
    env,
    ffi::OsString,
    process::{Command, ExitCode},
};

/// Set by [`install`] in Cargo's environment, and so in the wrapper's.
const MARK: &str = "STOREFRONT_XTASK_WRAPS_RUSTC";

/// What the names of our own crates begin with.
const OURS: &str = "storefront_privacy";

/// Makes Cargo call this program in rustc's place.
pub(crate) fn install(cargo: &mut Command) {
    if let Ok(program) = env::current_exe() {
        cargo.env("RUSTC_WRAPPER", program).env(MARK, "1");
    }
}

/// Whether this process was started by Cargo in rustc's place.
pub(crate) fn is_called() -> bool {
    env::var_os(MARK).is_some()
}

/// Runs rustc with the arguments that Cargo gave, the metadata of our own crates replaced.
pub(crate) fn run() -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    let Some(rustc) = arguments.next() else {
        return ExitCode::FAILURE;
    };
    let mut arguments: Vec<OsString> = arguments.collect();
    let crate_name = arguments.windows(2).find_map(|pair| match pair {
        [flag, name] if flag == "--crate-name" => name.to_str().map(str::to_owned),
        _ => None,
    });
    if let Some(name) = crate_name.filter(|name| name.starts_with(OURS)) {
        for argument in &mut arguments {
            if argument.to_str().is_some_and(|text| text.starts_with("metadata=")) {
                *argument = OsString::from(format!("metadata={name}"));
            }
        }
    }
    match Command::new(rustc).args(arguments).env_remove(MARK).status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("rustc: {error}");
            ExitCode::FAILURE
        }
    }
}
