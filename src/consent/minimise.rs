//! Less of a person in what is passed on: pseudonyms that one purpose alone can link, and texts without what names somebody.
//!
//! A pseudonym is still personal data (GDPR Article 4(5), Recital 26): whoever has the key can tell whose it is. And
//! [`redact()`] is best effort: it finds what looks like a card number, an address or a number, not what somebody calls their aunt.
//!
//! # Example
//!
//! ```
//! use storefront_privacy::consent::minimise::{Kind, Pseudonyms, redact};
//!
//! let pseudonyms = Pseudonyms::new(&[7; 32])?;
//! let today = pseudonyms.pseudonym("account-17", "analytics", 20_785)?;
//! assert_eq!(today, pseudonyms.pseudonym("account-17", "analytics", 20_785)?);
//! assert_ne!(today, pseudonyms.pseudonym("account-17", "marketing", 20_785)?);
//! assert_ne!(today, pseudonyms.pseudonym("account-17", "analytics", 20_786)?);
//!
//! let clean = redact("ada@example.com paid with 4242 4242 4242 4242");
//! assert_eq!(clean.text, "[email] paid with [card]");
//! assert_eq!(clean.found, [Kind::Email, Kind::Card]);
//! # Ok::<(), storefront_privacy::Error>(())
//! ```

mod iban;
mod pseudonym;
mod redact;
#[cfg(all(feature = "consent-minimise", feature = "web", target_arch = "wasm32"))]
pub mod web;

pub use pseudonym::Pseudonyms;
pub use redact::{Kind, Redacted, redact};
