//! Receipts: what a shopper agreed to, in a form that neither side can change afterwards.
//!
//! A receipt is a consent record of ISO/IEC TS 27560 in the terms of the W3C's Data Privacy Vocabulary ([`Receipt`]), signed in
//! the shopper's browser ([`Signed`]), linked to the one before it, countersigned by the shop and entered in its Merkle log
//! ([`log`]) as a salted commitment ([`Entry`]). [`verify()`] checks a downloaded file of them.
//!
//! Nothing in a receipt says who the shopper is. The key that signs is made after the first grant, for one shop, and is deleted
//! with full withdrawal. Once the shop has deleted a receipt and its salt, the commitment that stays in the log is a random
//! number to everyone who has not kept the receipt.
//!
//! # Example
//!
//! ```
//! use storefront_privacy::consent::proof::{Circumstances, Receipt, SigningKey, Surface};
//! use storefront_privacy::consent::{Decision, Policy};
//!
//! let text = include_str!("../../tests/vectors/consent/policy.json");
//! let policy = Policy::parse(text)?;
//! let decision = Decision::new(&policy, &["analytics"], 1_795_392_000)?;
//! let circumstances = Circumstances {
//!     random: [7; 16],
//!     origin: "https://shop.example",
//!     language: "en",
//!     region: Some("IE"),
//!     surface: Surface::Banner,
//!     before: &[],
//!     previous: None,
//! };
//! let receipt = Receipt::compose(text, &decision, &circumstances)?;
//! // The browser signs with WebCrypto; a program can do the same.
//! let signed = SigningKey::from_bytes(&[1; 32])?.sign("receipt", &receipt.to_canonical()?)?;
//! assert_eq!(Receipt::read(&signed)?.granted(), ["analytics"]);
//! # Ok::<(), storefront_privacy::Error>(())
//! ```

mod compose;
mod entry;
mod kantara;
pub mod log;
mod receipt;
mod signed;
mod verify;
#[cfg(all(feature = "consent-receipts", feature = "web", target_arch = "wasm32"))]
pub mod web;

pub use compose::{Circumstances, Surface};
pub use entry::{Entry, Head, SALT_LENGTH, commitment};
pub use kantara::kantara;
pub use receipt::{Link, Receipt, Standing, Status};
pub use signed::{PublicKey, Signed, SigningKey};
pub use verify::{Check, Outcome, Report, Trust, sizes, verify};

use crate::{Code, Error};

fn invalid(message: &'static str) -> Error {
    Error::new(Code::ConsentReceiptInvalid, format!("receipt: {message}"))
}
