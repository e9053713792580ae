//! The verifiers that are written in Python: a virtual environment under target, from pinned versions.

use crate::{
    places::Places,
    shell::{Outcome, command, step},
    stamp::{self, Fingerprint},
    tools,
};

const REQUIREMENTS: &str = "tests/interop/verifiers/requirements.txt";

/// Installs what the conformance tests verify with. Where that cannot be done they name what is skipped: it is no failure.
pub(crate) fn provide(places: &Places) {
    if let Err(error) = install(places) {
        eprintln!("no verifiers in Python: {error}");
    }
}

fn install(places: &Places) -> Outcome<()> {
    let requirements = places.in_root(REQUIREMENTS);
    let fingerprint = Fingerprint::new("python").paths([requirements.clone()])?;
    let stamp = places.in_target("stamps/python");
    let python = places.in_target("python/bin/python");
    if stamp::is_fresh(&stamp, &fingerprint, std::slice::from_ref(&python)) {
        return Ok(());
    }
    let system = tools::on_path("python3").ok_or("there is no python3")?;
    let mut create = command(system, &places.root);
    create.args(["-m", "venv"]).arg(places.in_target("python"));
    step(places, "setup-python", "make a virtual environment", &mut create)?;
    let mut pip = command(&python, &places.root);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"]);
    pip.arg("--requirement").arg(requirements);
    step(places, "setup-pip", "install the verifiers in Python", &mut pip)?;
    stamp::leave(&stamp, &fingerprint)
}
