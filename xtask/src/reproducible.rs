//! Two builds of the same sources in two places give the same bytes.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use crate::{
    checks::Verdict,
    npm,
    places::Places,
    shell::{Outcome, context, create},
    stamp::entries,
    wasm,
};

/// What is installed or made; the second build makes its own.
const LEFT_OUT: [&str; 5] = ["node_modules", "target", "dist", ".git", "test-results"];

/// Builds a copy of the checkout elsewhere and compares every file of `pkg/dist`.
///
/// The tools (wasm-bindgen, npm's packages) are those of the first build: they are locked, and not what is tested.
pub(crate) fn compare(places: &Places) -> Outcome<Vec<(String, Verdict)>> {
    let folder = places.in_target("reproducible");
    let second = Places { root: folder.join("another checkout"), target: folder.join("another target") };
    for old in [&second.root, &second.target.join("stamps")] {
        if old.exists() {
            context(fs::remove_dir_all(old), || old.display().to_string())?;
        }
    }
    copy(&places.root, &second.root)?;
    let packages = second.in_root("pkg/node_modules");
    context(symlink(places.in_root("pkg/node_modules"), &packages), || packages.display().to_string())?;
    wasm::lend_tools(places, &second)?;
    npm::build_package(&second)?;

    let mut names = Vec::new();
    for places in [places, &second] {
        list(&places.in_root("pkg/dist"), Path::new(""), &mut names)?;
    }
    names.sort();
    names.dedup();
    let same = |name: PathBuf| {
        let read = |places: &Places| fs::read(places.in_root("pkg/dist").join(&name)).ok();
        let verdict = match (read(places), read(&second)) {
            (Some(first), Some(second)) if first == second => Verdict::Passed,
            (Some(first), Some(second)) => {
                let at = first.iter().zip(&second).take_while(|(a, b)| a == b).count();
                Verdict::Failed(format!(
                    "{} and {} bytes, the first difference is at {at}",
                    first.len(),
                    second.len()
                ))
            }
            _ => Verdict::Failed("only one of the two builds made it".into()),
        };
        (name.display().to_string(), verdict)
    };
    Ok(names.into_iter().map(same).collect())
}

fn copy(from: &Path, to: &Path) -> Outcome<()> {
    for entry in entries(from)? {
        let name = entry.file_name().unwrap_or_default();
        let target = to.join(name);
        if LEFT_OUT.iter().any(|left_out| name == *left_out) || entry.is_symlink() {
            continue;
        }
        if entry.is_dir() {
            copy(&entry, &target)?;
        } else {
            create(&target)?;
            context(fs::copy(&entry, &target), || entry.display().to_string())?;
        }
    }
    Ok(())
}

fn list(root: &Path, folder: &Path, names: &mut Vec<PathBuf>) -> Outcome<()> {
    for entry in entries(&root.join(folder))? {
        let name = folder.join(entry.file_name().unwrap_or_default());
        if entry.is_dir() {
            list(root, &name, names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}
