//! Consent: the shop's policy file, a visitor's decision, the record of it, and the banner that asks.
//!
//! One JSON file says what the shop does with data ([`policy`]). The banner is rendered from it ahead of time
//! ([`banner`]), the gate on the page holds scripts back until a decision allows them ([`gate`], [`choice`]), and a
//! decision can be sent to the shop's backend, which checks it ([`receipt`]). For partners who want to be told in the IAB's
//! words, [`tcf`] and [`gpp`] read and write its strings.
//!
//! # Example
//!
//! ```
//! use storefront_privacy::consent::{Decision, Policy, Record};
//!
//! # let policy_json = include_str!("../tests/vectors/consent/policy.json");
//! let policy = Policy::parse(policy_json)?;
//!
//! // What the gate stored in the page. Anything that does not fit the policy is refused.
//! let decision = Decision::decode(r#"{"v":1,"policy":"2026-11","at":1795392000,"granted":["analytics"]}"#, &policy)?;
//! assert!(decision.allows("analytics"));
//! assert!(!decision.allows("marketing"));
//!
//! // What the page sends, and how the shop's backend reads it.
//! let sent = Record::new(&policy, &decision, "en", [7; 16])?.to_json();
//! let record = Record::parse(&sent)?;
//! record.check(&policy)?;
//! assert_eq!(record.denied, ["marketing"]);
//! # Ok::<(), storefront_privacy::Error>(())
//! ```

#[cfg(feature = "consent")]
pub mod banner;
pub mod choice;
#[cfg(feature = "consent")]
pub mod gate;
#[cfg(feature = "consent")]
mod html;
#[cfg(feature = "tools")]
pub mod lint;
#[cfg(feature = "consent-minimise")]
pub mod minimise;
pub mod policy;
#[cfg(feature = "consent-receipts")]
pub mod proof;
pub mod reask;
#[cfg(any(feature = "consent", feature = "consent-receipts"))]
pub mod receipt;
pub mod region;
#[cfg(feature = "consent")]
pub mod rights;
#[cfg(feature = "tools")]
pub mod site;
#[cfg(all(feature = "consent", feature = "web", target_arch = "wasm32"))]
pub mod web;
#[cfg(feature = "consent")]
pub mod words;

#[cfg(any(feature = "consent-iab", feature = "consent-signals"))]
pub mod explain;
#[cfg(any(feature = "consent-iab", feature = "consent-signals"))]
pub mod gpp;
#[cfg(any(feature = "consent-iab", feature = "consent-signals"))]
mod ranges;
#[cfg(any(feature = "consent-iab", feature = "consent-signals"))]
pub mod signal;
#[cfg(any(feature = "consent-iab", feature = "consent-signals"))]
pub mod tcf;

#[cfg(feature = "consent")]
pub use banner::{BannerOptions, render};
pub use choice::Decision;
pub use policy::{Policy, Problem, Problems};
#[cfg(any(feature = "consent", feature = "consent-receipts"))]
pub use receipt::Record;
