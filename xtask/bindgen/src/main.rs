//! Turns one compiled wasm module into the pair that the package ships: `NAME.js` and `NAME_bg.wasm`.
//!
//! Called by `cargo xtask build` as `storefront-privacy-bindgen INPUT OUT_DIR NAME`.

use std::{env, process::ExitCode};

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
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(input)
        .out_name(name)
        .web(true)?
        .typescript(true)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen.generate(out_dir)
}
