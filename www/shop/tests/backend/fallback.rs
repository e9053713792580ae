//! Signing in without a passkey: codes of an authenticator, codes by mail, recovery codes; what each needs and refuses.

use serde_json::{Value, json};
use storefront_privacy::passkey::fallback::otp::{Secret, Totp};
use storefront_service::clock;

use crate::authenticator::Authenticator;
use crate::browser::Browser;
use crate::place::{PASSWORD, Place};

impl Place {
    /// The code of the last message to an address.
    fn code(&self, to: &str) -> String {
        let last = self.mail(to).pop().expect("a message");
        let subject = last.lines().find_map(|line| line.strip_prefix("Subject: ")).unwrap().to_owned();
        subject.chars().filter(char::is_ascii_digit).collect()
    }
}

fn now() -> u64 {
    u64::try_from(clock::seconds()).unwrap()
}

/// Sets up an authenticator; gives it, with the step that was used.
async fn with_authenticator(member: &mut Browser) -> (Totp, u64) {
    let enrolment = member.post("/api/totp/enrolment", &json!({})).await.is(200, "").json();
    let totp = Totp::new(Secret::parse(enrolment["secret"].as_str().unwrap()).unwrap());
    let at = now();
    member.post("/api/totp", &json!({ "code": totp.code(at) })).await.is(204, "");
    (totp, at / 30)
}

fn credentials(email: &str) -> Value {
    json!({ "email": email, "password": PASSWORD })
}

fn way(methods: &Value, name: &str) -> Value {
    methods["methods"].as_array().unwrap().iter().find(|way| way["method"] == name).unwrap().clone()
}

#[tokio::test]
async fn an_authenticator_is_the_second_step_after_a_password() {
    let place = Place::open().await;
    let mut member = place.member("anna@example.com").await;
    let (totp, used) = with_authenticator(&mut member).await;
    let methods = member.get("/api/sign-in-methods").await.is(200, "").json();
    assert_eq!(way(&methods, "totp")["count"], 1);
    assert_eq!(way(&methods, "totp")["phishing_resistant"], false);

    let mut browser = place.browser();
    let reply = browser.post("/api/session", &credentials("anna@example.com")).await.is(200, "").json();
    assert_eq!(reply, json!({ "signed_in": false, "next": "/sign-in/second-step" }));
    assert_eq!(browser.get("/api/session").await.json()["signed_in"], false);
    browser.get("/account").await.leads_to("/sign-in");
    browser
        .post("/api/sign-in/second-step", &json!({ "code": "000 000" }))
        .await
        .is(401, "shop.code-refused");
    browser.post("/api/sign-in/second-step", &json!({ "code": "1234" })).await.is(422, "otp.code-invalid");
    // The code that set it up is used, and the next one works, with a space in it.
    let code = totp.code(used * 30);
    browser.post("/api/sign-in/second-step", &json!({ "code": code })).await.is(401, "shop.code-used");
    let next = totp.code((used + 1) * 30);
    let spaced = format!("{} {}", &next[..3], &next[3..]);
    let before = browser.cookie.clone();
    let reply = browser.post("/api/sign-in/second-step", &json!({ "code": spaced })).await.is(200, "").json();
    assert_eq!(reply["signed_in"], true);
    assert_ne!(browser.cookie, before);

    // The same code opens no second browser, on any instance of the shop.
    let mut other = place.browser().at(&place.second_instance().await);
    other.post("/api/session", &credentials("anna@example.com")).await.is(200, "");
    other.post("/api/sign-in/second-step", &json!({ "code": next })).await.is(401, "shop.code-used");
}

#[tokio::test]
async fn one_code_opens_one_of_many_browsers_at_once() {
    let place = Place::open().await;
    let mut member = place.member("anna@example.com").await;
    let (totp, used) = with_authenticator(&mut member).await;
    let code = totp.code((used + 1) * 30);
    let mut browsers = Vec::new();
    for _ in 0..6 {
        let mut browser = place.browser();
        browser.post("/api/session", &credentials("anna@example.com")).await.is(200, "");
        browsers.push(browser);
    }
    let tries = browsers.into_iter().map(|mut browser| {
        let body = json!({ "code": code });
        tokio::spawn(async move { browser.post("/api/sign-in/second-step", &body).await.status.as_u16() })
    });
    let mut statuses = Vec::new();
    for attempt in tries.collect::<Vec<_>>() {
        statuses.push(attempt.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401, 401, 401, 401, 401]);
}

