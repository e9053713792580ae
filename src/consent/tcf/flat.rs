//! A TC string's fields as one row of 16-bit numbers, so that they cross between wasm and JavaScript at once.
//!
//! In this order, the highest 16 bits of what is longer first: the fields of the core segment ([`CORE`], letters as two numbers of six
//! bits, sets of small ids as bits, id 1 the highest); marks (1 has a publisher, 2 has disclosed vendors, 4 has allowed vendors); the
//! publisher's purposes by consent and by legitimate interest (2 each, 24 bits), how many custom purposes, and those by consent and by
//! legitimate interest (4 each, 64 bits). Then four rows of vendors, each after its count: by consent, by legitimate interest,
//! disclosed, allowed; then restrictions: purpose, kind, count, vendors.

use super::model::{CORE, COUNTRY, LANGUAGE};
use super::{FlagSet, IdSet, Letters, PublisherTc, RestrictionType, TcModel, VendorList};
use crate::{Code, Error};

/// How many numbers there are before the vendors.
const FIELDS: usize = 35;

/// The numbers of a model.
pub(super) fn write(model: &TcModel) -> Vec<u16> {
    let none = IdSet::new();
    let sets = [
        &model.vendor_consents,
        &model.vendor_legitimate_interests,
        model.vendors_disclosed.as_ref().unwrap_or(&none),
        model.vendors_allowed.as_ref().unwrap_or(&none),
    ];
    let mut row = Vec::with_capacity(FIELDS + 4 + sets.iter().map(|set| set.len()).sum::<usize>());
    for ((_, bits), field) in CORE.into_iter().zip(model.core()) {
        push(&mut row, field, bits.div_ceil(16));
    }
    row.push(
        u16::from(model.publisher_tc.is_some())
            | u16::from(model.vendors_disclosed.is_some()) << 1
            | u16::from(model.vendors_allowed.is_some()) << 2,
    );
    let publisher = model.publisher_tc.clone().unwrap_or_default();
    push(&mut row, publisher.consents.to_bits(24), 2);
    push(&mut row, publisher.legitimate_interests.to_bits(24), 2);
    push(&mut row, publisher.custom_purposes.into(), 1);
    push(&mut row, publisher.custom_consents.to_bits(64), 4);
    push(&mut row, publisher.custom_legitimate_interests.to_bits(64), 4);
    for set in sets {
        push_ids(&mut row, set);
    }
    for restriction in &model.publisher_restrictions {
        row.push(restriction.purpose.into());
        row.push(restriction.kind.number().into());
        push_ids(&mut row, &restriction.vendors);
    }
    row
}

/// The model of these numbers.
///
/// # Errors
///
/// `input.invalid` when they are no such row.
pub(super) fn read(row: &[u16]) -> Result<TcModel, Error> {
    let mut rest = Rest::of(row);
    let mut fields = [0; CORE.len()];
    for (index, (field, (_, bits))) in fields.iter_mut().zip(CORE).enumerate() {
        *field = rest.number(bits.div_ceil(16));
        if matches!(index, LANGUAGE | COUNTRY) && Letters::from_bits(*field).is_none() {
            return Err(Error::new(Code::InputInvalid, "expected a code of two letters"));
        }
    }
    let mut model = TcModel::default();
    model.set_core(fields);
    let marks = rest.next();
    let publisher = PublisherTc {
        consents: rest.flags(2, 24),
        legitimate_interests: rest.flags(2, 24),
        custom_purposes: rest.small(),
        custom_consents: rest.flags(4, 64),
        custom_legitimate_interests: rest.flags(4, 64),
    };
    model.publisher_tc = (marks & 1 != 0).then_some(publisher);
    model.vendor_consents = rest.ids();
    model.vendor_legitimate_interests = rest.ids();
    let (disclosed, allowed) = (rest.ids(), rest.ids());
    model.vendors_disclosed = (marks & 2 != 0).then_some(disclosed);
    model.vendors_allowed = (marks & 4 != 0).then_some(allowed);
    while !rest.row.is_empty() {
        let purpose = rest.small();
        let kind = RestrictionType::of(rest.number(1)).ok_or_else(misfit)?;
        let vendors = rest.ids();
        model.restrict(purpose, kind, &vendors);
    }
    if rest.lacks { Err(misfit()) } else { Ok(model) }
}

