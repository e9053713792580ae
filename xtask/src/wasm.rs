//! The wasm modules: compiled by Cargo, given their glue by wasm-bindgen, shrunk by wasm-opt.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Mutex,
    thread,
};

use crate::{
    clock,
    json::{Json, quoted},
    places::Places,
    shell::{self, Outcome, capture, cargo, command, context, create, step},
    stamp::{self, Fingerprint},
    wrapper,
};

/// The modules, the one that takes longest first.
pub(crate) const MODULES: [&str; 14] = [
    "password",
    "passkey",
    "payment-hpke",
    "payment-tools",
    "payment-rsa",
    "payment",
    "consent-signals",
    "consent-receipts",
    "consent-minimise",
    "consent",
    "consent-iab",
    "tools",
    "password-generate",
    "passkey-fallback",
];

/// The target of every module.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// What the modules may use; browsers refuse a module that wasm-opt has rewritten to anything newer.
pub(crate) const FEATURES: [&str; 8] = [
    "bulk-memory",
    "bulk-memory-opt",
    "sign-ext",
    "mutable-globals",
    "nontrapping-float-to-int",
    "reference-types",
    "multivalue",
    "simd",
];

/// What any module is made from.
const SOURCES: [&str; 9] = [
    "src",
    "wasm",
    "Cargo.toml",
    "Cargo.lock",
    ".cargo/config.toml",
    "xtask/bindgen",
    "xtask/src/wasm.rs",
    "xtask/src/wrapper.rs",
    WORDS,
];

/// Codes the password module's word lists apart.
const WORDS: &str = "xtask/scripts/words.mjs";

/// Builds every module and puts `NAME.wasm`, `NAME.js` and `NAME.d.ts` into `pkg/dist/wasm`.
pub(crate) fn build(places: &Places) -> Outcome<()> {
    let rustc = capture(command("rustc", &places.root).arg("-vV"))?;
    let lock = places.in_root("pkg/package-lock.json");
    let fingerprint = Fingerprint::new("wasm")
        .text(&rustc)
        .text(&places.root.display().to_string())
        .paths(SOURCES.map(|path| places.in_root(path)))?
        .paths([lock])?;
    let stamp = places.in_target("stamps/wasm");
    let made: Vec<PathBuf> = MODULES.iter().flat_map(|name| shipped(places, name)).collect();
    if stamp::is_fresh(&stamp, &fingerprint, &made) {
        return Ok(());
    }
    tools(places)?;
    build_all(places, &rustc)?;
    stamp::leave(&stamp, &fingerprint)
}

/// What the modules are built with: the target, the sources of the standard library and the crates, and wasm-bindgen.
pub(crate) fn tools(places: &Places) -> Outcome<()> {
    let rustc = capture(command("rustc", &places.root).arg("-vV"))?;
    let fingerprint = Fingerprint::new("bindgen, std").text(&rustc).paths(
        ["Cargo.lock", "xtask/bindgen", "wasm/password/Cargo.lock"].map(|path| places.in_root(path)),
    )?;
    let stamp = places.in_target("stamps/bindgen");
    if stamp::is_fresh(&stamp, &fingerprint, &[bindgen(places)]) {
        return Ok(());
    }
    add_target(places)?;
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("rustc -vV names no host")?;
    for (name, manifest) in [("core", "Cargo.toml"), ("password", "wasm/password/Cargo.toml")] {
        let mut fetch = cargo(places);
        fetch.args(["fetch", "--locked", "--target", TARGET, "--target", host, "--manifest-path"]);
        step(places, &format!("setup-fetch-{name}"), "fetch crates", fetch.arg(places.in_root(manifest)))?;
    }
    let mut build = cargo(places);
    build.args(["build", "--locked", "--package", "storefront-privacy-bindgen"]);
    step(places, "setup-bindgen", "compile the wasm-bindgen library", &mut build)?;
    stamp::leave(&stamp, &fingerprint)
}

/// Gives another pair of folders the tools of these, so that it need not build them.
pub(crate) fn lend_tools(places: &Places, other: &Places) -> Outcome<()> {
    for path in ["debug/storefront-privacy-bindgen", "stamps/bindgen"] {
        create(&other.in_target(path))?;
        context(fs::copy(places.in_target(path), other.in_target(path)), || path.into())?;
    }
    Ok(())
}

fn bindgen(places: &Places) -> PathBuf {
    places.in_target("debug/storefront-privacy-bindgen")
}

/// What one module leaves in the package.
pub(crate) fn shipped(places: &Places, name: &str) -> [PathBuf; 3] {
    ["wasm", "js", "d.ts"].map(|suffix| places.in_root(format!("pkg/dist/wasm/{name}.{suffix}")))
}

