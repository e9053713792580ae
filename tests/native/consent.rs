mod banner;
mod choice;
#[cfg(any(feature = "consent-iab", feature = "consent-signals"))]
mod explain;
mod iab_policy;
mod lint;
#[cfg(feature = "consent-minimise")]
mod minimise;
mod policy;
#[cfg(feature = "consent-receipts")]
mod proof;
mod receipt;
mod region;
mod rights;
#[cfg(any(feature = "consent-iab", feature = "consent-signals"))]
mod signal;
mod site;

use storefront_privacy::consent::Policy;

/// A shop with one essential purpose, `analytics` and `marketing`.
const POLICY: &str = include_str!("../vectors/consent/policy.json");

fn policy() -> Policy {
    Policy::parse(POLICY).unwrap()
}

/// The same shop with `measurement`, under legitimate interest, and partners: TCF, GPP and what each purpose means to them.
const IAB_POLICY: &str = include_str!("../vectors/consent/iab-policy.json");

fn iab_policy() -> Policy {
    Policy::parse(IAB_POLICY).unwrap()
}

/// The same policy with a part of its text replaced, which must be there.
#[track_caller]
fn with(part: &str, replacement: &str) -> String {
    assert!(POLICY.contains(part), "{part}");
    POLICY.replacen(part, replacement, 1)
}
