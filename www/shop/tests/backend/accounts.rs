//! Accounts and sessions.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::place::{PASSWORD, Place};

#[tokio::test]
async fn a_visitor_signs_up_out_and_in_again() {
    let place = Place::open().await;
    let mut browser = place.member("Anna@Example.com").await;
    let session = browser.get("/api/session").await.json();
    assert_eq!(session["email"], "anna@example.com");
    assert_eq!(session["signed_in"], true);
    browser.delete("/api/session").await.is(204, "");
    assert_eq!(browser.get("/api/session").await.json(), json!({ "signed_in": false }));
    let body = json!({ "email": "ANNA@example.com", "password": PASSWORD });
    assert_eq!(browser.post("/api/session", &body).await.is(200, "").json()["name"], "Anna");
    browser.form("/sign-out", &[]).await.leads_to("/");
    assert_eq!(browser.cookie, None);
}

#[tokio::test]
async fn signing_in_rotates_the_session_and_keeps_the_cart() {
    let place = Place::open().await;
    place.member("anna@example.com").await;
    let (mut browser, order) = place.shopper().await;
    let before = browser.cookie.clone().unwrap();
    let form = [("email", "anna@example.com"), ("password", PASSWORD)];
    let reply = browser.form("/sign-in", &form).await.leads_to("/account?offer=passkey");
    let cookie = reply.header("set-cookie");
    assert!(cookie.contains("; HttpOnly; SameSite=Lax") && cookie.contains("; Path=/;"), "{cookie}");
    assert!(!cookie.contains("Secure"));
    assert_ne!(browser.cookie.as_ref(), Some(&before));
    assert_eq!(browser.post("/api/orders", &json!({})).await.is(201, "").json()["id"], order["id"]);
    let mut former = place.browser();
    former.cookie = Some(before);
    assert_eq!(former.get("/api/session").await.json()["signed_in"], false);
    former.get(&format!("/api/orders/{}", order["id"].as_str().unwrap())).await.is(404, "server.not-found");
}

#[tokio::test]
async fn the_password_policy_is_enforced_on_the_server() {
    let place = Place::open().await;
    let mut browser = place.browser();
    for (password, code) in [
        ("", "password.empty"),
        ("kettles", "password.too-short"),
        ("passwordpassword", "password.common"),
        ("anna.schmidt@example.com", "password.context"),
        (&"x".repeat(257), "password.too-long"),
    ] {
        let body =
            json!({ "email": "anna.schmidt@example.com", "name": "Anna Schmidt", "password": password });
        let reply = browser.post("/api/accounts", &body).await.is(422, code);
        assert_eq!(reply.json()["field"], "password");
        assert!(password.is_empty() || !reply.text.contains(password));
    }
    assert_eq!(place.shop_rows().await.count("SELECT COUNT(*) FROM accounts").await, 0);
}

#[tokio::test]
async fn a_changed_password_ends_every_other_session() {
    const NEW: &str = "nine jugs on a long shelf";
    let place = Place::open().await;
    let mut browser = place.member("anna@example.com").await;
    let mut other = place.browser();
    other
        .post("/api/session", &json!({ "email": "anna@example.com", "password": PASSWORD }))
        .await
        .is(200, "");
    let before = browser.cookie.clone();
    let body = json!({ "current": PASSWORD, "password": NEW });
    let session = browser.post("/api/account/password", &body).await.is(200, "").json();
    assert_eq!(session["email"], "anna@example.com");
    assert_ne!(browser.cookie, before);
    let mut former = place.browser();
    former.cookie = before;
    for ended in [&mut other, &mut former] {
        assert_eq!(ended.get("/api/session").await.json()["signed_in"], false);
    }
    assert_eq!(browser.get("/api/session").await.json()["signed_in"], true);
    let sign_in = |password: &str| json!({ "email": "anna@example.com", "password": password });
    place.browser().post("/api/session", &sign_in(PASSWORD)).await.is(401, "shop.sign-in-failed");
    place.browser().post("/api/session", &sign_in(NEW)).await.is(200, "");
}

#[tokio::test]
async fn a_password_is_changed_by_form_and_refused_by_the_policy() {
    let place = Place::open().await;
    let mut browser = place.member("anna@example.com").await;
    for (current, password, code, field) in [
        ("not the right password", "nine jugs on a long shelf", "shop.password-wrong", "current"),
        (PASSWORD, "kettles", "password.too-short", "password"),
        (PASSWORD, "passwordpassword", "password.common", "password"),
        (PASSWORD, "anna.anna@example.com", "password.context", "password"),
    ] {
        let body = json!({ "current": current, "password": password });
        let reply = browser.post("/api/account/password", &body).await.is(422, code);
        assert_eq!(reply.json()["field"], field);
        let form = [("current", current), ("password", password)];
        let page = browser.form("/account/password", &form).await.is(422, "").text;
        assert!(page.contains("aria-invalid=\"true\"") && !page.contains(password), "{code}");
    }
    let form = [("current", PASSWORD), ("password", "nine jugs on a long shelf")];
    browser.form("/account/password", &form).await.leads_to("/account?notice=password-changed");
    assert!(browser.get("/account?notice=password-changed").await.text.contains("Your password is changed"));
}

