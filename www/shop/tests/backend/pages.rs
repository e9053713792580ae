//! The pages, rendered from the shop's own templates.

use serde_json::json;

use crate::place::{PASSWORD, Place};

#[tokio::test]
async fn every_page_renders_for_guests_and_members() {
    let place = Place::open().await;
    let (mut guest, order) = place.shopper().await;
    let order = format!("/orders/{}", order["id"].as_str().unwrap());
    for path in [
        "/",
        "/products/kettle",
        "/cart",
        "/sign-up",
        "/sign-in",
        "/checkout",
        &order,
        "/privacy",
        "/control",
    ] {
        let page = guest.get(path).await.is(200, "");
        assert!(page.text.contains("Hob &amp; Rim"), "{path}");
    }
    guest.get("/account").await.leads_to("/sign-in");
    let mut member = place.member("anna@example.com").await;
    member.get("/sign-in").await.leads_to("/account");
    let page = member.get("/account?notice=welcome").await.is(200, "");
    assert!(
        page.text.contains("Your account is ready") && page.text.contains("Firefox on Linux"),
        "{}",
        page.text
    );
    assert!(page.text.contains("<sp-consent-banner policy=\"/privacy.json\""));
    member.get("/checkout").await.leads_to("/cart");
}

#[tokio::test]
async fn problems_have_a_page() {
    let place = Place::open().await;
    let mut browser = place.browser();
    for path in ["/nowhere", "/products/none", "/orders/none", "/challenge/none", "/.vite/manifest.json"] {
        let page = browser.get(path).await.is(404, "");
        assert!(
            page.text.contains("There is nothing here") && page.text.contains("server.not-found"),
            "{path}"
        );
        assert!(page.header("content-type").starts_with("text/html"));
    }
    let place = Place::with(|config| config.test_pages = false).await;
    place.browser().get("/control").await.is(404, "");
}

#[tokio::test]
async fn a_form_comes_back_with_the_problem_and_without_the_password() {
    let place = Place::open().await;
    let mut browser = place.browser();
    let form = [("email", "anna@example.com"), ("name", "Anna \"B\" <i>"), ("password", "passwordpassword")];
    let page = browser.form("/sign-up", &form).await.is(422, "");
    assert!(page.text.contains("tried first") && page.text.contains("anna@example.com"), "{}", page.text);
    assert!(!page.text.contains("passwordpassword") && !page.text.contains("<i>"));
    let form = [("email", "anna@example.com"), ("password", PASSWORD)];
    let page = browser.form("/sign-in", &form).await.is(401, "");
    assert!(page.text.contains("That did not match") && !page.text.contains(PASSWORD));
    let page = browser.form("/cart", &[("product", "kettle"), ("quantity", "-3")]).await.is(422, "");
    assert!(page.text.contains("Choose a number from 1"));
    let page = browser.form("/cart", &[("product", "none"), ("quantity", "1")]).await.is(422, "");
    assert!(page.text.contains("We do not sell that"));
}

#[tokio::test]
async fn a_cart_adds_sets_and_removes() {
    let place = Place::open().await;
    let mut browser = place.browser();
    for _ in 0..2 {
        browser
            .form("/cart", &[("product", "rim-mug"), ("quantity", "2")])
            .await
            .leads_to("/cart?notice=added");
    }
    assert!(browser.get("/cart").await.text.contains("€72.00"));
    let set = [("product", "rim-mug"), ("quantity", "1"), ("change", "set")];
    browser.form("/cart", &set).await.leads_to("/cart?notice=changed");
    assert!(browser.get("/cart").await.text.contains("€18.00"));
    let none = [("product", "rim-mug"), ("quantity", "0"), ("change", "set")];
    browser.form("/cart", &none).await.leads_to("/cart?notice=changed");
    browser.post("/api/orders", &json!({})).await.is(409, "shop.cart-empty");
}

#[tokio::test]
async fn a_missing_template_is_named_and_built_files_are_served() {
    let fixture = tempfile::TempDir::new().unwrap();
    let source = format!("{}/../pages", env!("CARGO_MANIFEST_DIR"));
    for file in ["products.json", "privacy.json"] {
        std::fs::copy(format!("{source}/{file}"), fixture.path().join(file)).unwrap();
    }
    for directory in ["templates", "dist/assets", "dist/.vite"] {
        std::fs::create_dir_all(fixture.path().join(directory)).unwrap();
    }
    let write = |file: &str, text: &str| std::fs::write(fixture.path().join(file), text).unwrap();
    write("templates/cart.html", "{% extends 'base.html' %}");
    write(
        "templates/sign-in.html",
        "{{ asset('src/a.ts') }} {{ styles('src/a.ts') | join(' ') }} {{ path }}",
    );
    write("dist/.vite/manifest.json", r#"{"src/a.ts":{"file":"assets/a-1.js","css":["assets/a-1.css"]}}"#);
    write("dist/assets/a-1.js", "export {};");
    write("dist/assets/a-1.wasm", "\0asm");
    write("dist/gate.js", "0;");
    let place = Place::with(|config| config.pages = fixture.path().to_owned()).await;
    let mut browser = place.browser();
    let reply = browser.get("/").await.is(500, "server.template-missing");
    assert!(reply.text.contains("index.html"), "{}", reply.text);
    let reply = browser.get("/cart").await.is(500, "server.template-missing");
    assert!(reply.text.contains("base.html"), "{}", reply.text);
    let page = browser.get("/sign-in").await.is(200, "");
    assert_eq!(page.text, "&#x2f;assets&#x2f;a-1.js &#x2f;assets&#x2f;a-1.css &#x2f;sign-in");

    let file = browser.get("/assets/a-1.js").await.is(200, "");
    assert_eq!(file.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(browser.get("/assets/a-1.wasm").await.header("content-type"), "application/wasm");
    let gate = browser.get("/gate.js").await.is(200, "");
    assert_eq!(gate.header("cache-control"), "public, no-cache");
    browser.headers.insert("if-none-match", gate.headers["etag"].clone());
    browser.get("/gate.js").await.is(304, "");
}
