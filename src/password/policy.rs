//! Rules that a password has to meet, from a published standard or a shop's own, each with its source.
//!
//! The package's `lib/password/policy.ts` checks by the same rules in the page; the server decides, here. The standards
//! ask for no certain kinds of characters and for no change after some time: NIST SP 800-63B-4 §3.1.1.2 forbids both. A
//! shop's own policy may, and says so.

use std::borrow::Cow;

use super::{MAX_LENGTH, context, list, normalize, within_limits};
use crate::Error;

mod attributes;
mod custom;
mod rule;

pub use attributes::Attributes;
pub use custom::CustomPolicy;
pub use rule::{CharacterClass, Level, Requirement, Rule, Verdict};

const NIST: &str = "NIST SP 800-63B-4 §3.1.1.2";
const SHOP: &str = "shop's choice";

/// A named set of rules.
///
/// # Example
///
/// ```
/// use storefront_privacy::password::{Policy, Rule};
///
/// let policy = Policy::by_id("nist-800-63b-4").ok_or("no such policy")?;
/// assert_eq!(policy.min_length(), 15);
/// assert_eq!(policy.check("short", &[])?, [Rule::TooShort]);
/// let refusal = policy.enforce("short", &[]).unwrap_err();
/// assert_eq!(refusal.code(), "password.too-short");
/// assert_eq!(
///     refusal.message(),
///     "password: expected at least 15 characters (NIST SP 800-63B-4 §3.1.1.2: SHALL)",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    id: Cow<'static, str>,
    standard: Standard,
    min_length: usize,
    max_length: usize,
    blocklist: u32,
    context: bool,
    require: Vec<CharacterClass>,
    max_consecutive: Option<usize>,
    max_age_days: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standard {
    Nist,
    Asvs,
    Shop,
}

impl Policy {
    /// NIST SP 800-63B-4 for a password that is the only factor: 15 characters at least.
    pub const NIST_800_63B_4: Self = Self::standard("nist-800-63b-4", Standard::Nist, 15);

    /// NIST SP 800-63B-4 for a password that is used with another factor: 8 characters at least.
    pub const NIST_800_63B_4_MFA: Self = Self::standard("nist-800-63b-4-mfa", Standard::Nist, 8);

    /// OWASP ASVS 5.0, chapter 6.2: 8 characters at least, 15 recommended. Of the most common passwords that long it
    /// refuses 3,336; the standard asks for 3,000.
    pub const ASVS_5: Self = Self::standard("asvs-5", Standard::Asvs, 8);

    /// The standards' policies.
    pub const ALL: &'static [Self] = &[Self::NIST_800_63B_4, Self::NIST_800_63B_4_MFA, Self::ASVS_5];

    const fn standard(id: &'static str, standard: Standard, min_length: usize) -> Self {
        Self {
            id: Cow::Borrowed(id),
            standard,
            min_length,
            max_length: MAX_LENGTH,
            blocklist: 10_000,
            context: true,
            require: Vec::new(),
            max_consecutive: None,
            max_age_days: None,
        }
    }

    /// The standard's policy of this id.
    pub fn by_id(id: &str) -> Option<Self> {
        Self::ALL.iter().find(|policy| policy.id == id).cloned()
    }

    /// Its id, which the package's `policy` attribute takes.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The fewest code points, counted after [`normalize`].
    pub const fn min_length(&self) -> usize {
        self.min_length
    }

    /// The most code points, counted after [`normalize`].
    pub const fn max_length(&self) -> usize {
        self.max_length
    }

    /// The rules that a password breaks, none when it is accepted. `inputs` are words of context: the visitor's name
    /// and e-mail address, the shop's name.
    ///
    /// The blocklist and the context are compared with the whole password, not with parts of it, as NIST asks: as it
    /// is and in small letters, and what is only one character or a listed password repeated is as common.
    ///
    /// # Errors
    ///
    /// `input.too-long` for too many or too long inputs.
    pub fn check(&self, password: &str, inputs: &[&str]) -> Result<Vec<Rule>, Error> {
        let report = self.report(password, inputs, None)?;
        Ok(report
            .iter()
            .filter(|verdict| verdict.refuses())
            .map(|verdict| verdict.requirement.rule)
            .collect())
    }

    /// Refuses a password that breaks a rule, for a server that only needs to know whether to go on.
    ///
    /// # Errors
    ///
    /// The code of the first rule it breaks, `password.…`, with its requirement as message; else as
    /// [`Policy::check`].
    pub fn enforce(&self, password: &str, inputs: &[&str]) -> Result<(), Error> {
        let report = self.report(password, inputs, None)?;
        let Some(Verdict { requirement, .. }) = report.iter().find(|verdict| verdict.refuses()) else {
            return Ok(());
        };
        let Requirement { rule, text, level, source, .. } = requirement;
        let binding = if *level == Level::Shop { "" } else { ": SHALL" };
        Err(Error::new(rule.code(), format!("password: expected {text} ({source}{binding})")))
    }

