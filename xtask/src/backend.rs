//! The demo's three servers: the shop, the processor and the third party.

use std::path::PathBuf;

use crate::{
    places::Places,
    shell::{Outcome, cargo, step},
    stamp::{self, Fingerprint},
};

/// What the servers are made from.
const SOURCES: [&str; 8] = [
    "src",
    "www/shop",
    "www/processor",
    "www/service",
    "www/contract",
    "tests/interop/verifiers/src",
    "Cargo.toml",
    "Cargo.lock",
];

/// What verifies passkeys beside the shop, in the conformance tests.
const VERIFIER: &str = "verifier";

/// The servers' short names.
pub(crate) const SERVERS: [&str; 3] = ["tracker", "processor", "shop"];

/// Compiles the servers, unless nothing they are made from has changed.
pub(crate) fn build(places: &Places) -> Outcome<()> {
    let fingerprint = Fingerprint::new("backend").paths(SOURCES.map(|path| places.in_root(path)))?;
    let stamp = places.in_target("stamps/backend");
    let mut made = SERVERS.map(|name| binary(places, name)).to_vec();
    made.push(binary(places, VERIFIER));
    if stamp::is_fresh(&stamp, &fingerprint, &made) {
        return Ok(());
    }
    let mut cargo = cargo(places);
    cargo.args([
        "build",
        "--locked",
        "--package",
        "storefront-shop",
        "--package",
        "storefront-processor",
        "--package",
        "storefront-verifier",
        "--bins",
    ]);
    step(
        places,
        "setup-backend",
        "compile the shop, the processor, the tracker and the verifier",
        &mut cargo,
    )?;
    stamp::leave(&stamp, &fingerprint)
}

/// Where a server's program is.
pub(crate) fn binary(places: &Places, name: &str) -> PathBuf {
    places.in_target("debug").join(format!("storefront-{name}"))
}
