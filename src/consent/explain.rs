//! What a signal's string says, in words that a person reads.
//!
//! [`explain`] recognises a TC string, a GPP string with all its sections, a US privacy string and Google's Additional
//! Consent, and gives every field as a [`Line`]: where it is, its value, what that means. With a vendor list ([`Names`]),
//! vendors and purposes are named.
//!
//! # Example
//!
//! ```
//! use storefront_privacy::consent::explain::{Kind, explain};
//!
//! let explained = explain("1YYN", None)?;
//! assert_eq!(explained.kind, Kind::UsPrivacy);
//! assert_eq!(
//!     explained.to_text(),
//!     "US privacy string\n\
//!      Version: 1 (version 1 of the format)\n\
//!      Notice: Y (notice of the right to opt out was given)\n\
//!      OptOutSale: Y (the visitor opted out of the sale of personal data)\n\
//!      LspaCovered: N (not covered by the IAB's Limited Service Provider Agreement)\n",
//! );
//! assert_eq!(explain("1YY?", None).unwrap_err().to_string(), "uspv1: expected Y, N or - at character 3");
//! # Ok::<(), storefront_privacy::Error>(())
//! ```

mod gpp_fields;
mod names;
mod tc_fields;
#[cfg(all(feature = "consent-signals", feature = "web", target_arch = "wasm32"))]
pub mod web;

pub use names::Names;

use super::gpp::{self, Gpp};
use super::tcf::TcModel;
use crate::codec::json;
use crate::{Code, Error};

/// What a string is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// The IAB's Transparency and Consent String, version 2.
    Tc,
    /// The IAB's Global Privacy Platform, version 1.
    Gpp,
    /// The IAB's US privacy string, version 1.
    UsPrivacy,
    /// Google's Additional Consent, version 1 or 2.
    AdditionalConsent,
}

impl Kind {
    /// Its name for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tc => "tc",
            Self::Gpp => "gpp",
            Self::UsPrivacy => "us-privacy",
            Self::AdditionalConsent => "additional-consent",
        }
    }

    /// Its name for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Tc => "TC string (IAB Europe Transparency and Consent Framework)",
            Self::Gpp => "GPP string (IAB Global Privacy Platform)",
            Self::UsPrivacy => "US privacy string",
            Self::AdditionalConsent => "Additional Consent string (Google)",
        }
    }
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Line {
    /// Where: section and field, under the specification's names.
    pub path: String,
    /// What the string has there.
    pub value: String,
    /// What that means.
    pub meaning: String,
}

/// A string in words.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explained {
    /// What it is.
    pub kind: Kind,
    /// Every field in the order of the string.
    pub lines: Vec<Line>,
}

/// Says what a string means.
///
/// # Errors
///
/// `signal.invalid` with the position when it is none of the four kinds or is damaged, `signal.version` for versions that came
/// later, `signal.too-long`.
pub fn explain(text: &str, names: Option<&Names>) -> Result<Explained, Error> {
    let text = text.trim();
    let none = &Names::default();
    let names = names.unwrap_or(none);
    let kind = recognise(text)?;
    let mut lines = Lines::default();
    match kind {
        Kind::Tc => tc_fields::push(&mut lines, "", &TcModel::parse(text)?, names),
        Kind::Gpp => gpp_fields::push(&mut lines, &Gpp::decode(text)?, names)?,
        Kind::UsPrivacy => {
            let mut gpp = Gpp::new();
            gpp.set_section("uspv1", text)?;
            gpp_fields::push_section(&mut lines, "", "uspv1", &gpp, names);
        }
        Kind::AdditionalConsent => additional_consent(&mut lines, text)?,
    }
    Ok(Explained { kind, lines: lines.0 })
}

fn recognise(text: &str) -> Result<Kind, Error> {
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some('0'..='9'), Some('~')) => Ok(Kind::AdditionalConsent),
        (Some('0'..='9'), _) if text.chars().count() == 4 => Ok(Kind::UsPrivacy),
        (Some('D'), _) => Ok(Kind::Gpp),
        (Some('C'), _) if text.contains('~') => Ok(Kind::Gpp),
        // Version 1 of the framework begins with B, later ones with what comes after C: reading says so.
        (Some('A'..='Z'), _) => Ok(Kind::Tc),
        _ => {
            Err(invalid("a TC string, a GPP string, a US privacy string or an Additional Consent string", 0))
        }
    }
}

