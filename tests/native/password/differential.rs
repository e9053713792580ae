//! The core's policy against the page's: both make the same cases from a seed and must come to the checksums of
//! `tests/vectors/password/policy.sums`. `tests/interop/password-policy.test.mjs` is the other half.

use serde_json::Value;
use storefront_privacy::password::{Policy, policy::Verdict};

const CASES: &str = include_str!("../../vectors/password/policy.json");
const SUMS: &str = include_str!("../../vectors/password/policy.sums");

/// mulberry32, as `tests/interop/seeded.mjs` has it.
struct Seeded(u32);

impl Seeded {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x6d2b_79f5);
        let mut mixed = (self.0 ^ (self.0 >> 15)).wrapping_mul(self.0 | 1);
        mixed ^= mixed.wrapping_add((mixed ^ (mixed >> 7)).wrapping_mul(mixed | 0x3d));
        let number = u64::from(mixed ^ (mixed >> 14));
        usize::try_from((number * bound as u64) >> 32).unwrap()
    }

    fn pick<'a>(&mut self, from: &'a [Value]) -> &'a Value {
        &from[self.below(from.len())]
    }
}

fn verdicts(policy: &Policy, password: &str, inputs: &[&str], age: Option<u32>) -> String {
    let report = policy.report(password, inputs, age).unwrap();
    let mut line = String::new();
    for verdict in &report {
        line.push_str(verdict.requirement.rule.id());
        line.push(if !verdict.checked {
            '?'
        } else if verdict.met {
            '+'
        } else {
            '-'
        });
    }
    line.push_str(if report.iter().any(Verdict::refuses) { "refused" } else { "passed" });
    line
}

#[test]
fn the_page_and_the_core_say_the_same() {
    let cases: Value = serde_json::from_str(CASES).unwrap();
    let [pieces, inputs, policies] =
        ["pieces", "inputs", "policies"].map(|name| cases[name].as_array().unwrap().as_slice());
    let policies: Vec<Policy> = policies
        .iter()
        .map(|policy| match policy.as_str() {
            Some(id) => Policy::by_id(id).unwrap(),
            None => Policy::parse(&policy.to_string()).unwrap(),
        })
        .collect();
    let mut seeded = Seeded(u32::try_from(cases["seed"].as_u64().unwrap()).unwrap());
    let mut lines = Vec::new();
    let mut made = Vec::new();
    for _ in 0..100 {
        let mut sum = 0x811c_9dc5_u32;
        for _ in 0..1_000 {
            let policy = &policies[seeded.below(policies.len())];
            let mut password = String::new();
            let times = 1 + seeded.below(3);
            for _ in 0..seeded.below(6) {
                password.push_str(&seeded.pick(pieces).as_str().unwrap().repeat(times));
            }
            if seeded.below(200) == 0 {
                password = password.repeat(60);
            }
            let known: Vec<&str> =
                (0..seeded.below(4)).map(|_| seeded.pick(inputs).as_str().unwrap()).collect();
            let age = match seeded.below(3) {
                0 => None,
                _ => Some(u32::try_from(seeded.below(180)).unwrap()),
            };
            for byte in verdicts(policy, &password, &known, age).bytes() {
                sum = (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193);
            }
        }
        made.push(format!("{sum:08x}"));
    }
    for policy in &policies {
        let attributes = policy.attributes();
        lines.push(format!("{} {} {}", attributes.minlength, attributes.maxlength, attributes.passwordrules));
        for requirement in policy.requirements() {
            let against = if requirement.against_nist { " against NIST" } else { "" };
            let (id, code) = (requirement.rule.id(), requirement.rule.code());
            let (text, level) = (&requirement.text, requirement.level.as_str());
            lines.push(format!("{id} {code} {level} {}: {text}{against}", requirement.source));
        }
    }
    let found = format!("{}\n{}\n", made.join("\n"), lines.join("\n"));
    if std::env::var_os("WRITE_SUMS").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/password/policy.sums");
        std::fs::write(path, &found).unwrap();
        return;
    }
    for (number, (found, expected)) in found.lines().zip(SUMS.lines()).enumerate() {
        assert_eq!(found, expected, "line {}", number + 1);
    }
    assert_eq!(found.lines().count(), SUMS.lines().count());
}