#[tokio::test]
async fn a_current_password_is_tried_as_often_as_for_signing_in() {
    let place = Place::open().await;
    let mut browser = place.member("anna@example.com").await;
    let body = json!({ "current": "not the right password", "password": "nine jugs on a long shelf" });
    for _ in 0..10 {
        browser.post("/api/account/password", &body).await.is(422, "shop.password-wrong");
    }
    browser.post("/api/account/password", &body).await.is(429, "shop.too-many-requests");
    let mut guest = place.browser();
    guest.post("/api/account/password", &body).await.is(401, "shop.sign-in-needed");
    guest.form("/account/password", &[("current", ""), ("password", "")]).await.leads_to("/sign-in");
}

#[tokio::test]
async fn one_address_has_one_account() {
    let place = Place::open().await;
    place.member("anna@example.com").await;
    let body = json!({ "email": "ANNA@example.com", "name": "Else", "password": PASSWORD });
    place.browser().post("/api/accounts", &body).await.is(409, "shop.email-taken");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_look_and_take_the_same() {
    let place = Place::open().await;
    place.member("anna@example.com").await;
    let mut shortest = [Duration::MAX; 2];
    let mut texts = [String::new(), String::new()];
    for _ in 0..5 {
        for (index, email) in ["anna@example.com", "nobody@example.com"].into_iter().enumerate() {
            let start = Instant::now();
            let body = json!({ "email": email, "password": "not the right password" });
            let reply = place.browser().post("/api/session", &body).await.is(401, "shop.sign-in-failed");
            shortest[index] = shortest[index].min(start.elapsed());
            texts[index] = reply.text;
        }
    }
    assert_eq!(texts[0], texts[1]);
    let ratio = shortest[0].as_secs_f64() / shortest[1].as_secs_f64();
    assert!((0.5..2.0).contains(&ratio), "{shortest:?}");
}

#[tokio::test]
async fn passwords_and_tokens_are_stored_as_digests() {
    let place = Place::open().await;
    let browser = place.member("anna@example.com").await;
    let rows = place.shop_rows().await;
    let argon2 = "SELECT COUNT(*) FROM accounts WHERE password LIKE '$argon2id$v=19$m=19456,t=2,p=1$%'";
    assert_eq!(rows.count(argon2).await, 1);
    let token = browser.cookie.unwrap().replace("shop_session=", "");
    let stored =
        sqlx::query("SELECT id FROM sessions WHERE token = $1").bind(token).fetch_all(rows.0.pool()).await;
    assert!(stored.unwrap().is_empty());
}

#[tokio::test]
async fn sessions_are_listed_and_revoked_by_their_owner_alone() {
    let place = Place::open().await;
    let mut first = place.member("anna@example.com").await;
    let mut second = place.browser();
    let body = json!({ "email": "anna@example.com", "password": PASSWORD });
    second.post("/api/session", &body).await.is(200, "");
    let sessions = first.get("/api/sessions").await.is(200, "").json();
    let sessions = sessions["sessions"].as_array().unwrap().clone();
    assert_eq!(sessions.len(), 2);
    assert_eq!(sessions[0]["device"], "Firefox on Linux");
    let other = sessions.iter().find(|session| session["current"] == false).unwrap()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut stranger = place.member("eve@example.com").await;
    stranger.delete(&format!("/api/sessions/{other}")).await.is(404, "server.not-found");
    assert_eq!(second.get("/api/session").await.json()["signed_in"], true);
    first.form(&format!("/account/sessions/{other}/revoke"), &[]).await.leads_to("/account?notice=revoked");
    assert_eq!(second.get("/api/session").await.json()["signed_in"], false);
    second.get("/api/sessions").await.is(401, "shop.sign-in-needed");
}

#[tokio::test]
async fn an_expired_session_is_none_and_is_swept() {
    let place = Place::open().await;
    let mut browser = place.member("anna@example.com").await;
    let rows = place.shop_rows().await;
    rows.run("UPDATE sessions SET expires_at = 1").await;
    assert_eq!(browser.get("/api/session").await.json()["signed_in"], false);
    storefront_shop::Shop::open(place.config.clone()).await.unwrap().sweep().await.unwrap();
    assert_eq!(rows.count("SELECT COUNT(*) FROM sessions").await, 0);
}
