//! What a form's field says of a policy, so that browsers and password managers help to meet it.

use super::{CharacterClass, Policy};

/// Attributes of the field for a new password.
///
/// # Example
///
/// ```
/// use storefront_privacy::password::Policy;
///
/// let attributes = Policy::NIST_800_63B_4.attributes();
/// assert_eq!((attributes.minlength, attributes.maxlength), (15, 512));
/// assert_eq!(attributes.passwordrules, "minlength: 15; maxlength: 256; allowed: ascii-printable;");
/// assert_eq!(attributes.autocomplete, "new-password");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attributes {
    /// In UTF-16 units, as HTML counts: no password is refused that the policy accepts.
    pub minlength: usize,
    /// In UTF-16 units, two for each code point: nothing is cut off that the policy accepts.
    pub maxlength: usize,
    /// Apple's password rules, which managers generate by.
    pub passwordrules: String,
    /// `new-password`.
    pub autocomplete: &'static str,
}

impl Policy {
    /// What the field for a new password says of this policy.
    pub fn attributes(&self) -> Attributes {
        let mut rules = format!("minlength: {}; maxlength: {}; ", self.min_length, self.max_length);
        for class in &self.require {
            let name = if *class == CharacterClass::Symbol { "special" } else { class.name() };
            rules.extend(["required: ", name, "; "]);
        }
        rules.push_str("allowed: ascii-printable;");
        if let Some(most) = self.max_consecutive {
            rules.extend([" max-consecutive: ", &most.to_string(), ";"]);
        }
        Attributes {
            minlength: self.min_length,
            maxlength: self.max_length * 2,
            passwordrules: rules,
            autocomplete: "new-password",
        }
    }
}
