//! `cargo xtask bench`: ours beside its peers, in one run.

use std::process::{ExitCode, Stdio};

use crate::{
    clock, npm,
    places::Places,
    shell::{Outcome, command, context},
    tools::{self, CHROME, FIREFOX, GECKODRIVER, Tool},
    wasm,
};

const TOOLS: [Tool; 3] = [CHROME, FIREFOX, GECKODRIVER];

/// Prints the table of `benches/run.mjs`, which leaves `target/report/bench.json`.
pub(crate) fn run(places: &Places) -> Outcome<ExitCode> {
    wasm::tools(places)?;
    npm::build_package(places)?;
    npm::install(places, "benches")?;
    if let Some((_, line)) = tools::provide(places, &TOOLS).into_iter().next() {
        return Err(line);
    }
    clock::say("measure; this takes a few minutes, and wants the machine for itself");
    let mut node = command("node", &places.root);
    node.arg(places.in_root("benches/run.mjs")).env("BENCH_REPORT", places.report("bench.json"));
    node.env("CARGO_TARGET_DIR", &places.target)
        .envs(TOOLS.into_iter().filter_map(|tool| Some((tool.variable, tools::locate(places, tool)?))));
    let status = context(node.stdout(Stdio::inherit()).status(), || "node".into())?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
