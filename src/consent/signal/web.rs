//! What the module `consent-signals` exports of signals. The package's façade is the only caller; a Rust program uses the
//! modules beside this one.

use wasm_bindgen::prelude::wasm_bindgen;

use super::{Answers, policy_for_signals};
use crate::Error;
use crate::consent::tcf;

/// Reads a vendor list of specification version 3.
///
/// # Errors
///
/// `vendor-list.…`, see [`tcf::VendorList::parse`].
#[wasm_bindgen(js_name = readSignalsList)]
pub fn read_signals_list(json: &str) -> Result<SignalsList, Error> {
    tcf::VendorList::parse(json).map(SignalsList)
}

/// What partners are told, as JSON ([`super::Signals::to_json`]), where there is no vendor list.
///
/// # Errors
///
/// `consent.policy-invalid`; `input.invalid` or `input.too-long` for the answers.
#[wasm_bindgen]
pub fn signals(policy: &str, answers: &str) -> Result<String, Error> {
    told(policy, answers, None)
}

/// A vendor list, under whose rules signals are made.
#[wasm_bindgen]
pub struct SignalsList(tcf::VendorList);

#[wasm_bindgen]
impl SignalsList {
    /// What partners are told, as JSON, under the rules of this list.
    ///
    /// # Errors
    ///
    /// As [`signals`].
    pub fn signals(&self, policy: &str, answers: &str) -> Result<String, Error> {
        told(policy, answers, Some(&self.0))
    }
}

fn told(policy: &str, answers: &str, list: Option<&tcf::VendorList>) -> Result<String, Error> {
    let policy = policy_for_signals(policy)?;
    Ok(Answers::parse(answers, &policy)?.visit(&policy, list).signals().to_json())
}
