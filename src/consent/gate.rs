//! What the gate's script tag says: the policy's version, its purposes, and what may be released.

use std::fmt::Write as _;

use super::html::escape;
use super::policy::duties::{Duties, Mode, Model, Unknown};
use super::policy::{Policy, StorageKind, matches_origin, origin_of};
use super::reask;
use super::region::Regime;
use crate::codec::time::Duration;

/// The purposes that the gate holds scripts back for, separated by spaces: the value of `data-purposes`.
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::{gate, Policy};
///
/// let policy = Policy::parse(include_str!("../../tests/vectors/consent/policy.json"))?;
/// assert_eq!(gate::purposes(&policy), "analytics marketing");
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
pub fn purposes(policy: &Policy) -> String {
    policy.asked().map(|purpose| purpose.id.as_str()).collect::<Vec<_>>().join(" ")
}

/// The scripts that the gate may release, in the policy's order, each once: those of every service that waits for a
/// decision. [`release`] joins them.
pub fn releases(policy: &Policy) -> Vec<&str> {
    let mut scripts: Vec<&str> = Vec::new();
    for script in
        policy.services.iter().filter(|service| policy.is_gated(service)).flat_map(|service| &service.scripts)
    {
        if !scripts.contains(&script.as_str()) {
            scripts.push(script);
        }
    }
    scripts
}

/// The same scripts separated by spaces: the value of `data-release`.
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::{gate, Policy};
///
/// let policy = Policy::parse(include_str!("../../tests/vectors/consent/policy.json"))?;
/// assert!(gate::release(&policy).ends_with(" http://localhost:8082/tracker.js /vendor/echo.js"));
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
pub fn release(policy: &Policy) -> String {
    releases(policy).join(" ")
}

/// The gate's attributes, in order: what it holds, for which purposes, where, and for how long an answer counts. An
/// attribute that would say the default is left out.
///
/// | attribute | its value |
/// |---|---|
/// | `data-policy` | the policy's version |
/// | `data-purposes` | the purposes that are asked about |
/// | `data-release` | the scripts that may be released |
/// | `data-rules` | `purposes=origin` for each origin that is held, purposes joined by commas |
/// | `data-stores` | `purposes=kind:name` for each cookie (`c`), key (`l`, `s`), database (`i`) and cache (`k`) that is held |
/// | `data-essential` | the origins that are never held |
/// | `data-gpc` | the purposes that Global Privacy Control objects to |
/// | `data-opt-out` | the regions where objecting is enough |
/// | `data-reask` | after how many days to ask again: after a grant, after a refusal, after an objection where that is enough |
/// | `data-domain` | the domain whose subdomains share a decision |
/// | `data-unknown` | `pass` where origins that are not named pass |
/// | `data-mode` | `observe` where nothing is held |
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::{gate, Policy};
///
/// let policy = Policy::parse(include_str!("../../tests/vectors/consent/policy.json"))?;
/// let rules = gate::attributes(&policy).into_iter().find(|(name, _)| *name == "data-rules");
/// assert_eq!(
///     rules.expect("there are services that wait").1,
///     "analytics=https://footfall.example analytics,marketing=http://localhost:8082",
/// );
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
pub fn attributes(policy: &Policy) -> Vec<(&'static str, String)> {
    let duties = &policy.duties;
    let join = |texts: Vec<String>| texts.join(" ");
    let gpc = policy.asked().filter(|purpose| purpose.heeds_gpc()).map(|purpose| purpose.id.clone());
    let opt_out =
        duties.regions.iter().filter(|rule| rule.model == Model::OptOut).map(|rule| rule.region.clone());
    let reask = duties.reask.map_or_else(
        || advised(duties),
        |reask| format!("{} {}", days(reask.granted), at_least(reask.refused)),
    );
    let mut attributes = vec![
        ("data-policy", policy.version.clone()),
        ("data-purposes", purposes(policy)),
        ("data-release", release(policy)),
        ("data-rules", join(rules(policy))),
        ("data-stores", join(stores(policy))),
        ("data-essential", join(essential(policy))),
        ("data-gpc", join(gpc.collect())),
        ("data-opt-out", join(opt_out.collect())),
        ("data-reask", reask),
        ("data-domain", duties.gate.domain.clone().unwrap_or_default()),
    ];
    if duties.gate.unknown == Unknown::Pass {
        attributes.push(("data-unknown", "pass".to_owned()));
    }
    if duties.gate.mode == Mode::Observe {
        attributes.push(("data-mode", "observe".to_owned()));
    }
    attributes.retain(|(name, value)| !value.is_empty() || matches!(*name, "data-purposes" | "data-release"));
    attributes
}

