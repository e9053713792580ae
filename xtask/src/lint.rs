//! What is checked without running anything: form, lints, documentation, licences, words, the browsers' floor.

mod crates;
mod floor;
mod npm;
mod words;

use std::process::Command;

use crate::{
    checks::{Check, Verdict},
    places::Places,
    shell::{Outcome, cargo, command},
    wasm,
};

/// The manifest of the workspace that stands by itself.
const PASSWORD: &str = "wasm/password/Cargo.toml";

/// The checks, the quick ones first.
pub(crate) fn checks(places: &Places) -> Outcome<Vec<Check>> {
    let mut checks = vec![
        Check::command("rustfmt", |places| with(places, &["fmt", "--all", "--check"])),
        Check::command("rustfmt, password module", |places| {
            with(places, &["fmt", "--check", "--manifest-path", PASSWORD])
        }),
    ];
    checks.extend(words::checks());
    checks.extend(crates::checks());
    checks.extend(npm::checks());
    checks.extend(floor::checks(places)?);
    for project in ["pkg", "www/pages"] {
        checks.push(script(project, "lint"));
    }
    checks.extend([
        Check::command("clippy, workspace", |places| clippy(places, &["--workspace", "--all-targets"])),
        Check::command("clippy, wasm", |places| {
            let features = ["--features", "web", "--all-targets"];
            clippy(
                places,
                &[&["--package", "storefront-privacy", "--target", wasm::TARGET], features.as_slice()]
                    .concat(),
            )
        }),
        Check::command("clippy, password module", |places| {
            let mut clippy = clippy(places, &["--manifest-path", PASSWORD, "--target", wasm::TARGET]);
            clippy.env("CARGO_TARGET_DIR", places.in_target("password"));
            clippy
        }),
        Check::command("rustdoc", |places| {
            let mut doc =
                with(places, &["doc", "--locked", "--no-deps", "--workspace", "--document-private-items"]);
            doc.env("RUSTDOCFLAGS", "-D warnings");
            doc
        }),
    ]);
    checks.extend(
        [
            "",
            "password",
            "password-generate",
            "passkey",
            "passkey-fallback",
            "payment",
            "payment-hpke",
            "payment-rsa",
            "payment-tools",
            "consent",
            "consent-iab",
            "consent-minimise",
            "consent-receipts",
            "consent-signals",
            "tools",
        ]
        .map(features),
    );
    Ok(checks)
}

/// TypeScript's own checks of each npm project that has any.
pub(crate) fn types() -> Vec<Check> {
    ["pkg", "www/pages"].map(|project| script(project, "types")).into()
}

fn script(project: &'static str, script: &'static str) -> Check {
    Check::new(format!("npm run {script}, {project}"), move |places| {
        let name = format!("{script} {project}");
        let mut npm = command("npm", &places.in_root(project));
        Verdict::from(crate::checks::succeeds(places, &name, npm.args(["run", "--silent", script])))
    })
}

fn with(places: &Places, arguments: &[&str]) -> Command {
    let mut cargo = cargo(places);
    cargo.args(arguments);
    cargo
}

fn clippy(places: &Places, arguments: &[&str]) -> Command {
    let mut cargo = with(places, &["clippy", "--locked"]);
    cargo.args(arguments).args(["--", "-D", "warnings"]);
    cargo
}

/// The core alone with one feature, so that none leans on another unnoticed.
fn features(feature: &'static str) -> Check {
    let name = if feature.is_empty() { "no feature" } else { feature };
    Check::new(format!("core with {name} alone"), move |places| {
        let mut check =
            with(places, &["check", "--locked", "--package", "storefront-privacy", "--no-default-features"]);
        check.args(["--features", feature]).env("RUSTFLAGS", "-D warnings");
        check.env("CARGO_TARGET_DIR", places.in_target("features"));
        Verdict::from(crate::checks::succeeds(places, &format!("feature {feature}"), &mut check))
    })
}
