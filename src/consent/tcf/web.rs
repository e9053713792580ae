//! What the module `consent-iab` exports of TCF. The package's façade is the only caller; a Rust program uses the modules
//! beside this one.

use wasm_bindgen::prelude::wasm_bindgen;

use super::{TcModel, flat};
use crate::Error;

/// Reads a vendor list of specification version 3.
///
/// # Errors
///
/// `vendor-list.…`, see [`super::VendorList::parse`].
#[wasm_bindgen(js_name = readVendorList)]
pub fn read_vendor_list(json: &str) -> Result<VendorList, Error> {
    super::VendorList::parse(json).map(VendorList)
}

/// A vendor list, ready to rule what strings may say.
#[wasm_bindgen]
pub struct VendorList(super::VendorList);

#[wasm_bindgen]
impl VendorList {
    /// The list's version, that of the TCF policies it goes with, and the vendors that have not left, ascending.
    pub fn facts(&self) -> Vec<u16> {
        let mut facts = vec![self.0.version(), self.0.policy_version().into()];
        facts.extend(self.0.vendors().to_vec());
        facts
    }

    /// The TC string of these numbers, see [`flat`], under the rules of this list.
    ///
    /// # Errors
    ///
    /// `tcf.cmp-missing` without a registered CMP id, `input.invalid` for a field beyond its bits.
    pub fn encode(&self, numbers: &[u16]) -> Result<String, Error> {
        flat::read(numbers)?.encode(&self.0)
    }
}

/// The numbers of a TC string, see [`flat`].
///
/// # Errors
///
/// `signal.…`, see [`TcModel::parse`].
#[wasm_bindgen(js_name = readTcString)]
pub fn read_tc_string(text: &str) -> Result<Vec<u16>, Error> {
    Ok(flat::write(&TcModel::parse(text)?))
}
