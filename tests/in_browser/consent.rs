use storefront_privacy::codec::json::{self, Value};
use storefront_privacy::consent::{Policy, Record, web};
use wasm_bindgen_test::wasm_bindgen_test;

const POLICY: &str = include_str!("../vectors/consent/policy.json");
const DECISION: &str = r#"{"v":1,"policy":"2026-11","at":1795392000,"granted":["analytics"]}"#;

#[wasm_bindgen_test]
fn a_policy_is_read() {
    let policy = web::read_policy(POLICY).unwrap();
    assert_eq!((policy.version().as_str(), policy.language().as_str()), ("2026-11", "en"));
    assert_eq!(policy.controller(), "Harbour & Pine");
    assert_eq!(policy.address().as_deref(), Some("1 Quay Street, Bristol"));
    assert_eq!(
        (policy.contact().as_str(), policy.policy_url().as_str()),
        ("privacy@harbour.example", "/privacy")
    );
    let purposes: Vec<_> =
        policy.purposes().into_iter().map(|purpose| (purpose.id, purpose.essential)).collect();
    assert_eq!(
        purposes,
        [("shop".to_owned(), true), ("analytics".to_owned(), false), ("marketing".to_owned(), false)],
    );
    let services = policy.services();
    assert_eq!((services[1].retention.as_str(), services[1].gated, services[0].gated), ("P2Y", true, false));
    let sets = services[0].sets();
    assert_eq!((sets[0].kind.as_str(), sets[0].retention.as_str()), ("cookie", "session"));
}

#[wasm_bindgen_test]
fn problems_are_told() {
    assert!(web::policy_problems(POLICY).is_empty());
    let changed = POLICY.replace("\"essential\": true", "\"essental\": true");
    assert_eq!(
        web::policy_problems(&changed),
        ["$.purposes[0]: expected only members that are known, found `essental`"],
    );
    let error = web::read_policy(&changed).err().unwrap();
    assert_eq!(error.code(), "consent.policy-invalid");
}

#[wasm_bindgen_test]
fn records_have_ids_of_their_own() {
    let policy = Policy::parse(POLICY).unwrap();
    let [first, second] =
        [(); 2].map(|()| Record::parse(&web::record(POLICY, DECISION, "en").unwrap()).unwrap());
    first.check(&policy).unwrap();
    assert_eq!(
        (first.granted.join(" "), first.denied.join(" ")),
        ("analytics".to_owned(), "marketing".to_owned())
    );
    assert_ne!(first.id, second.id);
    let json = json::parse(&first.to_json()).unwrap();
    assert_eq!(json.get("at").and_then(Value::as_integer), Some(1_795_392_000));
}

#[wasm_bindgen_test]
fn a_decision_that_does_not_fit_is_refused() {
    let error = web::record(POLICY, &DECISION.replace("2026-11", "2026-10"), "en").unwrap_err();
    assert_eq!(error.code(), "consent.decision-invalid");
    assert_eq!(web::record(POLICY, DECISION, "english!").unwrap_err().code(), "consent.record-invalid");
    assert_eq!(web::record("{}", DECISION, "en").unwrap_err().code(), "consent.policy-invalid");
}