/// `1~1.35` or `2~1.35~dv.9.21` (Google, "Additional Consent technical specification").
fn additional_consent(lines: &mut Lines, text: &str) -> Result<(), Error> {
    if text.len() > gpp::MAX_LENGTH {
        return Err(Error::new(Code::SignalTooLong, "additional consent: expected at most 65536 characters"));
    }
    let mut parts = text.split('~');
    let version = parts.next().unwrap_or_default();
    if !matches!(version, "1" | "2") {
        return Err(Error::new(
            Code::SignalVersion,
            "additional consent: expected version 1 or 2 at character 0",
        ));
    }
    lines.push("version", version, &format!("version {version} of the format"));
    let consented = parts.next().unwrap_or_default();
    providers(lines, "consented", consented, 2, "consented to")?;
    let mut at = 3 + consented.len();
    if version == "2" {
        let rest =
            parts.next().ok_or_else(|| invalid("`~dv.` and the providers that were only told of", at))?;
        let disclosed = rest.strip_prefix("dv.").ok_or_else(|| invalid("`dv.`", at))?;
        providers(lines, "dv", disclosed, at + 3, "told of, not consented to")?;
        at += rest.len() + 1;
    }
    match parts.next() {
        None => Ok(()),
        Some(_) => Err(invalid("nothing more", at - 1)),
    }
}

fn providers(lines: &mut Lines, path: &str, list: &str, start: usize, what: &str) -> Result<(), Error> {
    let mut at = start;
    let mut count = 0_usize;
    for id in list.split('.').filter(|_| !list.is_empty()) {
        if id.is_empty()
            || id.len() > 9
            || id.starts_with('0')
            || !id.bytes().all(|byte| byte.is_ascii_digit())
        {
            return Err(invalid("the id of a provider in digits", at));
        }
        at += id.len() + 1;
        count += 1;
    }
    let plural = if count == 1 { "" } else { "s" };
    lines.push(path, list, &format!("{count} provider{plural} of Google's list {what}"));
    Ok(())
}

fn invalid(expected: &str, at: usize) -> Error {
    Error::new(Code::SignalInvalid, format!("explain: expected {expected} at character {at}"))
}

impl Explained {
    /// A title, then a line for each field.
    pub fn to_text(&self) -> String {
        let mut text = format!("{}\n", self.kind.title());
        for Line { path, value, meaning } in &self.lines {
            text.extend([path, ": ", value, " (", meaning, ")\n"].map(|part: &str| part));
        }
        text
    }

    /// `{"kind": "tc", "title": "…", "lines": [{"path": "…", "value": "…", "meaning": "…"}]}`
    pub fn to_json(&self) -> String {
        let mut text =
            format!("{{\"kind\":\"{}\",\"title\":\"{}\",\"lines\":[", self.kind.as_str(), self.kind.title());
        for (position, line) in self.lines.iter().enumerate() {
            let members =
                [("{\"path\":", &line.path), (",\"value\":", &line.value), (",\"meaning\":", &line.meaning)];
            text.push_str(if position == 0 { "" } else { "," });
            for (name, value) in members {
                text.push_str(name);
                json::push_string(&mut text, value);
            }
            text.push('}');
        }
        text.push_str("]}");
        text
    }
}

#[derive(Default)]
struct Lines(Vec<Line>);

impl Lines {
    fn push(&mut self, path: &str, value: &str, meaning: &str) {
        self.0.push(Line { path: path.to_owned(), value: value.to_owned(), meaning: meaning.to_owned() });
    }
}

/// Numbers with runs drawn together: `1–3, 7`; `none` without any.
fn ranges(ids: impl Iterator<Item = u16>) -> String {
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for id in ids {
        match runs.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(id) => *last = id,
            _ => runs.push((id, id)),
        }
    }
    let run = |(first, last): &(u16, u16)| {
        if first == last { first.to_string() } else { format!("{first}–{last}") }
    };
    if runs.is_empty() { "none".to_owned() } else { runs.iter().map(run).collect::<Vec<_>>().join(", ") }
}
