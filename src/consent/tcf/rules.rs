//! What a vendor list allows a TC string to say.

use super::{FlagSet, IdSet, RestrictionType, TcModel, VendorList};

/// Purposes that never rest on legitimate interest: 1 since TCF 2.0, 3 to 6 since 2.2 (TCF Policies, Appendix A).
const NEVER_LEGITIMATE_INTEREST: FlagSet = FlagSet::of(&[1, 3, 4, 5, 6]);

impl TcModel {
    /// This model without what the list does not allow it to say.
    ///
    /// * The versions of list and policies become those of the list.
    /// * Purposes 1 and 3 to 6 lose legitimate interest.
    /// * A restriction keeps only vendors that declare the purpose; one that changes the legal basis, only those to whom the
    ///   purpose is flexible and the other basis the default.
    /// * Vendors that are not on the list, or have left it, lose both signals.
    /// * A vendor without consent purposes loses consent, one without legitimate-interest purposes loses legitimate interest,
    ///   unless a restriction turns one of its flexible purposes into such a one in a service-specific string, or, for legitimate
    ///   interest, it declares special purposes.
    #[must_use]
    pub fn under(&self, list: &VendorList) -> Self {
        let mut model = self.clone();
        model.obey(list);
        model
    }

    /// Takes away what the list does not allow, as [`TcModel::under`] says.
    pub(super) fn obey(&mut self, list: &VendorList) {
        self.vendor_list_version = list.version();
        self.policy_version = list.policy_version();
        self.purpose_legitimate_interests =
            self.purpose_legitimate_interests.without(NEVER_LEGITIMATE_INTEREST);
        let mut consents = list.with_consents().clone();
        let mut interests = list.with_legitimate_interests().clone();
        interests.extend_from(list.with_special_purposes());
        for restriction in &mut self.publisher_restrictions {
            restriction.vendors.retain(list.restrictable(restriction.purpose, restriction.kind));
            if self.is_service_specific {
                match restriction.kind {
                    RestrictionType::NotAllowed => {}
                    RestrictionType::RequireConsent => consents.extend_from(&restriction.vendors),
                    RestrictionType::RequireLegitimateInterest => interests.extend_from(&restriction.vendors),
                }
            }
        }
        self.publisher_restrictions.retain(|restriction| !restriction.vendors.is_empty());
        self.vendor_consents.retain(&consents);
        self.vendor_legitimate_interests.retain(&interests);
    }

    /// Whether a vendor may use data for a purpose, by which legal basis, when the list is the one this string was made
    /// with: its declaration, the visitor's choice and the publisher's restrictions together (TCF Policies, "Publisher restrictions").
    pub fn allows(&self, list: &VendorList, vendor: u16, purpose: u8) -> Option<LegalBasis> {
        let disclosed = self.vendors_disclosed.as_ref().is_some_and(|disclosed| disclosed.contains(vendor));
        let restricted = |kind| {
            let concerns = |known: &super::PublisherRestriction| {
                known.purpose == purpose && known.kind == kind && known.vendors.contains(vendor)
            };
            self.publisher_restrictions.iter().any(concerns)
        };
        if !disclosed || restricted(RestrictionType::NotAllowed) {
            return None;
        }
        let basis = match list.declares(vendor, purpose)? {
            (_, true) if restricted(RestrictionType::RequireConsent) => LegalBasis::Consent,
            (_, true) if restricted(RestrictionType::RequireLegitimateInterest) => {
                LegalBasis::LegitimateInterest
            }
            (basis, _) => basis,
        };
        let granted = match basis {
            LegalBasis::Consent => {
                self.purpose_consents.contains(purpose) && self.vendor_consents.contains(vendor)
            }
            LegalBasis::LegitimateInterest => {
                self.purpose_legitimate_interests.without(NEVER_LEGITIMATE_INTEREST).contains(purpose)
                    && self.vendor_legitimate_interests.contains(vendor)
            }
        };
        granted.then_some(basis)
    }
}

/// On what a vendor relies for a purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LegalBasis {
    /// The visitor's consent.
    Consent,
    /// The vendor's legitimate interest, to which the visitor may object.
    LegitimateInterest,
}

/// The vendors to whom each kind of restriction of one purpose can apply, and who declares it how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Declared {
    pub(super) consent: IdSet,
    pub(super) legitimate_interest: IdSet,
    pub(super) either: IdSet,
    pub(super) flexible_to_consent: IdSet,
    pub(super) flexible_to_legitimate_interest: IdSet,
}
