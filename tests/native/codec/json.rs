use storefront_privacy::codec::json::{self, Limits, Object, Value};
use zeroize::Zeroize as _;

use crate::generate::{Source, cases};

#[test]
fn reads_every_kind_of_value() {
    let value = json::parse(
        " {\"a\" : [ null , true,false,-0, 12,1.5e+3 ] ,\"b\":{}, \"\":\"\\u00e9\\ud83d\\ude00\\/\"}\r\n",
    )
    .unwrap();
    let elements = value.get("a").and_then(Value::as_array).unwrap();
    assert_eq!(
        elements,
        [
            Value::Null,
            Value::Bool(true),
            Value::Bool(false),
            Value::Integer(0),
            Value::Integer(12),
            Value::Decimal("1.5e+3".into())
        ]
    );
    assert!(value.get("b").and_then(Value::as_object).unwrap().is_empty());
    assert_eq!(value.get("").and_then(Value::as_str), Some("é😀/"));
    assert_eq!(json::parse("9007199254740991").unwrap(), Value::Integer(json::MAX_SAFE_INTEGER));
    assert_eq!(json::parse("9007199254740992").unwrap(), Value::Decimal("9007199254740992".into()));
}

#[test]
fn refuses_with_the_place() {
    let refused = [
        ("", "a value at line 1, column 1"),
        ("\u{feff}1", "a value at line 1, column 1"),
        ("nul", "a value at line 1, column 1"),
        ("NaN", "a value at line 1, column 1"),
        ("1 2", "nothing after the value at line 1, column 3"),
        ("01", "no digit after a leading zero at line 1, column 3"),
        ("-", "a digit at line 1, column 2"),
        ("+1", "a value at line 1, column 1"),
        (".5", "a value at line 1, column 1"),
        ("1.", "a digit at line 1, column 3"),
        ("1e", "a digit at line 1, column 3"),
        ("[1,]", "a value at line 1, column 4"),
        ("[1 2]", "`,` or `]` at line 1, column 4"),
        ("[", "a value at line 1, column 2"),
        ("{a:1}", "a member's name in double quotes at line 1, column 2"),
        ("{\"a\" 1}", "`:` at line 1, column 6"),
        ("{\"a\":1\n \"b\":2}", "`,` or `}` at line 2, column 2"),
        ("{\"a\":1,\"\\u0061\":2}", "a name that the object does not have yet at line 1, column 8"),
        ("\"é", "a closing double quote at line 1, column 3"),
        ("\"\t\"", "control characters to be escaped at line 1, column 2"),
        ("\"\\x\"", "an escape that JSON knows at line 1, column 3"),
        ("\"\\u12g4\"", "four hexadecimal digits at line 1, column 6"),
        ("\"\\ud800\"", "surrogates in pairs at line 1, column 2"),
        ("\"\\ud800\\u0041\"", "surrogates in pairs at line 1, column 2"),
        ("\"\\udc00\\ud800\"", "surrogates in pairs at line 1, column 2"),
        ("'a'", "a value at line 1, column 1"),
        ("/**/1", "a value at line 1, column 1"),
    ];
    for (text, what) in refused {
        let error = json::parse(text).unwrap_err();
        assert_eq!(error.code(), "input.invalid");
        assert_eq!(error.to_string(), format!("json: expected {what}"), "{text:?}");
    }
}

#[test]
fn keeps_its_limits() {
    let long = "1".repeat(256 * 1024 + 1);
    let error = json::parse(&long).unwrap_err();
    assert_eq!(error.code(), "input.too-long");
    assert_eq!(error.to_string(), "json: expected at most 262144 bytes, found 262145");
    assert_eq!(json::parse_bytes(long.as_bytes()).unwrap_err().code(), "input.too-long");

    assert!(json::parse(&("[".repeat(32) + &"]".repeat(32))).is_ok());
    let deep = json::parse(&"[".repeat(200_000)).unwrap_err();
    assert_eq!(
        deep.to_string(),
        "json: expected at most 32 levels of arrays and objects at line 1, column 33"
    );

    let limits = Limits { members: 2, ..Limits::default() };
    let error = json::parse_within(r#"{"a":1,"b":2,"c":3}"#, limits).unwrap_err();
    assert_eq!(error.to_string(), "json: expected at most 2 members at line 1, column 14");

    let error = json::parse_bytes(b"\"a\xff\"").unwrap_err();
    assert_eq!(error.to_string(), "json: expected UTF-8 at byte 2");
}

/// RFC 8785 §3.2.3: the order of these names.
#[test]
fn sorts_as_rfc_8785_does() {
    let value = json::parse(
        r#"{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}"#,
    );
    assert_eq!(
        value.unwrap().to_canonical().unwrap(),
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}",
    );
}

