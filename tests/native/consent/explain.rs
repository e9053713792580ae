use storefront_privacy::consent::explain::{Explained, Kind, Names, explain};
use storefront_privacy::consent::gpp::{self, Gpp};
use storefront_privacy::consent::tcf::TcModel;

use crate::generate::{Source, cases};

/// The example of the TCF specification, "Creating a TC String", with all its segments.
const TC: &str = "CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA.YAAAAAAAAAAA";

#[track_caller]
fn meaning(explained: &Explained, path: &str) -> String {
    let line = explained.lines.iter().find(|line| line.path == path);
    let line = line.unwrap_or_else(|| panic!("{path} in {}", explained.to_text()));
    format!("{}: {}", line.value, line.meaning)
}

#[test]
fn a_tc_string_in_words() {
    let explained = explain(&format!(" {TC}\n"), None).unwrap();
    assert_eq!(explained.kind, Kind::Tc);
    for (path, expected) in [
        ("created", "17489088000: made on 2025-06-03T00:00:00Z"),
        ("cmpId", "880: the platform's id in IAB Europe's register"),
        ("consentLanguage", "EN: the language of that screen"),
        ("isServiceSpecific", "1: for this site alone"),
        ("purposesConsent", "none: consented to: nothing"),
        ("vendorConsents", "1–4: consented to: 4 vendors"),
        ("publisherTC.numCustomPurposes", "0: purposes of the publisher's own"),
    ] {
        assert_eq!(meaning(&explained, path), expected, "{path}");
    }
    assert_eq!(
        meaning(&explain("COtybn4PA_zT4KjACBENAPCIAEBAAECAAIAAAAAAAAAA", None).unwrap(), "disclosedVendors"),
        "missing: without this segment the string is not valid since 28 February 2026 (TCF 2.3)"
    );
}

