//! Passkeys: webauthn-rs as relying party, ceremonies in the database.

use axum::http::Method;
use serde_json::json;

use crate::authenticator::Authenticator;
use crate::browser::Browser;
use crate::place::{PASSWORD, Place};

const REGISTRATION: &str = "/api/passkeys/registration";
const AUTHENTICATION: &str = "/api/passkeys/authentication";

async fn add_passkey(browser: &mut Browser, name: &str) -> Authenticator {
    let options = browser.post("/api/passkeys/registration/options", &json!({})).await.is(200, "").json();
    let (authenticator, credential) = Authenticator::create(&options, &browser.origin);
    let body = json!({ "ceremony": options["ceremony"], "credential": credential, "name": name });
    let passkey = browser.post(REGISTRATION, &body).await.is(201, "").json();
    assert_eq!(passkey["id"], authenticator.id());
    assert_eq!(passkey["name"], name);
    authenticator
}

#[tokio::test]
async fn a_passkey_is_added_and_signs_in() {
    let place = Place::open().await;
    let mut member = place.member("anna@example.com").await;
    let mut authenticator = add_passkey(&mut member, "Laptop").await;
    let mut browser = place.browser();
    let options = browser.post("/api/passkeys/authentication/options", &json!({})).await.is(200, "").json();
    assert_eq!(options["publicKey"]["userVerification"], "required");
    let before = browser.cookie.clone();
    let body = json!({ "ceremony": options["ceremony"], "credential": authenticator.get(&options) });
    let session = browser.post(AUTHENTICATION, &body).await.is(200, "").json();
    assert_eq!(session["email"], "anna@example.com");
    assert_ne!(browser.cookie, before);
    let passkeys = browser.get("/api/passkeys").await.is(200, "").json();
    assert!(passkeys["passkeys"][0]["last_used_at"].is_i64());
    let counted = "SELECT COUNT(*) FROM passkeys WHERE credential LIKE '%\"counter\":1,%'";
    assert_eq!(place.shop_rows().await.count(counted).await, 1);
}

#[tokio::test]
async fn options_ask_for_a_discoverable_verified_passkey_once_each() {
    let place = Place::open().await;
    let mut member = place.member("anna@example.com").await;
    let authenticator = add_passkey(&mut member, "Laptop").await;
    let options = member.post("/api/passkeys/registration/options", &json!({})).await.is(200, "").json();
    let options = &options["publicKey"];
    assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
    assert_eq!(options["authenticatorSelection"]["requireResidentKey"], true);
    assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
    assert_eq!(options["rp"]["id"], "localhost");
    assert_eq!(options["rp"]["name"], "Hob & Rim");
    assert_eq!(options["excludeCredentials"][0]["id"], authenticator.id());
    assert!(!options["user"]["id"].as_str().unwrap().contains("anna"));
}

#[tokio::test]
async fn registration_needs_somebody_signed_in() {
    let place = Place::open().await;
    let mut browser = place.browser();
    browser.post("/api/passkeys/registration/options", &json!({})).await.is(401, "shop.sign-in-needed");
    browser.get("/api/passkeys").await.is(401, "shop.sign-in-needed");
}

#[tokio::test]
async fn a_ceremony_is_for_one_session_and_one_time() {
    let place = Place::open().await;
    let mut member = place.member("anna@example.com").await;
    let mut authenticator = add_passkey(&mut member, "Laptop").await;
    let mut browser = place.browser();
    let options = browser.post("/api/passkeys/authentication/options", &json!({})).await.json();
    let body = json!({ "ceremony": options["ceremony"], "credential": authenticator.get(&options) });

    let mut other = place.browser();
    other.post("/api/passkeys/authentication/options", &json!({})).await.is(200, "");
    other.post(AUTHENTICATION, &body).await.is(409, "shop.ceremony-unknown");

    let mut tabs: Vec<_> = (0..4).map(|_| browser.at(&place.address)).collect();
    let [a, b, c, d] = tabs.as_mut_slice() else { unreachable!() };
    let (a, b, c, d) = tokio::join!(
        a.post(AUTHENTICATION, &body),
        b.post(AUTHENTICATION, &body),
        c.post(AUTHENTICATION, &body),
        d.post(AUTHENTICATION, &body),
    );
    let won = [&a, &b, &c, &d].iter().filter(|reply| reply.status == 200).count();
    assert_eq!(won, 1, "{}", [a.text, b.text, c.text, d.text].join("\n"));
}

#[tokio::test]
async fn a_failed_or_late_answer_ends_its_ceremony() {
    let place = Place::open().await;
    let mut member = place.member("anna@example.com").await;
    let mut authenticator = add_passkey(&mut member, "Laptop").await;
    let mut browser = place.browser();
    let options = browser.post("/api/passkeys/authentication/options", &json!({})).await.json();
    let credential = authenticator.get(&options);
    let mut forged = credential.clone();
    forged["response"]["signature"] = json!("MAYCAQECAQE");
    let body = json!({ "ceremony": options["ceremony"], "credential": forged });
    browser.post(AUTHENTICATION, &body).await.is(422, "passkey.response-invalid");
    let body = json!({ "ceremony": options["ceremony"], "credential": credential });
    browser.post(AUTHENTICATION, &body).await.is(409, "shop.ceremony-unknown");

    let options = browser.post("/api/passkeys/authentication/options", &json!({})).await.json();
    place.shop_rows().await.run("UPDATE ceremonies SET expires_at = 1").await;
    let body = json!({ "ceremony": options["ceremony"], "credential": authenticator.get(&options) });
    browser.post(AUTHENTICATION, &body).await.is(409, "shop.ceremony-unknown");
}

