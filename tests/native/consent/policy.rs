use storefront_privacy::Error;
use storefront_privacy::consent::Policy;
use storefront_privacy::consent::gate;
use storefront_privacy::consent::policy::{LegalBasis, Retention, StorageKind};

use super::{POLICY, policy, with};
use crate::generate::{Source, cases};

#[test]
fn reads_everything() {
    let policy = policy();
    assert_eq!(policy.version, "2026-11");
    assert_eq!(policy.language, "en");
    assert_eq!(policy.controller.name, "Harbour & Pine");
    assert_eq!(policy.controller.address.as_deref(), Some("1 Quay Street, Bristol"));
    assert_eq!(policy.contact, "privacy@harbour.example");
    assert_eq!(policy.policy_url, "/privacy");
    assert_eq!(policy.purposes.len(), 3);
    assert!(policy.purposes[0].essential);
    assert_eq!(policy.purpose("analytics").unwrap().legal_basis, LegalBasis::Consent);
    assert!(policy.purpose("other").is_none());
    assert!(policy.asks("marketing") && !policy.asks("shop") && !policy.asks("other"));

    let [session, footfall, echo] = policy.services.as_slice() else { panic!("three services") };
    assert_eq!((session.sets[0].kind, session.sets[0].retention), (StorageKind::Cookie, Retention::Session));
    assert_eq!(footfall.sets[0].retention.to_string(), "P13M");
    assert_eq!(footfall.retention.to_words(), "2 years");
    assert_eq!(echo.sets[0].kind.as_str(), "local-storage");
    assert!(!policy.is_gated(session) && policy.is_gated(footfall) && policy.is_gated(echo));
}

#[test]
fn the_gate_gets_every_gated_script_once() {
    let policy = policy();
    assert_eq!(
        gate::releases(&policy),
        [
            "https://footfall.example/count.js?v=2&site=1",
            "http://localhost:8082/tracker.js",
            "/vendor/echo.js"
        ],
    );
    let again = with("/vendor/echo.js", "http://localhost:8082/tracker.js");
    assert_eq!(gate::releases(&Policy::parse(&again).unwrap()).len(), 2);
    assert_eq!(
        gate::script_tag(&policy, "/gate.js?a=1&b=\"2\""),
        "<script src=\"/gate.js?a=1&amp;b=&quot;2&quot;\" data-policy=\"2026-11\" data-purposes=\"analytics marketing\" \
         data-release=\"https://footfall.example/count.js?v=2&amp;site=1 http://localhost:8082/tracker.js \
         /vendor/echo.js\" data-rules=\"analytics=https://footfall.example analytics,marketing=http://localhost:8082\" \
         data-stores=\"analytics=c:_ff analytics,marketing=l:echo-*\" data-reask=\"180 184\"></script>",
    );
}

#[test]
fn tells_every_problem_at_once() {
    let text = r#"{
        "version": "2026 11", "language": "english!", "controller": {"nam": "x"}, "contact": " ", "policyUrl": "//x",
        "purposes": [
            {"id": "shop", "name": "Shop", "description": "x", "essential": true, "legalBasis": "consent"},
            {"id": "shop", "name": 1, "description": "x", "essential": "yes", "legalBasis": "because"},
            7
        ],
        "services": [{
            "id": "A", "name": "A", "provider": "A", "purposes": ["other"], "scripts": ["javascript:alert(1)"],
            "origins": ["https://a.example/"], "sets": [{"kind": "cake", "name": "a", "retention": "long"}],
            "sends": "all", "recipients": ["a\nb"], "retention": "1 year"
        }],
        "colour": "red"
    }"#;
    let problems = Policy::parse(text).unwrap_err();
    let told: Vec<_> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "$: expected only members that are known, found `colour`",
            "$.version: expected 1 to 64 letters, digits, `.`, `_` and `-`",
            "$.language: expected a language tag such as en or pt-BR",
            "$.controller: expected only members that are known, found `nam`",
            "$.controller.name: expected 1 to 200 characters of text on one line, found nothing",
            "$.contact: expected 1 to 200 characters of text on one line",
            "$.policyUrl: expected a path such as /x.js, or a URL that starts with https://",
            "$.purposes[0].legalBasis: expected another basis than consent, as an essential purpose is not asked for",
            "$.purposes[1].name: expected 1 to 200 characters of text on one line, found an integer",
            "$.purposes[1].essential: expected true or false, found a string",
            "$.purposes[1].legalBasis: expected one of consent, legitimate-interest, contract, legal-obligation",
            "$.purposes[2]: expected an object, found an integer",
            "$.services[0].id: expected a lower-case letter, then at most 31 lower-case letters, digits and `-`",
            "$.services[0].purposes[0]: expected the id of one of the purposes",
            "$.services[0].scripts[0]: expected a path such as /x.js, or a URL that starts with https://",
            "$.services[0].origins[0]: expected an origin such as https://example.com or https://*.example.com",
            "$.services[0].sets[0].kind: expected one of cookie, local-storage, session-storage, indexed-db, cache-storage",
            "$.services[0].sets[0].retention: expected an ISO 8601 duration such as P13M, or `session`",
            "$.services[0].sends: expected an array, found a string",
            "$.services[0].recipients[0]: expected 1 to 200 characters of text on one line",
            "$.services[0].retention: expected an ISO 8601 duration such as P13M",
        ],
    );
    assert!(problems.to_string().starts_with("consent: the policy has 21 problems: $: expected"));
    assert_eq!(Error::from(problems).code(), "consent.policy-invalid");
}

