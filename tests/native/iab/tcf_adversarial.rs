//! What is not a TC string, and what only looks like one.

use storefront_privacy::{
    codec::bits::{BitWriter, to_base64url},
    consent::tcf::{IdSet, MAX_LENGTH, TcModel},
};

use super::tcf::{EXAMPLE, model};
use crate::generate::{Source, cases};

#[test]
fn refused_with_code_segment_and_bit() {
    let core = EXAMPLE.split('.').next().unwrap();
    for (text, code, message) in [
        (String::new(), "signal.invalid", "core: expected another field at bit 0, found 0 bits left"),
        ("BOEFEAyOEFEAyAHABDENAI4AAAB9vABAASA".into(), "signal.version", "core: expected version 2 at bit 0"),
        ("DQSbk4A".into(), "signal.version", "core: expected version 2 at bit 0"),
        (core[..20].into(), "signal.invalid", "core: expected another field at bit 120, found 0 bits left"),
        (
            format!("{core}AAAA"),
            "signal.invalid",
            "core: expected fewer than 24 zero bits after the last field at bit 263",
        ),
        (
            format!("{}B", &core[..core.len() - 1]),
            "signal.invalid",
            "core: expected fewer than 24 zero bits after the last field at bit 263",
        ),
        (format!("{core}."), "signal.invalid", "segment: expected another field at bit 0, found 0 bits left"),
        (format!("{core}.AAAA"), "signal.invalid", "segment: expected a segment of type 1, 2 or 3 at bit 0"),
        (
            format!("{core}.IAAA.IAAA"),
            "signal.invalid",
            "disclosed vendors: expected each segment once at bit 0",
        ),
        (
            format!("{core}.I!AA"),
            "signal.invalid",
            "segment: expected a letter, a digit, `-` or `_` at character 1",
        ),
        (
            format!("{core}~"),
            "signal.invalid",
            "core: expected a letter, a digit, `-` or `_` at character 44",
        ),
        ("C".repeat(MAX_LENGTH + 1), "signal.too-long", "expected a TC string of at most 65536 characters"),
    ] {
        let error = TcModel::parse(&text).unwrap_err();
        assert_eq!((error.code(), error.message()), (code, message), "{text}");
    }
}

#[test]
fn ranges_that_overlap_descend_or_exceed_are_refused() {
    let core = EXAMPLE.split('.').next().unwrap();
    for (max, ranges) in [
        (10, &[(3, 2)][..]),
        (10, &[(1, 5), (5, 7)]),
        (10, &[(6, 7), (1, 2)]),
        (10, &[(1, 11)]),
        (10, &[(0, 2)]),
    ] {
        let mut writer = BitWriter::new();
        writer.int(1, 3);
        writer.int(max, 16);
        writer.flag(true);
        writer.int(u64::try_from(ranges.len()).unwrap(), 12);
        for (first, last) in ranges {
            writer.flag(true);
            writer.int(*first, 16);
            writer.int(*last, 16);
        }
        writer.pad_to(24);
        let length = writer.len();
        let text = format!("{core}.{}", to_base64url(&writer.into_bytes(), length));
        let error = TcModel::parse(&text).unwrap_err();
        let start = "disclosed vendors: expected ascending ranges up to the greatest id at bit ";
        assert!(error.message().starts_with(start), "{ranges:?}: {error}");
    }
}

#[test]
fn old_and_other_writers_are_read() {
    let core = EXAMPLE.split('.').next().unwrap();
    let alone = TcModel::parse(core).unwrap();
    assert_eq!((alone.vendors_disclosed, alone.publisher_tc), (None, None));
    // Allowed vendors, segment type 2, vendors 1 to 3 as a bit field; padded to a character only.
    let mut writer = BitWriter::new();
    writer.int(2, 3);
    writer.int(3, 16);
    writer.flag(false);
    writer.int(0b111, 3);
    let length = writer.len();
    let allowed = to_base64url(&writer.into_bytes(), length);
    let model = TcModel::parse(&format!("{core}.{allowed}.IAAA")).unwrap();
    assert_eq!(model.vendors_allowed, Some((1..=3).collect()));
    assert_eq!(model.vendors_disclosed, Some(IdSet::new()));
}

/// Strings with a few characters changed, cut, doubled, and strings of any characters: an error or a model that writes
/// and reads the same, and never more ids than the bits can name. `FUZZ_CASES=1000000` is the long form.
#[test]
fn any_text_is_a_model_or_a_coded_error() {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~=+ é";
    let mut source = Source::new(26);
    let mut read = 0_u64;
    let mut seeds: Vec<String> = vec![EXAMPLE.into()];
    for _ in 0..50 {
        seeds.push(model(&mut source, 1_000).encode_unchecked_by_list().unwrap());
    }
    let all = cases(100_000);
    for _ in 0..all {
        let text = match source.below(8) {
            0 => source.text_of(ALPHABET, 120),
            1 => format!("C{}", source.text_of(&ALPHABET[..65], 200)),
            2 => {
                let seed = &seeds[source.below(seeds.len())];
                seed[..source.below(seed.len())].to_owned()
            }
            _ => {
                let seed = source.below(seeds.len());
                source.mutate(&seeds[seed], ALPHABET)
            }
        };
        match TcModel::parse(&text) {
            Ok(mut model) => {
                read += 1;
                model.vendors_allowed = None;
                model.cmp_id = model.cmp_id.max(2);
                model.vendors_disclosed.get_or_insert_default();
                if !model.is_service_specific {
                    model.publisher_tc = None;
                }
                let again = TcModel::parse(&model.encode_unchecked_by_list().unwrap()).unwrap();
                assert_eq!(again, model, "{text}");
            }
            Err(error) => {
                let codes = ["signal.invalid", "signal.version", "signal.too-long"];
                assert!(codes.contains(&error.code()), "{text}: {error}");
            }
        }
    }
    assert!(read > all / 50, "only {read} of {all} texts were strings");
}
