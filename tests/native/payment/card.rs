use storefront_privacy::payment::{
    Brand, CardNumber, CardholderName, Expiry, Field, SecurityCode, check_card,
};

use super::{NOW, TEST_NUMBERS, code};
use crate::generate::{Source, cases};

#[test]
fn published_test_numbers_are_numbers() {
    for (number, id) in TEST_NUMBERS {
        let parsed = CardNumber::parse(number).unwrap();
        assert_eq!(parsed.brand().map(Brand::id), Some(*id), "{number}");
        assert_eq!(parsed.expose_digits(), *number);
        assert!(number.ends_with(parsed.last_four()) && parsed.last_four().len() == 4);
    }
}

#[test]
fn separators_and_other_scripts_digits_are_read() {
    for text in [
        "4242 4242 4242 4242",
        "4242-4242-4242-4242",
        "\u{a0}4242\u{2009}4242\u{2011}4242\u{2013}4242\n",
        "４２４２４２４２４２４２４２４２",
        "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢",
        "۴۲۴۲۴۲۴۲۴۲۴۲۴۲۴۲",
    ] {
        assert_eq!(CardNumber::parse(text).unwrap().expose_digits(), "4242424242424242", "{text}");
    }
}

#[test]
fn a_number_is_incomplete_or_invalid() {
    for text in ["", " ", "4", "424242424242", "42424242424242", "3782822463100", "00000000000"] {
        assert_eq!(code(CardNumber::parse(text)), "payment.number-incomplete", "{text}");
    }
    for text in [
        "4242424242424241",
        "3782822463100050",
        "42424242424242424242",
        "4242x4242",
        "4242,4242",
        "５²",
        "999999999999",
    ] {
        assert_eq!(code(CardNumber::parse(text)), "payment.number-invalid", "{text}");
    }
}

#[test]
fn messages_do_not_repeat_what_was_typed() {
    let mut source = Source::new(7);
    for _ in 0..cases(2_000) {
        let text = source.text_of("0123456789 -x", 24);
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        for error in
            [CardNumber::parse(&text).err(), Expiry::parse(&text).err(), CardholderName::parse(&text).err()]
        {
            let Some(error) = error.filter(|_| digits.len() >= 4) else { continue };
            assert!(!error.to_string().contains(&digits), "{error}");
        }
    }
}

/// Every valid number has exactly one check digit, and it is found whatever the separators.
#[test]
fn one_last_digit_of_ten_makes_a_number() {
    let mut source = Source::new(3);
    for _ in 0..cases(2_000) {
        let front = format!("4{:015}", source.next() % 1_000_000_000_000_000);
        let front = &front[..15];
        let valid = (0..10).filter(|last| CardNumber::parse(&format!("{front}{last}")).is_ok()).count();
        assert_eq!(valid, 1, "{front}");
    }
}

#[test]
fn expiry_is_read_in_any_form() {
    for text in [
        "1/27",
        "01/27",
        "01 / 27",
        "01/2027",
        "1/2027",
        " 01 - 2027 ",
        "01.27",
        "01 27",
        "0127",
        "127",
        "012027",
        "12027",
        "202701",
        "2027-01",
        "2027/1",
        "01–27",
        "01／27",
        "０１/２７",
        "01⁄27",
    ] {
        let expiry = Expiry::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!((expiry.month(), expiry.year()), (1, 2027), "{text}");
    }
}

#[test]
fn expiry_refuses_the_rest() {
    for text in [
        "",
        "/",
        "1",
        "12",
        "13/27",
        "00/27",
        "0/27",
        "1/2",
        "1/227",
        "1/02027",
        "01/27/",
        "x",
        "1/27x",
        "1a27",
        "01/1999",
        "01/2100",
        "1/2/27",
        "0012027",
        "99999999999999",
        "-1/27",
        "1/-",
        "1//27 3",
    ] {
        let result = Expiry::parse(text);
        if text == "01/27/" {
            // A separator behind is one that was typed too many.
            assert!(result.is_ok());
        } else if text == "-1/27" {
            assert!(result.is_ok());
        } else {
            assert_eq!(code(result), "payment.expiry-invalid", "{text}");
        }
    }
}

#[test]
fn a_card_is_valid_to_the_end_of_its_month_everywhere() {
    let check = |text: &str, now| Expiry::parse(text).unwrap().check(now).map_err(|error| error.code());
    // 2026-12-01T00:00:00Z: November goes on for twelve hours on Baker Island.
    let december = 1_796_083_200;
    assert_eq!(check("11/26", NOW), Ok(()));
    assert_eq!(check("11/26", december), Ok(()));
    assert_eq!(check("11/26", december + 12 * 3600 - 1), Ok(()));
    assert_eq!(check("11/26", december + 12 * 3600), Err("payment.expiry-past"));
    assert_eq!(check("10/26", NOW), Err("payment.expiry-past"));
    assert_eq!(check("12/25", NOW), Err("payment.expiry-past"));
    assert_eq!(check("12/46", NOW), Ok(()));
    assert_eq!(check("01/47", NOW), Err("payment.expiry-invalid"));
    assert!(check("12/46", i64::MAX).is_err() && check("12/46", i64::MIN).is_err());
}