#[tokio::test]
async fn guesses_are_counted_whatever_the_browser_and_survive_a_restart() {
    let place = Place::open().await;
    let mut member = place.member("anna@example.com").await;
    with_authenticator(&mut member).await;
    let mut address = place.address.clone();
    for attempt in 0..10 {
        if attempt == 5 {
            address = place.second_instance().await;
        }
        let mut browser = place.browser().at(&address);
        browser.post("/api/session", &credentials("anna@example.com")).await.is(200, "");
        let status = browser.post("/api/sign-in/second-step", &json!({ "code": "000000" })).await;
        // One was spent on setting it up.
        if attempt < 9 {
            status.is(401, "shop.code-refused")
        } else {
            status.is(429, "shop.too-many-requests")
        };
        place.shop_rows().await.run("DELETE FROM rate_limits WHERE action = 'sign-in'").await;
    }
    let rows = place.shop_rows().await;
    rows.run("DELETE FROM rate_limits").await;
    rows.run("UPDATE totp SET failures = 100").await;
    let mut browser = place.browser();
    browser.post("/api/session", &credentials("anna@example.com")).await.is(200, "");
    browser.post("/api/sign-in/second-step", &json!({ "code": "000000" })).await.is(403, "shop.code-locked");
}

#[tokio::test]
async fn a_code_by_mail_works_once_and_in_the_browser_that_asked() {
    let place = Place::open().await;
    place.member("anna@example.com").await;
    let mut browser = place.browser();
    let waiting =
        browser.post("/api/sign-in/codes", &json!({ "email": "Anna@Example.com" })).await.is(202, "").json();
    assert_eq!((&waiting["email"], &waiting["digits"]), (&json!("anna@example.com"), &json!(8)));
    let code = place.code("anna@example.com");
    assert_eq!(code.len(), 8);
    let body = json!({ "code": code });
    let mut thief = place.browser();
    thief.post("/api/sign-in/codes/verification", &body).await.is(409, "shop.code-expired");
    thief.post("/api/sign-in/codes", &json!({ "email": "eve@example.com" })).await.is(202, "");
    thief.post("/api/sign-in/codes/verification", &body).await.is(401, "shop.code-refused");
    let reply = browser.post("/api/sign-in/codes/verification", &body).await.is(200, "").json();
    assert_eq!(reply["email"], "anna@example.com");
    browser.post("/api/sign-in/codes/verification", &body).await.is(409, "shop.code-expired");
    // Nothing that could be used is stored.
    let stored =
        place.shop_rows().await.count("SELECT COUNT(*) FROM email_codes WHERE account IS NOT NULL").await;
    assert_eq!(stored, 0);
}

#[tokio::test]
async fn an_address_without_an_account_gets_the_same_answer_and_another_letter() {
    let place = Place::open().await;
    place.member("anna@example.com").await;
    let mut texts = Vec::new();
    for email in ["anna@example.com", "nobody@example.com"] {
        let mut browser = place.browser();
        let mut waiting =
            browser.post("/api/sign-in/codes", &json!({ "email": email })).await.is(202, "").json();
        waiting
            .as_object_mut()
            .unwrap()
            .retain(|name, _| !name.ends_with("_at") && !name.ends_with("_in") && name != "email");
        texts.push(waiting);
        browser
            .post("/api/sign-in/codes/verification", &json!({ "code": "00000000" }))
            .await
            .is(401, "shop.code-refused");
    }
    assert_eq!(texts[0], texts[1]);
    let letters = place.mail("nobody@example.com");
    assert!(letters.len() == 1 && letters[0].contains("There is no account with it"), "{letters:?}");
}

#[tokio::test]
async fn a_code_by_mail_may_be_mistyped_five_times_extended_ten_times_and_sent_again() {
    let place = Place::open().await;
    place.member("anna@example.com").await;
    let rows = place.shop_rows().await;
    let mut browser = place.browser();
    let ask = json!({ "email": "anna@example.com" });
    browser.post("/api/sign-in/codes", &ask).await.is(202, "");
    // Asked twice at once, one is sent.
    browser.post("/api/sign-in/codes", &ask).await.is(202, "");
    assert_eq!(place.mail("anna@example.com").len(), 1);
    for count in 1..=10 {
        rows.run("UPDATE email_codes SET expires_at = expires_at - 500").await;
        let waiting = browser.post("/api/sign-in/codes/extension", &json!({})).await.is(200, "").json();
        assert!(waiting["expires_at"].as_i64().unwrap() >= clock::seconds() + 598);
        assert_eq!(waiting["extendable"], count < 10);
    }
    browser.post("/api/sign-in/codes/extension", &json!({})).await.is(409, "shop.code-expired");
    for _ in 0..5 {
        browser
            .post("/api/sign-in/codes/verification", &json!({ "code": "00000000" }))
            .await
            .is(401, "shop.code-refused");
    }
    let code = json!({ "code": place.code("anna@example.com") });
    browser.post("/api/sign-in/codes/verification", &code).await.is(409, "shop.code-expired");
    rows.run("UPDATE email_codes SET sent_at = sent_at - 31").await;
    browser.post("/api/sign-in/codes", &ask).await.is(202, "");
    assert_eq!(place.mail("anna@example.com").len(), 2);
    rows.run("UPDATE email_codes SET expires_at = 1").await;
    let code = json!({ "code": place.code("anna@example.com") });
    browser.post("/api/sign-in/codes/verification", &code).await.is(409, "shop.code-expired");
    for attempt in 3..=5 {
        let mut browser = place.browser();
        browser.post("/api/sign-in/codes", &ask).await;
        assert_eq!(place.mail("anna@example.com").len(), attempt.min(4));
    }
}