#[test]
fn tells_what_joins_the_parts() {
    let told = |text: &str| {
        let problems = Policy::parse(text).unwrap_err();
        problems.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(told("[]"), ["$: expected an object, found an array"]);
    assert_eq!(told("{"), ["$: json: expected a member's name in double quotes at line 1, column 2"]);
    assert_eq!(
        told(&with("\"id\": \"marketing\"", "\"id\": \"analytics\"")),
        [
            "$.purposes: expected every id once, found `analytics` again",
            "$.services[2].purposes[1]: expected the id of one of the purposes",
        ],
    );
    assert_eq!(
        told(&with("\"id\": \"echo\"", "\"id\": \"session\"")),
        ["$.services: expected every id once, found `session` again"],
    );
    assert_eq!(
        told(&with("[\"analytics\", \"marketing\"]", "[]")),
        ["$.services[2].purposes: expected 1 to 32 elements, found 0"],
    );
    assert_eq!(
        told(&with("\"essential\": true", "\"essental\": true")),
        ["$.purposes[0]: expected only members that are known, found `essental`"],
    );
}

#[test]
fn takes_only_urls_that_a_strict_page_may_load() {
    let script = |url: &str| Policy::parse(&with("/vendor/echo.js", url)).is_ok();
    for url in [
        "/x.js",
        "/",
        "https://a.example",
        "https://a.example/x.js?y=1#z",
        "https://xn--bcher-kva.example:8443/",
        "http://localhost/x.js",
        "http://127.0.0.1:8082/x.js",
    ] {
        assert!(script(url), "{url}");
    }
    for url in [
        "",
        "x.js",
        "//evil.example/x.js",
        "http://a.example/x.js",
        "http://localhost.evil.example/x.js",
        "https://",
        "https:///x.js",
        "https://user@a.example/",
        "https://a.example:0/",
        "https://a.example:99999/",
        "https://-a.example/",
        "https://a..example/",
        "https://A.example/",
        "https://a.example/x y.js",
        "https://a.example/'x.js",
        "https://a.example/ü.js",
        "data:text/javascript,1",
        "javascript:1",
        "HTTPS://a.example/",
    ] {
        assert!(!script(url), "{url}");
    }
    assert!(!script(&format!("/{}", "x".repeat(2048))));
    let origin =
        |url: &str| Policy::parse(&with("[\"http://localhost:8082\"]", &format!("[\"{url}\"]"))).is_ok();
    assert!(origin("https://a.example") && origin("http://localhost:1"));
    assert!(!origin("/x") && !origin("https://a.example/") && !origin("http://a.example"));
}

#[test]
fn keeps_problems_within_bounds() {
    let many = format!("{{\"purposes\":[{}]}}", vec!["{\"id\":1}"; 32].join(","));
    assert_eq!(Policy::parse(&many).unwrap_err().iter().count(), 100);
    let name = "x".repeat(1000);
    let problem = Policy::parse(&format!("{{\"{name}\":1}}")).unwrap_err();
    assert!(problem.to_string().len() < 1000);
}

/// A changed file is either refused with problems, or read; what is read never leaves the gate's lists ambiguous.
#[test]
fn survives_changed_files() {
    let mut source = Source::new(20);
    let mut read = 0;
    for _ in 0..cases(5_000) {
        let text = source.mutate(POLICY, "{}[]\",:abcS0 -.\\/é<>\n");
        match Policy::parse(&text) {
            Ok(policy) => {
                read += 1;
                assert_eq!(gate::release(&policy).split(' ').count(), gate::releases(&policy).len());
                assert_eq!(gate::purposes(&policy).split(' ').count(), policy.asked().count());
            }
            Err(problems) => assert!(problems.iter().count() > 0),
        }
    }
    assert!(read > 100, "{read}");
}
