use serde_json::Value as Json;
use storefront_privacy::Error;
use storefront_privacy::consent::gpp::{Gpp, MAX_LENGTH, Restriction, Value, id_of, name_of};

use crate::generate::{Source, cases};

mod random;

/// Section texts of the reference implementations' tests, with their fields.
const SECTIONS: &str = include_str!("../vectors/gpp/sections.json");

const BASE64URL: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Every section that has fields, by name.
const NAMES: [&str; 23] = [
    "tcfcav1", "uspv1", "usnat", "usca", "usva", "usco", "usut", "usct", "usfl", "usmt", "usor", "ustx",
    "usde", "usia", "usne", "usnh", "usnj", "ustn", "usmn", "usmd", "usin", "usky", "usri",
];

fn vectors() -> Vec<Json> {
    let file: Json = serde_json::from_str(SECTIONS).unwrap();
    file["vectors"].as_array().unwrap().clone()
}

fn section(name: &str, text: &str) -> Result<Gpp, Error> {
    let mut gpp = Gpp::new();
    gpp.set_section(name, text)?;
    Ok(gpp)
}

fn json(gpp: &Gpp) -> Json {
    serde_json::from_str(&gpp.to_json()).unwrap()
}

#[track_caller]
fn refused(name: &str, text: &str) -> String {
    let error = section(name, text).unwrap_err();
    format!("{} {}", error.code(), error.message())
}

#[test]
fn the_reference_implementations_texts_are_read_and_written_alike() {
    let mut read = 0;
    for vector in vectors() {
        let (name, text) = (vector["section"].as_str().unwrap(), vector["text"].as_str().unwrap());
        if let Some(code) = vector["refused"].as_str() {
            assert_eq!(section(name, text).unwrap_err().code(), code, "{name} {text}");
            continue;
        }
        let gpp = section(name, text).unwrap_or_else(|error| panic!("{name} {text}: {error}"));
        assert_eq!(json(&gpp)[name], vector["fields"], "{name} {text}");
        assert_eq!(gpp.section(name).unwrap(), vector["encoded"].as_str().unwrap_or(text), "{name} {text}");
        assert_eq!(Gpp::from_json(&gpp.to_json()).unwrap(), gpp, "{name} {text}");
        read += 1;
    }
    assert_eq!(read, 65);
}

#[test]
fn headers_are_those_of_the_specification() {
    // GPP Consent String Specification, "Header Examples", padded as the specification and as the reference implementation does.
    for (header, ids) in [
        ("DBAA", &[][..]),
        ("DBABM", &[2]),
        ("DBABMA", &[2]),
        ("DBACNY", &[2, 6]),
        ("DBACNYA", &[2, 6]),
        ("DBABjw", &[5, 6]),
    ] {
        let parts: String = ids
            .iter()
            .map(|id| {
                [
                    "",
                    "",
                    "~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA",
                    "",
                    "",
                    "~BPSG_8APSG_8AAAAAAENAACAAAAAAAAAAAAAAAAAAA.YAAAAAAAAAA",
                    "~1YNN",
                ][*id]
            })
            .collect();
        let gpp = Gpp::decode(&format!("{header}{parts}")).unwrap();
        assert_eq!(gpp.section_ids(), ids.iter().map(|id| u16::try_from(*id).unwrap()).collect::<Vec<_>>());
        let written = gpp.encode();
        assert_eq!(
            written.split_once('~').map_or(&written[..], |(head, _)| head).trim_end_matches('A'),
            header.trim_end_matches('A')
        );
    }
}

#[test]
fn all_ids_have_names_and_all_names_ids() {
    let named: Vec<u16> = (0..40).filter(|id| name_of(*id).is_some()).collect();
    assert_eq!(named, [2, 5, 6].into_iter().chain(7..=27).collect::<Vec<_>>());
    for id in named {
        assert_eq!(id_of(name_of(id).unwrap()), Some(id));
        assert_eq!(id_of(&id.to_string()), Some(id));
    }
    for none in ["", "0", "+7", "usxx", "65536", "USNAT"] {
        assert_eq!(id_of(none), None, "{none}");
    }
}

