//! Writing a receipt: what was shown and decided, in the terms of the Data Privacy Vocabulary.

use sha2::{Digest as _, Sha256};

use super::invalid;
use super::receipt::{Link, Receipt, Status, hexadecimal};
use crate::Error;
use crate::codec::json::{self, Object, Value};
use crate::codec::time;
use crate::consent::choice::Decision;
use crate::consent::policy::{LegalBasis, Policy, Purpose, Service};

/// The prefixes of a receipt's terms; each stands for what the Data Privacy Vocabulary's guide to ISO/IEC TS 27560 writes for it.
const CONTEXT: [(&str, &str); 4] = [
    ("dct", "http://purl.org/dc/terms/"),
    ("dpv", "https://w3id.org/dpv#"),
    ("eu-gdpr", "https://w3id.org/dpv/legal/eu/gdpr#"),
    ("schema", "https://schema.org/"),
];

/// The profile that a receipt follows.
pub(super) const RECEIPT_PROFILE: &str = "https://w3id.org/dpv/schema/dpv-27560#receipt";

/// The profile that each record in it follows.
pub(super) const RECORD_PROFILE: &str = "https://w3id.org/dpv/schema/dpv-27560#record";

/// Where a shopper decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Surface {
    /// In the banner.
    Banner,
    /// In the privacy settings.
    Settings,
    /// By the shop's own script.
    Script,
}

impl Surface {
    /// The word in a receipt: `banner`, `settings` or `script`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Banner => "banner",
            Self::Settings => "settings",
            Self::Script => "script",
        }
    }

    /// The surface of this word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Banner, Self::Settings, Self::Script].into_iter().find(|surface| surface.as_str() == text)
    }
}

/// What a receipt says beside policy and decision.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// Becomes the receipt's id; take it from a cryptographic source.
    pub random: [u8; 16],
    /// The shop's origin, such as `https://shop.example`.
    pub origin: &'a str,
    /// The language in which was asked, a BCP 47 tag.
    pub language: &'a str,
    /// A country, or a country and its subdivision (ISO 3166), where it is known.
    pub region: Option<&'a str>,
    /// Where was decided.
    pub surface: Surface,
    /// What was granted before: what is not any more was withdrawn.
    pub before: &'a [&'a str],
    /// The receipt before this one.
    pub previous: Option<&'a Link>,
}

impl Receipt {
    /// The receipt of a decision under a policy file, whose very text is fixed by its digest.
    ///
    /// # Errors
    ///
    /// `consent.policy-invalid`; `consent.receipt-invalid` when the decision is one under another version, or origin, language or
    /// region are none.
    pub fn compose(policy: &str, decision: &Decision, circumstances: &Circumstances) -> Result<Self, Error> {
        let file = json::parse(policy)?.to_canonical()?;
        let policy = Policy::parse(policy)?;
        if decision.policy != policy.version {
            return Err(invalid("expected a decision under this policy, found one under another version"));
        }
        let id = crate::consent::receipt::uuid(circumstances.random);
        let at = time::format(decision.at)?;
        let facts = Facts {
            policy: &policy,
            decision,
            circumstances,
            id: &id,
            at: &at,
            digest: &hexadecimal(&Sha256::digest(file)),
        };
        Self::from_value(facts.receipt())
    }
}

struct Facts<'a> {
    policy: &'a Policy,
    decision: &'a Decision,
    circumstances: &'a Circumstances<'a>,
    id: &'a str,
    at: &'a str,
    digest: &'a str,
}

