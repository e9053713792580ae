//! What the module `consent` exports to JavaScript. The package's façade is the only caller; a Rust program uses the
//! modules beside this one.

use wasm_bindgen::prelude::wasm_bindgen;

use super::{Decision, Problems, Record, policy};
use crate::Error;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn fill_with_random(bytes: &mut [u8]);
}

/// Reads a policy file.
///
/// # Errors
///
/// `consent.policy-invalid` with all its problems.
#[wasm_bindgen(js_name = readPolicy)]
pub fn read_policy(json: &str) -> Result<Policy, Error> {
    Ok(Policy(policy::Policy::parse(json).map_err(Error::from)?))
}

/// The problems of a policy file, each as path, colon and reason; none when it is fine.
#[wasm_bindgen(js_name = policyProblems)]
pub fn policy_problems(json: &str) -> Vec<String> {
    let problems = policy::Policy::parse(json).err();
    problems.iter().flat_map(Problems::iter).map(ToString::to_string).collect()
}

/// The record of a stored decision, as JSON.
///
/// # Errors
///
/// `consent.policy-invalid`, `consent.decision-invalid` or `consent.record-invalid`.
#[wasm_bindgen]
pub fn record(policy: &str, decision: &str, language: &str) -> Result<String, Error> {
    let policy = policy::Policy::parse(policy).map_err(Error::from)?;
    let decision = Decision::decode(decision, &policy)?;
    let mut random = [0; 16];
    fill_with_random(&mut random);
    Ok(Record::new(&policy, &decision, language, random)?.to_json())
}

/// A policy file that was found consistent.
#[wasm_bindgen]
pub struct Policy(policy::Policy);

#[wasm_bindgen]
impl Policy {
    /// The shop's name for this version.
    #[wasm_bindgen(getter)]
    pub fn version(&self) -> String {
        self.0.version.clone()
    }

    /// The language of the texts.
    #[wasm_bindgen(getter)]
    pub fn language(&self) -> String {
        self.0.language.clone()
    }

    /// Who decides about the data.
    #[wasm_bindgen(getter)]
    pub fn controller(&self) -> String {
        self.0.controller.name.clone()
    }

    /// The postal address of who does.
    #[wasm_bindgen(getter)]
    pub fn address(&self) -> Option<String> {
        self.0.controller.address.clone()
    }

    /// Where a visitor can write to.
    #[wasm_bindgen(getter)]
    pub fn contact(&self) -> String {
        self.0.contact.clone()
    }

    /// Where the whole privacy policy is to be read.
    #[wasm_bindgen(getter, js_name = policyUrl)]
    pub fn policy_url(&self) -> String {
        self.0.policy_url.clone()
    }

    /// What data is used for.
    #[wasm_bindgen(getter)]
    pub fn purposes(&self) -> Vec<Purpose> {
        let view = |purpose: &policy::Purpose| Purpose {
            id: purpose.id.clone(),
            name: purpose.name.clone(),
            description: purpose.description.clone(),
            essential: purpose.essential,
            legal_basis: purpose.legal_basis.as_str().to_owned(),
        };
        self.0.purposes.iter().map(view).collect()
    }

    /// Who uses it.
    #[wasm_bindgen(getter)]
    pub fn services(&self) -> Vec<Service> {
        let view = |service: &policy::Service| Service {
            id: service.id.clone(),
            name: service.name.clone(),
            provider: service.provider.clone(),
            purposes: service.purposes.clone(),
            scripts: service.scripts.clone(),
            origins: service.origins.clone(),
            sends: service.sends.clone(),
            recipients: service.recipients.clone(),
            retention: service.retention.to_string(),
            gated: self.0.is_gated(service),
            sets: service.sets.clone(),
        };
        self.0.services.iter().map(view).collect()
    }
}

/// One thing that data is used for.
#[wasm_bindgen(getter_with_clone)]
pub struct Purpose {
    /// Its id.
    #[wasm_bindgen(readonly)]
    pub id: String,
    /// Its name.
    #[wasm_bindgen(readonly)]
    pub name: String,
    /// What it means for the visitor.
    #[wasm_bindgen(readonly)]
    pub description: String,
    /// Whether it is told, not asked.
    #[wasm_bindgen(readonly)]
    pub essential: bool,
    /// What the shop relies on.
    #[wasm_bindgen(readonly, js_name = legalBasis)]
    pub legal_basis: String,
}

/// One service that uses data.
#[wasm_bindgen(getter_with_clone)]
pub struct Service {
    /// Its id.
    #[wasm_bindgen(readonly)]
    pub id: String,
    /// Its name.
    #[wasm_bindgen(readonly)]
    pub name: String,
    /// Who provides it.
    #[wasm_bindgen(readonly)]
    pub provider: String,
    /// The ids of its purposes.
    #[wasm_bindgen(readonly)]
    pub purposes: Vec<String>,
    /// The scripts that the gate releases for it.
    #[wasm_bindgen(readonly)]
    pub scripts: Vec<String>,
    /// The origins that it talks to.
    #[wasm_bindgen(readonly)]
    pub origins: Vec<String>,
    /// What it sends out of the browser.
    #[wasm_bindgen(readonly)]
    pub sends: Vec<String>,
    /// Who else receives it.
    #[wasm_bindgen(readonly)]
    pub recipients: Vec<String>,
    /// How long the provider keeps what it received, an ISO 8601 duration.
    #[wasm_bindgen(readonly)]
    pub retention: String,
    /// Whether it waits for a decision.
    #[wasm_bindgen(readonly)]
    pub gated: bool,
    sets: Vec<policy::Stored>,
}

#[wasm_bindgen]
impl Service {
    /// What it keeps in the browser.
    #[wasm_bindgen(getter)]
    pub fn sets(&self) -> Vec<Stored> {
        let view = |stored: &policy::Stored| Stored {
            kind: stored.kind.as_str().to_owned(),
            name: stored.name.clone(),
            retention: stored.retention.to_string(),
        };
        self.sets.iter().map(view).collect()
    }
}

/// Something that a service keeps in the browser.
#[wasm_bindgen(getter_with_clone)]
pub struct Stored {
    /// Where: `cookie`, `local-storage`, `session-storage`, `indexed-db` or `cache-storage`.
    #[wasm_bindgen(readonly)]
    pub kind: String,
    /// Its name.
    #[wasm_bindgen(readonly)]
    pub name: String,
    /// How long, an ISO 8601 duration or `session`.
    #[wasm_bindgen(readonly)]
    pub retention: String,
}
