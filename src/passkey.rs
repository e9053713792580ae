//! Passkeys: what a server sends and what it gets back, in the JSON of Web Authentication Level 3.
//!
//! Servers differ: one wraps its options in `publicKey`, another leaves out what is optional, a third pads its
//! base64url or sends a value from tomorrow's specification. [`options`] reads them all and gives the one canonical form
//! that every browser takes. [`credential`] gives the exact answer, without what must not leave the page: the
//! outputs of the PRF extension are keys.
//!
//! Calling `navigator.credentials` is the page's business; nothing here touches it.
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

pub mod attested;
pub mod credential;
pub mod options;
pub mod order;
pub mod prf;

mod cbor;
mod member;
#[cfg(all(feature = "web", target_arch = "wasm32"))]
pub mod web;

pub use attested::{AttestationObject, AttestedCredential, AuthenticatorData, ClientData};
pub use credential::{authentication_response, registration_response};
pub use options::{CreationOptions, RequestOptions};
pub use order::Order;
