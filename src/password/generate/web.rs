//! What the module `password-generate` exports to JavaScript. The package's façade is the only caller; a Rust program uses
//! the module above.

use wasm_bindgen::prelude::wasm_bindgen;

use super::{Passphrase, passphrase, password};
use crate::{Error, password::Rules};

/// Generates a password that meets rules: the text of a `passwordrules` attribute.
///
/// # Errors
///
/// As [`Rules::parse`], [`Rules::without_look_alikes`] and [`password()`].
#[wasm_bindgen(js_name = generatePassword)]
pub fn generate_password(rules: &str, length: Option<u32>, clear: bool) -> Result<Generated, Error> {
    let rules = Rules::parse(rules)?;
    let rules = if clear { rules.without_look_alikes()? } else { rules };
    let length = length.map(|length| usize::try_from(length).unwrap_or(usize::MAX));
    password(&rules, length).map(Generated)
}

/// Generates a passphrase.
///
/// # Errors
///
/// As [`passphrase`].
#[wasm_bindgen(js_name = generatePassphrase)]
pub fn generate_passphrase(
    words: u32,
    separator: &str,
    capitalise: bool,
    number: bool,
) -> Result<Generated, Error> {
    let words = usize::try_from(words).unwrap_or(usize::MAX);
    passphrase(&Passphrase { words, separator, capitalise, number }).map(Generated)
}

/// A password that was generated.
#[wasm_bindgen]
pub struct Generated(super::Generated);

#[wasm_bindgen]
impl Generated {
    /// The password.
    #[wasm_bindgen(getter)]
    pub fn password(&self) -> String {
        self.0.as_str().to_owned()
    }

    /// Its entropy in bits.
    #[wasm_bindgen(getter)]
    pub fn entropy(&self) -> f64 {
        self.0.entropy()
    }
}
