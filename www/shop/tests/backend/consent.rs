//! Consent records and the policy they are checked against.

use serde_json::{Value, json};

use crate::place::Place;

fn record(id: &str) -> Value {
    json!({
        "v": 1, "id": id, "policy": "2026-11-23", "at": 1_795_392_000, "granted": ["analytics"],
        "denied": ["personalisation"], "language": "en",
    })
}

const ID: &str = "5b0c7a52-4f5c-4d5e-9d3a-0a8f6f2f4c11";

#[tokio::test]
async fn a_record_is_stored_once_however_often_it_comes() {
    let place = Place::open().await;
    let second = place.second_instance().await;
    let mut browser = place.browser();
    let record = record(ID);
    browser.post("/api/consent-records", &record).await.is(201, "");
    browser.at(&second).post("/api/consent-records", &record).await.is(200, "");
    let rows = place.shop_rows().await;
    assert_eq!(rows.count("SELECT COUNT(*) FROM consent_records").await, 1);
    // A record says nothing about who: it begins no session.
    assert_eq!(browser.cookie, None);
    assert_eq!(rows.count("SELECT COUNT(*) FROM sessions").await, 0);
}

#[tokio::test]
async fn a_record_that_is_none_or_takes_anothers_id_is_refused() {
    let place = Place::open().await;
    let mut browser = place.browser();
    for (member, value) in [
        ("v", json!(2)),
        ("id", json!("1")),
        ("policy", json!("2020-01")),
        ("granted", json!(["necessary"])),
        ("granted", json!([])),
        ("language", json!("<b>")),
        ("who", json!("anna@example.com")),
    ] {
        let mut record = record(ID);
        record[member] = value;
        browser.post("/api/consent-records", &record).await.is(422, "consent.record-invalid");
    }
    browser.post("/api/consent-records", &record(ID)).await.is(201, "");
    let mut other = record(ID);
    other["at"] = json!(1_795_392_001);
    browser.post("/api/consent-records", &other).await.is(409, "consent.record-refused");
}

#[tokio::test]
async fn the_policy_names_the_tracker_where_it_is_or_not_at_all() {
    let place = Place::open().await;
    let text = place.browser().get("/privacy.json").await.is(200, "").text;
    assert!(text.contains("http://localhost:8099/tracker.js") && !text.contains("localhost:8082"));
    let page = place.browser().get("/").await.is(200, "");
    assert!(page.text.contains("data-release=\"http://localhost:8099/tracker.js"), "the gate may release it");
    assert!(page.header("content-security-policy").contains("'wasm-unsafe-eval' http://localhost:8099;"));

    let place = Place::with(|config| config.tracker = None).await;
    let policy = place.browser().get("/privacy.json").await.is(200, "").json();
    assert_eq!(policy["services"].as_array().unwrap().len(), 2);
    let page = place.browser().get("/").await.is(200, "");
    assert!(!page.text.contains("tracker.js"));
}
