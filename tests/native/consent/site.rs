use sha2::{Digest as _, Sha256};
use storefront_privacy::consent::gate;
use storefront_privacy::consent::site::{SiteOptions, build, changes};
use storefront_privacy::consent::{BannerOptions, Policy};

use super::lint::WHOLE;

fn whole() -> Policy {
    Policy::parse(WHOLE).unwrap()
}

fn options(inline: bool) -> SiteOptions<'static> {
    SiteOptions {
        gate_href: "/gate.js",
        gate_source: "gate()",
        style_source: ".banner{}",
        inline,
        banner: BannerOptions { stylesheet_href: "/banner.css", ..BannerOptions::default() },
        banner_script_href: "",
        today: "2026-11-27",
    }
}

#[test]
fn the_gate_is_told_everything() {
    let attributes = gate::attributes(&whole());
    assert_eq!(
        attributes,
        [
            ("data-policy", "2026-12"),
            ("data-purposes", "analytics marketing"),
            ("data-release", "https://footfall.example/count.js?v=2 /vendor/echo.js"),
            (
                "data-rules",
                "analytics=https://footfall.example analytics=https://*.footfall.example analytics,marketing=https://echo.example"
            ),
            ("data-stores", "analytics=c:_ff analytics,marketing=l:echo%20100%25-*"),
            ("data-essential", "https://pay.example"),
            ("data-gpc", "marketing"),
            ("data-opt-out", "US-CA"),
            ("data-reask", "180 366"),
            ("data-domain", "harbour.example"),
        ]
        .map(|(name, value)| (name, value.to_owned())),
    );
    let advised = WHOLE.replace("\"refused\": \"P12M\"", "\"refused\": \"P1D\"");
    assert_ne!(advised, WHOLE, "a shop's own period is taken as it is");
    let own = gate::attributes(&Policy::parse(&advised).unwrap());
    assert_eq!(own.iter().find(|(name, _)| *name == "data-reask").unwrap().1, "180 1");
    let lax = WHOLE.replace("\"enforce\", \"unknown\": \"hold\"", "\"observe\", \"unknown\": \"pass\"");
    let lax = gate::attributes(&Policy::parse(&lax).unwrap());
    assert_eq!(lax[10..], [("data-unknown", "pass".to_owned()), ("data-mode", "observe".to_owned())]);
}

#[test]
fn beside_the_page_or_in_it() {
    let site = build(&whole(), &options(false));
    assert!(
        site.head.contains("<link rel=\"stylesheet\" href=\"/banner.css\" integrity=\"sha384-"),
        "{}",
        site.head
    );
    assert!(site.head.contains("<script src=\"/gate.js\" integrity=\"sha384-"), "{}", site.head);
    assert!(!site.csp.contains("sha256"), "{}", site.csp);
    assert!(site.csp.contains(
        "connect-src 'self' https://pay.example https://footfall.example https://*.footfall.example"
    ));
    let site = build(&whole(), &options(true));
    assert!(
        site.head.starts_with("<style>.banner{}</style>\n<script data-policy=\"2026-12\""),
        "{}",
        site.head
    );
    assert!(site.banners[0].1.contains("<template shadowrootmode=\"open\"><style>.banner{}</style>"));
    let digest: Vec<u8> = Sha256::digest(b"gate()").to_vec();
    let standard = storefront_privacy::codec::base64url::encode(&digest).replace('-', "+").replace('_', "/");
    assert!(site.csp.contains(&format!("'sha256-{standard}='")), "{}", site.csp);
    assert!(site.to_json().starts_with("{\"banners\":{\"en\":\"<sp-consent-banner "));
}

#[test]
fn the_link_to_the_settings_and_the_banners_script_are_there_where_the_shop_has_them() {
    let site = build(&whole(), &options(false));
    assert_eq!(site.choices, "");
    assert!(!site.head.contains("data-banner"), "{}", site.head);
    let mut options = options(false);
    options.banner.settings_href = "/privacy?a=\"1\"";
    options.banner_script_href = "/assets/elements/consent-banner.js";
    let site = build(&whole(), &options);
    let start =
        r#"<a class="sp-choices" lang="en" href="/privacy?a=&quot;1&quot;">Your Privacy Choices <svg "#;
    assert!(site.choices.starts_with(start), "{}", site.choices);
    assert!(
        !site.choices.contains("style"),
        "any content security policy lets it be shown: {}",
        site.choices
    );
    assert!(
        site.head.contains(r#" data-banner="/assets/elements/consent-banner.js"></script>"#),
        "{}",
        site.head
    );
}

#[test]
fn only_what_is_more_than_before_is_a_change() {
    let change = |from: &str, to: &str| {
        assert!(WHOLE.contains(from), "{from}");
        changes(&whole(), &Policy::parse(&WHOLE.replacen(from, to, 1)).unwrap())
    };
    assert_eq!(changes(&whole(), &whole()), [""; 0]);
    assert_eq!(change("P13M", "P2Y"), ["Footfall: _ff (cookie, P2Y)"]);
    assert_eq!(change("\"P2Y\"", "\"P3Y\""), ["Footfall: P2Y → P3Y"]);
    assert_eq!(change("\"the page's address\", ", ""), [""; 0]);
    assert_eq!(
        change("[\"Echo, United States\"]", "[\"Echo, United States\", \"Sons of Echo\"]"),
        ["Echo Ads: Sons of Echo"]
    );
    assert_eq!(
        change("Your basket, your orders", "Your basket, orders"),
        ["The shop itself: Your basket, orders and your account."]
    );
}
