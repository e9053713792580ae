//! From JSON to a policy, noting everything that is wrong on the way.

use super::check::{Checker, Place};
use super::duties::Duties;
use super::{
    Controller, LegalBasis, Policy, Problems, Purpose, Retention, Service, StorageKind, Stored, duties, form,
    iab,
};
use crate::codec::json::Value;
use crate::codec::time::Duration;

pub(super) const TEXT: usize = 200;
pub(super) const LONG_TEXT: usize = 2000;
pub(super) const ORIGIN: &str = "an origin such as https://example.com or https://*.example.com";
const URL: &str = "a path such as /x.js, or a URL that starts with https://";

pub(super) fn policy(value: &Value) -> Result<Policy, Problems> {
    let mut check = Checker::default();
    let policy = root(&mut check, &Place::root(value));
    let problems = check.into_problems();
    match policy {
        Some(policy) if problems.is_empty() => Ok(policy),
        _ => Err(Problems(problems)),
    }
}

fn root(check: &mut Checker, place: &Place<'_>) -> Option<Policy> {
    let members = [
        "$schema",
        "version",
        "language",
        "controller",
        "contact",
        "policyUrl",
        "purposes",
        "services",
        "tcf",
        "gpp",
    ];
    if !check.object(place, &[&members[..], &duties::MEMBERS[..]].concat()) {
        return None;
    }
    let version = "1 to 64 letters, digits, `.`, `_` and `-`";
    let version = check.text(&place.member("version"), version, &form::is_version);
    let language =
        check.text(&place.member("language"), "a language tag such as en or pt-BR", &form::is_language);
    let controller = controller(check, &place.member("controller"));
    let contact = check.words(&place.member("contact"), TEXT);
    let policy_url = check.text(&place.member("policyUrl"), URL, &form::is_url);
    let purposes = check.list(&place.member("purposes"), 1..=32, purpose);
    check.unique(&place.member("purposes"), purposes.iter().map(|purpose| purpose.id.as_str()));
    let known: Vec<_> = purposes.iter().map(|purpose| purpose.id.as_str()).collect();
    let services =
        check.list(&place.member("services"), 0..=256, |check, place| service(check, place, &known));
    check.unique(&place.member("services"), services.iter().map(|service| service.id.as_str()));
    // A page shows a file that `policy check` has read whole, and the gate has what follows from these members compiled: a module
    // that a page loads does without their reader, a tenth of its size.
    let whole = cfg!(any(not(target_arch = "wasm32"), feature = "tools"));
    let duties = if whole { duties::duties(check, place, &known) } else { Duties::default() };
    let tcf = iab::tcf(check, &place.member("tcf"));
    let gpp = iab::gpp(check, &place.member("gpp"));
    iab::together(check, place, &purposes, tcf.as_ref());
    let controller = controller?;
    Some(Policy { version, language, controller, contact, policy_url, purposes, services, tcf, gpp, duties })
}

fn controller(check: &mut Checker, place: &Place<'_>) -> Option<Controller> {
    if !check.object(place, &["name", "address"]) {
        return None;
    }
    let name = check.words(&place.member("name"), TEXT);
    let address = place.member("address");
    Some(Controller { name, address: address.exists().then(|| check.words(&address, TEXT)) })
}

/// What other consent managers call a box that is ticked ahead.
const PRESETS: [&str; 5] = ["checked", "default", "enabled", "preselected", "preticked"];

fn purpose(check: &mut Checker, place: &Place<'_>) -> Option<Purpose> {
    let members = ["id", "name", "description", "essential", "legalBasis", "iab", "gpc"];
    if !check.object(place, &[&members[..], &PRESETS[..]].concat()) {
        return None;
    }
    for preset in PRESETS.map(|name| place.member(name)).iter().filter(|preset| preset.exists()) {
        let expected = "expected no preset choice: nothing is ticked ahead (GDPR recital 32, CJEU C-673/17)";
        check.note(preset, expected);
    }
    let gpc = place.member("gpc");
    let gpc = gpc.exists().then(|| check.flag(&gpc));
    let id = check.text(&place.member("id"), form::ID, &form::is_id);
    let name = check.words(&place.member("name"), TEXT);
    let description = check.words(&place.member("description"), LONG_TEXT);
    let essential = check.flag(&place.member("essential"));
    let basis = place.member("legalBasis");
    let legal_basis = check.one_of(&basis, &LegalBasis::ALL, LegalBasis::as_str);
    if essential && legal_basis == Some(LegalBasis::Consent) {
        check.note(&basis, "expected another basis than consent, as an essential purpose is not asked for");
    }
    let iab = iab::purpose(check, &place.member("iab"), essential, legal_basis);
    Some(Purpose { id, name, description, essential, legal_basis: legal_basis?, iab, gpc })
}

fn service(check: &mut Checker, place: &Place<'_>, known: &[&str]) -> Option<Service> {
    let members = [
        "id",
        "name",
        "provider",
        "purposes",
        "scripts",
        "origins",
        "sets",
        "sends",
        "recipients",
        "retention",
        "dataCategories",
        "regions",
    ];
    if !check.object(place, &members) {
        return None;
    }
    let id = check.text(&place.member("id"), form::ID, &form::is_id);
    let name = check.words(&place.member("name"), TEXT);
    let provider = check.words(&place.member("provider"), TEXT);
    let purposes = check.list(&place.member("purposes"), 1..=32, |check, place| {
        Some(check.text(place, "the id of one of the purposes", &|text| known.contains(&text)))
    });
    check.unique(&place.member("purposes"), purposes.iter().map(String::as_str));
    let scripts = check
        .list(&place.member("scripts"), 0..=64, |check, place| Some(check.text(place, URL, &form::is_url)));
    let origins = check.list(&place.member("origins"), 0..=64, |check, place| {
        Some(check.text(place, ORIGIN, &form::is_origin_pattern))
    });
    let sets = check.list(&place.member("sets"), 0..=64, stored);
    let sends = check.list(&place.member("sends"), 0..=64, |check, place| Some(check.words(place, TEXT)));
    let recipients =
        check.list(&place.member("recipients"), 0..=64, |check, place| Some(check.words(place, TEXT)));
    let retention = place.member("retention");
    let text =
        check.text(&retention, "an ISO 8601 duration such as P13M", &|text| Duration::parse(text).is_ok());
    let retention = Duration::parse(&text).unwrap_or_default();
    let data_categories =
        check.maybe_list(&place.member("dataCategories"), 64, |check, place| Some(check.words(place, TEXT)));
    let regions = check.maybe_list(&place.member("regions"), 64, |check, place| {
        Some(check.text(place, "a region such as DE or US-CA", &form::is_region))
    });
    Some(Service {
        id,
        name,
        provider,
        purposes,
        scripts,
        origins,
        sets,
        sends,
        recipients,
        retention,
        data_categories,
        regions,
    })
}

fn stored(check: &mut Checker, place: &Place<'_>) -> Option<Stored> {
    if !check.object(place, &["kind", "name", "retention"]) {
        return None;
    }
    let kind = check.one_of(&place.member("kind"), &StorageKind::ALL, StorageKind::as_str);
    let name = check.words(&place.member("name"), TEXT);
    let retention = place.member("retention");
    let text = check.text(&retention, "an ISO 8601 duration such as P13M, or `session`", &|text| {
        text == "session" || Duration::parse(text).is_ok()
    });
    let retention = Duration::parse(&text).map_or(Retention::Session, Retention::For);
    Some(Stored { kind: kind?, name, retention })
}
