//! What has changed between two versions of a policy, as facts that a visitor can read.

use crate::consent::policy::{Policy, Service};

/// The facts of the new policy that its predecessor did not have, in the shop's own words: purposes and services that are
/// new or work differently, what they send, keep and to whom they give it. Nothing when there is only less than before.
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::{Policy, site::changes};
///
/// let text = include_str!("../../../tests/vectors/consent/policy.json");
/// let (old, new) = (Policy::parse(text)?, Policy::parse(&text.replace("the kind of browser", "the approximate place"))?);
/// assert_eq!(changes(&old, &new), ["Footfall: the approximate place"]);
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
pub fn changes(old: &Policy, new: &Policy) -> Vec<String> {
    let mut facts = Vec::new();
    if old.controller.name != new.controller.name {
        facts.push(new.controller.name.clone());
    }
    for purpose in &new.purposes {
        let before = old.purpose(&purpose.id);
        if before.is_none_or(|before| {
            before.description != purpose.description || before.legal_basis != purpose.legal_basis
        }) {
            facts.push(format!("{}: {}", purpose.name, purpose.description));
        }
    }
    for service in &new.services {
        let before = old.services.iter().find(|before| before.id == service.id);
        facts.extend(changed(before, service).into_iter().map(|fact| format!("{}: {fact}", service.name)));
    }
    facts
}

fn changed(before: Option<&Service>, service: &Service) -> Vec<String> {
    let Some(before) = before else {
        let facts = service.sends.iter().chain(&service.recipients).cloned();
        return std::iter::once(service.provider.clone()).chain(facts).collect();
    };
    let mut facts = Vec::new();
    let lists = [
        (&before.sends, &service.sends),
        (&before.recipients, &service.recipients),
        (&before.data_categories, &service.data_categories),
        (&before.regions, &service.regions),
    ];
    for (before, now) in lists {
        facts.extend(now.iter().filter(|fact| !before.contains(fact)).cloned());
    }
    for stored in service.sets.iter().filter(|stored| !before.sets.contains(stored)) {
        facts.push(format!("{} ({}, {})", stored.name, stored.kind.as_str(), stored.retention));
    }
    if before.retention != service.retention {
        facts.push(format!("{} → {}", before.retention, service.retention));
    }
    if before.provider != service.provider {
        facts.push(service.provider.clone());
    }
    facts
}