#[tokio::test]
async fn two_instances_serve_one_ceremony_between_them() {
    let place = Place::open().await;
    let second = place.second_instance().await;
    let mut member = place.member("anna@example.com").await;
    let options = member.post("/api/passkeys/registration/options", &json!({})).await.is(200, "").json();
    let (mut authenticator, credential) = Authenticator::create(&options, &member.origin);
    let body = json!({ "ceremony": options["ceremony"], "credential": credential });
    let mut elsewhere = member.at(&second);
    elsewhere.post(REGISTRATION, &body).await.is(201, "");
    member.post(REGISTRATION, &body).await.is(409, "shop.ceremony-unknown");

    let mut browser = Browser::new(&second, &place.config.origin);
    let options = browser.post("/api/passkeys/authentication/options", &json!({})).await.is(200, "").json();
    let body = json!({ "ceremony": options["ceremony"], "credential": authenticator.get(&options) });
    let mut first = browser.at(&place.address);
    first.post(AUTHENTICATION, &body).await.is(200, "");
    browser.post(AUTHENTICATION, &body).await.is(401, "shop.sign-in-needed");
    assert_eq!(first.at(&second).get("/api/session").await.json()["email"], "anna@example.com");
}

#[tokio::test]
async fn passkeys_are_renamed_and_removed_by_their_owner_alone() {
    let place = Place::open().await;
    let mut member = place.member("anna@example.com").await;
    let mut authenticator = add_passkey(&mut member, "Laptop").await;
    let path = format!("/api/passkeys/{}", authenticator.id());
    let rename = json!({ "name": "Work laptop" }).to_string();
    let mut stranger = place.member("eve@example.com").await;
    stranger.send(Method::PATCH, &path, "application/json", &rename).await.is(404, "server.not-found");
    stranger.delete(&path).await.is(404, "server.not-found");
    let renamed = member.send(Method::PATCH, &path, "application/json", &rename).await.is(200, "").json();
    assert_eq!(renamed["name"], "Work laptop");
    member.delete(&path).await.is(204, "");
    member.delete(&path).await.is(404, "server.not-found");

    let mut browser = place.browser();
    let options = browser.post("/api/passkeys/authentication/options", &json!({})).await.json();
    let body = json!({ "ceremony": options["ceremony"], "credential": authenticator.get(&options) });
    browser.post(AUTHENTICATION, &body).await.is(401, "passkey.credential-unknown");

    let authenticator = add_passkey(&mut member, "Phone").await;
    let path = format!("/account/passkeys/{}/remove", authenticator.id());
    member.form(&path, &[]).await.leads_to("/account?notice=passkey-removed");
    assert_eq!(member.get("/api/passkeys").await.json()["passkeys"], json!([]));
}

#[tokio::test]
async fn a_passkey_is_offered_after_a_password_until_there_is_one_or_the_owner_says_not_now() {
    const OFFER: &str = "/account?offer=passkey";
    let place = Place::open().await;
    let fields = [("email", "anna@example.com"), ("password", PASSWORD)];
    let offered = |text: &str| text.contains("id=\"passkey-offer\"");

    let mut member = place.member("anna@example.com").await;
    assert!(!offered(&member.get("/account").await.is(200, "").text), "only after a password");
    let mut browser = place.browser();
    browser.form("/sign-in", &fields).await.leads_to(OFFER);
    assert!(offered(&browser.get(OFFER).await.is(200, "").text));

    browser.form("/account/passkey-offer", &[]).await.leads_to("/account?notice=passkey-declined");
    assert!(!offered(&browser.get(OFFER).await.is(200, "").text), "the address alone makes no offer");
    place.browser().form("/sign-in", &fields).await.leads_to("/account");

    let fields = [("email", "bea@example.com"), ("password", PASSWORD)];
    let mut member = place.member("bea@example.com").await;
    add_passkey(&mut member, "Laptop").await;
    place.browser().form("/sign-in", &fields).await.leads_to("/account");
    place.browser().form("/account/passkey-offer", &[]).await.leads_to("/sign-in");
}

#[tokio::test]
async fn a_database_that_is_away_mid_ceremony_leaves_nothing_half_written() {
    let place = Place::open().await;
    let mut member = place.member("anna@example.com").await;
    let options = member.post("/api/passkeys/registration/options", &json!({})).await.is(200, "").json();
    let (_, credential) = Authenticator::create(&options, &member.origin);
    let body = json!({ "ceremony": options["ceremony"], "credential": credential });
    let rows = place.shop_rows().await;

    rows.run("ALTER TABLE passkeys RENAME TO away").await;
    let reply = member.post(REGISTRATION, &body).await;
    assert!(reply.status.is_server_error(), "{}", reply.status);
    assert_eq!(reply.json()["code"], "server.failed");
    rows.run("ALTER TABLE away RENAME TO passkeys").await;

    assert_eq!(rows.count("SELECT COUNT(*) FROM passkeys").await, 0);
    member.post(REGISTRATION, &body).await.is(409, "shop.ceremony-unknown");
    add_passkey(&mut member, "Laptop").await;
}
