//! Card networks: which number belongs to which, and what their numbers look like.
//!
//! The facts are the networks' own as far as they publish them, gathered in one table: the ranges and lengths from
//! "Payment card number" in Wikipedia (2026) and the networks' acceptance guides it cites (Visa Core Rules,
//! Mastercard Transaction Processing Rules, Discover IIN Bulletins, JCB and UnionPay acceptance guides, Mir,
//! NPCI circulars for `RuPay`, BKM for Troy), ISO/IEC 7812-1 for the form. The register of ISO is not public, so
//! that a number outside these ranges is not wrong: its brand is unknown, and its check digit still counts.
//!
//! Where networks share a range the narrower one wins (Elo within Visa), and `UnionPay` keeps 622126 to 622925,
//! which Discover carries as well. Where all cards of a range belong to two networks, the shopper chooses between them
//! ([`Brand::choices`]); until then they count as the one that [`Brand::of`] says. Cartes Bancaires has no range of its own: its
//! cards are Visa's or Mastercard's too. The ranges of cards with two brands are those that French, Danish, Belgian, Indian and
//! Nigerian issuers have published; cards outside them may have a second brand that only their processor knows.

mod ranges;

/// A card network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Brand {
    /// Visa
    Visa,
    /// Mastercard
    Mastercard,
    /// American Express
    AmericanExpress,
    /// Discover
    Discover,
    /// Diners Club International
    DinersClub,
    /// JCB
    Jcb,
    /// China `UnionPay`
    UnionPay,
    /// Maestro
    Maestro,
    /// Mir (Russia)
    Mir,
    /// Elo (Brazil)
    Elo,
    /// Hipercard and Hiper (Brazil)
    Hipercard,
    /// `RuPay` (India)
    RuPay,
    /// Troy (Türkiye)
    Troy,
    /// Verve (Nigeria)
    Verve,
    /// Dankort (Denmark)
    Dankort,
    /// Universal Air Travel Plan
    Uatp,
    /// `LankaPay` (Sri Lanka)
    LankaPay,
    /// UkrCard (Ukraine)
    UkrCard,
    /// Uzcard (Uzbekistan)
    Uzcard,
    /// Humo (Uzbekistan)
    Humo,
    /// NAPAS (Viet Nam)
    Napas,
    /// BORICA's Bcard (Bulgaria)
    Borica,
    /// Naranja X (Argentina)
    Naranja,
    /// Bancontact (Belgium)
    Bancontact,
    /// Gerbang Pembayaran Nasional (Indonesia)
    Gpn,
    /// Cartes Bancaires (France)
    CartesBancaires,
}

struct Facts {
    id: &'static str,
    name: &'static str,
    lengths: &'static [usize],
    code_length: usize,
    requires_code: bool,
}

impl Facts {
    const fn new(id: &'static str, name: &'static str, lengths: &'static [usize]) -> Self {
        Self { id, name, lengths, code_length: 3, requires_code: true }
    }

    const fn four_digit_code(self) -> Self {
        Self { code_length: 4, ..self }
    }

    /// Some or all cards of the network have no code printed on them.
    const fn code_may_lack(self) -> Self {
        Self { requires_code: false, ..self }
    }
}

const SIXTEEN: &[usize] = &[16];
const SIXTEEN_OR_MORE: &[usize] = &[16, 17, 18, 19];