/// The vendor list of these numbers: its version, that of the TCF policies, and for each vendor its id, marks (1 has left, 2 has special
/// purposes), and the purposes by consent, by legitimate interest and flexible (24 bits in 2 each).
///
/// # Errors
///
/// `vendor-list.invalid` when they are no such row.
pub(super) fn list(row: &[u16]) -> Result<VendorList, Error> {
    let mut rest = Rest::of(row);
    let mut list = VendorList::empty(rest.next(), rest.small());
    while !rest.row.is_empty() {
        let (id, marks) = (rest.next(), rest.next());
        let purposes = [rest.flags(2, 24), rest.flags(2, 24), rest.flags(2, 24)];
        list.add(id, marks & 1 != 0, purposes, marks & 2 != 0);
    }
    if rest.lacks {
        return Err(Error::new(Code::VendorListInvalid, "expected the numbers of a vendor list"));
    }
    Ok(list)
}

/// What is left of a row. What is not there is zero, and the row then lacks something.
struct Rest<'a> {
    row: &'a [u16],
    lacks: bool,
}

impl<'a> Rest<'a> {
    fn of(row: &'a [u16]) -> Self {
        Self { row, lacks: false }
    }

    fn take(&mut self, count: usize) -> &'a [u16] {
        let (taken, rest) = self.row.split_at_checked(count).unwrap_or_else(|| {
            self.lacks = true;
            (&[], &[])
        });
        self.row = rest;
        taken
    }

    #[inline(never)]
    fn number(&mut self, words: u32) -> u64 {
        self.take(usize::from(words.to_le_bytes()[0]))
            .iter()
            .fold(0, |number, word| number << 16 | u64::from(*word))
    }

    fn next(&mut self) -> u16 {
        self.take(1).first().copied().unwrap_or(0)
    }

    /// What is too great stays too great, so that encoding refuses it by name.
    fn small(&mut self) -> u8 {
        u8::try_from(self.next()).unwrap_or(u8::MAX)
    }

    fn flags(&mut self, words: u32, count: u32) -> FlagSet {
        FlagSet::from_bits(self.number(words), count)
    }

    fn ids(&mut self) -> IdSet {
        let count = usize::from(self.next());
        IdSet::of(self.take(count))
    }
}

fn push_ids(row: &mut Vec<u16>, ids: &IdSet) {
    row.push(u16::try_from(ids.len()).unwrap_or(u16::MAX));
    ids.append_to(row);
}

#[inline(never)]
fn push(row: &mut Vec<u16>, number: u64, words: u32) {
    for word in (0..words).rev() {
        row.push(low(number >> (16 * word)));
    }
}

fn low(number: u64) -> u16 {
    let [first, second, ..] = number.to_le_bytes();
    u16::from_le_bytes([first, second])
}

#[cold]
fn misfit() -> Error {
    Error::new(Code::InputInvalid, "expected the fields of a TC string")
}

#[cfg(test)]
mod tests {
    use super::{TcModel, VendorList, list, read, write};

    #[test]
    fn a_row_is_the_model_again() {
        let text = "CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA.YAAAAAAAAAAA";
        let mut model = TcModel::parse(text).unwrap_or_default();
        assert!(model.cmp_id > 0);
        let vendors = [3, 4, 900].into_iter().collect();
        model.restrict(2, super::RestrictionType::RequireConsent, &vendors);
        let row = write(&model);
        assert_eq!(read(&row), Ok(model));
        for length in 0..row.len() {
            let cut = row.get(..length).unwrap_or_default();
            assert!(length == row.len() - 6 || read(cut).is_err(), "{length}");
        }
    }

    #[test]
    fn a_list_in_numbers_is_the_list() {
        let parsed = VendorList::parse(
            r#"{"gvlSpecificationVersion": 3, "vendorListVersion": 17, "tcfPolicyVersion": 4, "vendors": {
                "7": {"id": 7, "purposes": [1, 24], "legIntPurposes": [2], "flexiblePurposes": [2], "specialPurposes": [1]},
                "9": {"id": 9, "purposes": [1], "deletedDate": "2023-01-01"}
            }}"#,
        );
        let row = [17, 4, 7, 2, 0x80, 1, 0x40, 0, 0x40, 0, 9, 1, 0x80, 0, 0, 0, 0, 0];
        assert_eq!(list(&row), parsed);
        for length in (0..row.len()).filter(|length| *length != 2 && *length != 10) {
            assert!(list(row.get(..length).unwrap_or_default()).is_err(), "{length}");
        }
    }
}
