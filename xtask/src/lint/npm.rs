//! The npm packages that we build and test with: their licences, and their known faults.

use crate::{
    checks::{Check, Verdict},
    json::Json,
    places::Places,
    shell::{Outcome, command, context, read},
};

use super::{
    crates::{LICENCES, is_allowed},
    words::listing,
};

/// The npm projects; none of their packages ships with ours.
const PROJECTS: [&str; 4] = ["pkg", "www/pages", "tests", "benches"];

/// Licences that suffice for tools, beside those of the crates; `MPL 2.0` as older packages write it.
const FOR_TOOLS: [&str; 7] =
    ["BlueOak-1.0.0", "CC-BY-4.0", "CC-BY-3.0", "MPL 2.0", "MPL-2.0", "Python-2.0", "WTFPL"];

pub(super) fn checks() -> Vec<Check> {
    let mut checks: Vec<Check> = PROJECTS
        .iter()
        .map(|project| {
            listing(&format!("licences of npm packages, {project}"), |places| licences(places, project))
        })
        .collect();
    checks.push(listing("the package depends on nothing", dependencies));
    checks.push(Check::new("advisories, npm", advisories));
    checks
}

/// The lock file names the licence of each package that declares one.
fn licences(places: &Places, project: &str) -> Outcome<Vec<String>> {
    let folder = places.in_root(project);
    let lock = Json::parse(&read(&folder.join("package-lock.json"))?)?;
    let known: Vec<&str> = LICENCES.iter().chain(&FOR_TOOLS).copied().collect();
    let packages = lock.get("packages").members().iter();
    let others = packages
        .filter(|(path, entry)| path.starts_with("node_modules/") && *entry.get("link") != Json::Bool(true));
    let refused = others.filter_map(|(path, entry)| {
        let mut licence = entry.get("license").text().to_owned();
        if licence.is_empty() {
            let manifest = read(&folder.join(path).join("package.json")).and_then(|text| Json::parse(&text));
            licence = manifest.map(|manifest| stated(&manifest)).unwrap_or_default();
        }
        // Some manifests write the operator in small letters (SPDX 2.3, annex D, wants capitals).
        let licence = licence.replace(" or ", " OR ");
        (!is_allowed(&licence, &known)).then(|| format!("{project}/{path}: `{licence}`"))
    });
    Ok(refused.collect())
}

/// Old manifests write `license: {type}` or `licenses: [{type}]`.
fn stated(manifest: &Json) -> String {
    let plain = manifest.get("license").text();
    let typed = manifest.get("license").get("type").text();
    let listed = manifest.get("licenses").items().first().map_or("", |first| first.get("type").text());
    [plain, typed, listed].into_iter().find(|text| !text.is_empty()).unwrap_or_default().to_owned()
}

/// What a shop installs is this package and nothing else, and installing runs nothing.
fn dependencies(places: &Places) -> Outcome<Vec<String>> {
    let manifest = Json::parse(&read(&places.in_root("pkg/package.json"))?)?;
    let mut found = Vec::new();
    for list in ["dependencies", "peerDependencies", "optionalDependencies", "bundledDependencies"] {
        found.extend(manifest.get(list).members().iter().map(|(name, _)| format!("{list}: {name}")));
    }
    for script in ["preinstall", "install", "postinstall", "prepare"] {
        if !manifest.get("scripts").get(script).text().is_empty() {
            found.push(format!("scripts: {script}"));
        }
    }
    Ok(found)
}

/// npm's registry answers what it knows; where it does not answer, that is not a pass.
fn advisories(places: &Places) -> Verdict {
    for project in PROJECTS.iter().take(2) {
        let mut npm = command("npm", &places.in_root(project));
        let output =
            match context(npm.args(["audit", "--json", "--audit-level=high"]).output(), || "npm".into()) {
                Ok(output) => output,
                Err(error) => return Verdict::Failed(error),
            };
        let answer = Json::parse(&String::from_utf8_lossy(&output.stdout)).unwrap_or(Json::Null);
        if answer.get("metadata").get("vulnerabilities").members().is_empty() {
            return Verdict::Skipped("npm's advisory service cannot be reached".into());
        }
        if !output.status.success() {
            return Verdict::Failed(answer.get("vulnerabilities").to_string());
        }
    }
    Verdict::Passed
}
