//! The rule, written once more and otherwise: from the policy file's JSON and the decoded strings.

use storefront_privacy::codec::json;
use storefront_privacy::consent::gpp::{Gpp, Value};
use storefront_privacy::consent::region::Regime;
use storefront_privacy::consent::signal::{Answers, Signals, Vendors, Visit};
use storefront_privacy::consent::tcf::{IdSet, TcModel};
use storefront_privacy::consent::{Decision, Policy};

use super::super::iab_policy;
use super::{NOW, region, vendor_list};
use crate::generate::{Source, cases};

const BASES: [&str; 2] = ["consent", "legitimate-interest"];
const KEYS: [&str; 7] = [
    "ad_storage",
    "ad_user_data",
    "ad_personalization",
    "analytics_storage",
    "functionality_storage",
    "personalization_storage",
    "security_storage",
];
const US: [&str; 3] = ["sale", "sharing", "targeted-advertising"];
const REGIONS: [&str; 18] = [
    "DE", "FR", "NO", "GB", "CH", "BR", "CA-QC", "CA-ON", "US", "US-NY", "US-CA", "US-VA", "US-UT", "US-MD",
    "US-IN", "JP", "", "??",
];

struct Asked {
    id: String,
    interest: bool,
    tcf: Vec<u8>,
    features: Vec<u8>,
    keys: Vec<&'static str>,
    us: Vec<&'static str>,
    providers: Vec<u32>,
    geolocation: bool,
}

impl Asked {
    fn any(source: &mut Source, number: usize) -> Self {
        let interest = source.once_in(3);
        let some = |source: &mut Source, all: &[u8]| -> Vec<u8> {
            all.iter().copied().filter(|_| source.once_in(3)).collect()
        };
        Self {
            id: format!("p{number}"),
            interest,
            tcf: some(
                source,
                if interest { &[2, 7, 8, 9, 10, 11] } else { &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
            ),
            features: if interest { Vec::new() } else { some(source, &[1, 2]) },
            keys: KEYS.into_iter().filter(|_| source.once_in(4)).collect(),
            us: US.into_iter().filter(|_| source.once_in(4)).collect(),
            providers: (1..6).filter(|_| source.once_in(4)).collect(),
            geolocation: source.once_in(5),
        }
    }

    fn json(&self) -> String {
        let list = |name: &str, values: Vec<String>| {
            if values.is_empty() { String::new() } else { format!("\"{name}\":[{}],", values.join(",")) }
        };
        let words = |words: &[&str]| words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>();
        let members = [
            list("tcf", self.tcf.iter().map(u8::to_string).collect()),
            list("specialFeatures", self.features.iter().map(u8::to_string).collect()),
            list("consentMode", words(&self.keys)),
            list("us", words(&self.us)),
            list("additionalConsent", self.providers.iter().map(u32::to_string).collect()),
            list("sensitive", if self.geolocation { words(&["geolocation"]) } else { Vec::new() }),
        ];
        let basis = BASES[usize::from(self.interest)];
        let members = members.concat();
        let (id, iab) = (&self.id, members.trim_end_matches(','));
        format!(r#"{{"id":"{id}","name":"x","description":"x","legalBasis":"{basis}","iab":{{{iab}}}}}"#)
    }

    fn advertises(&self) -> bool {
        !self.us.is_empty()
            || !self.providers.is_empty()
            || self.tcf.iter().any(|id| [2, 3, 4, 7].contains(id))
            || self.keys.iter().any(|key| key.starts_with("ad_"))
    }
}

fn policy(source: &mut Source, asked: &[Asked]) -> Option<Policy> {
    let purposes: Vec<_> = asked.iter().map(Asked::json).collect();
    let cmp = if source.once_in(8) { "" } else { "\"cmpId\":31," };
    let regions = source.pick(&["\"eea\"", "\"eea\",\"uk\",\"ch\"", "\"ca\"", "\"uk\",\"ca\",\"eea\""]);
    let vendors = source.pick(&["\"vendorCount\":12", "\"vendors\":[1,3,5,8,99]"]);
    let approach = source.pick(&["state", "national"]);
    let mspa = source.pick(&["none", "opt-out-option", "service-provider"]);
    let text = format!(
        r#"{{"version":"1","language":"en","controller":{{"name":"x"}},"contact":"x","policyUrl":"/p","services":[],
        "purposes":[{}],"tcf":{{{cmp}"vendorList":"/v","publisherCountry":"DE","regions":[{regions}],{vendors}}},
        "gpp":{{"approach":"{approach}","mspa":"{mspa}"}}}}"#,
        purposes.join(",")
    );
    Policy::parse(&text).ok()
}

