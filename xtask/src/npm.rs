//! The npm projects: installed from their lock files, and built where they have something to build.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    places::Places,
    shell::{Outcome, capture, command, context, read, step, write},
    stamp::{self, Fingerprint},
    wasm,
};

/// The oldest Node.js that every part of the repository runs on.
const NODE: (u32, u32) = (20, 19);

/// Installs what a project's lock file names, unless that has been done.
pub(crate) fn install(places: &Places, project: &str) -> Outcome<()> {
    let folder = places.in_root(project);
    let fingerprint = Fingerprint::new("npm ci").paths([
        folder.join("package.json"),
        folder.join("package-lock.json"),
        places.in_root(".npmrc"),
    ])?;
    let stamp = folder.join("node_modules/.storefront-privacy");
    if stamp::is_fresh(&stamp, &fingerprint, &[]) {
        return Ok(());
    }
    check_node(places)?;
    let mut npm = command("npm", &folder);
    npm.arg("ci").arg("--no-audit").arg("--no-fund").arg("--userconfig").arg(places.in_root(".npmrc"));
    let name = project.replace('/', "-");
    step(places, &format!("setup-npm-{name}"), &format!("install npm packages of {project}"), &mut npm)?;
    stamp::leave(&stamp, &fingerprint)
}

/// Builds `pkg/dist`: wasm first, then everything that is TypeScript.
pub(crate) fn build_package(places: &Places) -> Outcome<()> {
    install(places, "pkg")?;
    wasm::build(places)?;
    let script = places.in_root("pkg/scripts/build.mjs");
    if !script.is_file() {
        return Ok(());
    }
    let fingerprint = input(places)?;
    let stamp = places.in_target("stamps/pkg");
    let made: Vec<PathBuf> = [
        "password.js",
        "password-generate.js",
        "passkey.js",
        "passkey-fallback.js",
        "payment.js",
        "payment-hpke.js",
        "payment-rsa.js",
        "consent.js",
        "consent-iab.js",
        "consent-minimise.js",
        "consent-receipts.js",
        "consent-signals.js",
        "tools.js",
        "gate.global.js",
    ]
    .iter()
    .map(|name| places.in_root("pkg/dist").join(name))
    .collect();
    if stamp::is_fresh(&stamp, &fingerprint, &made) {
        return Ok(());
    }
    let mut node = command("node", &places.in_root("pkg"));
    node.arg(script);
    step(places, "build-pkg", "build TypeScript of pkg", &mut node)?;
    // The script may have finished the glue and copied README and licences beside its own files.
    stamp::leave(&stamp, &input(places)?)
}

fn input(places: &Places) -> Outcome<Fingerprint> {
    let documents =
        ["README.md", "CHANGELOG.md", "SECURITY.md", "VERSIONING.md"].map(|name| places.in_root(name));
    Fingerprint::new("pkg")
        .paths([places.in_root("pkg"), places.in_root("src/consent/words")])?
        .paths(documents)?
        .tree(&places.in_root("pkg/dist/wasm"))
}

/// The root that signs the demo processor's keys. It stays on this machine.
pub(crate) fn payment_root(places: &Places) -> PathBuf {
    places.in_target("payment/root.jwk")
}

/// Makes the root, once, and pins it in the shop's pages, as a shop and its processor do between them.
fn pin_root(places: &Places, folder: &Path) -> Outcome<()> {
    let root = payment_root(places);
    let keys = |words: &[&str]| {
        let mut node = command("node", &places.root);
        node.arg(places.in_root("pkg/bin/storefront-privacy.mjs")).arg("keys").args(words);
        node
    };
    if !root.is_file() {
        let home = places.in_target("payment");
        context(fs::create_dir_all(&home), || home.display().to_string())?;
        let mut make = keys(&["make-root", "--out"]);
        step(places, "payment-root", "make the processor's root", make.arg(&root))?;
    }
    let pinned = folder.join("src/payment-keys.js");
    let draft = places.in_target("payment/payment-keys.js");
    let mut pin = keys(&["pin", "--root"]);
    step(places, "payment-pin", "pin it", pin.arg(&root).arg("--out").arg(&draft))?;
    let text = read(&draft)?;
    if pinned.is_file() && read(&pinned)? == text {
        return Ok(());
    }
    write(&pinned, text)
}

/// Builds the shop's pages with Vite, from the package as any shop would install it.
pub(crate) fn build_pages(places: &Places) -> Outcome<()> {
    let project = "www/pages";
    install(places, project)?;
    let folder = places.in_root(project);
    pin_root(places, &folder)?;
    let fingerprint = Fingerprint::new("pages").paths([&folder])?.tree(&places.in_root("pkg/dist"))?;
    let stamp = places.in_target("stamps/pages");
    if stamp::is_fresh(&stamp, &fingerprint, &[folder.join("dist/.vite/manifest.json")]) {
        return Ok(());
    }
    let mut npm = command("npm", &folder);
    step(places, "build-pages", "build the shop's pages", npm.args(["run", "build"]))?;
    stamp::leave(&stamp, &fingerprint)
}

/// One clear line when Node.js is missing or too old.
pub(crate) fn check_node(places: &Places) -> Outcome<()> {
    let needed = format!("Node.js {}.{} or later is needed", NODE.0, NODE.1);
    let found = capture(command("node", &places.root).arg("--version"))
        .map_err(|error| format!("{needed}; `node --version` failed: {error}"))?;
    let mut numbers =
        found.trim().trim_start_matches('v').split('.').map_while(|part| part.parse::<u32>().ok());
    let version = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if version >= NODE { Ok(()) } else { Err(format!("{needed}; this is {}", found.trim())) }
}