/// The origins that are held, each with its purposes.
fn rules(policy: &Policy) -> Vec<String> {
    let mut rules: Vec<(&str, Vec<&str>)> = Vec::new();
    for service in policy.services.iter().filter(|service| policy.is_gated(service)) {
        let scripts = service.scripts.iter().filter_map(|script| origin_of(script));
        let named =
            scripts.filter(|origin| !service.origins.iter().any(|pattern| matches_origin(pattern, origin)));
        for origin in service.origins.iter().map(String::as_str).chain(named) {
            let asked = service.purposes.iter().map(String::as_str).filter(|id| policy.asks(id));
            match rules.iter_mut().find(|(known, _)| *known == origin) {
                // Who is used for two things waits for both.
                Some((_, purposes)) => purposes.extend(asked),
                None => rules.push((origin, asked.collect())),
            }
        }
    }
    rules.into_iter().map(|(origin, purposes)| format!("{}={origin}", unique(purposes))).collect()
}

/// What services that wait keep in the browser, each with its purposes.
fn stores(policy: &Policy) -> Vec<String> {
    let mut stores = Vec::new();
    for service in policy.services.iter().filter(|service| policy.is_gated(service)) {
        let asked: Vec<_> =
            service.purposes.iter().map(String::as_str).filter(|id| policy.asks(id)).collect();
        for stored in &service.sets {
            let kind = match stored.kind {
                StorageKind::Cookie => 'c',
                StorageKind::LocalStorage => 'l',
                StorageKind::SessionStorage => 's',
                StorageKind::IndexedDb => 'i',
                StorageKind::CacheStorage => 'k',
            };
            // The list is separated by spaces, and read back by decodeURIComponent.
            let name = stored.name.replace('%', "%25").replace(' ', "%20");
            stores.push(format!("{}={kind}:{name}", unique(asked.clone())));
        }
    }
    stores
}

/// The origins that are never held: those that the file names, and those of services that wait for nothing.
fn essential(policy: &Policy) -> Vec<String> {
    let named = policy.duties.essential_origins.iter().flatten().map(|entry| entry.origin.as_str());
    let services = policy.services.iter().filter(|service| !policy.is_gated(service));
    let mut origins: Vec<String> = Vec::new();
    for origin in named.chain(services.flat_map(|service| service.origins.iter().map(String::as_str))) {
        if !origins.iter().any(|known| known == origin) {
            origins.push(origin.to_owned());
        }
    }
    origins
}

fn unique(mut ids: Vec<&str>) -> String {
    ids.sort_unstable();
    ids.dedup();
    ids.join(",")
}

/// As `reask` advises: where people opt out, the longest of the periods that may not be undercut.
fn advised(duties: &Duties) -> String {
    let objection = duties.objection().map(|period| at_least(period.duration()));
    let granted = days(reask::after_grant(Regime::Europe).duration());
    let refused = at_least(reask::after_refusal(Regime::Europe).duration());
    objection.map_or_else(|| format!("{granted} {refused}"), |days| format!("{granted} {refused} {days}"))
}

/// Months and years at their shortest; a day at least.
fn days(duration: Duration) -> u64 {
    let days = u64::from(duration.years) * 365
        + u64::from(duration.months) * 30
        + u64::from(duration.weeks) * 7
        + u64::from(duration.days);
    days.max(1)
}

/// Months and years at their longest: nobody is asked again before they are over.
fn at_least(duration: Duration) -> u64 {
    let months = u64::from(duration.years) * 12 + u64::from(duration.months);
    let beyond = u64::from(duration.weeks) * 7 + u64::from(duration.days);
    if months == 0 { beyond.max(1) } else { (months * 365).div_ceil(12) + 1 + beyond }
}

/// The gate's script tag. It belongs into `<head>`, before every script that it is to hold back.
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::{gate, Policy};
///
/// let policy = Policy::parse(include_str!("../../tests/vectors/consent/policy.json"))?;
/// assert!(gate::script_tag(&policy, "/gate.js").starts_with(
///     r#"<script src="/gate.js" data-policy="2026-11" data-purposes="analytics marketing" data-release=""#,
/// ));
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
pub fn script_tag(policy: &Policy, source: &str) -> String {
    format!("<script src=\"{}\"{}></script>", escape(source), markup(&attributes(policy)))
}

/// Attributes as markup, each with a space before it.
pub(super) fn markup(attributes: &[(&str, String)]) -> String {
    let mut markup = String::new();
    for (name, value) in attributes {
        // Writing to a String does not fail.
        let _ = write!(markup, " {name}=\"{}\"", escape(value));
    }
    markup
}
