//! Cards: typed, checked, sealed for the payment processor in the page, and opened by the processor.
//!
//! In the page a card is formatted and checked while it is typed ([`mod@format`], [`mod@check`]), and on submission sealed
//! for the processor's public key ([`envelope`]), which came in a manifest that a pinned root has signed ([`trust`]). The
//! shop's server passes the envelope on; it holds no key. The processor opens it ([`open`]) and gets the card only when the
//! envelope was made for this very order.
//!
//! The features `payment`, `payment-hpke` and `payment-rsa` each add a family of algorithms ([`Alg`]).
//!
//! # Example
//!
//! ```
//! use storefront_privacy::payment::{
//!     Card, CardNumber, CardholderName, Expected, Expiry, Opener, Order, PublicKey, Sealer, SecurityCode,
//! };
//!
//! // The processor makes a key once and serves its public half.
//! let opener = Opener::generate("2026-11")?;
//! let key = PublicKey::parse(&opener.public_jwk())?;
//!
//! // The page seals.
//! let number = CardNumber::parse("4242 4242 4242 4242")?;
//! let code = SecurityCode::parse("123", number.brand())?;
//! let card = Card::new(number, Expiry::parse("12/30")?, Some(code), CardholderName::parse("Ada Lovelace")?);
//! let order = Order::new("A-1001", 4_200, "EUR")?;
//! let now = 1_795_392_000;
//! let envelope = Sealer::new(key, "shop-1", "https://shop.example")?.seal(&card, &order, now)?;
//!
//! // The processor opens: once, and for this order alone.
//! let expected = Expected { merchant: "shop-1", origin: "https://shop.example", order: &order, now: now + 5 };
//! let mut seen = std::collections::HashSet::new();
//! let opened = opener.open(&envelope, &expected, &mut seen)?;
//! assert_eq!(opened.number().last_four(), "4242");
//! assert_eq!(
//!     opener.open(&envelope, &expected, &mut seen).err().map(|error| error.code()),
//!     Some("payment.envelope-replayed"),
//! );
//! # Ok::<(), storefront_privacy::Error>(())
//! ```

pub mod address;
pub mod alg;
pub mod brand;
pub mod card;
pub mod check;
pub mod envelope;
#[cfg(feature = "payment")]
pub mod format;
pub mod keyset;
pub mod open;
#[cfg(feature = "payment")]
pub mod trust;

mod text;
#[cfg(all(feature = "web", target_arch = "wasm32"))]
pub mod web;

pub use address::Address;
pub use alg::Alg;
pub use brand::Brand;
pub use card::{Card, CardNumber, CardholderName, Expiry, SecurityCode};
pub use check::{Field, check_card};
pub use envelope::{Order, Sealer};
#[cfg(feature = "payment")]
pub use format::{ExpiryView, NumberView, format_expiry, format_number};
pub use keyset::{KeySet, PublicKey};
pub use open::{Authentic, Expected, Opener, ReplayStore};

/// 1 to 128 visible ASCII characters.
fn is_token(text: &str) -> bool {
    (1..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}
