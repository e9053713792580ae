//! Texts that do not say what happens.

use super::{Findings, Rule};
use crate::consent::policy::Policy;

/// Phrases after which a visitor knows no more than before (WP 260 rev.01, "Transparency", §§ 12-13; EDPB 05/2020 § 67).
const VAGUE: [&str; 16] = [
    "improve your experience",
    "enhance your experience",
    "better experience",
    "best possible experience",
    "improve our services",
    "improve our service",
    "various purposes",
    "other purposes",
    "and more",
    "and so on",
    "etc.",
    "trusted partners",
    "selected partners",
    "legitimate business",
    "may be used",
    "as necessary",
];

/// Longer sentences are not read.
const LONGEST_SENTENCE: usize = 45;

pub(super) fn check(findings: &mut Findings, policy: &Policy) {
    for (position, purpose) in policy.purposes.iter().enumerate() {
        let path = format!("$.purposes[{position}]");
        check_text(findings, &format!("{path}.name"), &purpose.name, None, &policy.language);
        let description = format!("{path}.description");
        check_text(findings, &description, &purpose.description, Some(&purpose.name), &policy.language);
    }
    if let Some(message) = &policy.duties.banner.message {
        check_text(findings, "$.banner.message", message, None, &policy.language);
    }
    for (position, translation) in policy.duties.translations.iter().enumerate() {
        let path = format!("$.translations[{position}]");
        for (index, purpose) in translation.purposes.iter().enumerate() {
            let path = format!("{path}.purposes[{index}].description");
            check_text(findings, &path, &purpose.description, Some(&purpose.name), &translation.language);
        }
        for purpose in &policy.purposes {
            if !translation.purposes.iter().any(|translated| translated.id == purpose.id) {
                let reason = format!("expected name and description of {}", purpose.id);
                findings.add(Rule::MissingTranslation, format!("{path}.purposes"), reason);
            }
        }
    }
}

fn check_text(findings: &mut Findings, path: &str, text: &str, name: Option<&str>, language: &str) {
    let lower = text.to_lowercase();
    if language.split('-').next() == Some("en") {
        for phrase in VAGUE.iter().filter(|phrase| lower.contains(*phrase)) {
            findings.add(
                Rule::UnclearText,
                path,
                format!("expected what happens with which data, found \"{phrase}\""),
            );
        }
    }
    if text.contains("</") || text.contains("/>") {
        findings.add(Rule::UnclearText, path, "expected plain text, found markup");
    }
    let Some(name) = name else { return };
    if lower.trim() == name.to_lowercase().trim() || text.chars().count() < 15 {
        findings.add(Rule::UnclearText, path, "expected a sentence that says more than the name");
    }
    let sentences = text.split(['.', '!', '?', ';', '。', '؟', '।']);
    if sentences.map(|sentence| sentence.split_whitespace().count()).any(|words| words > LONGEST_SENTENCE) {
        let reason = format!("expected sentences of at most {LONGEST_SENTENCE} words");
        findings.add(Rule::UnclearText, path, reason);
    }
}