impl Brand {
    /// Every brand that is known.
    pub const ALL: &'static [Self] = &[
        Self::Visa,
        Self::Mastercard,
        Self::AmericanExpress,
        Self::Discover,
        Self::DinersClub,
        Self::Jcb,
        Self::UnionPay,
        Self::Maestro,
        Self::Mir,
        Self::Elo,
        Self::Hipercard,
        Self::RuPay,
        Self::Troy,
        Self::Verve,
        Self::Dankort,
        Self::Uatp,
        Self::LankaPay,
        Self::UkrCard,
        Self::Uzcard,
        Self::Humo,
        Self::Napas,
        Self::Borica,
        Self::Naranja,
        Self::Bancontact,
        Self::Gpn,
        Self::CartesBancaires,
    ];

    const fn facts(self) -> Facts {
        match self {
            Self::Visa => Facts::new("visa", "Visa", &[13, 16, 19]),
            Self::Mastercard => Facts::new("mastercard", "Mastercard", SIXTEEN),
            Self::AmericanExpress => Facts::new("amex", "American Express", &[15]).four_digit_code(),
            Self::Discover => Facts::new("discover", "Discover", SIXTEEN_OR_MORE),
            Self::DinersClub => Facts::new("diners", "Diners Club", &[14, 15, 16, 17, 18, 19]),
            Self::Jcb => Facts::new("jcb", "JCB", SIXTEEN_OR_MORE),
            Self::UnionPay => Facts::new("unionpay", "UnionPay", SIXTEEN_OR_MORE),
            Self::Maestro => {
                Facts::new("maestro", "Maestro", &[12, 13, 14, 15, 16, 17, 18, 19]).code_may_lack()
            }
            Self::Mir => Facts::new("mir", "Mir", SIXTEEN_OR_MORE),
            Self::Elo => Facts::new("elo", "Elo", SIXTEEN),
            Self::Hipercard => Facts::new("hipercard", "Hipercard", SIXTEEN),
            Self::RuPay => Facts::new("rupay", "RuPay", SIXTEEN),
            Self::Troy => Facts::new("troy", "Troy", SIXTEEN),
            Self::Verve => Facts::new("verve", "Verve", &[16, 18, 19]),
            Self::Dankort => Facts::new("dankort", "Dankort", SIXTEEN),
            Self::Uatp => Facts::new("uatp", "UATP", &[15]).code_may_lack(),
            Self::LankaPay => Facts::new("lankapay", "LankaPay", SIXTEEN),
            Self::UkrCard => Facts::new("ukrcard", "UkrCard", SIXTEEN_OR_MORE),
            Self::Uzcard => Facts::new("uzcard", "Uzcard", SIXTEEN).code_may_lack(),
            Self::Humo => Facts::new("humo", "Humo", SIXTEEN).code_may_lack(),
            Self::Napas => Facts::new("napas", "NAPAS", &[16, 19]).code_may_lack(),
            Self::Borica => Facts::new("bcard", "Bcard", SIXTEEN),
            Self::Naranja => Facts::new("naranja", "Naranja", SIXTEEN),
            Self::Bancontact => Facts::new("bancontact", "Bancontact", SIXTEEN_OR_MORE).code_may_lack(),
            Self::Gpn => Facts::new("gpn", "GPN", SIXTEEN).code_may_lack(),
            Self::CartesBancaires => Facts::new("cartes-bancaires", "Cartes Bancaires", SIXTEEN),
        }
    }

    /// The brand that a number or its beginning belongs to: known as soon as all numbers beginning so are the
    /// brand's, or lie in it but for a narrower range.
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::payment::Brand;
    ///
    /// assert_eq!(Brand::of("4"), Some(Brand::Visa));
    /// assert_eq!(Brand::of("401178"), Some(Brand::Elo));
    /// assert_eq!(Brand::of("5"), None);
    /// assert_eq!(Brand::of("51"), Some(Brand::Mastercard));
    /// ```
    pub fn of(digits: &str) -> Option<Self> {
        ranges::find(digits)
    }

    /// The networks that a number's cards belong to, where there is more than one: the national one first. The shopper may
    /// choose (Regulation (EU) 2015/751, Article 8(6)).
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::payment::Brand;
    ///
    /// assert_eq!(Brand::choices("497010"), [Brand::CartesBancaires, Brand::Visa]);
    /// assert!(Brand::choices("424242").is_empty());
    /// ```
    pub fn choices(digits: &str) -> &'static [Self] {
        ranges::choices(digits)
    }

    /// The brand of this identifier.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|brand| brand.id() == id)
    }

    /// The identifier, as in the attribute `accept` of the payment form: `visa`, `amex`.
    pub const fn id(self) -> &'static str {
        self.facts().id
    }

    /// The name as people know it.
    pub const fn name(self) -> &'static str {
        self.facts().name
    }

    /// How many digits its numbers have, ascending.
    pub const fn lengths(self) -> &'static [usize] {
        self.facts().lengths
    }

    /// Whether its numbers may have so many digits.
    pub fn accepts_length(self, digits: usize) -> bool {
        self.lengths().contains(&digits)
    }

    /// The most digits its numbers have.
    pub fn greatest_length(self) -> usize {
        self.lengths().iter().copied().max().unwrap_or_default()
    }

    /// How many digits its security code has.
    pub const fn code_length(self) -> usize {
        self.facts().code_length
    }

    /// Whether each of its cards has a security code printed on it.
    pub const fn requires_code(self) -> bool {
        self.facts().requires_code
    }

    /// Whether the last digit of each of its numbers is a check digit. Cards of `UnionPay` were issued without.
    pub const fn has_check_digit(self) -> bool {
        !matches!(self, Self::UnionPay)
    }

    /// In groups of how many digits a number of so many digits is printed. Digits beyond them are a group more.
    pub const fn groups(self, digits: usize) -> &'static [usize] {
        match self {
            Self::AmericanExpress => &[4, 6, 5],
            Self::Uatp => &[4, 5, 6],
            Self::DinersClub if digits <= 14 => &[4, 6, 4],
            _ => Self::USUAL_GROUPS,
        }
    }

    /// The groups of most brands, and of a number whose brand is not known.
    pub const USUAL_GROUPS: &'static [usize] = &[4, 4, 4, 4, 3];
}
