use storefront_privacy::consent::words::Words;
use storefront_privacy::consent::{BannerOptions, Policy, render};

use super::{POLICY, policy, with};
use crate::generate::{Source, cases};

fn options() -> BannerOptions<'static> {
    BannerOptions {
        stylesheet_href: "/assets/banner.css",
        record_href: "/api/consent-records",
        settings_href: "/privacy",
        ..BannerOptions::default()
    }
}

fn count(html: &str, part: &str) -> usize {
    html.matches(part).count()
}

/// The whole markup, which the element takes over: a change here is a change there.
#[test]
fn renders_the_markup_that_the_element_takes_over() {
    let expected = include_str!("../../vectors/consent/banner.html");
    let expected: String = expected.lines().map(str::trim_start).collect();
    assert_eq!(render(&policy(), &options()), expected);
}

/// The element draws the same banner when the server did not, with the same words.
#[test]
fn typescript_has_the_same_words() {
    let source = include_str!("../../../pkg/src/elements/shared/words-consent.ts");
    let words = source.split_once("bannerEnglish: ConsentBannerWords = {").expect("the words").1;
    let words = words.split_once("};").unwrap().0;
    let english = Words::of("en").unwrap();
    let texts: Vec<_> = english.texts().filter(|(name, _)| *name != "language").collect();
    assert_eq!(texts.len(), 18);
    assert_eq!(words.lines().filter(|line| line.contains(": \"")).count(), texts.len());
    for (name, text) in texts {
        assert!(words.contains(&format!("  {name}: \"{text}\",")), "{name}");
    }
}

/// Every language has every word, with the same names to fill in, and none is taken for reviewed.
#[test]
fn every_language_is_whole() {
    let english = Words::of("en").unwrap();
    let holes = |text: &str| {
        let mut holes: Vec<_> =
            text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(str::to_owned).collect();
        holes.sort();
        holes
    };
    for language in Words::languages() {
        let words = Words::of(language).unwrap_or_else(|| panic!("{language} is JSON"));
        assert_eq!(words.language, language);
        assert_eq!(words.reviewed, language == "en", "{language}");
        let names = |words: &Words| words.texts().map(|(name, _)| name.to_owned()).collect::<Vec<_>>();
        assert_eq!(names(&words), names(&english), "{language}");
        for (name, text) in words.texts().filter(|(name, _)| *name != "language") {
            assert_eq!(holes(text), holes(english.text(name)), "{language}: {name}");
            assert!(!text.trim().is_empty() && !text.contains(['<', '>', '&']), "{language}: {name}");
            assert!(
                language == "en" || text != english.text(name) || text.len() < 12,
                "{language}: {name} is English"
            );
        }
        let (accept, reject) = (words.text("accept").chars().count(), words.text("reject").chars().count());
        assert!(accept.max(reject) <= 2 * accept.min(reject), "{language}: buttons of like length");
    }
}

#[test]
fn speaks_the_language_that_is_asked_for() {
    for (asked, spoken) in [("en-IE", "en"), ("EN", "en"), ("tlh", "en"), ("", "en")] {
        let html = render(&policy(), &BannerOptions { language: asked, ..options() });
        assert!(html.contains(&format!("lang=\"{spoken}\"")), "{asked}");
    }
}

#[test]
fn the_shop_s_words_take_the_place_of_ours() {
    let text = with(
        "\"purposes\": [\n",
        "\"banner\": {\"title\": \"Cookies & you\", \"accept\": \"Yes\", \"reject\": \"No\"},\n\"translations\": [{\"language\": \"de\", \"purposes\": \
         [{\"id\": \"analytics\", \"name\": \"Besuche\", \"description\": \"Welche Seiten.\"}]}],\n\"purposes\": [\n",
    );
    let policy = Policy::parse(&text).unwrap();
    let html = render(&policy, &options());
    assert!(
        html.contains(">Cookies &amp; you<") && html.contains(">Yes<") && html.contains(">No<"),
        "{html}"
    );
    assert!(!html.contains("Besuche"));
    let german = render(&policy, &BannerOptions { language: "de", ..options() });
    assert!(german.contains(">Besuche<") && german.contains(">Welche Seiten.<"), "{german}");
    assert!(!german.contains(">Yes<"), "the shop's English is not German");
}