/// Adds the wasm target, and the standard library's sources, to the toolchain in use, where they are not there yet.
fn add_target(places: &Places) -> Outcome<()> {
    let root = capture(command("rustc", &places.root).args(["--print", "sysroot"]))?;
    let installed = Path::new(root.trim()).join("lib/rustlib");
    if !installed.join("src/rust/library/std").is_dir() {
        let mut rustup = command("rustup", &places.root);
        step(
            places,
            "setup-std",
            "add the standard library's sources",
            rustup.args(["component", "add", "rust-src"]),
        )?;
    }
    if installed.join(TARGET).join("lib").is_dir() {
        return Ok(());
    }
    step(
        places,
        "setup-target",
        "add the wasm target",
        command("rustup", &places.root).args(["target", "add", TARGET]),
    )
}

/// Two at a time: the last step of each compiles one large unit on one core.
fn build_all(places: &Places, rustc: &str) -> Outcome<()> {
    let waiting = Mutex::new(MODULES.iter());
    let failures = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(name) = waiting.lock().ok().and_then(|mut modules| modules.next().copied()) {
                    if let (Err(error), Ok(mut failures)) = (build_one(places, name, rustc), failures.lock())
                    {
                        failures.push(error);
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap_or_default();
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n\n")) }
}

fn build_one(places: &Places, name: &str, rustc: &str) -> Outcome<()> {
    let compiled = compile(places, name, rustc)?;
    let work = places.in_target("wasm").join(name);
    let fingerprint = Fingerprint::new(name).paths([
        &compiled,
        &places.in_root("xtask/bindgen"),
        &places.in_root("xtask/src/wasm.rs"),
        &places.in_root(WORDS),
    ])?;
    let stamp = work.join("stamp");
    let names = ["wasm", "js", "d.ts"].map(|suffix| work.join(format!("{name}.{suffix}")));
    if !stamp::is_fresh(&stamp, &fingerprint, &names) {
        let mut bind = command(bindgen(places), &places.root);
        bind.arg(&compiled).arg(&work).arg(name);
        step(places, &format!("wasm-{name}-bindgen"), &format!("bind {name}"), &mut bind)?;
        optimise(places, name, &work)?;
        stamp::leave(&stamp, &fingerprint)?;
    }
    for (from, to) in names.iter().zip(shipped(places, name)) {
        shell::write(&to, context(fs::read(from), || from.display().to_string())?)?;
    }
    let bytes = context(fs::metadata(&names[0]), || name.into())?.len();
    clock::say(&format!("  {name}.wasm: {bytes} bytes"));
    Ok(())
}

/// Compiles one module and says where Cargo left it.
fn compile(places: &Places, name: &str, rustc: &str) -> Outcome<PathBuf> {
    let mut cargo = cargo(places);
    let compiled = if name == "password" {
        let target = places.in_target("password");
        cargo.current_dir(places.in_root("wasm/password")).env("CARGO_TARGET_DIR", &target);
        cargo.args(["build", "--profile", profile(name)]);
        wrapper::install(&mut cargo);
        target.join(TARGET).join(profile(name)).join("storefront_privacy_password.wasm")
    } else {
        cargo.args(["rustc", "--package", "storefront-privacy", "--lib", "--crate-type", "cdylib"]);
        cargo.args(["--no-default-features", "--features", &format!("web,{name}")]);
        cargo.args(["--profile", profile(name)]);
        places.in_target(TARGET).join(profile(name)).join("storefront_privacy.wasm")
    };
    cargo.args(["--locked", "--target", TARGET]);
    if brings_std(name) {
        cargo.arg("-Zbuild-std=std,panic_abort").env("RUSTC_BOOTSTRAP", "1");
    }
    cargo.arg("--config").arg(flags(places, rustc, name)?);
    // Each of these would replace the flags of `.cargo/config.toml`, and make the bytes depend on who builds.
    for variable in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_RUSTFLAGS"] {
        cargo.env_remove(variable);
    }
    // Modules of one profile share all that they are made from, and leave their result in one place.
    let _turn = turn(name).map(Mutex::lock);
    step(places, &format!("wasm-{name}-compile"), &format!("compile {name}"), &mut cargo)?;
    let own = places.in_target("wasm").join(format!("{name}.wasm"));
    create(&own)?;
    context(fs::copy(&compiled, &own), || compiled.display().to_string())?;
    Ok(own)
}

/// Whose turn it is to compile, for each profile that modules share.
fn turn(name: &str) -> Option<&'static Mutex<()>> {
    static TURNS: [(&str, Mutex<()>); 3] =
        [("wasm", Mutex::new(())), ("wasm-payment", Mutex::new(())), ("wasm-payment-32", Mutex::new(()))];
    TURNS.iter().find(|(shared, _)| *shared == profile(name)).map(|(_, turn)| turn)
}

fn profile(name: &str) -> &'static str {
    match name {
        "password" => "wasm-password",
        "payment-hpke" | "payment-rsa" => "wasm-payment-32",
        _ if name.starts_with("payment") => "wasm-payment",
        _ => "wasm",
    }
}

