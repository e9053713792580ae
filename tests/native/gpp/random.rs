use super::*;

/// A value like this one: of the same kind and, for lists, of the same length.
fn another(source: &mut Source, field: &str, like: &Value) -> Value {
    match like {
        Value::Flag(_) => Value::Flag(source.once_in(2)),
        Value::Numbers(ids) if ids.is_empty() || field.contains("endor") => Value::Numbers(vendors(source)),
        Value::Numbers(list) => Value::Numbers(list.iter().map(|_| source.pick(&[0, 1, 2])).collect()),
        Value::Flags(flags) => Value::Flags(flags.iter().map(|_| source.once_in(2)).collect()),
        Value::Text(text) if text.len() == 1 => Value::from(source.pick(&["Y", "N", "-"])),
        Value::Text(_) => Value::from(source.pick(&["EN", "FR", "AA", "ZZ"])),
        Value::Restrictions(_) => {
            Value::Restrictions((0..source.below(5)).map(|_| restriction(source)).collect())
        }
        Value::Number(_) => Value::Number(match field {
            "Created" | "LastUpdated" => source.next() % (1 << 36) * 100,
            "MspaCoveredTransaction" => 1 + source.next() % 2,
            "CmpId" | "CmpVersion" | "VendorListVersion" => source.next() % 4096,
            "ConsentScreen" | "TcfPolicyVersion" | "NumCustomPurposes" | "MspaVersion" => source.next() % 64,
            _ => source.next() % 3,
        }),
        _ => unreachable!(),
    }
}

fn restriction(source: &mut Source) -> Restriction {
    let mut byte = |bound| u8::try_from(source.below(bound)).unwrap();
    let (purpose, kind) = (byte(64), byte(4));
    Restriction { purpose, kind, vendors: vendors(source) }
}

/// Some ids in ascending order: none, few far apart, runs, or many close together.
fn vendors(source: &mut Source) -> Vec<u16> {
    let (most, step) = source.pick(&[(0, 1), (3, 20_000), (12, 300), (60, 4), (200, 2)]);
    let mut ids = Vec::new();
    let mut last = 0;
    for _ in 0..source.below(most + 1) {
        let Some(next) = u16::try_from(last + 1 + source.below(step)).ok() else { break };
        ids.push(next);
        last = next.into();
    }
    ids
}

fn random_model(source: &mut Source) -> Gpp {
    let mut gpp = Gpp::new();
    for _ in 0..=source.below(3) {
        let name = source.pick(&NAMES);
        gpp.delete_section(name);
        gpp.set_field(name, gpp_version(name), 1_u64).unwrap();
        if name == "usnat" && source.once_in(2) {
            gpp.set_field(name, "Version", 2_u64).unwrap();
        }
        for (field, _) in gpp.fields(name) {
            let like = gpp.field(name, field).unwrap();
            if !matches!(
                field,
                "Version" | "GpcSegmentType" | "PubPurposesSegmentType" | "DisclosedVendorsSegmentType"
            ) {
                gpp.set_field(name, field, another(source, field, &like)).unwrap();
            }
        }
    }
    gpp
}

fn gpp_version(name: &str) -> &'static str {
    if matches!(name, "usmd" | "usin" | "usky" | "usri") { "MspaVersion" } else { "Version" }
}

#[test]
fn random_models_come_back() {
    let mut source = Source::new(11);
    for _ in 0..cases(1_500) {
        let gpp = random_model(&mut source);
        let text = gpp.encode();
        assert_eq!(Gpp::decode(&text).as_ref(), Ok(&gpp), "{text}");
        assert_eq!(Gpp::from_json(&gpp.to_json()).as_ref(), Ok(&gpp), "{text}");
        for id in gpp.section_ids() {
            let name = name_of(id).unwrap();
            assert_eq!(section(name, &gpp.section(name).unwrap()).unwrap().fields(name), gpp.fields(name));
        }
    }
}

/// Whatever is read is written as what is read again: one text for each meaning, and nothing panics.
#[test]
fn no_text_breaks_the_reader() {
    let mut source = Source::new(12);
    let mut read = 0;
    let rounds = cases(12_000);
    for round in 0..rounds {
        let text = match round % 4 {
            0 => format!("DB{}", source.text_of(&format!("{BASE64URL}.~"), 90)),
            1 => source.text(60),
            _ => {
                let text = random_model(&mut source).encode();
                source.mutate(&text, &format!("{BASE64URL}.~1YN"))
            }
        };
        if let Ok(gpp) = Gpp::decode(&text) {
            read += 1;
            let again = gpp.encode();
            assert_eq!(Gpp::decode(&again).as_ref(), Ok(&gpp), "{text}");
        }
        for name in [source.pick(&NAMES), "tcfcav1", "usnat"] {
            let part = text.split('~').next_back().unwrap();
            if let Ok(gpp) = section(name, part) {
                assert_eq!(section(name, &gpp.section(name).unwrap()).as_ref(), Ok(&gpp), "{part}");
            }
        }
    }
    assert!(read > rounds / 50, "{read} of {rounds} texts were read");
}

#[test]
fn no_json_breaks_the_reader() {
    let mut source = Source::new(13);
    let mut read = 0;
    for _ in 0..cases(1_500) {
        let text = random_model(&mut source).to_json();
        let text = source.mutate(&text, "0123456789-.,:\"{}[]truefalsn \\Version");
        if let Ok(gpp) = Gpp::from_json(&text) {
            read += 1;
            assert_eq!(Gpp::from_json(&gpp.to_json()).as_ref(), Ok(&gpp), "{text}");
        }
    }
    assert!(read > 0);
}