/// What the strings permit must be named by purposes that are all allowed.
struct Rule<'a> {
    asked: &'a [Asked],
    allowed: Vec<bool>,
}

impl Rule<'_> {
    fn all(&self, names: impl Fn(&Asked) -> bool) -> bool {
        let mut naming =
            self.asked.iter().zip(&self.allowed).filter(|(purpose, _)| names(purpose)).peekable();
        naming.peek().is_some() && naming.all(|(_, allowed)| *allowed)
    }

    fn one(&self, names: impl Fn(&Asked) -> bool) -> bool {
        self.asked.iter().zip(&self.allowed).any(|(purpose, allowed)| *allowed && names(purpose))
    }

    fn check_purpose(&self, id: u8, interest: bool) {
        let names = |purpose: &Asked| purpose.interest == interest && purpose.tcf.contains(&id);
        assert!(if id == 1 { self.one(names) } else { self.all(names) }, "purpose {id}, interest {interest}");
    }

    fn check_tc(&self, text: &str, visit: &Visit<'_>) {
        let model = TcModel::parse(text).unwrap();
        assert_eq!(model.cmp_id, 31);
        model.purpose_consents.iter().for_each(|id| self.check_purpose(id, false));
        model.purpose_legitimate_interests.iter().for_each(|id| self.check_purpose(id, true));
        let own = model.publisher_tc.unwrap();
        own.consents.iter().for_each(|id| self.check_purpose(id, false));
        own.legitimate_interests.iter().for_each(|id| self.check_purpose(id, true));
        for id in model.special_feature_opt_ins.iter() {
            assert!(self.all(|purpose| purpose.features.contains(&id)), "special feature {id}");
        }
        let disclosed = model.vendors_disclosed.unwrap();
        let tcf = visit.policy.tcf.as_ref().unwrap();
        let within = |ids: &IdSet, chosen: Option<&IdSet>| {
            ids.iter().all(|id| {
                id != 5
                    && disclosed.contains(id)
                    && (tcf.vendors.is_empty() || tcf.vendors.contains(&id))
                    && chosen.is_none_or(|chosen| chosen.contains(id))
            })
        };
        assert!(within(&disclosed, visit.vendors.disclosed));
        assert!(within(&model.vendor_consents, visit.vendors.consents));
        assert!(within(&model.vendor_legitimate_interests, visit.vendors.legitimate_interests));
        assert!(model.vendor_consents.is_empty() || self.one(|purpose| !purpose.interest));
        assert!(model.vendor_legitimate_interests.is_empty() || self.one(|purpose| purpose.interest));
    }

    fn check_gpp(&self, text: &str, visit: &Visit<'_>) {
        let gpp = Gpp::decode(text).unwrap();
        let sold = self.all(|purpose| purpose.us.contains(&"sale"));
        let shared = self.all(|purpose| purpose.us.iter().any(|meaning| *meaning != "sale"));
        for section in gpp.section_ids() {
            let name = storefront_privacy::consent::gpp::name_of(section).unwrap();
            for (field, value) in gpp.fields(name) {
                let permits = value == Value::Number(2);
                match field {
                    "SaleOptOut" => assert!(!permits || sold, "{name}"),
                    "SharingOptOut" | "TargetedAdvertisingOptOut" => {
                        assert!(!permits || shared, "{name}");
                    }
                    "PersonalDataConsents" | "AdditionalDataProcessingConsent" => {
                        assert_eq!(value, Value::Number(0));
                    }
                    "KnownChildSensitiveDataConsents" => {
                        assert!(
                            matches!(&value, Value::Number(0))
                                || matches!(&value, Value::Numbers(all) if all.iter().all(|one| *one == 0))
                        );
                    }
                    "SensitiveDataProcessing" => {
                        let Value::Numbers(all) = value else { panic!("{name}") };
                        assert!(!all.contains(&2) || self.all(|purpose| purpose.geolocation));
                        assert!(all.iter().filter(|one| **one != 0).count() <= 1);
                    }
                    "Gpc" => assert_eq!(value, Value::Flag(visit.gpc)),
                    "OptOutSale" => assert!(value == Value::from("Y") || sold || shared),
                    "PurposesExpressConsent" | "PurposesImpliedConsent" => {
                        let Value::Flags(flags) = value else { panic!("{name}") };
                        for (id, on) in (1..).zip(flags) {
                            if on {
                                self.check_purpose(id, field == "PurposesImpliedConsent");
                            }
                        }
                    }
                    "VendorExpressConsent" => {
                        let Value::Numbers(ids) = value else { panic!("{name}") };
                        let chosen = visit.vendors.consents;
                        assert!(ids.iter().all(|id| chosen.is_none_or(|chosen| chosen.contains(*id))));
                        assert!(ids.is_empty() || self.one(|purpose| !purpose.interest));
                    }
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn than_the_decision() {
    let list = vendor_list();
    let mut source = Source::new(43);
    let (mut done, mut strings, mut permitted) = (0_u64, 0_u64, 0_u64);
    while done < cases(100_000) {
        let asked: Vec<_> = (0..=source.below(4)).map(|number| Asked::any(&mut source, number)).collect();
        let Some(policy) = policy(&mut source, &asked) else { continue };
        for _ in 0..4 {
            let chosen: Vec<_> =
                asked.iter().filter(|_| !source.once_in(3)).map(|one| one.id.as_str()).collect();
            let decision = Decision::new(&policy, &chosen, NOW).unwrap();
            let mut some = |odds| -> Option<IdSet> {
                source.once_in(odds).then(|| (1..=13).filter(|_| source.once_in(2)).collect())
            };
            let (disclosed, consents, interests) = (some(4), some(3), some(3));
            let visit = Visit {
                decision: Some(&decision).filter(|_| !source.once_in(10)),
                vendors: Vendors {
                    disclosed: disclosed.as_ref(),
                    consents: consents.as_ref(),
                    legitimate_interests: interests.as_ref(),
                },
                gpc: source.once_in(3),
                region: region(source.pick(&REGIONS)),
                list: Some(&list),
                ..Visit::new(&policy, NOW)
            };
            let granted = |one: &Asked| visit.decision.is_some() && chosen.contains(&one.id.as_str());
            let allowed = asked.iter().map(|one| granted(one) && !(visit.gpc && one.advertises())).collect();
            let rule = Rule { asked: &asked, allowed };
            let signals = visit.signals();
            if let Some(text) = signals.tc.text() {
                assert!(visit.region.is_european() && policy.tcf.as_ref().unwrap().cmp_id.is_some());
                rule.check_tc(text, &visit);
                strings += 1;
            }
            rule.check_gpp(signals.gpp.text().unwrap(), &visit);
            for (key, on) in signals.consent_mode.into_iter().flatten() {
                assert!(!on || rule.all(|one| one.keys.contains(&key.as_str())), "{}", key.as_str());
                permitted += u64::from(on);
            }
            if let Some(text) = signals.additional_consent.text() {
                let ids = text.split('~').nth(1).unwrap();
                for id in ids.split('.').filter_map(|id| id.parse::<u32>().ok()) {
                    assert!(rule.all(|one| one.providers.contains(&id)), "{text}");
                    permitted += 1;
                }
            }
            if visit.gpc {
                assert!(signals.us_privacy.text().is_none_or(|text| text == "1YYN"));
            }
            check_strictest(&visit, &signals);
            done += 1;
        }
    }
    assert!(
        strings > done / 10 && permitted > done / 10,
        "{strings} strings, {permitted} permissions of {done}"
    );
}

/// Where the region is not known, every family of signals is there that any region would have, saying the same.
fn check_strictest(visit: &Visit<'_>, signals: &Signals) {
    if visit.region.regime() != Regime::Unknown {
        return;
    }
    let gpp = Gpp::decode(signals.gpp.text().unwrap()).unwrap();
    for somewhere in ["DE", "GB", "CH", "US", "US-CA"] {
        let there = Visit { region: region(somewhere), ..*visit }.signals();
        if there.tc.text().is_some() {
            assert_eq!(there.tc, signals.tc);
        }
        if there.us_privacy.text().is_some() {
            assert_eq!(there.us_privacy, signals.us_privacy);
        }
        assert_eq!(there.consent_mode, signals.consent_mode);
    }
    assert!(gpp.has_section("usnat") && gpp.has_section("uspv1"));
}

#[test]
fn than_was_understood() {
    let policy = iab_policy();
    let text = r#"{"decision":{"v":1,"policy":"2026-11","at":1795392000,"granted":["marketing"]},"gpc":true,
        "region":"US-CA","language":"en","now":1795392060,"vendors":{"consents":[3,4],"disclosed":[3]}}"#;
    let mut source = Source::new(44);
    let mut read = 0;
    for _ in 0..cases(10_000) {
        let Ok(answers) = Answers::parse(&source.mutate(text, "{}[]\":,0129aDE-"), &policy) else {
            continue;
        };
        read += 1;
        let signals = answers.visit(&policy, None).signals();
        assert!(json::parse(&signals.to_json()).is_ok());
    }
    assert!(read > 100, "{read}");
}