#[test]
fn sections_are_added_found_and_deleted() {
    let mut gpp = Gpp::new();
    assert_eq!(gpp.encode(), "DBAA");
    gpp.set_field("usmd", "SaleOptOut", 1_u64).unwrap();
    gpp.set_section("28", "a-b_c.d").unwrap();
    gpp.set_field("uspv1", "Notice", "Y").unwrap();
    assert_eq!(gpp.section_ids(), [6, 24, 28]);
    assert!(gpp.has_section("usmd") && gpp.has_section("24") && !gpp.has_section("usnat"));
    assert_eq!(gpp.section("28").unwrap(), "a-b_c.d");
    assert_eq!(Gpp::decode(&gpp.encode()).unwrap(), gpp);
    assert_eq!(
        (gpp.field("28", "Version"), gpp.field("usnat", "Version"), gpp.field("usmd", "x")),
        (None, None, None)
    );
    assert!(gpp.delete_section("usmd") && !gpp.delete_section("usmd") && gpp.delete_section("28"));
    assert_eq!(gpp.encode(), "DBABTA~1Y--");
    assert_eq!(gpp.fields("uspv1")[1], ("Notice", Value::Text("Y".into())));
}

#[test]
fn the_tc_string_is_kept_and_its_fields_are_read() {
    // TCF 2.3's example, and a TC string alone, as CMPs wrote it before GPP.
    let string = "CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA";
    let gpp = Gpp::decode(string).unwrap();
    assert_eq!(
        (gpp.encode(), gpp.to_json()),
        (format!("DBABMA~{string}"), format!("{{\"tcfeuv2\":\"{string}\"}}"))
    );
    assert_eq!(Gpp::decode(&gpp.encode()).unwrap(), gpp);
    assert_eq!(gpp.field("tcfeuv2", "CmpId"), Some(Value::Number(880)));
    assert_eq!(gpp.field("tcfeuv2", "VendorConsents"), Some(Value::from([1_u16, 2, 3, 4])));
    let fields: Json = serde_json::from_str(&gpp.section_json("tcfeuv2").unwrap()).unwrap();
    assert_eq!((fields.as_object().unwrap().len(), fields["ConsentLanguage"].as_str()), (29, Some("EN")));
    assert_eq!(refused("tcfeuv2", "BQSbk4"), "signal.version tcfeuv2's core: expected version 2 at bit 0");
}

#[test]
fn a_refused_value_changes_nothing() {
    let mut gpp = Gpp::new();
    for (section, field, value, message) in [
        ("usnat", "SaleOptOut", Value::Number(3), "usnat: expected SaleOptOut to be 0, 1 or 2"),
        ("usnat", "SaleOptOut", Value::Number(256), "usnat: expected SaleOptOut to be 0, 1 or 2"),
        ("usnat", "SaleOptOut", Value::Flag(true), "usnat: expected SaleOptOut to be 0, 1 or 2"),
        (
            "usnat",
            "MspaCoveredTransaction",
            Value::Number(0),
            "usnat: expected MspaCoveredTransaction to be 1 or 2",
        ),
        ("usnat", "Gpc", Value::Number(1), "usnat: expected Gpc to be true or false"),
        ("usnat", "GpcSegmentType", Value::Number(2), "usnat: expected GpcSegmentType to be 1"),
        (
            "usnat",
            "GpcSegmentIncluded",
            Value::Number(1),
            "usnat: expected GpcSegmentIncluded to be true or false",
        ),
        (
            "usca",
            "KnownChildSensitiveDataConsents",
            Value::from([0_u16, 0, 0]),
            "usca: expected KnownChildSensitiveDataConsents to be 2 values, each 0, 1 or 2",
        ),
        ("usva", "Gpc", Value::Flag(true), "usva: expected the name of one of its fields"),
        ("usca", "Version", Value::Number(2), "usca: expected version 1, found 2"),
        ("usnat", "Version", Value::Number(3), "usnat: expected version 1 or 2, found 3"),
        ("uspv1", "OptOutSale", Value::from("y"), "uspv1: expected OptOutSale to be Y, N or -"),
        (
            "tcfcav1",
            "ConsentLanguage",
            Value::from("e1"),
            "tcfcav1: expected ConsentLanguage to be two capital letters",
        ),
        (
            "tcfcav1",
            "CustomPurposesExpressConsent",
            Value::from([true]),
            "tcfcav1: expected CustomPurposesExpressConsent to be as many truth values as NumCustomPurposes",
        ),
        (
            "tcfcav1",
            "DisclosedVendors",
            Value::from([3_u16, 0]),
            "tcfcav1: expected DisclosedVendors to be a list of ids of 1 to 65535",
        ),
        ("tcfcav1", "CmpId", Value::Number(4096), "tcfcav1: expected CmpId to be 0 to 4095"),
        ("tcfeuv2", "CmpId", Value::Number(1), "tcfeuv2: expected this section to be set as a whole"),
        ("usxx", "CmpId", Value::Number(1), "gpp: expected the name of a section"),
    ] {
        assert_eq!(gpp.set_field(section, field, value).unwrap_err().message(), message);
        assert_eq!(gpp, Gpp::new());
    }
}

