use storefront_privacy::payment::{Brand, Expiry, format_expiry, format_number};

use crate::generate::{Source, cases};

/// What is shown and where the caret is, as `4242 4|2`.
fn shown(typed: &str) -> String {
    let caret = typed[..typed.find('|').expect("a caret")].encode_utf16().count();
    let view = format_number(&typed.replace('|', ""), caret);
    with_caret(view.text(), view.caret)
}

fn shown_expiry(typed: &str) -> String {
    let caret = typed[..typed.find('|').expect("a caret")].encode_utf16().count();
    let view = format_expiry(&typed.replace('|', ""), caret);
    with_caret(view.text(), view.caret)
}

fn with_caret(text: &str, caret: usize) -> String {
    format!("{}|{}", &text[..caret], &text[caret..])
}

#[test]
fn digits_are_grouped_and_the_caret_stays_with_its_digit() {
    for (typed, expected) in [
        ("|", "|"),
        ("4|", "4|"),
        ("4242|", "4242|"),
        ("42424|", "4242 4|"),
        ("4242 4242 4242 4242|", "4242 4242 4242 4242|"),
        ("42425| 4242", "4242 5|424 2"),
        ("|4242 42", "|4242 42"),
        ("4242| 42", "4242| 42"),
        ("4242 |42", "4242| 42"),
        ("x4242|", "4242|"),
        ("😀4|242 4", "4|242 4"),
        ("378282246310005|", "3782 822463 10005|"),
        ("36227206271667|", "3622 720627 1667|"),
        ("3622720627166|70000", "3622 7206 2716 6|700 00"),
        ("135410014004955|", "1354 10014 004955|"),
        ("37828224631000599|", "3782 822463 10005|"),
        ("4242424242424242424299|", "4242 4242 4242 4242 424|"),
    ] {
        assert_eq!(shown(typed), expected, "{typed}");
    }
}

#[test]
fn a_view_tells_brand_and_completeness() {
    let view = format_number("4242 4242 4242 4242", 0);
    assert_eq!((view.brand, view.digits, view.complete, view.valid), (Some(Brand::Visa), 16, true, true));
    assert_eq!(view.code_length, 3);
    let view = format_number("4242 4242 4242 4241", 0);
    assert!(view.complete && !view.valid);
    let view = format_number("4242 4242 4242 42", 0);
    assert!(!view.complete && !view.valid);
    let view = format_number("", 0);
    assert_eq!(
        (view.brand, view.digits, view.complete, view.valid, view.code_length),
        (None, 0, false, false, 4)
    );
    assert!(format_number("6221558812340001", 0).valid, "UnionPay has numbers without a check digit");
}

#[test]
fn an_expiry_is_completed_while_it_is_typed() {
    for (typed, expected) in [
        ("|", "|"),
        ("1|", "1|"),
        ("0|", "0|"),
        ("7|", "07|"),
        ("12|", "12|"),
        ("13|", "01 / 3|"),
        ("127|", "12 / 7|"),
        ("1/|", "01 / |"),
        ("12/|", "12 / |"),
        ("01 /|", "01|"),
        ("01 / |", "01 / |"),
        ("01 / 2|", "01 / 2|"),
        ("1/27|", "01 / 27|"),
        ("0127|", "01 / 27|"),
        ("01/2027|", "01 / 27|"),
        ("01 / 202|", "01 / 202|"),
        ("2027-01|", "01 / 27|"),
        ("202701|", "01 / 27|"),
        ("012027|", "01 / 27|"),
        ("01 / 275|", "01 / 27|"),
        ("0|1 / 27", "0|1 / 27"),
        ("01 / |27", "01| / 27"),
        ("01 / 2|7", "01 / 2|7"),
        ("７|", "07|"),
        ("abc|", "|"),
    ] {
        assert_eq!(shown_expiry(typed), expected, "{typed}");
    }
}

