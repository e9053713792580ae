//! What holds for every request and every response.

use axum::http::{HeaderValue, Method};
use serde_json::json;

use crate::browser::Browser;
use crate::place::{PASSWORD, Place};

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    connect-src 'self'; img-src 'self'; form-action 'self'; require-trusted-types-for 'script'; \
    trusted-types storefront-privacy; base-uri 'none'; frame-ancestors 'none'; frame-src 'none'; \
    worker-src 'self'; object-src 'none'";

#[tokio::test]
async fn every_response_carries_the_headers() {
    let place = Place::with(|config| config.tracker = None).await;
    let mut browser = place.browser();
    for path in
        ["/", "/api/session", "/api/orders/none", "/nowhere", "/privacy.json", "/cart", "/api/nowhere"]
    {
        let reply = browser.get(path).await;
        assert_eq!(reply.header("content-security-policy"), POLICY, "{path}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(reply.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert!(reply.header("permissions-policy").contains("publickey-credentials-get=(self)"), "{path}");
        assert!(!reply.header("cache-control").is_empty(), "{path}");
        assert_eq!(reply.header("strict-transport-security"), "", "{path}");
    }
    assert_eq!(browser.get("/cart").await.header("cache-control"), "private, no-cache");
    assert_eq!(browser.get("/api/session").await.header("cache-control"), "no-store");
}

#[tokio::test]
async fn over_tls_cookies_are_secure_and_hsts_is_sent() {
    let place = Place::with(|config| "https://shop.example".clone_into(&mut config.origin)).await;
    let mut browser = place.browser();
    let reply = browser
        .form("/cart", &[("product", "kettle"), ("quantity", "1")])
        .await
        .leads_to("/cart?notice=added");
    assert!(reply.header("set-cookie").ends_with("; Secure"));
    assert!(reply.header("strict-transport-security").starts_with("max-age=63072000"));
}

#[tokio::test]
async fn nothing_changes_by_a_request_from_elsewhere() {
    let place = Place::open().await;
    let mut browser = place.member("anna@example.com").await;
    let cases: [(&'static str, &'static str); 6] = [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", ""),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "http://localhost"),
    ];
    for (name, value) in cases {
        browser.headers.clear();
        browser.headers.insert(name, HeaderValue::from_static(value));
        browser.delete("/api/session").await.is(403, "shop.origin-refused");
        let page = browser.form("/sign-out", &[]).await.is(403, "");
        assert!(page.header("content-type").starts_with("text/html"));
    }
    browser.headers.clear();
    assert_eq!(browser.get("/api/session").await.json()["signed_in"], true);
    // Browsers of before 2020 do not say where a request comes from beyond its origin.
    browser.headers.insert("sec-fetch-site", HeaderValue::from_static(""));
    browser.delete("/api/session").await.is(204, "");
}

#[tokio::test]
async fn bodies_are_bounded_and_of_their_media_type() {
    let place = Place::open().await;
    let mut browser = place.browser();
    let long = json!({ "email": "a".repeat(40_000), "password": "x" }).to_string();
    browser.send(Method::POST, "/api/session", "application/json", &long).await.is(413, "input.too-long");
    browser.send(Method::POST, "/api/session", "text/plain", "{}").await.is(415, "input.invalid");
    let reply =
        browser.send(Method::POST, "/api/session", "application/json", "{\"password\":\"geheim\"").await;
    assert!(!reply.is(400, "input.invalid").text.contains("geheim"));
    browser.send(Method::POST, "/api/session", "application/json", "[]").await.is(400, "input.invalid");
    browser
        .send(Method::PUT, "/api/session", "application/json", "{}")
        .await
        .is(405, "server.method-not-allowed");
    let long = "n".repeat(101);
    for (field, value) in [("email", "anna"), ("name", ""), ("name", &long)] {
        let mut body = json!({ "email": "anna@example.com", "name": "Anna", "password": PASSWORD });
        body[field] = json!(value);
        let reply = browser.post("/api/accounts", &body).await;
        assert_eq!((reply.status.as_u16(), &reply.json()["field"]), (422, &json!(field)));
    }
}

#[tokio::test]
async fn guesses_at_a_password_are_counted_over_every_instance() {
    let place = Place::open().await;
    let second = place.second_instance().await;
    place.member("anna@example.com").await;
    let body = json!({ "email": "anna@example.com", "password": "a guess at a password" });
    for attempt in 0..10 {
        let address = if attempt % 2 == 0 { &place.address } else { &second };
        Browser::new(address, &place.config.origin)
            .post("/api/session", &body)
            .await
            .is(401, "shop.sign-in-failed");
    }
    let body = json!({ "email": " Anna@example.com", "password": PASSWORD });
    let reply = place.browser().post("/api/session", &body).await.is(429, "shop.too-many-requests");
    assert!((1..=660).contains(&reply.header("retry-after").parse().unwrap()));
    let form = [("email", "anna@example.com"), ("password", PASSWORD)];
    let page = Browser::new(&second, &place.config.origin).form("/sign-in", &form).await.is(429, "");
    assert!(page.text.contains("Too many attempts"));
    let rows = place.shop_rows().await;
    assert_eq!(rows.count("SELECT COUNT(*) FROM rate_limits WHERE subject LIKE '%@%'").await, 0);
}

#[tokio::test]
async fn guesses_of_the_ten_minutes_before_still_count_and_refused_ones_do_not() {
    let place = Place::open().await;
    place.member("anna@example.com").await;
    let body = json!({ "email": "anna@example.com", "password": "a guess at a password" });
    place.browser().post("/api/session", &body).await.is(401, "shop.sign-in-failed");
    let rows = place.shop_rows().await;
    // So many that those of the last second alone are too many, whatever the time is.
    rows.run("UPDATE rate_limits SET slot = slot - 1, hits = 100000 WHERE action = 'sign-in'").await;
    place.browser().post("/api/session", &body).await.is(429, "shop.too-many-requests");
    assert_eq!(rows.count("SELECT COUNT(*) FROM rate_limits WHERE action = 'sign-in'").await, 1);
    rows.run("UPDATE rate_limits SET slot = slot - 1 WHERE action = 'sign-in'").await;
    place.browser().post("/api/session", &body).await.is(401, "shop.sign-in-failed");
}

#[tokio::test]
async fn other_actions_are_counted_too() {
    let place = Place::open().await;
    let mut browser = place.browser();
    let rows = place.shop_rows().await;
    browser.post("/api/passkeys/authentication/options", &json!({})).await.is(200, "");
    browser
        .post("/api/accounts", &json!({ "email": "a@b.c", "name": "A", "password": "" }))
        .await
        .is(422, "");
    browser.post("/api/consent-records", &json!({})).await.is(422, "");
    rows.run("UPDATE rate_limits SET hits = 100000").await;
    browser.post("/api/passkeys/authentication/options", &json!({})).await.is(429, "shop.too-many-requests");
    browser
        .post("/api/accounts", &json!({ "email": "a@b.c", "name": "A", "password": "" }))
        .await
        .is(429, "");
    browser.post("/api/consent-records", &json!({})).await.is(429, "shop.too-many-requests");
}
