//! What a section is made of, field by field: [`table`](super::table) and Canada's section in one shape.

use super::table::{LAYOUTS, Layout, Name};
use super::{TCF_CA, USP, name_of};

/// What a field's numbers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One number, or as many as `count` says.
    Number,
    /// As many flags as the number before says.
    Custom,
    /// Tenths of a second since 1970, 36 bits: the higher 4 of them, the lower 32.
    Time,
    /// The codes of two letters.
    Letters,
    /// A count and as many ids.
    Ids,
    /// A count and as many restrictions: purpose, kind, and ids as above.
    Restrictions,
    /// The code of a letter of the US privacy string.
    Answer,
    /// Whether the optional sub-section is there; it has no bits.
    Included,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) bits: u32,
    pub(super) low: u32,
    pub(super) high: u32,
    pub(super) initial: u32,
    /// How many numbers a list has; 0 for what is no list.
    pub(super) count: usize,
}

impl Field {
    pub(super) fn is_flag(&self) -> bool {
        self.bits == 1 && self.kind == Kind::Number
    }

    /// How [`form_of`](super::form_of) says what the field holds.
    pub(super) fn mark(&self) -> &'static str {
        match self.kind {
            Kind::Number if self.bits == 1 => "?",
            Kind::Number if self.count > 0 => ":",
            Kind::Number => "",
            Kind::Custom => "?n",
            Kind::Time => "@",
            Kind::Letters => "$2",
            Kind::Ids => "*",
            Kind::Restrictions => "#",
            Kind::Answer => "$1",
            Kind::Included => "?",
        }
    }
}

/// A section: the fields of its sub-sections, one after the other.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) id: u16,
    pub(super) name: &'static str,
    pub(super) fields: Vec<Field>,
    /// Where the fields of each sub-section end.
    pub(super) ends: [usize; 3],
}

impl Form {
    /// The newest form of a section, or that of this version if there is such a one; none for a section that is a text.
    #[inline(never)]
    pub(super) fn of(id: u16, version: u32) -> Option<Self> {
        let name = name_of(id)?;
        let mut form = Self { id, name, fields: Vec::with_capacity(24), ends: [0; 3] };
        match id {
            TCF_CA => form.canada(),
            USP => {
                form.add("Version", Kind::Number, 6, (1, 1), 1, 0);
                for name in ["Notice", "OptOutSale", "LspaCovered"] {
                    form.add(name, Kind::Answer, 0, (0, 0), u32::from(b'-'), 0);
                }
            }
            id => {
                let mut layouts = LAYOUTS.iter().filter(|layout| layout.id == id);
                let newest = layouts.clone().next()?;
                form.united_states(
                    layouts.find(|layout| u32::from(layout.version) == version).unwrap_or(newest),
                );
            }
        }
        Some(form)
    }

    /// The fields of one sub-section.
    pub(super) fn segment(&self, index: usize) -> &[Field] {
        let start =
            index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.ends.get(index).and_then(|end| self.fields.get(start..*end)).unwrap_or_default()
    }

    /// Whether the second sub-section may be left out, and a last number says so.
    pub(super) fn is_optional(&self) -> bool {
        self.fields.last().is_some_and(|field| field.kind == Kind::Included)
    }