#[test]
fn the_national_section_keeps_the_lists_of_its_version() {
    let mut gpp = Gpp::new();
    gpp.set_field("usnat", "KnownChildSensitiveDataConsents", [2_u16, 1, 0]).unwrap();
    gpp.set_field("usnat", "Version", 1_u64).unwrap();
    assert_eq!(gpp.field("usnat", "KnownChildSensitiveDataConsents"), Some(Value::from([2_u16, 1])));
    let twelve = gpp.field("usnat", "SensitiveDataProcessing");
    assert_eq!(twelve, Some(Value::from([0_u16; 12])));
    gpp.set_field("usnat", "Version", 2_u64).unwrap();
    assert_eq!(gpp.field("usnat", "KnownChildSensitiveDataConsents"), Some(Value::from([2_u16, 1, 0])));
    // What version 1 has no place for is not dropped in silence.
    gpp.set_field("usnat", "KnownChildSensitiveDataConsents", [2_u16, 1, 1]).unwrap();
    assert_eq!(
        gpp.set_field("usnat", "Version", 1_u64).unwrap_err().message(),
        "usnat: expected no values that the lists of version 1 do not have",
    );
    assert_eq!(gpp.field("usnat", "Version"), Some(Value::Number(2)));
}

#[test]
fn what_does_not_fit_is_refused_with_its_place() {
    for (name, text, message) in [
        ("usnat", "", "signal.invalid usnat: expected another field at bit 0, found 0 bits left"),
        ("usnat", "CAAA", "signal.invalid usnat: expected another field at bit 24, found 0 bits left"),
        ("usnat", "C*AA", "signal.invalid usnat: expected a letter, a digit, `-` or `_` at character 1"),
        ("usnat", "DAAAAAAAAABA", "signal.version usnat: expected version 1 or 2 at bit 0"),
        ("usca", "CAAAAABA", "signal.version usca: expected version 1 at bit 0"),
        ("usnat", "CwAAAAAAAABA", "signal.invalid usnat: expected 0, 1 or 2 at bit 6"),
        ("usnat", "CAAAAAAAAAAA", "signal.invalid usnat: expected 1 or 2 at bit 64"),
        ("usnat", "CAAAAAAAAABB", "signal.invalid usnat: expected zero bits to the end at bit 71"),
        ("usnat", "CAAAAAAAAABAA", "signal.invalid usnat: expected the end at bit 70"),
        (
            "usnat",
            "CAAAAAAAAABA.",
            "signal.invalid usnat's GPC sub-section: expected another field at bit 0, found 0 bits left",
        ),
        ("usnat", "CAAAAAAAAABA.gA", "signal.invalid usnat's GPC sub-section: expected 1 at bit 0"),
        ("usnat", "CAAAAAAAAABA.QAA", "signal.invalid usnat's GPC sub-section: expected the end at bit 3"),
        (
            "usnat",
            "CAAAAAAAAABA.QA.QA",
            "signal.invalid usnat: expected each of its sub-sections once, and no other",
        ),
        ("usva", "BVWSSVY.YA", "signal.invalid usva: expected each of its sub-sections once, and no other"),
        (
            "usky",
            "BVVV.kk_",
            "signal.invalid usky's sensitive data sub-section: expected 0, 1 or 2 at bit 12",
        ),
        // The header that the specification puts before sections 24 to 27.
        ("usky", "aBABYA.BVVV.kkk", "signal.invalid usky: expected 1 or 2 at bit 6"),
        ("uspv1", "2YNN", "signal.version uspv1: expected version 1 at character 0"),
        ("uspv1", "xYNN", "signal.invalid uspv1: expected 1 at character 0"),
        ("uspv1", "1Y", "signal.invalid uspv1: expected Y, N or - at character 2"),
        ("uspv1", "1YNNN", "signal.invalid uspv1: expected the end at character 4"),
        ("tcfcav1", "A", "signal.version tcfcav1: expected version 1 or 2 at bit 0"),
        ("tcfcav1", "BPSG", "signal.invalid tcfcav1: expected another field at bit 10, found 14 bits left"),
        ("28", "", "signal.invalid gpp: expected a section to be letters, digits, `-`, `.` and `_`"),
        ("28", "a~b", "signal.invalid gpp: expected a section to be letters, digits, `-`, `.` and `_`"),
    ] {
        assert_eq!(refused(name, text), message, "{text}");
    }
    for (text, message) in [
        ("", "signal.invalid header: expected another field at bit 0, found 0 bits left"),
        ("EBAA", "signal.invalid header: expected type 3 at bit 0"),
        ("DCAA", "signal.version header: expected version 1 at bit 6"),
        ("DBAB", "signal.invalid header: expected another field at bit 24, found 0 bits left"),
        ("DBAAA", "signal.invalid header: expected the end at bit 24"),
        ("DBABTA", "signal.invalid header: expected as many sections as it announces"),
        ("DBABTA~1YNN~1YNN", "signal.invalid header: expected as many sections as it announces"),
        ("DBABTB~1YNN", "signal.invalid header: expected zero bits to the end at bit 35"),
    ] {
        let error = Gpp::decode(text).unwrap_err();
        assert_eq!(format!("{} {}", error.code(), error.message()), message, "{text}");
    }
    assert_eq!(Gpp::decode(&"D".repeat(MAX_LENGTH + 1)).unwrap_err().code(), "signal.too-long");
    assert_eq!(section("usnat", &"C".repeat(MAX_LENGTH + 1)).unwrap_err().code(), "signal.too-long");
}

