//! The browsers' floor: each wasm module uses nothing that the oldest browsers of `browsers.json` lack.

use crate::{
    checks::{Check, succeeds},
    json::Json,
    places::Places,
    shell::{Outcome, read},
    wasm::{self, MODULES},
};

/// Since when each feature is there: Chrome, Firefox, Safari.
/// Source: the feature table of webassembly.org ("Feature Extensions") and the release notes that it links.
const SINCE: [(&str, [f64; 3]); 9] = [
    ("bulk-memory", [75.0, 79.0, 15.0]),
    ("bulk-memory-opt", [75.0, 79.0, 15.0]),
    ("extended-const", [114.0, 112.0, 17.4]),
    ("multivalue", [85.0, 78.0, 13.1]),
    ("mutable-globals", [74.0, 61.0, 13.1]),
    ("nontrapping-float-to-int", [75.0, 64.0, 15.0]),
    ("reference-types", [96.0, 79.0, 15.0]),
    ("sign-ext", [74.0, 62.0, 14.1]),
    ("simd", [91.0, 89.0, 16.4]),
];

/// One check a module.
pub(super) fn checks(places: &Places) -> Outcome<Vec<Check>> {
    let browsers = Json::parse(&read(&places.in_root("pkg/browsers.json"))?)?;
    let features: Vec<String> =
        browsers.get("wasm").items().iter().map(|item| item.text().to_owned()).collect();
    let one = |name: &'static str| {
        let floor = browsers.get("capabilities").get(name).clone();
        let features = features.clone();
        Check::new(format!("{name}.wasm stays above the browsers' floor"), move |places| {
            covers(&features, &floor).and_then(|()| uses_only(places, name, &features)).into()
        })
    };
    Ok(MODULES.map(one).into())
}

/// Whether the floor is high enough for every feature that `browsers.json` lists.
fn covers(features: &[String], floor: &Json) -> Outcome<()> {
    for feature in features {
        let (_, since) =
            SINCE.iter().find(|(name, _)| name == feature).ok_or(format!("{feature} is not in the table"))?;
        for (browser, needed) in ["chrome", "firefox", "safari"].into_iter().zip(since) {
            let named = floor.get(browser);
            let version = named
                .number()
                .or_else(|| named.text().parse().ok())
                .ok_or(format!("no floor for {browser}"))?;
            if version < *needed {
                return Err(format!("{feature} came with {browser} {needed}, the floor is {version}"));
            }
        }
    }
    Ok(())
}

/// Validates a module with the listed features and no other.
fn uses_only(places: &Places, name: &str, features: &[String]) -> Outcome<()> {
    let [module, ..] = wasm::shipped(places, name);
    let mut validate = wasm::wasm_opt(places)?;
    validate.arg("--mvp-features").args(features.iter().map(|feature| format!("--enable-{feature}")));
    validate.arg(module).arg("--output").arg(places.in_target(format!("wasm/{name}/floor.wasm")));
    succeeds(places, &format!("floor {name}"), &mut validate)
}
