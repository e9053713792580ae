//! What the gate's script tag says: the policy's version, its purposes, and what may be released.

use std::fmt::Write as _;

use super::html::escape;
use super::policy::Policy;

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
    let mut tag = String::new();
    let (source, version) = (escape(source), escape(&policy.version));
    let (purposes, release) = (escape(&purposes(policy)), escape(&release(policy)));
    // Writing to a String does not fail.
    let _ = write!(tag, r#"<script src="{source}" data-policy="{version}""#);
    let _ = write!(tag, r#" data-purposes="{purposes}" data-release="{release}"></script>"#);
    tag
}