#[test]
fn a_short_text_cannot_ask_for_much_memory() {
    // 4,095 restrictions, each of 65,535 vendors in one range of about 60 bits.
    let mut gpp = Gpp::new();
    let everyone = |purpose| Restriction { purpose, kind: 0, vendors: (1..=u16::MAX).collect() };
    gpp.set_field("tcfcav1", "PubRestrictions", Value::Restrictions((0..4).map(everyone).collect())).unwrap();
    let text = gpp.section("tcfcav1").unwrap();
    assert!(text.len() < 120, "{}", text.len());
    assert_eq!(section("tcfcav1", &text).unwrap(), gpp);
    let five = Value::Restrictions((0..5).map(everyone).collect());
    assert_eq!(gpp.set_field("tcfcav1", "PubRestrictions", five).unwrap_err().code(), "signal.invalid");
    // The count of restrictions is in bits 233 to 244: the most there can be, and the first one again and again.
    let core = bits(text.split('.').next().unwrap());
    let one = 8 + 16 + 1 + 12 + 1 + 2 + 24;
    let mut many = core[..245].to_vec();
    many[233..245].copy_from_slice(&[true; 12]);
    for _ in 0..4095 {
        many.extend(&core[245..245 + one]);
    }
    many.resize(many.len().next_multiple_of(24), false);
    let long: String = many
        .chunks(6)
        .map(|six| six.iter().fold(0, |value, bit| value << 1 | usize::from(*bit)))
        .map(|value| char::from(BASE64URL.as_bytes()[value]))
        .collect();
    assert!(long.len() < MAX_LENGTH, "{}", long.len());
    assert_eq!(section("tcfcav1", &long).unwrap_err().code(), "signal.too-long");
}

fn bits(text: &str) -> Vec<bool> {
    let value = |symbol| BASE64URL.find(symbol).unwrap();
    text.chars().map(value).flat_map(|value| (0..6).rev().map(move |bit| value >> bit & 1 == 1)).collect()
}
