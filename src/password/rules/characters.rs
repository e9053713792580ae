//! Sets of printable ASCII characters.

use std::fmt;

/// A set of printable ASCII characters.
///
/// # Example
///
/// ```
/// use storefront_privacy::password::rules::Characters;
///
/// let class: Characters = "az-".chars().collect();
/// assert!(class.has('z'));
/// assert_eq!(class.len(), 3);
/// assert_eq!(class.to_string(), "[-az]");
/// assert_eq!(Characters::DIGIT.to_string(), "digit");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub struct Characters(u128);

impl Characters {
    /// `a` to `z`.
    pub const LOWER: Self = Self::range(b'a', b'z');
    /// `A` to `Z`.
    pub const UPPER: Self = Self::range(b'A', b'Z');
    /// `0` to `9`.
    pub const DIGIT: Self = Self::range(b'0', b'9');
    /// What is neither letter nor digit, without the space.
    pub const SPECIAL: Self = Self(
        Self::range(b'!', b'/').0
            | Self::range(b':', b'@').0
            | Self::range(b'[', b'`').0
            | Self::range(b'{', b'~').0,
    );
    /// All but the space.
    pub const ASCII_PRINTABLE: Self = Self::range(b'!', b'~');

    pub(super) const LOOK_ALIKES: Self =
        Self(1 << b'0' | 1 << b'O' | 1 << b'1' | 1 << b'I' | 1 << b'l' | 1 << b'|');

    /// The classes that have a name, in the order in which they are written.
    const NAMED: [(&'static str, Self); 4] =
        [("upper", Self::UPPER), ("lower", Self::LOWER), ("digit", Self::DIGIT), ("special", Self::SPECIAL)];

    const fn range(first: u8, last: u8) -> Self {
        Self((u128::MAX >> (127 - last)) & (u128::MAX << first))
    }

    /// The class of this name, in small or capital letters.
    pub fn named(name: &str) -> Option<Self> {
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        if is("ascii-printable") || is("unicode") {
            return Some(Self::ASCII_PRINTABLE);
        }
        Self::NAMED.iter().find(|(known, _)| is(known)).map(|(_, class)| *class)
    }

    /// Whether the character is one of them.
    pub fn has(self, character: char) -> bool {
        bit(character).is_some_and(|bit| self.0 & bit != 0)
    }

    /// How many there are.
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Whether there are none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those of both.
    #[must_use]
    pub const fn with(self, other: &Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those that the other has not.
    #[must_use]
    pub const fn without(self, other: &Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether all of the other's are among these.
    pub const fn holds(self, other: &Self) -> bool {
        other.without(&self).is_empty()
    }

    /// Each of them, in the order of ASCII.
    pub fn iter(self) -> impl Iterator<Item = char> {
        (' '..='~').filter(move |character| self.has(*character))
    }
}

/// The character's place in the set; none where it is not printable ASCII.
fn bit(character: char) -> Option<u128> {
    matches!(character, ' '..='~').then(|| 1 << u32::from(character))
}

/// Of those that are printable ASCII.
impl FromIterator<char> for Characters {
    fn from_iter<I: IntoIterator<Item = char>>(characters: I) -> Self {
        Self(characters.into_iter().filter_map(bit).fold(0, |all, bit| all | bit))
    }
}

/// As a value of the attribute: names, and the rest in brackets.
impl fmt::Display for Characters {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = *self;
        let mut parts = Vec::new();
        if self.holds(&Self::ASCII_PRINTABLE) {
            rest = rest.without(&Self::ASCII_PRINTABLE);
            parts.push("ascii-printable".to_owned());
        }
        for (name, class) in &Self::NAMED {
            if rest.holds(class) {
                rest = rest.without(class);
                parts.push((*name).to_owned());
            }
        }
        if !rest.is_empty() {
            // Within brackets the dash has to be the first and the closing bracket the last.
            let plain = rest.iter().filter(|character| !matches!(character, '-' | ']'));
            let dash = rest.has('-').then_some('-');
            let bracket = rest.has(']').then_some(']');
            let inside: String = dash.into_iter().chain(plain).chain(bracket).collect();
            parts.push(format!("[{inside}]"));
        }
        formatter.write_str(&parts.join(", "))
    }
}