#[test]
fn says_what_has_changed_and_that_a_signal_was_honoured() {
    let text = with("\"purposes\": [\n", "\"changes\": [\"Echo: your <place>\"],\n\"purposes\": [\n");
    let text = text.replacen("\"id\": \"marketing\",", "\"id\": \"marketing\", \"gpc\": true,", 1);
    let html = render(&Policy::parse(&text).unwrap(), &options());
    assert!(html.contains("<li>Echo: your &lt;place&gt;</li>"), "{html}");
    assert_eq!(count(&html, "class=\"message honoured\""), 1);
    assert_eq!(count(&html, "class=\"message conflict\""), 1);
    let plain = render(&policy(), &options());
    assert_eq!(count(&plain, "honoured") + count(&plain, "changes"), 0);
}

#[test]
fn passes_a_strict_content_security_policy() {
    let html = render(&policy(), &options());
    for tag in html.split('<').skip(1).filter_map(|text| text.split('>').next()) {
        let name = tag.split(' ').next().unwrap();
        assert!(!["script", "style"].contains(&name), "{tag}");
        let handler = tag
            .split(' ')
            .skip(1)
            .find(|attribute| attribute.starts_with("on") || attribute.starts_with("style="));
        assert_eq!(handler, None, "{tag}");
    }
    assert!(!html.contains("javascript:"));
}

#[test]
fn makes_accepting_no_easier_than_rejecting() {
    let html = render(&policy(), &options());
    let button = |value: &str| {
        let start = html.find(&format!("part=\"button {value}\"")).expect(value);
        let open = html[..start].rfind('<').unwrap();
        html[open..start].to_owned()
    };
    assert_eq!(button("accept"), button("reject"));
    assert_eq!(button("accept"), button("choose"));
    assert_eq!(count(&html, " checked"), 0);
    assert_eq!(count(&html, "type=\"checkbox\""), 2);
    assert_eq!(count(&html, "<template shadowrootmode=\"open\">"), 1);
}

#[test]
fn marks_the_language_of_the_policy_s_texts() {
    let german = with("\"language\": \"en\"", "\"language\": \"de\"");
    let html = render(&Policy::parse(&german).unwrap(), &options());
    assert_eq!(count(&html, " lang=\"de\""), 6);
    assert_eq!(count(&html, " lang=\"en\""), 1);
    assert_eq!(count(&render(&policy(), &options()), " lang="), 1);
}

#[test]
fn leaves_out_what_is_not_there() {
    let html = render(&policy(), &BannerOptions::default());
    assert!(html.starts_with("<sp-consent-banner policy=\"/privacy.json\" version=\"2026-11\"><template"));
    assert_eq!(count(&html, "<a "), 1);
}

/// No text of the policy and no option gets out of its place: the tags are the same whatever the texts are.
#[test]
fn escapes_every_text() {
    let tags = |html: &str| -> Vec<String> {
        html.split('<')
            .skip(1)
            .map(|tag| tag.split([' ', '>']).next().unwrap_or_default().to_owned())
            .collect()
    };
    let expected = tags(&render(&policy(), &options()));
    let mut source = Source::new(23);
    for _ in 0..cases(5_000) {
        let evil = format!("x{}", source.text_of("<>&\"'/=` abscript-!\u{2028}é", 20));
        let name = storefront_privacy::codec::json::Value::from(evil.as_str()).to_canonical().unwrap();
        let text = POLICY.replace("\"Advertising\"", &name).replace("\"Visitor statistics\"", &name);
        let policy = Policy::parse(&text).unwrap();
        let options = BannerOptions { record_href: &evil, stylesheet_href: &evil, ..options() };
        let html = render(&policy, &options);
        assert_eq!(tags(&html), expected, "{evil}");
        let quotes = html.matches('"').count();
        assert_eq!(
            quotes,
            render(&super::policy(), &super::banner::options()).matches('"').count(),
            "{evil}"
        );
    }
}

/// The number of partners is on the first layer where the policy has `tcf`, and only there.
#[test]
fn says_how_many_partners_there_are() {
    let html = render(&super::iab_policy(), &options());
    assert_eq!(count(&html, "class=\"message partners\""), 1);
    assert!(html.contains("We and 812 partners store and read information on your device"), "{html}");
    let one = super::IAB_POLICY.replace("\"vendorCount\": 812", "\"vendors\": [7]");
    assert!(render(&Policy::parse(&one).unwrap(), &options()).contains("We and 1 partner store"));
    assert!(!render(&policy(), &options()).contains("partner"));
}
