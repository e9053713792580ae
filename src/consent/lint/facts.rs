//! Facts that are missing, and origins that contradict each other.

use super::{Findings, Rule};
use crate::consent::policy::{LegalBasis, Policy, Purpose, Service, matches_origin, origin_of};

pub(super) fn check(findings: &mut Findings, policy: &Policy) {
    if policy.controller.address.is_none() {
        let reason = "expected the postal address of who decides about the data (GDPR Article 13(1)(a))";
        findings.add(Rule::MissingFact, "$.controller.address", reason);
    }
    if !policy.contact.contains('@') && !policy.contact.contains("://") {
        findings.add(Rule::MissingFact, "$.contact", "expected an e-mail address or a URL to write to");
    }
    for (position, purpose) in policy.purposes.iter().enumerate() {
        check_purpose(findings, policy, position, purpose);
    }
    for (position, service) in policy.services.iter().enumerate() {
        check_service(findings, policy, position, service);
    }
    check_essential(findings, policy);
}

fn check_purpose(findings: &mut Findings, policy: &Policy, position: usize, purpose: &Purpose) {
    let path = format!("$.purposes[{position}]");
    let mut services =
        policy.services.iter().filter(|service| service.purposes.contains(&purpose.id)).peekable();
    if services.peek().is_none() {
        findings.add(Rule::MissingFact, &path, "expected a service that names this purpose");
    }
    if purpose.essential {
        return;
    }
    if matches!(purpose.legal_basis, LegalBasis::Contract | LegalBasis::LegalObligation) {
        let reason = "expected consent or legitimate-interest, as the purpose is asked about: what a contract or a law \
                      demands is essential, and told";
        findings.add(Rule::LegalBasis, format!("{path}.legalBasis"), reason);
    }
    let shares = services.any(|service| !service.recipients.is_empty());
    if shares && purpose.gpc.is_none() && !purpose.iab.is_advertising() {
        let reason = "expected true or false: whether Global Privacy Control objects to this purpose, as others \
                      receive its data";
        findings.add(Rule::MissingFact, format!("{path}.gpc"), reason);
    }
}

fn check_service(findings: &mut Findings, policy: &Policy, position: usize, service: &Service) {
    let path = format!("$.services[{position}]");
    let reaches_out =
        !service.origins.is_empty() || service.scripts.iter().any(|script| origin_of(script).is_some());
    if reaches_out && service.sends.is_empty() {
        findings.add(Rule::MissingFact, format!("{path}.sends"), "expected what is sent to its origins");
    }
    if reaches_out && service.recipients.is_empty() {
        findings.add(Rule::MissingFact, format!("{path}.recipients"), "expected who receives it");
    }
    if !service.sends.is_empty() && service.data_categories.is_empty() {
        let reason = "expected the kinds of data that are sent, such as \"pages viewed\"";
        findings.add(Rule::MissingFact, format!("{path}.dataCategories"), reason);
    }
    if !service.recipients.is_empty() && service.regions.is_empty() {
        let reason = "expected the countries where recipients process the data, such as [\"DE\", \"US\"]";
        findings.add(Rule::MissingFact, format!("{path}.regions"), reason);
    }
    for (index, script) in service.scripts.iter().enumerate() {
        let Some(origin) = origin_of(script) else { continue };
        if !service.origins.iter().any(|pattern| matches_origin(pattern, origin)) {
            let reason = format!("expected {origin} among the service's origins");
            findings.add(Rule::MissingFact, format!("{path}.scripts[{index}]"), reason);
        }
    }
    if policy.is_gated(service) && !reaches_out && service.scripts.is_empty() && service.sets.is_empty() {
        findings.add(Rule::MissingFact, &path, "expected scripts, origins or sets: there is nothing to hold");
    }
}

fn check_essential(findings: &mut Findings, policy: &Policy) {
    let Some(essential) = &policy.duties.essential_origins else {
        let reason = "expected the origins that are never held (payment, fraud prevention, the shop's own API), or an \
                      empty array where there are none";
        findings.add(Rule::EssentialOrigins, "$.essentialOrigins", reason);
        return;
    };
    for (position, entry) in essential.iter().enumerate() {
        let holder = policy.services.iter().filter(|service| policy.is_gated(service)).find(|service| {
            service
                .origins
                .iter()
                .any(|origin| matches_origin(&entry.origin, origin) || matches_origin(origin, &entry.origin))
        });
        if let Some(service) = holder {
            let reason = format!(
                "expected an origin that no service waits with: {} is held for it too, and would never be",
                service.id
            );
            findings.add(Rule::EssentialOrigins, format!("$.essentialOrigins[{position}].origin"), reason);
        }
    }
    for (position, service) in
        policy.services.iter().enumerate().filter(|(_, service)| !policy.is_gated(service))
    {
        for (index, origin) in service.origins.iter().enumerate() {
            if !essential.iter().any(|entry| matches_origin(&entry.origin, origin)) {
                let reason = format!("expected {origin} among essentialOrigins, as the service is essential");
                findings.add(
                    Rule::EssentialOrigins,
                    format!("$.services[{position}].origins[{index}]"),
                    reason,
                );
            }
        }
    }
}