impl Facts<'_> {
    fn receipt(&self) -> Value {
        let context = CONTEXT.iter().fold(Object::new(), |context, (prefix, iri)| context.with(prefix, *iri));
        let records: Vec<Value> = self.policy.asked().map(|purpose| self.record(purpose)).collect();
        let mut receipt = Object::new()
            .with("@context", context)
            .with("@id", format!("urn:uuid:{}", self.id))
            .with("@type", "dpv:ConsentReceipt")
            .with("dct:identifier", self.id)
            .with("dct:conformsTo", node(RECEIPT_PROFILE))
            .with("dct:created", self.at)
            .with("dct:publisher", self.controller())
            .with("schema:recipient", node("dpv:DataSubject"))
            .with("dpv:hasRecordOfActivity", records);
        if let Some(Link { id, digest }) = self.circumstances.previous {
            let replaced = Object::new()
                .with("@id", format!("urn:uuid:{id}"))
                .with("schema:sha256", hexadecimal(digest));
            receipt.insert("dct:replaces", replaced);
        }
        receipt.into()
    }

    fn controller(&self) -> Object {
        let controller = &self.policy.controller;
        let mut object = Object::new()
            .with("@id", self.absolute("/"))
            .with("@type", "dpv:DataController")
            .with("dct:title", &*controller.name)
            .with("dpv:hasContact", &*self.policy.contact);
        if let Some(address) = &controller.address {
            object.insert("dpv:hasAddress", &**address);
        }
        object
    }

    fn record(&self, purpose: &Purpose) -> Value {
        let identifier = format!("{}#{}", self.id, purpose.id);
        let services = self.policy.services.iter().filter(|service| service.purposes.contains(&purpose.id));
        let mut processes: Vec<Value> =
            services.map(|service| self.process(purpose, Some(service))).collect();
        if processes.is_empty() {
            processes.push(self.process(purpose, None));
        }
        let notice = self.absolute(&self.policy.policy_url);
        let control = Object::new()
            .with("@type", vec!["dpv:ProvideConsent", "dpv:WithdrawConsent"])
            .with("dpv:isExercisedAt", node(&notice));
        let right = Object::new()
            .with("@type", vec!["dpv:DataSubjectRight", "eu-gdpr:A7-3"])
            .with("dpv:isExercisedAt", node(&notice));
        let mut record = Object::new()
            .with("@id", format!("urn:uuid:{identifier}"))
            .with("@type", "dpv:ConsentRecord")
            .with("dct:identifier", identifier)
            .with("dct:conformsTo", node(RECORD_PROFILE))
            // Nobody in particular: a node without a name.
            .with("dpv:hasDataSubject", Object::new().with("@type", "dpv:Consumer"))
            .with("dpv:hasDataController", node(&self.absolute("/")))
            .with("dpv:hasProcess", processes)
            .with("dpv:hasConsentControl", control)
            .with("dpv:hasRight", right)
            .with(
                "dpv:hasNotice",
                Object::new()
                    .with("@id", notice)
                    .with("@type", "dpv:ConsentNotice")
                    .with("dct:hasVersion", &*self.policy.version)
                    .with("dct:language", self.circumstances.language)
                    .with("schema:sha256", self.digest),
            )
            .with("dpv:hasConsentStatus", vec![Value::from(self.status(purpose))]);
        if let Some(region) = self.circumstances.region {
            record.insert("dpv:hasJurisdiction", node(&format!("https://w3id.org/dpv/loc#{region}")));
        }
        record.into()
    }

    fn status(&self, purpose: &Purpose) -> Object {
        let status = if self.decision.allows(&purpose.id) {
            Status::Given
        } else if self.circumstances.before.contains(&&*purpose.id) {
            Status::Withdrawn
        } else {
            Status::Refused
        };
        let types = match status {
            Status::Given => vec![status.term(), "dpv:ExpressedConsent"],
            Status::Withdrawn | Status::Refused => vec![status.term()],
        };
        Object::new()
            .with("@type", types)
            .with("dpv:isIndicatedBy", node("dpv:DataSubject"))
            .with("dpv:hasIndicationMethod", self.circumstances.surface.as_str())
            .with("dpv:isIndicatedAtTime", self.at)
    }

    fn process(&self, purpose: &Purpose, service: Option<&Service>) -> Value {
        let iri = self.absolute(&format!("/privacy.json#{}", purpose.id));
        let what = Object::new()
            .with("@id", iri)
            .with("@type", "dpv:Purpose")
            .with("dct:identifier", &*purpose.id)
            .with("dct:title", &*purpose.name)
            .with("dct:description", &*purpose.description);
        let basis = if purpose.legal_basis == LegalBasis::LegitimateInterest {
            "dpv:LegitimateInterest"
        } else {
            "dpv:Consent"
        };
        let mut process = Object::new()
            .with("@type", "dpv:Process")
            .with("dpv:hasPurpose", what)
            .with("dpv:hasLegalBasis", node(basis));
        let Some(service) = service else { return process.into() };
        process.insert("dct:identifier", &*service.id);
        process.insert("dct:title", &*service.name);
        process.insert("dpv:hasPersonalData", titled("dpv:PersonalData", &service.sends));
        let mut recipients = vec![service.provider.clone()];
        recipients
            .extend(service.recipients.iter().filter(|recipient| **recipient != service.provider).cloned());
        process.insert("dpv:hasRecipient", titled("dpv:Recipient", &recipients));
        let duration = Object::new()
            .with("@type", "dpv:StorageDuration")
            .with("dpv:hasDuration", service.retention.to_string());
        process.insert("dpv:hasStorageCondition", duration);
        process.into()
    }

    fn absolute(&self, address: &str) -> String {
        if address.starts_with('/') {
            format!("{}{address}", self.circumstances.origin)
        } else {
            address.to_owned()
        }
    }
}

fn node(iri: &str) -> Object {
    Object::new().with("@id", iri)
}

fn titled(class: &str, titles: &[String]) -> Vec<Value> {
    titles.iter().map(|title| Object::new().with("@type", class).with("dct:title", &**title).into()).collect()
}
