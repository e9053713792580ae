//! Where things are: the checkout, the target directory, and the folders inside them.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use crate::shell::{Outcome, context};

/// The folders that every command works in.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    /// The checkout.
    pub(crate) root: PathBuf,
    /// Cargo's target directory, which also holds everything else that is made and not committed.
    pub(crate) target: PathBuf,
}

impl Places {
    /// The checkout that Cargo runs this program from; `CARGO_TARGET_DIR` is honoured.
    pub(crate) fn find() -> Outcome<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.parent().ok_or("xtask has no parent folder")?;
        let root = context(fs::canonicalize(root), || root.display().to_string())?;
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(given) => context(env::current_dir(), || "the current folder".into())?.join(given),
            None => root.join("target"),
        };
        context(fs::create_dir_all(&target), || target.display().to_string())?;
        let target = context(fs::canonicalize(&target), || target.display().to_string())?;
        Ok(Self { root, target })
    }

    /// A path in the checkout.
    pub(crate) fn in_root(&self, path: impl AsRef<Path>) -> PathBuf {
        self.root.join(path)
    }

    /// A path in the target directory.
    pub(crate) fn in_target(&self, path: impl AsRef<Path>) -> PathBuf {
        self.target.join(path)
    }

    /// What the commands leave for a machine to read.
    pub(crate) fn report(&self, name: &str) -> PathBuf {
        self.in_target("report").join(name)
    }

    /// The log of one step or suite.
    pub(crate) fn log(&self, name: &str) -> PathBuf {
        self.in_target("report/logs").join(format!("{name}.log"))
    }
}
