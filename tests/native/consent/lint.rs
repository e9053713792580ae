use storefront_privacy::consent::Policy;
use storefront_privacy::consent::lint::lint;

use crate::generate::{Source, cases};

/// A policy that says everything.
pub(super) const WHOLE: &str = include_str!("../../vectors/consent/whole-policy.json");

/// What a lint says of the whole policy with parts of its text replaced.
#[track_caller]
fn found(parts: &[(&str, &str)]) -> Vec<String> {
    let mut text = WHOLE.to_owned();
    for (part, replacement) in parts {
        assert!(text.contains(part), "{part}");
        text = text.replacen(part, replacement, 1);
    }
    lint(&Policy::parse(&text).unwrap()).iter().map(ToString::to_string).collect()
}

#[test]
fn nothing_is_said_of_a_policy_that_says_everything() {
    assert_eq!(found(&[]), [""; 0]);
}

#[test]
fn missing_facts_are_all_found() {
    assert_eq!(
        found(&[
            (", \"address\": \"1 Quay Street, Bristol\"", ""),
            ("privacy@harbour.example", "ring us"),
            (", \"gpc\": false", ""),
            ("\"sends\": [\"the page's address\", \"the kind of browser\"]", "\"sends\": []"),
            (", \"dataCategories\": [\"products viewed\"]", ""),
            (",\n      \"regions\": [\"US\"]", ""),
            ("https://footfall.example/count.js", "https://cdn.example/count.js"),
        ]),
        [
            "$.controller.address: expected the postal address of who decides about the data (GDPR Article 13(1)(a)) (missing-fact)",
            "$.contact: expected an e-mail address or a URL to write to (missing-fact)",
            "$.purposes[1].gpc: expected true or false: whether Global Privacy Control objects to this purpose, as others \
             receive its data (missing-fact)",
            "$.services[1].sends: expected what is sent to its origins (missing-fact)",
            "$.services[1].scripts[0]: expected https://cdn.example among the service's origins (missing-fact)",
            "$.services[2].dataCategories: expected the kinds of data that are sent, such as \"pages viewed\" (missing-fact)",
            "$.services[2].regions: expected the countries where recipients process the data, such as [\"DE\", \"US\"] \
             (missing-fact)",
        ],
    );
}

#[test]
fn essential_origins_are_named_and_never_held() {
    let named = "\"essentialOrigins\": [{ \"origin\": \"https://pay.example\", \"reason\": \"takes the payment\" }],\n";
    assert_eq!(found(&[(named, "")]).len(), 1);
    assert_eq!(
        found(&[("https://pay.example", "https://*.footfall.example")]),
        [
            "$.essentialOrigins[0].origin: expected an origin that no service waits with: footfall is held for it too, and would \
          never be (essential-origins)"
        ],
    );
    assert_eq!(
        found(&[
            ("\"scripts\": [], \"origins\": []", "\"scripts\": [], \"origins\": [\"https://api.example\"]"),
            (
                "\"recipients\": [],\n      \"retention\": \"P30D\"",
                "\"recipients\": [\"us\"], \"regions\": [\"GB\"], \"retention\": \"P30D\""
            )
        ]),
        [
            "$.services[0].origins[0]: expected https://api.example among essentialOrigins, as the service is essential \
          (essential-origins)"
        ],
    );
}

#[test]
fn choices_are_equal() {
    let banner = |texts: &str| {
        found(&[("\"essentialOrigins\"", &format!("\"banner\": {texts}, \"essentialOrigins\""))])
    };
    assert_eq!(banner(r#"{"accept": "Yes", "reject": "No"}"#), [""; 0]);
    assert_eq!(
        banner(r#"{"accept": "Yes"}"#),
        ["$.banner: expected reject too: both in the shop's words, or both in ours (unequal-choice)"],
    );
    assert_eq!(
        banner(r#"{"accept": "OK!", "reject": "Continue without accepting"}"#),
        [
            "$.banner: expected accept and reject of like length, found 26 and 3 characters (unequal-choice)",
            "$.banner.reject: expected a plain no, found \"continue\" (unequal-choice)",
            "$.banner: expected signs and symbols on both buttons, or on neither (unequal-choice)",
        ],
    );
    assert_eq!(banner(r#"{"accept": "Fine", "reject": "fine"}"#).len(), 1);
}

#[test]
fn nothing_is_ticked_ahead() {
    for preset in ["checked", "default", "enabled", "preselected", "preticked"] {
        let text = WHOLE.replacen("\"gpc\": false", &format!("\"gpc\": false, \"{preset}\": true"), 1);
        let problems = Policy::parse(&text).unwrap_err();
        assert_eq!(
            problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
            [format!(
                "$.purposes[1].{preset}: expected no preset choice: nothing is ticked ahead (GDPR recital 32, CJEU C-673/17)"
            )],
        );
    }
}

#[test]
fn texts_say_what_happens() {
    let description = "Which pages are visited, so that we can make them better.";
    let said = |text: &str| found(&[(description, text)]);
    assert_eq!(
        said("We improve your experience with trusted partners."),
        [
            "$.purposes[1].description: expected what happens with which data, found \"improve your experience\" (unclear-text)",
            "$.purposes[1].description: expected what happens with which data, found \"trusted partners\" (unclear-text)",
        ],
    );
    assert_eq!(said("visitor statistics").len(), 1);
    assert_eq!(said("<b>Which</b> pages are visited.").len(), 1);
    assert_eq!(said(&"word ".repeat(46)).len(), 1);
    assert_eq!(said(&"word ".repeat(45)).len(), 0);
}

#[test]
fn languages_regions_and_periods_fit() {
    assert_eq!(
        found(&[("\"language\": \"en\"", "\"language\": \"tlh\"")]),
        ["$.language: expected a language that we have words in, found tlh (unreviewed-language)"],
    );
    for region in ["DE", "GB", "CH", "BR", "CA-QC", "XX"] {
        let said = found(&[("US-CA", region)]);
        assert_eq!(
            said[0],
            format!(
                "$.regions[0].model: expected opt-in: in {region} consent comes first, or the region is not known (region-model)"
            ),
        );
    }
    assert_eq!(
        found(&[("P12M", "P6M")]),
        [
            "$.reask.refused: expected P12M or longer where people opt out (Cal. Civ. Code §1798.135(c)(4); 11 CCR §7028; \
          statute) (reask)"
        ],
    );
    let translation =
        "\"translations\": [{ \"language\": \"en-GB\", \"purposes\": [] }],\n\"essentialOrigins\"";
    assert_eq!(found(&[("\"essentialOrigins\"", translation)]).len(), 3);
    assert_eq!(
        found(&[(
            "\"legalBasis\": \"consent\", \"gpc\": false",
            "\"legalBasis\": \"contract\", \"gpc\": false"
        )])
        .len(),
        1
    );
}

/// Whatever is cut out of a policy or put into it: it is read and linted, or told why not, and nothing fails.
#[test]
fn no_policy_brings_it_down() {
    let mut source = Source::new(61);
    for _ in 0..cases(2_000) {
        let at = source.below(WHOLE.len());
        let mut text = WHOLE.to_owned();
        let end = (at + source.below(30)).min(text.len());
        if text.is_char_boundary(at) && text.is_char_boundary(end) {
            text.replace_range(at..end, &source.text_of("\"{}[]:, atrue1", 6));
        }
        match Policy::parse(&text) {
            Ok(policy) => drop(lint(&policy)),
            Err(problems) => assert!(problems.iter().next().is_some()),
        }
    }
}
