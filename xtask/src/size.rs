//! `cargo xtask size`: what each subpath costs a visitor, against the budgets that are checked in and the README's table.

mod readme;

use std::process::ExitCode;

use crate::{
    checks::Verdict,
    json::{Json, object},
    npm,
    places::Places,
    shell::{Outcome, capture, command, read, write},
};

/// What may be added before a budget set by `--set` is used up: percent, and bytes for what is small.
const HEADROOM: (u64, u64) = (3, 64);

/// The sizes of one subpath in bytes, and its budget: brotli, as a server sends it.
pub(crate) struct Size {
    pub(crate) subpath: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
    budget: Option<u64>,
}

impl Size {
    /// Whether the subpath keeps to its budget.
    pub(crate) fn verdict(&self) -> Verdict {
        match self.budget {
            None => Verdict::Failed(format!("budgets.json has no budget for {}", self.subpath)),
            Some(0) => Verdict::Failed(format!("budgets.json names {}, which is not there", self.subpath)),
            Some(budget) if self.brotli > budget => Verdict::Failed(format!(
                "{} bytes after brotli, {} over its budget",
                self.brotli,
                self.brotli - budget
            )),
            Some(_) => Verdict::Passed,
        }
    }
}

/// Measures, prints a Markdown table, and fails over budget; `--set` writes the budgets and the README's figures anew.
pub(crate) fn run(places: &Places, arguments: &[String]) -> Outcome<ExitCode> {
    let set = match arguments {
        [] => false,
        [option] if option == "--set" => true,
        _ => return Err("usage: cargo xtask size [--set]".into()),
    };
    npm::build_package(places)?;
    if set {
        let sizes = weigh(places)?;
        let budgets =
            sizes.iter().map(|size| (size.subpath.clone(), Json::from(with_headroom(size.brotli)))).collect();
        write(&places.in_root("budgets.json"), format!("{}\n", Json::Object(budgets)))?;
        let path = places.in_root("README.md");
        write(&path, readme::written(&read(&path)?, |subpath| brotli(&sizes, subpath))?)?;
    }
    let sizes = measure(places)?;
    println!("\n| subpath | raw | gzip | brotli | budget |\n|---|---:|---:|---:|---:|");
    let mut over = Vec::new();
    for size in &sizes {
        let budget = size.budget.map_or_else(|| "none".into(), |budget| budget.to_string());
        println!("| {} | {} | {} | {} | {budget} |", size.subpath, size.raw, size.gzip, size.brotli);
        if let Verdict::Failed(why) = size.verdict() {
            over.push(format!("{}: {why}", size.subpath));
        }
    }
    if over.is_empty() { Ok(ExitCode::SUCCESS) } else { Err(format!("\n{}", over.join("\n"))) }
}

fn with_headroom(bytes: u64) -> u64 {
    bytes + (bytes * HEADROOM.0).div_ceil(100).max(HEADROOM.1)
}

/// Every subpath with its budget, and every budget without a subpath; writes `size.json`.
pub(crate) fn measure(places: &Places) -> Outcome<Vec<Size>> {
    let mut sizes = weigh(places)?;
    let budgets = Json::parse(&read(&places.in_root("budgets.json"))?)?;
    for size in &mut sizes {
        size.budget = budgets.get(&size.subpath).count();
    }
    for (name, _) in budgets.members() {
        if !sizes.iter().any(|size| size.subpath == *name) {
            sizes.push(Size { subpath: name.clone(), raw: 0, gzip: 0, brotli: 0, budget: Some(0) });
        }
    }
    let entries = sizes.iter().map(|size| {
        object([
            ("subpath", size.subpath.as_str().into()),
            ("raw", size.raw.into()),
            ("gzip", size.gzip.into()),
            ("brotli", size.brotli.into()),
            ("budget", size.budget.map_or(Json::Null, Json::from)),
        ])
    });
    write(&places.report("size.json"), format!("{}\n", Json::List(entries.collect())))?;
    Ok(sizes)
}

/// Whether the README says what was measured.
pub(crate) fn readme_verdict(places: &Places, sizes: &[Size]) -> Verdict {
    read(&places.in_root("README.md"))
        .map_or_else(Verdict::Failed, |text| readme::verdict(&text, |subpath| brotli(sizes, subpath)))
}

fn brotli(sizes: &[Size], subpath: &str) -> Option<u64> {
    sizes.iter().find(|size| size.subpath == subpath).map(|size| size.brotli).filter(|bytes| *bytes > 0)
}

fn weigh(places: &Places) -> Outcome<Vec<Size>> {
    let mut node = command("node", &places.in_root("pkg"));
    let measured = Json::parse(&capture(node.arg(places.in_root("xtask/scripts/size.mjs")))?)?;
    let sizes: Vec<Size> = measured
        .items()
        .iter()
        .map(|entry| Size {
            subpath: entry.get("subpath").text().to_owned(),
            raw: entry.get("raw").count().unwrap_or(0),
            gzip: entry.get("gzip").count().unwrap_or(0),
            brotli: entry.get("brotli").count().unwrap_or(0),
            budget: None,
        })
        .collect();
    if sizes.is_empty() { Err("nothing to measure in pkg/dist".into()) } else { Ok(sizes) }
}

#[cfg(test)]
mod tests {
    use super::with_headroom;

    #[test]
    fn headroom_is_three_percent_and_never_less_than_64_bytes() {
        assert_eq!(with_headroom(10_001), 10_302);
        assert_eq!(with_headroom(100), 164);
    }
}
