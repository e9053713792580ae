//! What the module `consent-iab` exports of TCF. The package's façade is the only caller; a Rust program uses the modules
//! beside this one.
//!
//! A string's fields cross as one array of numbers in the order of [`NUMBERS`] and one text of two letter pairs, language and
//! country; vendors cross as ids; restrictions as purpose, kind, count and so many ids, one after the other.

use wasm_bindgen::prelude::wasm_bindgen;

use super::{FlagSet, IdSet, Letters, PublisherTc, RestrictionType, TcModel};
use crate::{Code, Error};

/// How many numbers a string's fields are: `created` and `lastUpdated` (tenths of a second, high and low half each), `cmpId`,
/// `cmpVersion`, `consentScreen`, `vendorListVersion`, `policyVersion`, switches (1 service-specific, 2 non-standard texts, 4 purpose one
/// treatment), then as bits with id 1 highest: special features (12), purposes by consent and by legitimate interest, the
/// publisher's likewise (24 each); how many custom purposes, and those by consent and by legitimate interest (64 bits, high and low half each).
const NUMBERS: usize = 20;

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
    /// The list's version.
    #[wasm_bindgen(getter)]
    pub fn version(&self) -> u16 {
        self.0.version()
    }

    /// The version of the TCF policies it goes with.
    #[wasm_bindgen(getter, js_name = policyVersion)]
    pub fn policy_version(&self) -> u8 {
        self.0.policy_version()
    }

    /// The vendors that have not left, ascending.
    pub fn vendors(&self) -> Vec<u16> {
        self.0.vendors().iter().collect()
    }

    /// The TC string of these fields under the rules of this list.
    ///
    /// # Errors
    ///
    /// `tcf.cmp-missing` without a registered CMP id, `input.invalid` for a field beyond its bits.
    pub fn encode(
        &self,
        numbers: &[u32],
        letters: &str,
        consents: &[u16],
        legitimate_interests: &[u16],
        disclosed: &[u16],
        restrictions: &[u16],
    ) -> Result<String, Error> {
        let mut model = read_numbers(numbers)?;
        model.consent_language = Letters::parse(letters)?;
        model.publisher_country_code = Letters::parse(letters.get(2..).unwrap_or_default())?;
        model.vendor_consents = set(consents);
        model.vendor_legitimate_interests = set(legitimate_interests);
        model.vendors_disclosed = Some(set(disclosed));
        let mut rest = restrictions;
        while let [purpose, kind, count, ids @ ..] = rest {
            let kind = RestrictionType::of(u64::from(*kind));
            let (Some(kind), Some((ids, others))) = (kind, ids.split_at_checked(usize::from(*count))) else {
                return Err(misfit());
            };
            model.restrict(small(*purpose), kind, &set(ids));
            rest = others;
        }
        model.encode(&self.0)
    }
}

/// Reads a TC string.
///
/// # Errors
///
/// `signal.…`, see [`TcModel::parse`].
#[wasm_bindgen(js_name = readTcString)]
pub fn read_tc_string(text: &str) -> Result<TcString, Error> {
    TcModel::parse(text).map(TcString)
}

/// What a TC string says.
#[wasm_bindgen]
pub struct TcString(TcModel);

#[wasm_bindgen]
impl TcString {
    /// The fields that are numbers, in the order that encoding takes.
    pub fn numbers(&self) -> Vec<u32> {
        let model = &self.0;
        let publisher = model.publisher_tc.clone().unwrap_or_default();
        let mut numbers = Vec::with_capacity(NUMBERS);
        let (created, updated) = (halves(model.created), halves(model.last_updated));
        numbers.extend([created, updated].as_flattened());
        numbers.extend([model.cmp_id, model.cmp_version].map(u32::from));
        numbers.push(model.consent_screen.into());
        numbers.push(model.vendor_list_version.into());
        numbers.push(model.policy_version.into());
        let switches = [model.is_service_specific, model.use_non_standard_texts, model.purpose_one_treatment];
        numbers.push([1, 2, 4].into_iter().zip(switches).map(|(bit, on)| if on { bit } else { 0 }).sum());
        numbers.push(halves(model.special_feature_opt_ins.to_bits(12))[1]);
        for purposes in [
            model.purpose_consents,
            model.purpose_legitimate_interests,
            publisher.consents,
            publisher.legitimate_interests,
        ] {
            numbers.push(halves(purposes.to_bits(24))[1]);
        }
        numbers.push(publisher.custom_purposes.into());
        numbers.extend(halves(publisher.custom_consents.to_bits(64)));
        numbers.extend(halves(publisher.custom_legitimate_interests.to_bits(64)));
        numbers
    }

