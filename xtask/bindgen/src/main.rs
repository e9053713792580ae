//! Turns one compiled wasm module into the pair that the package ships: `NAME.js` and `NAME_bg.wasm`.
//!
//! Called by `cargo xtask build` as `storefront-privacy-bindgen INPUT OUT_DIR NAME`.

use std::{env, process::ExitCode};

use walrus::ir::{InstrLocId, Unreachable};
use walrus::{FunctionKind, Module, ModuleConfig};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [input, out_dir, name] = arguments.as_slice() else {
        eprintln!("usage: storefront-privacy-bindgen INPUT OUT_DIR NAME");
        return ExitCode::FAILURE;
    };
    match generate(input, out_dir, name) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{input}: {error:?}");
            ExitCode::FAILURE
        }
    }
}

/// The glue names no default path, so that it can be bundled without dragging a second copy of the wasm along.
fn generate(input: &str, out_dir: &str, name: &str) -> anyhow::Result<()> {
    let mut module = ModuleConfig::new()
        .strict_validate(false)
        .generate_name_section(false)
        .generate_producers_section(false)
        .parse_file(input)?;
    silence_panics(&mut module);
    let mut bindgen = Bindgen::new();
    bindgen
        .input_module(name, module)
        .out_name(name)
        .web(true)?
        .typescript(true)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen.generate(out_dir)
}

/// What the standard library calls when something cannot go on, as it stands in names of either mangling.
const PANICS: [&str; 9] = [
    "4core9panicking",
    "3std9panicking",
    "13assert_failed",
    "13expect_failed",
    "13unwrap_failed",
    "16slice_index_fail",
    "17capacity_overflow",
    "17len_mismatch_fail",
    "18handle_alloc_error",
];

/// A panic ends in a trap, and nobody hears what it says before: here it traps at once, and the words and what would format
/// them are left out.
fn silence_panics(module: &mut Module) {
    for function in module.funcs.iter_mut() {
        let name = function.name.as_deref().unwrap_or_default();
        if !PANICS.iter().any(|panic| name.contains(panic)) {
            continue;
        }
        if let FunctionKind::Local(local) = &mut function.kind {
            local.block_mut(local.entry_block()).instrs =
                vec![(Unreachable {}.into(), InstrLocId::default())];
        }
    }
}
