//! Requests about a person's data: who may make them, what is done at once, and until when the rest is.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::place::{PASSWORD, Place};

/// The code in the newest message to an address.
fn code(place: &Place, email: &str) -> String {
    let text = place.mail(email).pop().expect("a message");
    let digits: Vec<_> = text
        .lines()
        .map(str::trim)
        .filter(|line| line.len() == 8 && line.bytes().all(|byte| byte.is_ascii_digit()))
        .collect();
    digits[0].to_owned()
}

async fn ask(browser: &mut Browser, body: Value) -> crate::browser::Reply {
    browser.post("/api/data-requests", &body).await
}

pub(crate) async fn meet(place: &Place) {
    let mut member = place.member("meet@example.com").await;
    let request = ask(&mut member, json!({ "action": "correction", "detail": "My name is Ann" }))
        .await
        .is(201, "")
        .json();
    let path = format!("/api/data-requests/{}", request["request_id"].as_str().unwrap());
    member.get("/api/data-requests").await.is(200, "");
    member.get(&path).await.is(200, "");
    member.delete(&path).await.is(200, "");
    let request = ask(&mut member, json!({ "action": "access" })).await.is(201, "").json();
    member.get(request["results_url"].as_str().unwrap()).await.is(200, "");
    place
        .browser()
        .post("/api/data-requests/codes", &json!({ "email": "meet@example.com" }))
        .await
        .is(204, "");
}

#[tokio::test]
async fn opting_out_asks_nobody_who_they_are() {
    let place = Place::open().await;
    let mut browser = place.browser();
    for (action, region, regime, days) in [
        ("sale:opt-out", "US-CA", "ccpa", 28),
        ("sensitive:limit", "US-CA", "ccpa", 28),
        ("sale:opt-out", "US-TX", "us-state", 46),
    ] {
        let request =
            ask(&mut browser, json!({ "action": action, "region": region, "email": "who@example.com" }))
                .await
                .is(201, "")
                .json();
        assert_eq!((&request["status"], &request["regime"]), (&json!("fulfilled"), &json!(regime)));
        let seconds =
            |name: &str| storefront_privacy::codec::time::parse(request[name].as_str().unwrap()).unwrap();
        let span = seconds("expected_by") - seconds("received_at");
        assert!(0 < span && span < days * 86_400, "{span}");
    }
    assert_eq!(browser.cookie, None);
    let rows = place.shop_rows().await;
    assert_eq!(
        rows.count("SELECT COUNT(*) FROM data_requests WHERE email IS NOT NULL OR account IS NOT NULL").await,
        0
    );
}

#[tokio::test]
async fn anything_else_needs_a_session_or_a_code() {
    let place = Place::open().await;
    let mut browser = place.browser();
    ask(&mut browser, json!({ "action": "access" })).await.is(401, "consent.request-refused");
    ask(&mut browser, json!({ "action": "sale:opt-in" })).await.is(422, "input.invalid");
    let email = "anna@example.com";
    ask(&mut browser, json!({ "action": "access", "email": email, "code": "12345678" }))
        .await
        .is(401, "consent.request-refused");
    browser.post("/api/data-requests/codes", &json!({ "email": "nobody" })).await.is(422, "");
    browser.post("/api/data-requests/codes", &json!({ "email": email })).await.is(204, "");
    let code = code(&place, email);
    // Another address cannot use it, and a wrong one is counted.
    ask(&mut browser, json!({ "action": "access", "email": "eve@example.com", "code": code }))
        .await
        .is(401, "consent.request-refused");
    let wrong = if code == "00000000" { "00000001" } else { "00000000" };
    ask(&mut browser, json!({ "action": "access", "email": email, "code": wrong }))
        .await
        .is(401, "consent.request-refused");
    let spaced = format!("{} {}", &code[..4], &code[4..]);
    let request =
        ask(&mut browser, json!({ "action": "access", "email": email, "code": spaced, "region": "IE" }))
            .await
            .is(201, "")
            .json();
    assert_eq!((&request["regime"], &request["source"]), (&json!("gdpr"), &json!("GDPR Article 12(3)")));
    ask(&mut browser, json!({ "action": "access", "email": email, "code": code }))
        .await
        .is(401, "consent.request-refused");
    // Five wrong ones end it.
    browser.post("/api/data-requests/codes", &json!({ "email": email })).await.is(204, "");
    let code = self::code(&place, email);
    let wrong = if code == "00000000" { "00000001" } else { "00000000" };
    for _ in 0..5 {
        ask(&mut browser, json!({ "action": "access", "email": email, "code": wrong }))
            .await
            .is(401, "consent.request-refused");
    }
    ask(&mut browser, json!({ "action": "access", "email": email, "code": code }))
        .await
        .is(401, "consent.request-refused");
    // Too many messages to one person are not sent, whoever asks.
    for _ in 0..3 {
        browser.post("/api/data-requests/codes", &json!({ "email": email })).await.is(204, "");
    }
    browser
        .post("/api/data-requests/codes", &json!({ "email": email }))
        .await
        .is(429, "shop.too-many-requests");
}

