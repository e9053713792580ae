//! The IAB's Transparency and Consent Framework, versions 2.3 and 2.4: TC strings and the global vendor list.
//!
//! [`TcModel`] is what a TC string says. [`TcModel::parse`] reads one; [`TcModel::encode`] writes one after the rules of a
//! [`VendorList`]. [`Texts`] are the standard texts in the visitor's language. No string is written without the id of a
//! consent management platform that is registered with IAB Europe.
//!
//! Sources: IAB Tech Lab, "Consent string and vendor list formats" (TCF 2.3 and 2.4); IAB Europe, "TCF Policies" 5.0.b.

#[cfg(any(test, all(feature = "consent-iab", feature = "web", target_arch = "wasm32")))]
mod flat;
mod ids;
mod list;
mod model;
mod read;
mod rules;
#[cfg(all(feature = "consent-iab", feature = "web", target_arch = "wasm32"))]
pub mod web;
mod write;

pub use ids::{FlagSet, IdSet, Ranges};
pub use list::{Described, MAX_LIST_LENGTH, Stack, Texts, VendorList};
pub use model::{Letters, PublisherRestriction, PublisherTc, RestrictionType, TcModel};
pub use read::MAX_LENGTH;
pub use rules::LegalBasis;
