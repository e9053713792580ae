//! The crates that we depend on: their licences, their versions, their known faults.

use std::collections::BTreeMap;

use crate::{
    checks::{Check, Verdict, succeeds},
    json::Json,
    places::Places,
    shell::{Outcome, capture, cargo, read},
    tools::on_path,
};

use super::{PASSWORD, words::listing};

/// Licences that ask for nothing but their text, which ships with the sources.
pub(super) const LICENCES: [&str; 12] = [
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "0BSD",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "CC0-1.0",
    "Unlicense",
];

/// Crates under a licence that asks for more: changes to their own files stay open. They are used unchanged.
const FILE_COPYLEFT: [&str; 5] =
    ["webauthn-attestation-ca", "webauthn-rs", "webauthn-rs-core", "webauthn-rs-proto", "crypto-glue"];

pub(super) fn checks() -> Vec<Check> {
    vec![
        listing("licences of all crates", |places| {
            let mut found = licences(&metadata(places, "Cargo.toml")?);
            found.extend(licences(&metadata(places, PASSWORD)?));
            Ok(found)
        }),
        listing("no crate twice", duplicates),
        listing("stand-ins in the password module alone", stand_ins),
        Check::new("advisories, crates", advisories),
    ]
}

/// What Cargo knows of all crates of a workspace.
fn metadata(places: &Places, manifest: &str) -> Outcome<Json> {
    let mut cargo = cargo(places);
    cargo
        .args(["metadata", "--locked", "--format-version", "1", "--manifest-path"])
        .arg(places.in_root(manifest));
    Json::parse(&capture(&mut cargo)?)
}

fn licences(metadata: &Json) -> Vec<String> {
    let packages = metadata.get("packages").items().iter();
    let refused = packages.filter_map(|package| {
        let (name, licence) = (package.get("name").text(), package.get("license").text());
        let copyleft = FILE_COPYLEFT.contains(&name) && is_allowed(licence, &["MPL-2.0"]);
        let allowed = copyleft || is_allowed(licence, &LICENCES);
        (!allowed).then(|| format!("{name} {}: `{licence}`", package.get("version").text()))
    });
    refused.collect()
}

/// Whether an SPDX expression can be met with the given licences. `/` is how old crates write `OR`.
pub(super) fn is_allowed(expression: &str, licences: &[&str]) -> bool {
    let expression = expression.trim();
    if let Some((left, right)) = split(expression, &[" OR ", "/"]) {
        return is_allowed(left, licences) || is_allowed(right, licences);
    }
    if let Some((left, right)) = split(expression, &[" AND "]) {
        return is_allowed(left, licences) && is_allowed(right, licences);
    }
    match expression.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => is_allowed(inner, licences),
        None => licences.contains(&expression),
    }
}

/// The two sides of the first of these words that stands outside parentheses.
fn split<'a>(expression: &'a str, words: &[&str]) -> Option<(&'a str, &'a str)> {
    words.iter().flat_map(|word| expression.match_indices(word)).find_map(|(index, word)| {
        let (left, right) = expression.split_at_checked(index)?;
        let open = left.matches('(').count() == left.matches(')').count();
        open.then(|| (left, right.strip_prefix(word).unwrap_or(right)))
    })
}

/// What stands for other crates in the password module's workspace, and must not stand for them anywhere else.
const STAND_INS: [&str; 2] = ["fancy-regex", "regex"];

/// In the module's workspace each comes from a folder there, in every other from the registry; and zxcvbn, which they
/// are for, is the registry's in both.
fn stand_ins(places: &Places) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    for (manifest, replaced) in [("Cargo.toml", false), (PASSWORD, true)] {
        let metadata = metadata(places, manifest)?;
        let packages = metadata.get("packages").items();
        for name in STAND_INS.into_iter().chain(["zxcvbn"]) {
            let all: Vec<_> = packages.iter().filter(|package| package.get("name").text() == name).collect();
            if all.is_empty() {
                found.push(format!("{manifest}: no {name}"));
            }
            for package in all {
                // A crate of a registry names it; one of a folder names no source.
                let local = package.get("source").text().is_empty();
                if local != (replaced && name != "zxcvbn") {
                    let place = if local { "a folder" } else { "the registry" };
                    found.push(format!("{manifest}: {name} comes from {place}"));
                }
            }
        }
    }
    Ok(found)
}

/// Crates that are locked in more than one version, against `xtask/duplicates.txt` (`name reason`, one a line).
fn duplicates(places: &Places) -> Outcome<Vec<String>> {
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let metadata = metadata(places, "Cargo.toml")?;
    for package in metadata.get("packages").items() {
        versions
            .entry(package.get("name").text().into())
            .or_default()
            .push(package.get("version").text().into());
    }
    let list = read(&places.in_root("xtask/duplicates.txt"))?;
    let allowed: Vec<&str> = list
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let twice = |name: &str| versions.get(name).is_some_and(|versions| versions.len() > 1);
    let mut found: Vec<String> = versions
        .iter()
        .filter(|(name, versions)| versions.len() > 1 && !allowed.contains(&name.as_str()))
        .map(|(name, versions)| format!("{name}: {}", versions.join(", ")))
        .collect();
    found.extend(
        allowed
            .iter()
            .filter(|name| !twice(name))
            .map(|name| format!("{name} is allowed, but not there twice")),
    );
    Ok(found)
}

/// The advisory database is a git repository, read by `cargo audit` where that is installed and can reach it.
fn advisories(places: &Places) -> Verdict {
    if on_path("cargo-audit").is_none() {
        return Verdict::Skipped("cargo-audit and its database (a git repository) are not here".into());
    }
    let mut fetch = cargo(places);
    if let Err(error) = succeeds(places, "advisories", fetch.args(["audit", "--deny", "warnings"])) {
        let unreachable = error.contains("fetch") || error.contains("resolve") || error.contains("connect");
        return if unreachable {
            Verdict::Skipped("the advisory database cannot be reached".into())
        } else {
            Verdict::Failed(error)
        };
    }
    Verdict::Passed
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn an_expression_is_met_by_one_side_of_or_and_both_of_and() {
        let licences = ["MIT", "Apache-2.0 WITH LLVM-exception", "Unicode-3.0"];
        assert!(is_allowed("MIT OR GPL-3.0", &licences));
        assert!(is_allowed("GPL-3.0/MIT", &licences));
        assert!(is_allowed("(MIT OR GPL-3.0) AND Unicode-3.0", &licences));
        assert!(is_allowed("Apache-2.0 WITH LLVM-exception OR GPL-3.0", &licences));
        assert!(!is_allowed("(MIT OR GPL-3.0) AND GPL-2.0", &licences));
        assert!(!is_allowed("", &licences));
    }
}