/// RFC 8785 §3.2.2.2: the escapes of its example.
#[test]
fn escapes_as_rfc_8785_does() {
    let value = json::parse(r#""\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/\b\f\t\u007f""#).unwrap();
    assert_eq!(value.to_canonical().unwrap(), "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\f\\t\u{7f}\"");
}

#[test]
fn has_no_canonical_form_for_other_numbers() {
    for text in ["1.0", "1e2", "9007199254740992", "-9007199254740992", "[{\"a\":0.1}]"] {
        let error = json::parse(text).unwrap().to_canonical().unwrap_err();
        assert_eq!(error.code(), "input.invalid");
        assert_eq!(
            error.to_string(),
            "json: expected integers of at most 2^53 - 1 in a canonical text, found another number",
        );
    }
    assert_eq!(Value::from(i64::MAX), Value::Decimal("9223372036854775807".into()));
}

#[test]
fn objects_replace_and_keep_order() {
    let object = Object::new().with("b", "x").with("a", vec![true]).with("b", 2);
    assert_eq!(object.len(), 2);
    let names: Vec<_> = object.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["b", "a"]);
    assert_eq!(Value::from(object).to_canonical().unwrap(), r#"{"a":[true],"b":2}"#);
}

#[test]
fn values_can_be_wiped() {
    let mut value = json::parse(r#"{"number":"4242","code":[737,true,1.5,{"x":"y"}]}"#).unwrap();
    value.zeroize();
    assert_eq!(
        value,
        json::parse(r#"{"number":"","code":[0,false,{"x":""}]}"#).map_or(Value::Null, |mut empty| {
            if let Value::Object(object) = &mut empty {
                object.insert(
                    "code",
                    vec![
                        Value::Integer(0),
                        Value::Bool(false),
                        Value::Decimal(String::new()),
                        Value::from(Object::new().with("x", "")),
                    ],
                );
            }
            empty
        })
    );
}

/// The oracle is `serde_json`. It keeps the last of two members of one name and nests deeper; it refuses numbers beyond
/// a double.
#[test]
fn agrees_with_serde_json() {
    let mut source = Source::new(7);
    let (mut read, mut refused) = (0, 0);
    for _ in 0..cases(60_000) {
        let mut text = String::new();
        push_value(&mut source, &mut text, 5);
        if source.once_in(2) {
            text = source.mutate(&text, "{}[]\",:\\u0e+-.dtfn \u{1}é");
        }
        let theirs: Result<serde_json::Value, _> = serde_json::from_str(&text);
        match (json::parse(&text), theirs) {
            (Ok(ours), Ok(theirs)) => {
                assert!(is_same(&ours, &theirs), "{text}");
                if let Ok(canonical) = ours.to_canonical() {
                    assert_eq!(json::parse(&canonical).unwrap().to_canonical().unwrap(), canonical);
                    let again: serde_json::Value = serde_json::from_str(&canonical).unwrap();
                    assert!(is_same(&ours, &again), "{text}");
                }
                read += 1;
            }
            (Err(_), Err(_)) => refused += 1,
            (Err(error), Ok(_)) => {
                assert!(error.message().contains("does not have yet"), "{text}: {error}");
            }
            (Ok(_), Err(error)) => {
                assert!(error.to_string().contains("number out of range"), "{text}: {error}");
            }
        }
    }
    assert!(read > 1000 && refused > 1000, "{read} {refused}");
}

#[test]
fn survives_any_text() {
    let mut source = Source::new(8);
    for _ in 0..cases(200_000) {
        let text = source.text_of("{}[]\"\\u,:0123456789eE+-.dD8tfnrals \n\u{1}é😀", 24);
        let ours = json::parse(&text).is_ok();
        let theirs = serde_json::from_str::<serde_json::Value>(&text).is_ok();
        assert!(ours == theirs || text.contains('e') || text.contains('E') || text.contains('{'), "{text:?}");
    }
}

fn push_value(source: &mut Source, text: &mut String, depth: usize) {
    match source.below(if depth == 0 { 5 } else { 7 }) {
        0 => text.push_str(source.pick(&["null", "true", "false"])),
        1 => text.push_str(&i64::from_le_bytes(source.next().to_le_bytes()).to_string()),
        2 => text.push_str(source.pick(&[
            "0",
            "-0",
            "1e5",
            "1.25",
            "-3E-2",
            "9007199254740991",
            "1E400",
            "42",
        ])),
        3 | 4 => push_string(source, text),
        5 => {
            text.push('[');
            for position in 0..source.below(4) {
                text.push_str(if position == 0 { "" } else { " , " });
                push_value(source, text, depth - 1);
            }
            text.push(']');
        }
        _ => {
            text.push('{');
            for position in 0..source.below(4) {
                text.push_str(if position == 0 { "\n" } else { "," });
                push_string(source, text);
                text.push(':');
                push_value(source, text, depth - 1);
            }
            text.push('}');
        }
    }
}

fn push_string(source: &mut Source, text: &mut String) {
    if source.once_in(3) {
        text.push_str(source.pick(&[
            "\"\"",
            "\"\\u00e9\"",
            "\"\\ud83d\\ude00\"",
            "\"\\/\\b\\f\"",
            "\"a\"",
            "\"b\"",
        ]));
    } else {
        text.push_str(&serde_json::to_string(&source.text(8)).unwrap());
    }
}

fn is_same(ours: &Value, theirs: &serde_json::Value) -> bool {
    match ours {
        Value::Null => theirs.is_null(),
        Value::Bool(truth) => theirs.as_bool() == Some(*truth),
        Value::Integer(integer) => {
            theirs.as_i64() == Some(*integer) || (*integer == 0 && theirs.as_f64() == Some(0.0))
        }
        Value::Decimal(text) => {
            // It reads doubles with an error in the last place.
            let (number, other) = (text.parse::<f64>().unwrap(), theirs.as_f64().unwrap());
            (number - other).abs() <= number.abs() * 1e-15
        }
        Value::String(text) => theirs.as_str() == Some(text),
        Value::Array(elements) => theirs.as_array().is_some_and(|others| {
            others.len() == elements.len()
                && elements.iter().zip(others).all(|(left, right)| is_same(left, right))
        }),
        Value::Object(object) => theirs.as_object().is_some_and(|others| {
            others.len() == object.len()
                && object
                    .iter()
                    .all(|(name, value)| others.get(name).is_some_and(|other| is_same(value, other)))
        }),
    }
}
