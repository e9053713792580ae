//! Words and lengths: what must not stand in anything that is committed, or in anything that ships.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use crate::{
    checks::{Check, Verdict},
    places::Places,
    shell::{Outcome, capture, command, context},
    stamp::entries,
};

/// Each in two halves, so that this list does not find itself.
const FORBIDDEN: [(&str, &str, &str); 11] = [
    ("/ro", "ot/", "a path of one machine"),
    ("/ho", "me/", "a path of one machine"),
    ("/wo", "rk/", "a path of one machine"),
    ("/Use", "rs/", "a path of one machine"),
    ("registry.npm", "js", "a package registry's host"),
    ("index.crates", ".io", "a package registry's host"),
    ("static.crates", ".io", "a package registry's host"),
    ("files.python", "hosted", "a package registry's host"),
    ("TO", "DO", "work that is not done"),
    ("FIX", "ME", "work that is not done"),
    ("compl", "iant", "a promise that only a court can judge"),
];

/// Written by others, or by tools.
const NOT_OURS: [&str; 5] = ["LICENSE-APACHE", "LICENSE-MIT", "Cargo.lock", "package-lock.json", "vectors"];

/// The longest that a source file may be.
const LINES: usize = 450;

/// Files that are written by hand.
const SOURCES: [&str; 8] = ["rs", "ts", "mjs", "js", "css", "html", "sh", "toml"];

pub(super) fn checks() -> Vec<Check> {
    vec![
        Check::new("words in the repository", |places| words(places).into()),
        Check::new(format!("no file over {LINES} lines"), |places| lengths(places).into()),
        Check::new("no path of this machine in pkg/dist", |places| paths(places).into()),
    ]
}

/// What git tracks, or would.
fn tracked(places: &Places) -> Outcome<Vec<PathBuf>> {
    let list = capture(command("git", &places.root).args([
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
    ]))?;
    Ok(list.lines().map(PathBuf::from).filter(|path| places.in_root(path).is_file()).collect())
}

fn is_ours(path: &Path) -> bool {
    !path.iter().any(|part| NOT_OURS.iter().any(|name| part == *name))
}

fn words(places: &Places) -> Outcome<()> {
    let mut found = Vec::new();
    for path in tracked(places)?.into_iter().filter(|path| is_ours(path)) {
        let Ok(text) = fs::read_to_string(places.in_root(&path)) else { continue };
        for (number, line) in text.lines().enumerate() {
            for (start, end, why) in FORBIDDEN {
                if line.contains(&format!("{start}{end}")) {
                    found.push(format!("{}:{}: `{start}{end}` is {why}", path.display(), number + 1));
                }
            }
        }
    }
    none(&found)
}

fn lengths(places: &Places) -> Outcome<()> {
    let mut found = Vec::new();
    for path in tracked(places)?.into_iter().filter(|path| is_ours(path)) {
        if !path.extension().is_some_and(|suffix| SOURCES.iter().any(|known| suffix == *known)) {
            continue;
        }
        let length = fs::read_to_string(places.in_root(&path)).unwrap_or_default().lines().count();
        if length > LINES {
            found.push(format!("{}: {length} lines", path.display()));
        }
    }
    none(&found)
}

/// Looks through every built file, binaries too, for where it was built.
fn paths(places: &Places) -> Outcome<()> {
    let mut needles = vec![places.root.display().to_string(), "/registry/src/".to_owned()];
    needles.extend(env::home_dir().map(|home| format!("{}/", home.display())).filter(|home| home.len() > 2));
    let mut files = Vec::new();
    collect(&places.in_root("pkg/dist"), &mut files)?;
    let mut found = Vec::new();
    for file in files {
        let bytes = context(fs::read(&file), || file.display().to_string())?;
        for needle in &needles {
            if bytes.windows(needle.len()).any(|window| window == needle.as_bytes()) {
                found.push(format!(
                    "{} holds {needle}",
                    file.strip_prefix(&places.root).unwrap_or(&file).display()
                ));
            }
        }
    }
    none(&found)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Outcome<()> {
    for entry in entries(folder)? {
        if entry.is_dir() {
            collect(&entry, files)?;
        } else {
            files.push(entry);
        }
    }
    Ok(())
}

/// Passes when nothing was found.
pub(super) fn none(found: &[String]) -> Outcome<()> {
    if found.is_empty() { Ok(()) } else { Err(found.join("\n")) }
}

/// A check by a function that gives a list of faults.
pub(super) fn listing(
    name: &str,
    find: impl Fn(&Places) -> Outcome<Vec<String>> + Send + Sync + 'static,
) -> Check {
    Check::new(name, move |places| Verdict::from(find(places).and_then(|found| none(&found))))
}