#[test]
fn an_expiry_view_tells_completeness() {
    for (typed, complete, valid) in [
        ("", false, false),
        ("12", false, false),
        ("1/2", false, false),
        ("12/30", true, true),
        ("13/30", true, false),
    ] {
        let view = format_expiry(typed, 0);
        assert_eq!((view.complete, view.valid), (complete, valid), "{typed}: {}", view.text());
    }
}

/// What [`Expiry::parse`] reads, the formatter shows as the same month and year.
#[test]
fn formatting_keeps_what_an_expiry_means() {
    for month in 1..=12 {
        for year in [2026, 2027, 2030, 2045] {
            let short = year % 100;
            for text in [
                format!("{month}/{short}"),
                format!("{month:02} / {short}"),
                format!("{month:02}{short}"),
                format!("{month:02}-{year}"),
                format!("{year}-{month:02}"),
                format!("{year}{month:02}"),
            ] {
                let view = format_expiry(&text, text.len());
                let expiry = Expiry::parse(view.text()).unwrap_or_else(|_| panic!("{text}: {}", view.text()));
                assert_eq!((u32::from(expiry.month()), expiry.year()), (month, year), "{text}");
                assert!(view.valid, "{text}");
            }
        }
    }
}

/// A shopper's session of random edits: the text is always what its digits give, and formatting it again changes nothing.
#[test]
fn any_edits_keep_digits_and_caret() {
    let mut source = Source::new(5);
    for _ in 0..cases(2_000) {
        let (mut text, mut caret) = (String::new(), 0);
        for _ in 0..30 {
            let before = text.clone();
            if source.once_in(4) && caret > 0 {
                text.remove(caret - 1);
                caret -= 1;
            } else {
                let typed = source.text_of("0123456789", 6);
                text.insert_str(caret, &typed);
                caret += typed.len();
            }
            let digits_left = text[..caret].chars().filter(char::is_ascii_digit).count();
            let view = format_number(&text, caret);
            let all: String = text.chars().filter(char::is_ascii_digit).collect();
            let kept: String = view.text().chars().filter(char::is_ascii_digit).collect();
            assert!(all.starts_with(&kept), "{before} -> {text} -> {}", view.text());
            assert_eq!(view.digits, kept.len());
            let shown_left = view.text()[..view.caret].chars().filter(char::is_ascii_digit).count();
            assert_eq!(shown_left, digits_left.min(kept.len()), "{text} {caret} -> {}", view.text());
            let again = format_number(view.text(), view.caret);
            assert_eq!((again.text(), again.caret), (view.text(), view.caret));
            (text, caret) = (view.text().to_owned(), view.caret);
            if source.once_in(5) {
                caret = source.below(text.len() + 1);
            }
        }
    }
}

#[test]
fn any_text_is_formatted_within_bounds_and_once() {
    let mut source = Source::new(6);
    for _ in 0..cases(20_000) {
        let text = if source.once_in(2) { source.text(40) } else { source.text_of("0123456789 /-.", 14) };
        let caret = source.below(50);
        let number = format_number(&text, caret);
        assert!(number.caret <= number.text().len() && number.text().is_ascii());
        let expiry = format_expiry(&text, caret);
        assert!(expiry.caret <= expiry.text().len() && expiry.text().is_ascii());
        let again = format_expiry(expiry.text(), expiry.caret);
        assert_eq!(again.text(), expiry.text(), "{text:?}");
    }
}

/// Held down, the backspace key empties either field.
#[test]
fn backspace_empties_a_field() {
    let mut text = format_number("4242424242424242424", 19).text().to_owned();
    for _ in 0..40 {
        text.pop();
        let view = format_number(&text, text.len());
        assert_eq!(view.caret, view.text().len());
        text = view.text().to_owned();
    }
    assert_eq!(text, "");
    let mut text = format_expiry("12/27", 5).text().to_owned();
    for _ in 0..12 {
        text.pop();
        text = format_expiry(&text, text.len()).text().to_owned();
    }
    assert_eq!(text, "");
}
