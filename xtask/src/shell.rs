//! Running other programs: what they print goes to a log, what went wrong is shown.

use std::{
    ffi::OsStr,
    fmt::Display,
    fs::{self, File},
    path::Path,
    process::{Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{clock, places::Places};

/// What a step gives, or one line (or a few) saying what went wrong.
pub(crate) type Outcome<T> = Result<T, String>;

/// How often a long step says that it is still going.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Puts what was being done in front of an error.
pub(crate) fn context<T, E: Display>(result: Result<T, E>, what: impl FnOnce() -> String) -> Outcome<T> {
    result.map_err(|error| format!("{}: {error}", what()))
}

/// A command to be run in `folder`.
pub(crate) fn command(program: impl AsRef<OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).stdin(Stdio::null());
    command
}

/// The same Cargo that started this program.
pub(crate) fn cargo(places: &Places) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = command(program, &places.root);
    command.env("CARGO_TARGET_DIR", &places.target);
    // Set by `cargo run` for this program alone; a build script that reads them would be run again for nothing.
    for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME", "CARGO_PKG_VERSION"] {
        command.env_remove(name);
    }
    command
}

/// Runs a step: one line when it begins, its output in `target/report/logs/NAME.log`, the end of that when it fails.
pub(crate) fn step(places: &Places, name: &str, what: &str, command: &mut Command) -> Outcome<()> {
    clock::say(what);
    let log = places.log(name);
    let status = run_logged(command, &log, what)?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{}\n\n{what}: failed ({status}); all of it is in {}", tail(&log, 40), log.display()))
    }
}

/// Runs a command with its output in a file, and says every 15 seconds what its last line is.
pub(crate) fn run_logged(command: &mut Command, log: &Path, what: &str) -> Outcome<ExitStatus> {
    let output = create(log)?;
    let errors = context(output.try_clone(), || log.display().to_string())?;
    command.stdout(output).stderr(errors);
    let mut child = context(command.spawn(), || command.get_program().display().to_string())?;
    let mut spoken = Instant::now();
    loop {
        if let Some(status) = context(child.try_wait(), || what.into())? {
            return Ok(status);
        }
        thread::sleep(Duration::from_millis(30));
        if spoken.elapsed() >= HEARTBEAT {
            spoken = Instant::now();
            clock::say(&format!("  … {what}: {}", tail(log, 1).trim()));
        }
    }
}

/// What a command prints, when it succeeds.
pub(crate) fn capture(command: &mut Command) -> Outcome<String> {
    let program = command.get_program().display().to_string();
    let output = context(command.output(), || program.clone())?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("{program}: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr).trim_end()))
    }
}

/// Makes a file and the folders above it.
pub(crate) fn create(path: &Path) -> Outcome<File> {
    if let Some(folder) = path.parent() {
        context(fs::create_dir_all(folder), || folder.display().to_string())?;
    }
    context(File::create(path), || path.display().to_string())
}

/// Reads a text file.
pub(crate) fn read(path: &Path) -> Outcome<String> {
    context(fs::read_to_string(path), || path.display().to_string())
}

/// Writes a file and makes the folders above it.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Outcome<()> {
    create(path)?;
    context(fs::write(path, content), || path.display().to_string())
}

/// The last lines of a log.
pub(crate) fn tail(path: &Path, count: usize) -> String {
    let bytes = fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines.get(lines.len().saturating_sub(count)..).unwrap_or_default().join("\n")
}