#[test]
fn names_come_from_the_list_and_stay_text() {
    let list = r#"{"gvlSpecificationVersion":3,"purposes":{"3":{"id":3,"name":"Drei"}},"specialFeatures":{},
        "vendors":{"7":{"id":7,"name":"<b>Seven</b>\n& Co"},"x":{"name":1}}}"#;
    let names = Names::parse(list).unwrap();
    let mut model = TcModel { cmp_id: 880, ..TcModel::default() };
    model.purpose_consents = [1, 3, 24].into_iter().collect();
    model.vendor_consents = [6, 7, 8, 10].into_iter().collect();
    let text = model.encode_unchecked_by_list().unwrap();
    let explained = explain(&text, Some(&names)).unwrap();
    assert_eq!(meaning(&explained, "vendorConsents"), "6–8, 10: consented to: 4 vendors: 7 <b>Seven</b>& Co");
    assert_eq!(
        meaning(&explained, "purposesConsent"),
        "1, 3, 24: consented to: 1 Store and/or access information on a device; 3 Drei; 24, which the TCF does not define",
    );
    let refused = |text: &str| Names::parse(text).unwrap_err().code();
    assert_eq!(refused("{"), "vendor-list.invalid");
    assert_eq!(refused(r#"{"gvlSpecificationVersion":2,"vendors":{}}"#), "vendor-list.version");
    assert_eq!(refused(r#"{"gvlSpecificationVersion":3}"#), "vendor-list.invalid");
    assert_eq!(refused(&" ".repeat(4 * 1024 * 1024 + 1)), "vendor-list.too-long");
}

/// Every field of every section has words of its own.
#[test]
fn every_section_in_words() {
    let mut gpp = Gpp::new();
    let fresh = Gpp::new();
    for id in (5..=27).filter(|id| *id != 6) {
        let name = gpp::name_of(id).unwrap();
        let field = match (id, fresh.fields(name).is_empty()) {
            (5, _) => ("ConsentScreen", 1_u64),
            _ => ("MspaCoveredTransaction", 2),
        };
        gpp.set_field(name, field.0, field.1).unwrap();
    }
    gpp.set_section("uspv1", "1YNN").unwrap();
    gpp.set_section("tcfeuv2", TC).unwrap();
    let text = gpp.encode();
    let explained = explain(&text, None).unwrap();
    assert_eq!(explained.kind, Kind::Gpp);
    for line in &explained.lines {
        assert!(line.meaning.len() > 3, "{}", line.path);
        assert!(
            !["a list", "a field of the section", "no meaning"]
                .iter()
                .any(|poor| line.meaning.contains(poor)),
            "{line:?}"
        );
    }
    for (path, expected) in [
        ("usca.SaleOptOut", "0: not applicable: the sale of personal data"),
        (
            "usca.SensitiveDataProcessing.4",
            "0: racial or ethnic origin, religious or philosophical beliefs, union membership: not applicable",
        ),
        ("usnat.SensitiveDataProcessing.16", "0: being transgender or nonbinary: not applicable"),
        ("usnat.Gpc", "false: the browser sent no Global Privacy Control"),
        ("usmd.MspaMode", "0: mode of the agreement: not applicable"),
        ("uspv1.OptOutSale", "N: the visitor did not opt out of the sale of personal data"),
        ("tcfeuv2.cmpId", "880: the platform's id in IAB Europe's register"),
        ("tcfcav1.PurposesExpressConsent", "none: express consent: nothing"),
    ] {
        assert_eq!(meaning(&explained, path), expected, "{path}");
    }
    assert!(meaning(&explained, "sections").ends_with("26 Kentucky; 27 Rhode Island"));
}

#[test]
fn an_opt_out_is_called_one() {
    let mut gpp = Gpp::new();
    gpp.set_field("usut", "SensitiveDataProcessing", [1_u16, 2, 0, 0, 0, 0, 0, 0]).unwrap();
    gpp.set_field("usva", "SensitiveDataProcessing", [1_u16, 2, 0, 0, 0, 0, 0, 0]).unwrap();
    gpp.set_field("ustx", "AdditionalDataProcessingConsent", 1_u64).unwrap();
    gpp.set_field("usva", "SaleOptOut", 1_u64).unwrap();
    let explained = explain(&gpp.encode(), None).unwrap();
    assert_eq!(
        meaning(&explained, "usut.SensitiveDataProcessing.1"),
        "1: racial or ethnic origin: opted out"
    );
    assert_eq!(
        meaning(&explained, "usva.SensitiveDataProcessing.1"),
        "1: racial or ethnic origin: no consent"
    );
    assert_eq!(meaning(&explained, "usva.SaleOptOut"), "1: opted out of the sale of personal data");
    assert!(meaning(&explained, "ustx.AdditionalDataProcessingConsent").ends_with("told: consent"));
}

#[test]
fn additional_consent_in_words() {
    let explained = explain("2~1.35.41~dv.9", None).unwrap();
    assert_eq!(explained.kind, Kind::AdditionalConsent);
    assert_eq!(meaning(&explained, "consented"), "1.35.41: 3 providers of Google's list consented to");
    assert_eq!(meaning(&explained, "dv"), "9: 1 provider of Google's list told of, not consented to");
    assert!(explain("1~", None).is_ok() && explain("2~~dv.", None).is_ok());
    for (text, code, message) in [
        ("3~1", "signal.version", "additional consent: expected version 1 or 2 at character 0"),
        ("2~1.x~dv.", "signal.invalid", "explain: expected the id of a provider in digits at character 4"),
        (
            "2~1",
            "signal.invalid",
            "explain: expected `~dv.` and the providers that were only told of at character 4",
        ),
        ("2~1~9", "signal.invalid", "explain: expected `dv.` at character 4"),
        ("2~1~dv.9.", "signal.invalid", "explain: expected the id of a provider in digits at character 9"),
        ("1~1~dv.", "signal.invalid", "explain: expected nothing more at character 3"),
        ("2~01~dv.", "signal.invalid", "explain: expected the id of a provider in digits at character 2"),
    ] {
        let error = explain(text, None).unwrap_err();
        assert_eq!((error.code(), error.message()), (code, message), "{text}");
    }
}

#[test]
fn says_what_is_wrong_and_where() {
    let code = |text: &str| explain(text, None).unwrap_err().code();
    assert_eq!(
        explain("hello", None).unwrap_err().to_string(),
        "explain: expected a TC string, a GPP string, a US privacy string or an Additional Consent string at character 0",
    );
    assert_eq!(code(""), "signal.invalid");
    assert_eq!(code("BOEFEAyOEFEAyAHABDENAI4AAAB9vABAASA"), "signal.version", "TCF 1");
    assert_eq!(code("DBAC"), "signal.invalid");
    assert_eq!(code(&format!("2~{}", "1.".repeat(40_000))), "signal.too-long");
    assert!(explain(&TC[..30], None).unwrap_err().message().contains("bit"));
}

/// Whatever it is given, it answers in words or with a code, and its JSON can be read.
#[test]
fn survives_any_string() {
    let seeds = [
        TC,
        "DBABLA~CEAQAAAAAACA.YA",
        "1YNN",
        "2~1.35~dv.9.21",
        "DBACOaw~CPytTYAPytTYABEACBENDXCEAP_AAEPAAAqIFoQAQAAgAKAFoAAA~CAAAAAAAAQA.QA",
    ];
    let mut source = Source::new(45);
    let mut explained = 0;
    for _ in 0..cases(20_000) {
        let text = if source.once_in(8) {
            source.text(40)
        } else {
            let seed = source.pick(&seeds);
            source.mutate(seed, "ABCDEFYN019-_~.dv")
        };
        match explain(&text, None) {
            Ok(found) => {
                explained += 1;
                assert!(storefront_privacy::codec::json::parse(&found.to_json()).is_ok(), "{text}");
            }
            Err(error) => assert!(error.code().starts_with("signal."), "{text}: {error}"),
        }
    }
    assert!(explained > 1000, "{explained}");
}
