//! What the module `consent-iab` exports of TCF. The package's façade is the only caller; a Rust program uses the modules
//! beside this one.

use wasm_bindgen::prelude::wasm_bindgen;

use super::{TcModel, flat};
use crate::Error;

/// Takes a vendor list in numbers, see [`flat::list`]. The page reads its JSON, for which it has a reader already.
///
/// # Errors
///
/// `vendor-list.invalid`.
#[wasm_bindgen(js_name = readVendorList)]
pub fn read_vendor_list(facts: &[u16]) -> Result<VendorList, Error> {
    flat::list(facts).map(VendorList)
}

/// A vendor list, ready to rule what strings may say.
#[wasm_bindgen]
pub struct VendorList(super::VendorList);

#[wasm_bindgen]
impl VendorList {
    /// The TC string of these numbers, see [`flat`], under the rules of this list.
    ///
    /// # Errors
    ///
    /// `tcf.cmp-missing` without a registered CMP id, `input.invalid` for a field beyond its bits.
    pub fn encode(&self, numbers: &[u16]) -> Result<String, Error> {
        let mut model = flat::read(numbers)?;
        model.obey(&self.0);
        model.write(Some(self.0.ids()))
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
