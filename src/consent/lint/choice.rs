//! Whether refusing is as easy as accepting, in every language and region.

use super::{Findings, Rule};
use crate::consent::policy::Policy;
use crate::consent::policy::duties::{BannerTexts, Model};
use crate::consent::region::{Regime, Region};
use crate::consent::words::Words;

/// A button that weighs more than this many times the other one's letters draws the eye.
const MOST_TIMES: usize = 2;

/// Labels that do not say no (EDPB 03/2022 on deceptive design patterns, "Ambiguous wording").
const NOT_A_NO: [&str; 8] =
    ["later", "not now", "skip", "close", "continue", "maybe", "more options", "settings"];

pub(super) fn check(findings: &mut Findings, policy: &Policy) {
    check_buttons(findings, "$.banner", &policy.duties.banner, &policy.language);
    check_language(findings, "$.language", &policy.language, policy);
    for (position, translation) in policy.duties.translations.iter().enumerate() {
        let path = format!("$.translations[{position}]");
        check_buttons(findings, &format!("{path}.banner"), &translation.banner, &translation.language);
        check_language(findings, &format!("{path}.language"), &translation.language, policy);
    }
    for (position, rule) in policy.duties.regions.iter().enumerate() {
        let asks_first = matches!(
            Region::parse(&rule.region).regime(),
            Regime::Europe
                | Regime::UnitedKingdom
                | Regime::Switzerland
                | Regime::Brazil
                | Regime::Quebec
                | Regime::Unknown
        );
        if rule.model == Model::OptOut && asks_first {
            let reason = format!(
                "expected opt-in: in {} consent comes first, or the region is not known",
                rule.region
            );
            findings.add(Rule::RegionModel, format!("$.regions[{position}].model"), reason);
        }
    }
    check_reask(findings, policy);
}

fn check_buttons(findings: &mut Findings, path: &str, texts: &BannerTexts, language: &str) {
    let (accept, reject) = match (&texts.accept, &texts.reject) {
        (None, None) => return,
        (Some(accept), Some(reject)) => (accept, reject),
        (accept, _) => {
            let missing = if accept.is_some() { "reject" } else { "accept" };
            let reason = format!("expected {missing} too: both in the shop's words, or both in ours");
            findings.add(Rule::UnequalChoice, path, reason);
            return;
        }
    };
    let (longer, shorter) = {
        let (a, b) = (accept.chars().count(), reject.chars().count());
        (a.max(b), a.min(b))
    };
    if longer > MOST_TIMES * shorter {
        let reason =
            format!("expected accept and reject of like length, found {longer} and {shorter} characters");
        findings.add(Rule::UnequalChoice, path, reason);
    }
    if accept.to_lowercase() == reject.to_lowercase() {
        findings.add(Rule::UnequalChoice, path, "expected accept and reject to differ");
    }
    let (accept, reject) = (accept.to_lowercase(), reject.to_lowercase());
    if language.split('-').next() == Some("en") {
        for word in NOT_A_NO.iter().filter(|word| reject.contains(*word)) {
            let reason = format!("expected a plain no, found \"{word}\"");
            findings.add(Rule::UnequalChoice, format!("{path}.reject"), reason);
        }
    }
    // An exclamation mark, a tick or a smile on one of them alone is weight.
    let loud = |text: &str| {
        text.chars().any(|letter| {
            letter == '!' || ('\u{2190}'..='\u{2bff}').contains(&letter) || letter > '\u{1f000}'
        })
    };
    if loud(&accept) != loud(&reject) {
        findings.add(Rule::UnequalChoice, path, "expected signs and symbols on both buttons, or on neither");
    }
}

fn check_language(findings: &mut Findings, path: &str, language: &str, policy: &Policy) {
    match Words::of(language) {
        None => {
            let reason = format!("expected a language that we have words in, found {language}");
            findings.add(Rule::UnreviewedLanguage, path, reason);
        }
        Some(words) if !words.reviewed && !policy.duties.unreviewed => {
            let reason = format!(
                "expected a language whose words somebody has reviewed, found {}; have them read and set `unreviewed` to \
                 true to show them",
                words.language
            );
            findings.add(Rule::UnreviewedLanguage, path, reason);
        }
        Some(_) => {}
    }
}

fn check_reask(findings: &mut Findings, policy: &Policy) {
    let Some(reask) = &policy.duties.reask else { return };
    let Some(period) = policy.duties.objection() else { return };
    let months = reask.refused.years.saturating_mul(12).saturating_add(reask.refused.months);
    let days = reask.refused.days.saturating_add(reask.refused.weeks.saturating_mul(7));
    if months < period.months && days < period.months.saturating_mul(30) {
        let reason = format!(
            "expected P{}M or longer where people opt out ({}; {})",
            period.months,
            period.source,
            period.status.as_str()
        );
        findings.add(Rule::Reask, "$.reask.refused", reason);
    }
}