/// Whether a module is compiled together with the standard library: a panic is then a trap and nothing else, without
/// the words that nobody reads. The password module's speed is the library's as it is shipped.
fn brings_std(name: &str) -> bool {
    name != "password"
}

/// Cargo configuration that takes every path of this machine out of what is compiled, and what one module alone is compiled with.
///
/// rustc applies the last prefix that matches, so the narrower ones come last.
fn flags(places: &Places, rustc: &str, name: &str) -> Outcome<String> {
    let commit = rustc.lines().find_map(|line| line.strip_prefix("commit-hash: ")).unwrap_or("unknown");
    let sysroot = capture(command("rustc", &places.root).args(["--print", "sysroot"]))?;
    let mut prefixes =
        vec![(places.root.clone(), ".".to_owned()), (places.target.clone(), "target".to_owned())];
    let home = cargo_home()?;
    prefixes.push((home.clone(), "cargo".to_owned()));
    let sources = home.join("registry/src");
    if sources.is_dir() {
        for registry in stamp::entries(&sources)? {
            prefixes.push((registry, "crates".to_owned()));
        }
    }
    let std_sources = Path::new(sysroot.trim()).join("lib/rustlib/src/rust");
    prefixes.push((std_sources, format!("/rustc/{commit}")));
    let mut flags: Vec<String> = prefixes
        .iter()
        .map(|(from, to)| quoted(&format!("--remap-path-prefix={}={to}", from.display())))
        .collect();
    if brings_std(name) {
        flags.extend(["-Zunstable-options", "-Cpanic=immediate-abort"].map(quoted));
    }
    // Great numbers in limbs of 32 bits are as fast here, and smaller. P-256, which is what the other modules have, would be slower.
    if profile(name) == "wasm-payment-32" {
        flags.push(quoted("--cfg=cpubits=\"32\""));
    }
    Ok(format!("target.{TARGET}.rustflags=[{}]", flags.join(",")))
}

fn cargo_home() -> Outcome<PathBuf> {
    if let Some(home) = env::var_os("CARGO_HOME") {
        return Ok(PathBuf::from(home));
    }
    let home = env::home_dir().ok_or("neither CARGO_HOME nor a home folder is known")?;
    Ok(home.join(".cargo"))
}

/// Rewrites the bound module for size (for speed where that is what counts) and drops what only tools read.
fn optimise(places: &Places, name: &str, work: &Path) -> Outcome<()> {
    let mut optimiser = wasm_opt(places)?;
    optimiser.args(match name {
        "password" => &["-O3"][..],
        // Fast first, and then small again: what was inlined for speed is told apart by what can be in it.
        "consent" | "consent-iab" | "consent-receipts" | "passkey" | "passkey-fallback" => {
            &["-O3", "-Oz", "--low-memory-unused", "--gufa", "-Oz", "--converge"]
        }
        "payment" | "payment-hpke" | "payment-rsa" => {
            &["-Os", "--low-memory-unused", "--gufa", "-Os", "--converge"]
        }
        _ => &["-Os"],
    });
    optimiser.args(FEATURES.map(|feature| format!("--enable-{feature}")));
    optimiser.args(["--strip-debug", "--strip-producers", "--strip-target-features"]);
    optimiser
        .arg(work.join(format!("{name}_bg.wasm")))
        .arg("--output")
        .arg(work.join(format!("{name}.wasm")));
    step(places, &format!("wasm-{name}-optimise"), &format!("optimise {name}"), &mut optimiser)?;
    if name == "password" { words(places, work) } else { Ok(()) }
}

/// Codes the word lists of the password module apart from its data.
fn words(places: &Places, work: &Path) -> Outcome<()> {
    let mut metadata = cargo(places);
    metadata.args(["metadata", "--locked", "--format-version", "1", "--filter-platform", TARGET]);
    metadata.arg("--manifest-path").arg(places.in_root("wasm/password/Cargo.toml"));
    let metadata = Json::parse(&capture(&mut metadata)?)?;
    let packages = metadata.get("packages").items();
    let zxcvbn = packages.iter().find(|package| package.get("name").text() == "zxcvbn");
    let manifest = zxcvbn.ok_or("the password module does not depend on zxcvbn")?.get("manifest_path").text();
    let module = work.join("password.wasm");
    let mut node = command("node", &places.root);
    node.arg(places.in_root(WORDS)).arg(&module).arg(work.join("password.js"));
    node.arg(Path::new(manifest).with_file_name("src/frequency_lists.rs")).arg(&module);
    step(places, "wasm-password-words", "code the word lists", &mut node)
}

/// wasm-opt, as npm's `binaryen` ships it.
pub(crate) fn wasm_opt(places: &Places) -> Outcome<Command> {
    let program = places.in_root("pkg/node_modules/binaryen/bin/wasm-opt");
    if !program.is_file() {
        return Err("wasm-opt is missing: pkg/package.json must name `binaryen` under devDependencies".into());
    }
    let mut node = command("node", &places.root);
    node.arg(program);
    Ok(node)
}