#[test]
fn the_code_is_as_long_as_the_brand_says() {
    let visa = Some(Brand::Visa);
    assert_eq!(SecurityCode::parse(" 123 ", visa).unwrap().expose_digits(), "123");
    assert_eq!(SecurityCode::parse("１２３", visa).unwrap().expose_digits(), "123");
    assert_eq!(SecurityCode::parse("1234", Some(Brand::AmericanExpress)).unwrap().expose_digits(), "1234");
    assert!(SecurityCode::parse("123", None).is_ok() && SecurityCode::parse("1234", None).is_ok());
    for text in ["", "1", "12", "1234", "12345", "12a", "1 3"] {
        assert_eq!(code(SecurityCode::parse(text, visa)), "payment.code-invalid", "{text}");
    }
}

#[test]
fn a_name_is_a_name() {
    for (text, name) in [
        (" Ada Lovelace ", "Ada Lovelace"),
        ("Ł", "Ł"),
        ("山田 太郎", "山田 太郎"),
        ("Louis XIV 14", "Louis XIV 14"),
    ] {
        assert_eq!(CardholderName::parse(text).unwrap().as_str(), name);
    }
    let long = "ü".repeat(64);
    assert!(CardholderName::parse(&long).is_ok());
    for text in ["", " \t ", "a\u{0}b", "a\nb", &format!("{long}ü"), "4242 4242 4242 4242", "no 424242424242"]
    {
        assert_eq!(code(CardholderName::parse(text)), "payment.name-invalid", "{text:?}");
    }
}

#[track_caller]
fn problems(
    number: &str,
    expiry: &str,
    security: &str,
    name: &str,
    accepted: Option<&[Brand]>,
) -> Vec<String> {
    check_card(number, expiry, security, name, NOW, accepted)
        .into_iter()
        .map(|(field, error)| format!("{}:{}", field.as_str(), error.code()))
        .collect()
}

#[test]
fn a_whole_card_is_checked_at_once() {
    let none: Vec<String> = Vec::new();
    assert_eq!(problems("4242424242424242", "12/30", "123", "Ada", None), none);
    assert_eq!(problems("4242424242424242", "12/30", "123", "Ada", Some(&[Brand::Visa])), none);
    assert_eq!(
        problems("", "", "", "", None),
        [
            "number:payment.number-incomplete",
            "expiry:payment.expiry-invalid",
            "code:payment.code-invalid",
            "name:payment.name-invalid",
        ]
    );
    assert_eq!(
        problems("4242424242424242", "10/26", "123", "Ada", Some(&[Brand::Mastercard])),
        ["number:payment.brand-not-accepted", "expiry:payment.expiry-past"]
    );
    // A brand is known before its number is whole: the code is measured by it.
    assert_eq!(problems("3782", "12/30", "1234", "Ada", None), ["number:payment.number-incomplete"]);
    assert_eq!(
        problems("3782", "12/30", "123", "Ada", None),
        ["number:payment.number-incomplete", "code:payment.code-invalid"]
    );
    assert_eq!(problems("6304000000000000", "12/30", "", "Ada", None), none);
    assert_eq!(
        problems("7000000000000005", "12/30", "123", "Ada", Some(&[Brand::Visa])),
        ["number:payment.brand-not-accepted"]
    );
    assert_eq!(problems("7000000000000005", "12/30", "123", "Ada", None), none);
    assert_eq!(Field::Number.as_str(), "number");
}

#[test]
fn any_text_is_parsed_or_refused() {
    let mut source = Source::new(11);
    for _ in 0..cases(10_000) {
        let [number, expiry, security, name] = [40, 20, 8, 90].map(|most| {
            if source.once_in(2) { source.text(most) } else { source.text_of("0123456789 /-", most) }
        });
        for (_, error) in check_card(&number, &expiry, &security, &name, NOW, None) {
            assert!(error.code().starts_with("payment."), "{error}");
        }
        if let Ok(expiry) = Expiry::parse(&expiry) {
            assert!((1..=12).contains(&expiry.month()) && (2000..=2099).contains(&expiry.year()));
        }
        if let Ok(number) = CardNumber::parse(&number) {
            assert!((12..=19).contains(&number.expose_digits().len()));
            assert!(number.expose_digits().bytes().all(|byte| byte.is_ascii_digit()));
        }
    }
}
