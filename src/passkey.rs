//! Passkeys: what a server sends and what it gets back, in the JSON of Web Authentication Level 3.
//!
//! Servers differ: one wraps its options in `publicKey`, another leaves out what is optional, a third pads its
//! base64url or sends a value from tomorrow's specification. [`options`] reads them all and gives the one canonical form
//! that every browser takes. [`credential`] gives the exact answer, without what must not leave the page: the
//! outputs of the PRF extension are keys.
//!
//! Calling `navigator.credentials` is the page's business; nothing here touches it.
//!
//! Where there is no passkey at hand, [`fallback`] has what stands in, honestly labelled.
//!
//! # Example
//!
//! ```
//! use serde_json::json;
//! use storefront_privacy::passkey::RequestOptions;
//!
//! let options = RequestOptions::read(&json!({
//!     "publicKey": { "challenge": "AAECAwQFBgcICQoLDA0ODw==", "userVerification": "telepathic" }
//! }))?;
//! assert_eq!(options.to_json(), json!({ "challenge": "AAECAwQFBgcICQoLDA0ODw" }));
//! # Ok::<(), storefront_privacy::Error>(())
//! ```

#[cfg(feature = "passkey")]
pub mod attested;
#[cfg(feature = "passkey")]
pub mod credential;
#[cfg(feature = "passkey-fallback")]
pub mod fallback;
#[cfg(feature = "passkey")]
pub mod options;
#[cfg(feature = "passkey")]
pub mod order;
#[cfg(feature = "passkey")]
pub mod prf;
#[cfg(feature = "passkey")]
pub mod well_known;

#[cfg(feature = "passkey")]
mod cbor;
#[cfg(feature = "passkey")]
mod member;
#[cfg(all(feature = "passkey", feature = "web", target_arch = "wasm32"))]
pub mod web;

#[cfg(feature = "passkey")]
pub use attested::{AttestationObject, AttestedCredential, AuthenticatorData, ClientData};
#[cfg(feature = "passkey")]
pub use credential::{authentication_response, registration_response};
#[cfg(feature = "passkey")]
pub use options::{CreationOptions, RequestOptions};
#[cfg(feature = "passkey")]
pub use order::Order;