#[tokio::test]
async fn a_code_by_mail_does_not_pass_the_authenticator_and_a_recovery_code_does() {
    let place = Place::open().await;
    let mut member = place.member("anna@example.com").await;
    with_authenticator(&mut member).await;
    let codes = member.post("/api/recovery-codes", &json!({})).await.is(201, "").json();
    let code = codes["codes"][7].as_str().unwrap().to_lowercase().replace('-', " ");

    let mut browser = place.browser();
    browser.post("/api/sign-in/codes", &json!({ "email": "anna@example.com" })).await.is(202, "");
    let mailed = json!({ "code": place.code("anna@example.com") });
    let reply = browser.post("/api/sign-in/codes/verification", &mailed).await.is(200, "").json();
    assert_eq!(reply["next"], "/sign-in/second-step");

    let body = json!({ "email": "anna@example.com", "code": code });
    let reply = browser.post("/api/sign-in/recovery", &body).await.is(200, "").json();
    assert_eq!(reply["signed_in"], true);
    place.browser().post("/api/sign-in/recovery", &body).await.is(401, "shop.code-refused");
    let methods = browser.get("/api/sign-in-methods").await.is(200, "").json();
    assert_eq!(way(&methods, "recovery-code")["count"], 9);
    let letters = place.mail("anna@example.com").join("\n");
    assert!(letters.contains("A recovery code was used to sign in; 9 are left."), "{letters}");
    // New ones void the old.
    browser.post("/api/recovery-codes", &json!({})).await.is(201, "");
    let old = json!({ "email": "anna@example.com", "code": codes["codes"][0] });
    place.browser().post("/api/sign-in/recovery", &old).await.is(401, "shop.code-refused");
    let nobody = json!({ "email": "nobody@example.com", "code": codes["codes"][0] });
    place.browser().post("/api/sign-in/recovery", &nobody).await.is(401, "shop.code-refused");
}

#[tokio::test]
async fn neither_codes_nor_secrets_are_logged_and_recovery_codes_are_not_stored() {
    let place = Place::open().await;
    let mut member = place.member("anna@example.com").await;
    let enrolment = member.post("/api/totp/enrolment", &json!({})).await.is(200, "").json();
    let codes = member.post("/api/recovery-codes", &json!({})).await.is(201, "").json();
    let log = String::from_utf8_lossy(&crate::place::log()).into_owned();
    assert!(!log.contains(enrolment["secret"].as_str().unwrap()));
    let code = codes["codes"][0].as_str().unwrap();
    assert!(!log.contains(code));
    let stored = sqlx::query("SELECT hashes FROM recovery_codes WHERE hashes LIKE $1")
        .bind(format!("%{}%", code.replace('-', "")))
        .fetch_all(place.shop_rows().await.0.pool())
        .await
        .unwrap();
    assert!(stored.is_empty());
}

