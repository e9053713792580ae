//! The global vendor list: which vendors there are and what they declare.

use super::{
    FlagSet, IdSet, RestrictionType,
    rules::{Declared, LegalBasis},
};
use crate::{Code, Error};

mod reader;
mod texts;

use reader::Reader;
pub use texts::{Described, Stack, Texts};

/// The largest list that is read, in bytes: five times the one of 2026.
pub const MAX_LIST_LENGTH: usize = 4 << 20;

/// The specification version of the lists that are read ("Global Vendor List and TCF Policy Updates"): 3 since TCF 2.2.
const SPECIFICATION: u32 = 3;

/// How many purposes a TC string has room for.
const PURPOSES: u8 = 24;

const NOBODY: &IdSet = &IdSet::new();

/// What a global vendor list says about vendors, as sets that are made once: encoding then only intersects them.
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::tcf::{IdSet, TcModel, VendorList};
///
/// let list = VendorList::parse(r#"{
///     "gvlSpecificationVersion": 3, "vendorListVersion": 17, "tcfPolicyVersion": 4, "lastUpdated": "2023-09-07T16:07:28Z",
///     "vendors": {
///         "7": {"id": 7, "purposes": [1, 2], "legIntPurposes": [], "flexiblePurposes": [], "specialPurposes": []},
///         "9": {"id": 9, "purposes": [1], "legIntPurposes": [], "flexiblePurposes": [], "specialPurposes": [], "deletedDate": "2023-01-01"}
///     }
/// }"#)?;
/// assert_eq!((list.version(), list.len()), (17, 1));
///
/// let mut model = TcModel { cmp_id: 880, ..TcModel::default() };
/// model.vendor_consents = IdSet::from_iter([7, 9, 300]);
/// model.vendors_disclosed = Some(IdSet::from_iter([7]));
/// let read = TcModel::parse(&model.encode(&list)?)?;
/// assert_eq!(read.vendor_consents, IdSet::from_iter([7]));
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VendorList {
    version: u16,
    policy_version: u8,
    last_updated: String,
    ids: IdSet,
    live: IdSet,
    with_consents: IdSet,
    with_legitimate_interests: IdSet,
    with_special_purposes: IdSet,
    purposes: Vec<Declared>,
}

impl VendorList {
    /// Reads a list in JSON, of specification version 3. On an error nothing has changed: the list before is still good.
    ///
    /// # Errors
    ///
    /// `vendor-list.too-long` beyond [`MAX_LIST_LENGTH`]; `vendor-list.version` for another specification;
    /// `vendor-list.invalid` with the place otherwise.
    pub fn parse(json: &str) -> Result<Self, Error> {
        let mut list = Self::empty(0, 0);
        let mut specification = None;
        let mut has_vendors = false;
        let mut reader = Reader::new(json, MAX_LIST_LENGTH)?;
        reader.members(&mut |reader, name| {
            match name {
                "gvlSpecificationVersion" => specification = Some(reader.number(u32::MAX)?),
                "vendorListVersion" => list.version = short(reader.number(4095)?),
                "tcfPolicyVersion" => list.policy_version = small(reader.number(63)?),
                "lastUpdated" => list.last_updated = reader.string()?.into_owned(),
                "vendors" => {
                    has_vendors = true;
                    reader.members(&mut |reader, name| list.read_vendor(reader, name))?;
                }
                _ => reader.skip()?,
            }
            Ok(())
        })?;
        reader.end()?;
        if specification != Some(SPECIFICATION) {
            return Err(Error::new(
                Code::VendorListVersion,
                "vendor list: expected `gvlSpecificationVersion` 3",
            ));
        }
        if list.version == 0 || list.policy_version == 0 || !has_vendors {
            return Err(reader.refuse("expected `vendorListVersion`, `tcfPolicyVersion` and `vendors`"));
        }
        Ok(list)
    }

    /// The list's version.
    pub fn version(&self) -> u16 {
        self.version
    }

    /// The version of the TCF policies it goes with.
    pub fn policy_version(&self) -> u8 {
        self.policy_version
    }

    /// When it was made, as it says.
    pub fn last_updated(&self) -> &str {
        &self.last_updated
    }

    /// The ids that are assigned, those of vendors that left among them.
    pub fn ids(&self) -> &IdSet {
        &self.ids
    }

    /// The vendors that have not left.
    pub fn vendors(&self) -> &IdSet {
        &self.live
    }

    /// How many vendors there are, without those that left.
    pub fn len(&self) -> usize {
        self.live.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.live.is_empty()
    }

    /// The vendors that ask for consent to any purpose.
    pub fn with_consents(&self) -> &IdSet {
        &self.with_consents
    }