    /// Whether the password meets each rule. `age_days` is for how long it has been in use, for a policy that has it
    /// changed.
    ///
    /// # Errors
    ///
    /// As [`Policy::check`].
    pub fn report(
        &self,
        password: &str,
        inputs: &[&str],
        age_days: Option<u32>,
    ) -> Result<Vec<Verdict>, Error> {
        within_limits("", inputs)?;
        // No code point of the normal form comes from more than twelve bytes (three of four bytes each): a longer text
        // is too long whatever it holds, and is not normalized first.
        let (normal, length) = if password.len() > MAX_LENGTH * 12 {
            (normalize(""), usize::MAX)
        } else {
            let normal = normalize(password);
            let length = normal.chars().count();
            (normal, length)
        };
        let whole = (1..=self.max_length).contains(&length);
        let verdicts = self.requirements().into_iter().map(|requirement| {
            let (checked, met) = match requirement.rule {
                Rule::Empty => (true, length > 0),
                Rule::TooShort => (length > 0, length >= self.min_length),
                Rule::Recommended => (whole, length >= RECOMMENDED),
                Rule::TooLong => (length > 0, length <= self.max_length),
                Rule::Common if self.blocklist == 0 => (true, true),
                // A blocklist need not hold what is too short anyway (NIST SP 800-63B-4 §3.1.1.2).
                Rule::Common => {
                    let checked = whole && length >= self.min_length;
                    (checked, checked && !list::is_common(&normal, self.blocklist))
                }
                Rule::Context => (whole, whole && !follows(inputs, &normal)),
                Rule::ClassMissing(class) => (whole, normal.chars().any(|character| class.has(character))),
                Rule::Repeats => (whole, longest_run(&normal) <= self.max_consecutive.unwrap_or(usize::MAX)),
                Rule::Expired => (age_days.is_some(), age_days <= self.max_age_days),
            };
            Verdict { requirement, checked, met: checked && met }
        });
        Ok(verdicts.collect())
    }

    /// Every rule of the policy, in the order in which they are told.
    pub fn requirements(&self) -> Vec<Requirement> {
        let own = self.standard == Standard::Shop;
        let level = if own { Level::Shop } else { Level::Shall };
        let mut requirements = Vec::new();
        let mut add = |rule: Rule, text: String, level: Level, against_nist: bool| {
            let source = if level == Level::Shop { SHOP } else { self.source(rule) };
            requirements.push(Requirement { rule, text, level, source, against_nist });
        };
        add(Rule::Empty, "a password".into(), level, false);
        let few = own && self.min_length < 15;
        add(Rule::TooShort, format!("at least {} characters", self.min_length), level, few);
        if self.standard == Standard::Asvs {
            add(Rule::Recommended, format!("{RECOMMENDED} characters or more"), Level::Should, false);
        }
        let few = self.max_length < 64;
        add(Rule::TooLong, format!("at most {} characters", self.max_length), Level::Shop, few);
        let none = own && self.blocklist == 0;
        add(Rule::Common, "a password that is not commonly used".into(), level, none);
        if self.context {
            let text = "a password that is more than your name, your e-mail address or the shop's name";
            add(Rule::Context, text.into(), level, false);
        }
        for class in &self.require {
            let text = match class {
                CharacterClass::Lower => "a small letter",
                CharacterClass::Upper => "a capital letter",
                CharacterClass::Digit => "a digit",
                CharacterClass::Symbol => "a symbol",
            };
            add(Rule::ClassMissing(*class), text.into(), Level::Shop, true);
        }
        if let Some(most) = self.max_consecutive {
            add(Rule::Repeats, format!("no character more than {most} times in a row"), Level::Shop, true);
        }
        if let Some(days) = self.max_age_days {
            add(Rule::Expired, format!("a change after {days} days"), Level::Shop, true);
        }
        requirements
    }

    fn source(&self, rule: Rule) -> &'static str {
        match (self.standard, rule) {
            (Standard::Nist, _) => NIST,
            (Standard::Shop, _) => SHOP,
            (Standard::Asvs, Rule::Common) => "OWASP ASVS 5.0 6.2.4",
            (Standard::Asvs, Rule::Context) => "OWASP ASVS 5.0 6.2.11",
            (Standard::Asvs, _) => "OWASP ASVS 5.0 6.2.1",
        }
    }
}

/// What ASVS 6.2.1 strongly recommends.
const RECOMMENDED: usize = 15;

fn follows(inputs: &[&str], password: &str) -> bool {
    let inputs: Vec<_> = inputs.iter().map(|input| normalize(input)).collect();
    let inputs: Vec<&str> = inputs.iter().map(|input| input.as_str()).collect();
    context::explains(&context::words(&inputs), password)
}

/// How often one character follows itself at most, itself counted.
fn longest_run(text: &str) -> usize {
    let (mut longest, mut run, mut last) = (0, 0, None);
    for character in text.chars() {
        run = if last == Some(character) { run + 1 } else { 1 };
        last = Some(character);
        longest = longest.max(run);
    }
    longest
}
