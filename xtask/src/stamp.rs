//! Fingerprints of what a step reads, so that a step whose input has not changed is not run again.

use std::{
    collections::hash_map::DefaultHasher,
    fs,
    hash::{Hash, Hasher},
    path::{Path, PathBuf},
};

use crate::shell::{Outcome, context, write};

/// Folders that hold what is made or installed, never what is written by hand.
const MADE: [&str; 5] = ["node_modules", "target", "dist", ".git", "test-results"];

/// A hash of everything that a step depends on.
pub(crate) struct Fingerprint(DefaultHasher);

impl Fingerprint {
    /// A fingerprint of the named step and nothing else yet.
    pub(crate) fn new(step: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        step.hash(&mut hasher);
        Self(hasher)
    }

    /// Adds a text, such as a version or an option.
    pub(crate) fn text(mut self, text: &str) -> Self {
        text.hash(&mut self.0);
        self
    }

    /// Adds files and whole folders, by their names and contents. What does not exist counts as such.
    pub(crate) fn paths<P: AsRef<Path>>(mut self, paths: impl IntoIterator<Item = P>) -> Outcome<Self> {
        for path in paths {
            self.add(path.as_ref())?;
        }
        Ok(self)
    }

    /// Adds a folder of things that are made.
    pub(crate) fn tree(mut self, folder: &Path) -> Outcome<Self> {
        if folder.is_dir() {
            for entry in entries(folder)? {
                self.add(&entry)?;
            }
        }
        Ok(self)
    }

    /// The fingerprint as text.
    pub(crate) fn finish(&self) -> String {
        format!("{:016x}", self.0.finish())
    }

    fn add(&mut self, path: &Path) -> Outcome<()> {
        path.file_name().hash(&mut self.0);
        if path.is_dir() {
            for entry in entries(path)? {
                if !entry.file_name().is_some_and(|name| MADE.iter().any(|made| name == *made)) {
                    self.add(&entry)?;
                }
            }
        } else if path.is_file() {
            context(fs::read(path), || path.display().to_string())?.hash(&mut self.0);
        }
        Ok(())
    }
}

/// What is in a folder, in the order of the names.
pub(crate) fn entries(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let listing = context(fs::read_dir(folder), || folder.display().to_string())?;
    let mut paths = Vec::new();
    for entry in listing {
        paths.push(context(entry, || folder.display().to_string())?.path());
    }
    paths.sort();
    Ok(paths)
}

/// Whether the step that left `stamp` read the same and what it made is still there.
pub(crate) fn is_fresh(stamp: &Path, fingerprint: &Fingerprint, made: &[PathBuf]) -> bool {
    fs::read_to_string(stamp).is_ok_and(|text| text == fingerprint.finish())
        && made.iter().all(|path| path.exists())
}

/// Notes that a step has been done.
pub(crate) fn leave(stamp: &Path, fingerprint: &Fingerprint) -> Outcome<()> {
    write(stamp, fingerprint.finish())
}