    /// The vendors that rely on legitimate interest for any purpose.
    pub fn with_legitimate_interests(&self) -> &IdSet {
        &self.with_legitimate_interests
    }

    /// The vendors that declare special purposes.
    pub fn with_special_purposes(&self) -> &IdSet {
        &self.with_special_purposes
    }

    /// The vendors that a restriction of this purpose and kind can concern.
    pub fn restrictable(&self, purpose: u8, kind: RestrictionType) -> &IdSet {
        self.declared(purpose).map_or(NOBODY, |declared| match kind {
            RestrictionType::NotAllowed => &declared.either,
            RestrictionType::RequireConsent => &declared.flexible_to_consent,
            RestrictionType::RequireLegitimateInterest => &declared.flexible_to_legitimate_interest,
        })
    }

    /// The vendors that declare a purpose, by legal basis.
    pub fn declaring(&self, purpose: u8, basis: LegalBasis) -> &IdSet {
        self.declared(purpose).map_or(NOBODY, |declared| match basis {
            LegalBasis::Consent => &declared.consent,
            LegalBasis::LegitimateInterest => &declared.legitimate_interest,
        })
    }

    /// The legal basis a vendor prefers for a purpose, and whether it accepts the other one; none where it does not declare it.
    pub fn declares(&self, vendor: u16, purpose: u8) -> Option<(LegalBasis, bool)> {
        let declared = self.declared(purpose)?;
        if declared.consent.contains(vendor) {
            return Some((LegalBasis::Consent, declared.flexible_to_legitimate_interest.contains(vendor)));
        }
        let relies = declared.legitimate_interest.contains(vendor);
        relies.then(|| (LegalBasis::LegitimateInterest, declared.flexible_to_consent.contains(vendor)))
    }

    fn declared(&self, purpose: u8) -> Option<&Declared> {
        self.purposes.get(usize::from(purpose.checked_sub(1)?))
    }

    pub(super) fn empty(version: u16, policy_version: u8) -> Self {
        Self {
            version,
            policy_version,
            last_updated: String::new(),
            ids: IdSet::new(),
            live: IdSet::new(),
            with_consents: IdSet::new(),
            with_legitimate_interests: IdSet::new(),
            with_special_purposes: IdSet::new(),
            purposes: (0..PURPOSES).map(|_| Declared::default()).collect(),
        }
    }

    fn read_vendor(&mut self, reader: &mut Reader<'_>, name: &str) -> Result<(), Error> {
        let mut id = 0;
        let (mut consent, mut interest, mut flexible) = Default::default();
        let mut has_special = false;
        let mut has_left = false;
        reader.members(&mut |reader, name| {
            match name {
                "id" => id = short(reader.number(65_535)?),
                "purposes" => consent = reader.ids(PURPOSES)?,
                "legIntPurposes" => interest = reader.ids(PURPOSES)?,
                "flexiblePurposes" => flexible = reader.ids(PURPOSES)?,
                "specialPurposes" => has_special = !reader.ids(64)?.is_empty(),
                "deletedDate" => has_left = !reader.null_or_skip()?,
                _ => reader.skip()?,
            }
            Ok(())
        })?;
        if id == 0 || name != id.to_string() || self.ids.contains(id) {
            return Err(reader.refuse("expected each vendor once, under its own id"));
        }
        self.add(id, has_left, [consent, interest, flexible], has_special);
        Ok(())
    }

    /// Adds a vendor with its purposes by consent and by legitimate interest, and those that are flexible.
    pub(super) fn add(
        &mut self,
        id: u16,
        has_left: bool,
        [consent, interest, flexible]: [FlagSet; 3],
        has_special: bool,
    ) {
        self.ids.insert(id);
        if has_left {
            return;
        }
        self.live.insert(id);
        for (set, belongs) in [
            (&mut self.with_consents, !consent.is_empty()),
            (&mut self.with_legitimate_interests, !interest.is_empty()),
            (&mut self.with_special_purposes, has_special),
        ] {
            if belongs {
                set.insert(id);
            }
        }
        for (purpose, declared) in (1..).zip(&mut self.purposes) {
            let (by_consent, by_interest) = (consent.contains(purpose), interest.contains(purpose));
            let is_flexible = flexible.contains(purpose);
            for (set, belongs) in [
                (&mut declared.consent, by_consent),
                (&mut declared.legitimate_interest, by_interest),
                (&mut declared.either, by_consent || by_interest),
                (&mut declared.flexible_to_consent, is_flexible && by_interest),
                (&mut declared.flexible_to_legitimate_interest, is_flexible && by_consent),
            ] {
                if belongs {
                    set.insert(id);
                }
            }
        }
    }
}

fn short(number: u32) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

fn small(number: u32) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}