#[tokio::test]
async fn an_old_sign_in_takes_no_copy_and_deletes_nothing() {
    let place = Place::open().await;
    let email = "anna@example.com";
    let mut anna = place.member(email).await;
    let rows = place.shop_rows().await;
    place.age(301).await;
    for action in ["access", "portability", "deletion"] {
        ask(&mut anna, json!({ "action": action })).await.is(401, "shop.sign-in-again");
    }
    ask(&mut anna, json!({ "action": "deletion", "email": email, "code": "00000000" }))
        .await
        .is(401, "consent.request-refused");
    assert_eq!(rows.count("SELECT COUNT(*) FROM accounts").await, 1);
    ask(&mut anna, json!({ "action": "sale:opt-out" })).await.is(201, "");
    anna.post("/api/data-requests/codes", &json!({ "email": email })).await.is(204, "");
    let code = code(&place, email);
    ask(&mut anna, json!({ "action": "deletion", "email": email, "code": code })).await.is(201, "");
    assert_eq!(rows.count("SELECT COUNT(*) FROM accounts").await, 0);
}

#[tokio::test]
async fn a_copy_holds_what_is_kept_of_this_person_alone() {
    let place = Place::open().await;
    let mut anna = place.member("anna@example.com").await;
    let mut other = place.member("eve@example.com").await;
    let order = crate::place::order(&mut anna).await;
    crate::place::order(&mut other).await;
    for action in ["access", "portability"] {
        let request = ask(&mut anna, json!({ "action": action })).await.is(201, "").json();
        assert_eq!(request["status"], "fulfilled");
        let copy = anna.get(request["results_url"].as_str().unwrap()).await.is(200, "");
        let data = copy.json();
        assert_eq!(data["account"][0]["email"], "anna@example.com");
        assert_eq!(data["orders"].as_array().unwrap().len(), 1);
        assert_eq!(data["orders"][0]["id"], order["id"]);
        assert!(!copy.text.contains("eve@example.com") && !copy.text.contains("argon2"), "{}", copy.text);
    }
    // A request for something else has no copy, and a request that nobody made is not there.
    let request = ask(&mut anna, json!({ "action": "correction", "detail": "Ann" })).await.is(201, "").json();
    let id = request["request_id"].as_str().unwrap();
    assert_eq!((&request["status"], request.get("results_url")), (&json!("open"), None));
    anna.get(&format!("/api/data-requests/{id}/data")).await.is(404, "server.not-found");
    anna.get("/api/data-requests/00000000000000000000000000000000").await.is(404, "server.not-found");
    ask(&mut anna, json!({ "action": "correction" })).await.is(422, "input.invalid");
    let listed = anna.get("/api/data-requests").await.is(200, "").json();
    assert_eq!(listed["requests"].as_array().unwrap().len(), 3);
    assert_eq!(other.get("/api/data-requests").await.is(200, "").json()["requests"], json!([]));
    place.browser().get("/api/data-requests").await.is(401, "shop.sign-in-needed");
    let revoked = anna.delete(&format!("/api/data-requests/{id}")).await.is(200, "").json();
    assert_eq!(revoked["status"], "revoked");
    anna.delete(&format!("/api/data-requests/{id}")).await.is(404, "server.not-found");
}

#[tokio::test]
async fn deletion_takes_the_account_and_leaves_no_name_in_the_request() {
    let place = Place::open().await;
    let mut anna = place.member("anna@example.com").await;
    ask(&mut anna, json!({ "action": "access" })).await.is(201, "");
    let request = ask(&mut anna, json!({ "action": "deletion" })).await.is(201, "").json();
    assert_eq!(request["status"], "fulfilled");
    let session = anna.get("/api/session").await.is(200, "").json();
    assert_eq!(session["signed_in"], false, "{session}");
    place
        .browser()
        .post("/api/session", &json!({ "email": "anna@example.com", "password": PASSWORD }))
        .await
        .is(401, "shop.sign-in-failed");
    let rows = place.shop_rows().await;
    assert_eq!(rows.count("SELECT COUNT(*) FROM accounts").await, 0);
    assert_eq!(
        rows.count("SELECT COUNT(*) FROM data_requests WHERE account IS NOT NULL OR email IS NOT NULL").await,
        0
    );
    assert_eq!(
        rows.count("SELECT COUNT(*) FROM data_requests WHERE action = 'deletion' AND email IS NULL").await,
        1
    );
}
