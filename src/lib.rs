#![doc = include_str!("../README.md")]
#![deny(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(all(feature = "web", target_arch = "wasm32"))]
mod allocator;

pub mod codec;
mod error;

#[cfg(feature = "consent")]
pub mod consent;
#[cfg(feature = "passkey")]
pub mod passkey;
#[cfg(feature = "password")]
pub mod password;
#[cfg(feature = "payment")]
pub mod payment;

pub use error::{Code, Error};