    /// How messages name a sub-section after the first.
    pub(super) fn segment_name(&self, index: usize) -> &'static str {
        match (index, self.id) {
            (0, _) => self.name,
            (1, TCF_CA) => "publisher sub-section",
            (1, 25..) => "sensitive data sub-section",
            (1, _) => "GPC sub-section",
            _ => "disclosed vendors",
        }
    }

    #[inline(never)]
    fn add(
        &mut self,
        name: &'static str,
        kind: Kind,
        bits: u32,
        (low, high): (u32, u32),
        initial: u32,
        count: usize,
    ) {
        self.fields.push(Field { name, kind, bits, low, high, initial, count });
        if kind != Kind::Included {
            self.ends = [self.fields.len(); 3];
        }
    }

    fn united_states(&mut self, layout: &Layout) {
        for (second, names) in [layout.core, layout.second].iter().enumerate() {
            for name in *names {
                let count = match name {
                    Name::SensitiveDataProcessing => layout.sensitive,
                    Name::KnownChildSensitiveDataConsents => layout.children,
                    _ => 0,
                };
                let (mut range, mut initial) = (name.range(), name.initial());
                if *name == Name::Version {
                    (range, initial) = ((layout.version, layout.version), layout.version);
                }
                let range = (range.0.into(), range.1.into());
                self.add(name.text(), Kind::Number, name.bits(), range, initial.into(), count.into());
            }
            if second == 0 {
                self.ends = [self.fields.len(); 3];
            }
        }
        let core = layout.core.len();
        self.ends = [core, self.fields.len(), self.fields.len()];
        match layout.second {
            [] => {}
            [Name::SensitiveDataProcessing, ..] => {
                self.add("SensitiveDataConsentSegmentIncluded", Kind::Included, 0, (0, 1), 1, 0);
            }
            _ => self.add("GpcSegmentIncluded", Kind::Included, 0, (0, 1), 1, 0),
        }
    }

    fn canada(&mut self) {
        for (name, kind, bits, (low, high), initial, count) in &CANADA {
            let range = ((*low).into(), (*high).into());
            self.add(name, *kind, (*bits).into(), range, (*initial).into(), (*count).into());
        }
        self.ends = [16, 22, CANADA.len()];
    }
}

/// A field of Canada's section: its name and kind, the bits, range and first value of a number, how many there are.
type Row = (&'static str, Kind, u8, (u8, u16), u8, u8);

/// Section 5 (GPP `Sections/Canada`). Before its version 3.1 the reference implementation wrote version 2.
static CANADA: [Row; 24] = [
    ("Version", Kind::Number, 6, (1, 2), 1, 0),
    ("Created", Kind::Time, 36, (0, 0), 0, 0),
    ("LastUpdated", Kind::Time, 36, (0, 0), 0, 0),
    ("CmpId", Kind::Number, 12, (0, 4095), 0, 0),
    ("CmpVersion", Kind::Number, 12, (0, 4095), 0, 0),
    ("ConsentScreen", Kind::Number, 6, (0, 63), 0, 0),
    ("ConsentLanguage", Kind::Letters, 12, (0, 0), 0, 0),
    ("VendorListVersion", Kind::Number, 12, (0, 4095), 0, 0),
    ("TcfPolicyVersion", Kind::Number, 6, (0, 63), 2, 0),
    ("UseNonStandardStacks", Kind::Number, 1, (0, 1), 0, 0),
    ("SpecialFeatureExpressConsent", Kind::Number, 1, (0, 1), 0, 12),
    ("PurposesExpressConsent", Kind::Number, 1, (0, 1), 0, 24),
    ("PurposesImpliedConsent", Kind::Number, 1, (0, 1), 0, 24),
    ("VendorExpressConsent", Kind::Ids, 0, (0, 0), 0, 0),
    ("VendorImpliedConsent", Kind::Ids, 0, (0, 0), 0, 0),
    ("PubRestrictions", Kind::Restrictions, 0, (0, 0), 0, 0),
    ("PubPurposesSegmentType", Kind::Number, 3, (3, 3), 3, 0),
    ("PubPurposesExpressConsent", Kind::Number, 1, (0, 1), 0, 24),
    ("PubPurposesImpliedConsent", Kind::Number, 1, (0, 1), 0, 24),
    ("NumCustomPurposes", Kind::Number, 6, (0, 63), 0, 0),
    ("CustomPurposesExpressConsent", Kind::Custom, 1, (0, 1), 0, 0),
    ("CustomPurposesImpliedConsent", Kind::Custom, 1, (0, 1), 0, 0),
    ("DisclosedVendorsSegmentType", Kind::Number, 3, (1, 1), 1, 0),
    ("DisclosedVendors", Kind::Ids, 0, (0, 0), 0, 0),
];