#[tokio::test]
async fn ways_to_sign_in_change_after_a_recent_sign_in_alone_and_the_owner_is_told() {
    let place = Place::open().await;
    let mut member = place.member("anna@example.com").await;
    let options = member.post("/api/passkeys/registration/options", &json!({})).await.is(200, "").json();
    let (_, credential) = Authenticator::create(&options, &member.origin);
    let body = json!({ "ceremony": options["ceremony"], "credential": credential });
    let id = member.post("/api/passkeys/registration", &body).await.is(201, "").json()["id"].clone();
    let passkey = format!("/api/passkeys/{}", id.as_str().unwrap());
    with_authenticator(&mut member).await;
    place.age(301).await;

    let again = "shop.sign-in-again";
    for path in ["/api/passkeys/registration/options", "/api/totp/enrolment", "/api/recovery-codes"] {
        member.post(path, &json!({})).await.is(401, again);
    }
    member.post("/api/passkeys/registration", &body).await.is(401, again);
    member.post("/api/totp", &json!({ "code": "000000" })).await.is(401, again);
    member.delete("/api/totp").await.is(401, again);
    member.delete(&passkey).await.is(401, again);
    for path in ["/account/authenticator", "/account/recovery-codes"] {
        let next = format!("/sign-in/again?next={path}");
        member.get(path).await.leads_to(&next);
        member.form(path, &[("code", "000000")]).await.leads_to(&next);
    }
    member.form("/account/authenticator/remove", &[]).await.leads_to("/sign-in/again?next=/account");
    let form = format!("/account/passkeys/{}/remove", id.as_str().unwrap());
    member.form(&form, &[]).await.leads_to("/sign-in/again");

    // A passkey signs in again at once; a password is followed by the second step, and leads back to where one was.
    let fields = [("password", PASSWORD), ("next", "/account/recovery-codes")];
    member.form("/sign-in/again", &[("password", "not the right one"), ("next", "")]).await.is(401, "");
    member.form("/sign-in/again", &fields).await.leads_to("/sign-in/second-step");
    place.shop_rows().await.run("DELETE FROM totp").await;
    member.form("/sign-in/again", &fields).await.leads_to("/account/recovery-codes");
    member.delete(&passkey).await.is(204, "");
    let letters = place.mail("anna@example.com").join("\n");
    for told in
        ["A passkey was added.", "A passkey was removed.", "Codes from an authenticator app were turned on."]
    {
        assert!(letters.contains(told), "{told}");
    }
    // Nobody is led out of the shop.
    place.age(301).await;
    let fields = [("password", PASSWORD), ("next", "https://elsewhere.example/")];
    member.form("/sign-in/again", &fields).await.leads_to("/account");
}

#[tokio::test]
async fn it_all_works_by_forms() {
    let place = Place::open().await;
    let mut member = place.member("anna@example.com").await;
    let page = member.get("/account/authenticator").await.is(200, "").text;
    assert!(page.contains("<svg class=\"qr\"") && page.contains("otpauth:&#x2f;&#x2f;totp&#x2f;"), "{page}");
    // Opening the page again shows the same key.
    let key =
        |page: &str| page.split("translate=\"no\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert_eq!(key(&page), key(&member.get("/account/authenticator").await.text));
    let totp = Totp::new(Secret::parse(&key(&page)).unwrap());
    member.form("/account/authenticator", &[("code", "000000")]).await.is(401, "");
    let at = now();
    member
        .form("/account/authenticator", &[("code", &totp.code(at))])
        .await
        .leads_to("/account?notice=authenticator-on");
    let page = member.form("/account/recovery-codes", &[]).await.is(200, "");
    assert_eq!(page.header("cache-control"), "no-store");
    let codes: Vec<_> = page
        .text
        .split("<code class=\"key\">")
        .skip(1)
        .map(|part| part.split('<').next().unwrap().to_owned())
        .collect();
    assert_eq!(codes.len(), 10);
    assert!(!member.get("/account/recovery-codes").await.text.contains(&codes[0]));
    member.form("/sign-out", &[]).await.leads_to("/");

    member
        .form("/sign-in", &[("email", "anna@example.com"), ("password", PASSWORD)])
        .await
        .leads_to("/sign-in/second-step");
    member.form("/sign-in/second-step", &[("code", "000000")]).await.is(401, "");
    member
        .form("/sign-in/second-step", &[("code", &totp.code(at / 30 * 30 + 30))])
        .await
        .leads_to("/account?offer=passkey");
    member.form("/account/authenticator/remove", &[]).await.leads_to("/account?notice=authenticator-off");
    member.form("/sign-out", &[]).await.leads_to("/");

    member.form("/sign-in/code", &[("email", "anna")]).await.is(422, "");
    member.form("/sign-in/code", &[("email", "anna@example.com")]).await.leads_to("/sign-in/code/enter");
    member.get("/sign-in/code/enter").await.is(200, "");
    member.form("/sign-in/code/extend", &[]).await.leads_to("/sign-in/code/enter?notice=extended");
    member.form("/sign-in/code/enter", &[("code", "1")]).await.is(422, "");
    let code = place.code("anna@example.com");
    member.form("/sign-in/code/enter", &[("code", &code)]).await.leads_to("/account?notice=recovered");
    member.form("/sign-out", &[]).await.leads_to("/");
    let fields = [("email", "anna@example.com"), ("code", codes[9].as_str())];
    member.form("/sign-in/recovery", &fields).await.leads_to("/account?notice=recovered");
    member.form("/sign-out", &[]).await.leads_to("/");
    member.form("/sign-in/recovery", &fields).await.is(401, "");
}
