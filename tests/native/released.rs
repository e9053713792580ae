//! Every released version of every stored or sent format is read for ever (VERSIONING.md).

use std::collections::HashSet;

use storefront_privacy::codec::json;
use storefront_privacy::consent::{Decision, Policy, Record};
use storefront_privacy::payment::{Expected, Opener, Order};

const POLICY: &str = include_str!("../vectors/released/policy-v1.json");
const DECISION: &str = include_str!("../vectors/released/decision-v1.json");
const RECORD: &str = include_str!("../vectors/released/record-v1.json");
const ENVELOPE: &str = include_str!("../vectors/released/envelope-v1.json");

#[test]
fn a_decision_of_version_1_is_read() {
    let policy = Policy::parse(POLICY).unwrap();
    let decision = Decision::decode(DECISION.trim(), &policy).unwrap();
    assert_eq!(decision.at, 1_795_000_000);
    assert!(decision.allows("analytics"));
    assert_eq!(decision.encode(), DECISION.trim());
}

#[test]
fn a_record_of_version_1_is_read() {
    let record = Record::parse(RECORD.trim()).unwrap();
    assert_eq!(record.granted, ["analytics"]);
    assert_eq!(record.to_json(), RECORD.trim());
    record.check(&Policy::parse(POLICY).unwrap()).unwrap();
}

#[test]
fn an_envelope_of_version_1_opens() {
    let fixture = json::parse(ENVELOPE).unwrap();
    let fixture = fixture.as_object().unwrap();
    let text = |name: &str| fixture.get(name).unwrap().as_str().unwrap();
    let key = fixture.get("key").unwrap().to_canonical().unwrap();
    let order = Order::new("order-1", 1999, "EUR").unwrap();
    let now = fixture.get("sealed_at").unwrap().as_integer().unwrap();
    let expected = Expected { merchant: text("merchant"), origin: text("page"), order: &order, now };
    let opener = Opener::from_jwk(&key).unwrap();
    let card = opener.open(text("envelope"), &expected, &mut HashSet::new()).unwrap();
    assert_eq!(card.number().last_four(), "1111");
    assert_eq!(card.name().as_str(), "A Shopper");
}
