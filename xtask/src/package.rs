//! `cargo xtask package`: the npm tarball, its bill of materials, and a look at what is in it.

use std::{fs, process::ExitCode};

use crate::{
    clock,
    json::Json,
    npm,
    places::Places,
    sbom,
    shell::{Outcome, capture, command, context, read, write},
    stamp::entries,
    wasm,
};

/// What every tarball holds, beside what `exports` names.
const ALWAYS: [&str; 6] =
    ["package.json", "README.md", "LICENSE-APACHE", "LICENSE-MIT", "SECURITY.md", "CHANGELOG.md"];

/// What none may hold.
const NEVER: [&str; 7] = ["node_modules/", "src/", "scripts/", "test-d/", ".map", ".tsbuildinfo", ".npmrc"];

/// Packs `pkg/` into `target/package`.
pub(crate) fn run(places: &Places) -> Outcome<ExitCode> {
    npm::build_package(places)?;
    let folder = places.in_target("package");
    context(fs::create_dir_all(&folder), || folder.display().to_string())?;
    for old in entries(&folder)? {
        context(fs::remove_file(&old), || old.display().to_string())?;
    }
    clock::say("pack");
    let mut npm = command("npm", &places.in_root("pkg"));
    npm.args(["pack", "--json", "--ignore-scripts", "--pack-destination"]).arg(&folder);
    let answer = Json::parse(&capture(&mut npm)?)?;
    // npm 11 answers with a list, later ones with an object by name.
    let packed =
        answer.items().first().or_else(|| answer.members().first().map(|(_, one)| one)).unwrap_or(&answer);
    let files: Vec<&str> = packed.get("files").items().iter().map(|file| file.get("path").text()).collect();
    check(places, &files)?;
    let bill = folder.join("sbom.cdx.json");
    write(&bill, format!("{}\n", sbom::make(places)?))?;
    let size = packed.get("size").count().unwrap_or(0);
    println!(
        "\n{} ({} files, {size} bytes)",
        folder.join(packed.get("filename").text()).display(),
        files.len()
    );
    println!("{}", bill.display());
    Ok(ExitCode::SUCCESS)
}

/// Every file that `exports` names is there, and nothing that does not belong.
fn check(places: &Places, files: &[&str]) -> Outcome<()> {
    let manifest = Json::parse(&read(&places.in_root("pkg/package.json"))?)?;
    let mut targets = Vec::new();
    leaves(manifest.get("exports"), &mut targets);
    leaves(manifest.get("bin"), &mut targets);
    let mut faults = Vec::new();
    for target in targets {
        let path = target.trim_start_matches("./");
        let there = match path.split_once('*') {
            Some((before, after)) => {
                files.iter().any(|file| file.starts_with(before) && file.ends_with(after))
            }
            None => files.contains(&path),
        };
        if !there {
            faults.push(format!("exports names {target}, which is not packed"));
        }
    }
    let needed = ALWAYS.iter().map(|name| (*name).to_owned());
    let modules = wasm::MODULES.iter().map(|name| format!("dist/wasm/{name}.wasm"));
    for name in needed.chain(modules) {
        if !files.contains(&name.as_str()) {
            faults.push(format!("{name} is not packed"));
        }
    }
    for file in files {
        if NEVER.iter().any(|never| file.starts_with(never) || file.ends_with(never)) {
            faults.push(format!("{file} is packed"));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

fn leaves<'a>(value: &'a Json, found: &mut Vec<&'a str>) {
    match value {
        Json::Text(text) => found.push(text),
        Json::Object(members) => members.iter().for_each(|(_, member)| leaves(member, found)),
        _ => {}
    }
}
