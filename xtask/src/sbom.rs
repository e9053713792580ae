//! The bill of materials in `CycloneDX` 1.6: what is compiled into the wasm modules. The JavaScript has no dependency.

use std::collections::BTreeMap;

use crate::{
    json::{Json, object},
    places::Places,
    shell::{Outcome, capture, cargo, read},
    wasm::TARGET,
};

/// One crate, by its identity in Cargo's metadata.
type Crates = BTreeMap<String, Json>;

/// The bill of the package as it is checked out. It has no date and no random number: same sources, same bill.
pub(crate) fn make(places: &Places) -> Outcome<Json> {
    let mut crates = Crates::new();
    let features = [
        "--no-default-features",
        "--features",
        "web,password-generate,passkey,passkey-fallback,payment-tools,consent,consent-iab,consent-minimise,consent-receipts,consent-signals,tools",
    ];
    collect(places, "Cargo.toml", &features, "storefront-privacy", &mut crates)?;
    collect(places, "wasm/password/Cargo.toml", &[], "storefront-privacy-password", &mut crates)?;
    let manifest = Json::parse(&read(&places.in_root("pkg/package.json"))?)?;
    let (name, version) = (manifest.get("name").text(), manifest.get("version").text());
    let purl = format!("pkg:npm/{name}@{version}");
    let package = object([
        ("type", "library".into()),
        ("bom-ref", purl.as_str().into()),
        ("name", name.into()),
        ("version", version.into()),
        ("licenses", licence(manifest.get("license").text())),
        ("purl", purl.as_str().into()),
    ]);
    Ok(object([
        ("bomFormat", "CycloneDX".into()),
        ("specVersion", "1.6".into()),
        ("version", 1.into()),
        ("metadata", object([("component", package)])),
        ("components", Json::List(crates.values().cloned().collect())),
        (
            "dependencies",
            Json::List(vec![object([
                ("ref", purl.as_str().into()),
                ("dependsOn", Json::List(crates.keys().map(|key| key.as_str().into()).collect())),
            ])]),
        ),
    ]))
}

/// Adds what a crate is compiled from for wasm: its normal dependencies and theirs, macros and build scripts left out.
fn collect(
    places: &Places,
    manifest: &str,
    options: &[&str],
    root: &str,
    crates: &mut Crates,
) -> Outcome<()> {
    let mut cargo = cargo(places);
    cargo.args([
        "metadata",
        "--locked",
        "--format-version",
        "1",
        "--filter-platform",
        TARGET,
        "--manifest-path",
    ]);
    let metadata = Json::parse(&capture(cargo.arg(places.in_root(manifest)).args(options))?)?;
    let packages = by_id(metadata.get("packages").items());
    let nodes = by_id(metadata.get("resolve").get("nodes").items());
    let named = |id: &&&str| packages.get(**id).is_some_and(|package| package.get("name").text() == root);
    let mut waiting: Vec<&str> = packages.keys().filter(named).copied().collect();
    let mut seen = Vec::new();
    while let Some(id) = waiting.pop() {
        if seen.contains(&id) {
            continue;
        }
        seen.push(id);
        if let Some(package) = packages.get(id).filter(|package| *package.get("source") != Json::Null) {
            let (purl, component) = component(package);
            crates.insert(purl, component);
        }
        for dependency in nodes.get(id).map_or(&[][..], |node| node.get("deps").items()) {
            let target = dependency.get("pkg").text();
            let normal =
                dependency.get("dep_kinds").items().iter().any(|kind| *kind.get("kind") == Json::Null);
            if normal && !packages.get(target).is_some_and(|package| is_macro(package)) {
                waiting.push(target);
            }
        }
    }
    Ok(())
}

fn by_id(entries: &[Json]) -> BTreeMap<&str, &Json> {
    entries.iter().map(|entry| (entry.get("id").text(), entry)).collect()
}

/// A procedural macro runs in the compiler; none of it is in the module.
fn is_macro(package: &Json) -> bool {
    package
        .get("targets")
        .items()
        .iter()
        .any(|target| target.get("kind").items().contains(&"proc-macro".into()))
}

fn component(package: &Json) -> (String, Json) {
    let (name, version) = (package.get("name").text(), package.get("version").text());
    let purl = format!("pkg:cargo/{name}@{version}");
    let component = object([
        ("type", "library".into()),
        ("bom-ref", purl.as_str().into()),
        ("name", name.into()),
        ("version", version.into()),
        ("licenses", licence(package.get("license").text())),
        ("purl", purl.as_str().into()),
    ]);
    (purl, component)
}

/// Old crates write `/` for `OR`.
fn licence(expression: &str) -> Json {
    Json::List(vec![object([("expression", expression.replace('/', " OR ").as_str().into())])])
}