    /// Language and country, two letters each.
    pub fn letters(&self) -> String {
        [self.0.consent_language.as_str(), self.0.publisher_country_code.as_str()].concat()
    }

    /// The ids of vendors: 0 by consent, 1 by legitimate interest, 2 disclosed, 3 allowed; none where the string has no such
    /// segment.
    pub fn vendors(&self, of: u8) -> Option<Vec<u16>> {
        let set = match of {
            0 => Some(&self.0.vendor_consents),
            1 => Some(&self.0.vendor_legitimate_interests),
            2 => self.0.vendors_disclosed.as_ref(),
            _ => self.0.vendors_allowed.as_ref(),
        };
        set.map(|set| set.iter().collect())
    }

    /// The publisher's restrictions, flat.
    pub fn restrictions(&self) -> Vec<u16> {
        let mut flat = Vec::new();
        for restriction in &self.0.publisher_restrictions {
            flat.extend([restriction.purpose, restriction.kind.number()].map(u16::from));
            flat.push(u16::try_from(restriction.vendors.len()).unwrap_or(u16::MAX));
            flat.extend(restriction.vendors.iter());
        }
        flat
    }

    /// Whether there is a publisher TC segment.
    #[wasm_bindgen(getter, js_name = hasPublisher)]
    pub fn has_publisher(&self) -> bool {
        self.0.publisher_tc.is_some()
    }
}

fn read_numbers(numbers: &[u32]) -> Result<TcModel, Error> {
    let numbers: &[u32; NUMBERS] = numbers.try_into().map_err(|_| misfit())?;
    let &[
        created_high,
        created_low,
        updated_high,
        updated_low,
        cmp_id,
        cmp_version,
        consent_screen,
        vendor_list_version,
        policy_version,
        switches,
        special_features,
        consents,
        legitimate_interests,
        publisher_consents,
        publisher_legitimate_interests,
        custom_purposes,
        custom_consents_high,
        custom_consents_low,
        custom_interests_high,
        custom_interests_low,
    ] = numbers;
    let purposes = |bits: u32| FlagSet::from_bits(bits.into(), 24);
    Ok(TcModel {
        created: whole(created_high, created_low),
        last_updated: whole(updated_high, updated_low),
        cmp_id: short(cmp_id),
        cmp_version: short(cmp_version),
        consent_screen: small(short(consent_screen)),
        vendor_list_version: short(vendor_list_version),
        policy_version: small(short(policy_version)),
        is_service_specific: switches & 1 != 0,
        use_non_standard_texts: switches & 2 != 0,
        purpose_one_treatment: switches & 4 != 0,
        special_feature_opt_ins: FlagSet::from_bits(special_features.into(), 12),
        purpose_consents: purposes(consents),
        purpose_legitimate_interests: purposes(legitimate_interests),
        publisher_tc: Some(PublisherTc {
            consents: purposes(publisher_consents),
            legitimate_interests: purposes(publisher_legitimate_interests),
            custom_purposes: small(short(custom_purposes)),
            custom_consents: FlagSet::from_bits(whole(custom_consents_high, custom_consents_low), 64),
            custom_legitimate_interests: FlagSet::from_bits(
                whole(custom_interests_high, custom_interests_low),
                64,
            ),
        }),
        ..TcModel::default()
    })
}

fn set(ids: &[u16]) -> IdSet {
    ids.iter().copied().collect()
}

fn whole(high: u32, low: u32) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}

fn halves(whole: u64) -> [u32; 2] {
    [whole >> 32, whole & u64::from(u32::MAX)].map(|half| u32::try_from(half).unwrap_or(u32::MAX))
}

/// What is too great stays too great, so that encoding refuses it by name.
fn short(number: u32) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

fn small(number: u16) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

fn misfit() -> Error {
    Error::new(Code::InputInvalid, "expected the fields of a TC string")
}
