use crate::codec::json::{self, Limits, Object, Value};
use crate::{Code, Error};

/// The greatest list that is read, in bytes: twice what the lists of November 2026 have.
const MAX_LENGTH: usize = 4 * 1024 * 1024;

/// The names in a vendor list: of vendors, purposes and special features.
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::explain::{Names, explain};
///
/// let names = Names::parse(
///     r#"{"gvlSpecificationVersion":3,"vendors":{"2":{"id":2,"name":"Two Ltd"}},"purposes":{"1":{"id":1,"name":"Storage"}}}"#,
/// )?;
/// let text = "CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA";
/// let explained = explain(text, Some(&names))?;
/// let disclosed = explained.lines.iter().find(|line| line.path == "disclosedVendors").unwrap();
/// assert!(disclosed.meaning.contains("Two Ltd"));
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    vendors: Vec<(u16, String)>,
    purposes: Vec<(u16, String)>,
    special_features: Vec<(u16, String)>,
}

impl Names {
    /// Reads them from a vendor list.
    ///
    /// # Errors
    ///
    /// `vendor-list.too-long` beyond 4 MiB, `vendor-list.version` when it is not of specification 3, `vendor-list.invalid` when it is
    /// no JSON or has no vendors.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let limits = Limits { bytes: MAX_LENGTH, depth: 16, members: 65_535 };
        let value = json::parse_within(text, limits).map_err(|error| {
            let too_long = error.kind() == Code::InputTooLong;
            error.with_code(if too_long { Code::VendorListTooLong } else { Code::VendorListInvalid })
        })?;
        if value.get("gvlSpecificationVersion").and_then(Value::as_integer) != Some(3) {
            let message = "vendor list: expected `gvlSpecificationVersion` 3";
            return Err(Error::new(Code::VendorListVersion, message));
        }
        if value.get("vendors").and_then(Value::as_object).is_none() {
            return Err(Error::new(
                Code::VendorListInvalid,
                "vendor list: expected `vendors` to be an object",
            ));
        }
        let read = |member| named(value.get(member));
        Ok(Self {
            vendors: read("vendors"),
            purposes: read("purposes"),
            special_features: read("specialFeatures"),
        })
    }

    pub(super) fn vendor(&self, id: u16) -> Option<&str> {
        find(&self.vendors, id)
    }

    pub(super) fn purpose(&self, id: u16) -> Option<&str> {
        find(&self.purposes, id).or_else(|| PURPOSES.get(usize::from(id).checked_sub(1)?).copied())
    }

    pub(super) fn special_feature(&self, id: u16) -> Option<&str> {
        find(&self.special_features, id)
            .or_else(|| SPECIAL_FEATURES.get(usize::from(id).checked_sub(1)?).copied())
    }
}

/// By ascending id.
fn named(map: Option<&Value>) -> Vec<(u16, String)> {
    let entries = map.and_then(Value::as_object).into_iter().flat_map(Object::iter);
    let name = |(_, entry): (&str, &Value)| {
        let id = u16::try_from(entry.get("id")?.as_integer()?).ok()?;
        // It is a text from outside, for one line.
        let name = entry.get("name")?.as_str()?.chars().filter(|letter| !letter.is_control()).take(120);
        Some((id, name.collect()))
    };
    let mut names: Vec<_> = entries.filter_map(name).collect();
    names.sort_unstable();
    names
}

fn find(names: &[(u16, String)], id: u16) -> Option<&str> {
    let position = names.binary_search_by_key(&id, |(known, _)| *known).ok()?;
    names.get(position).map(|(_, name)| name.as_str())
}

/// The standard names in English (TCF Policies 5.0, Appendix A).
const PURPOSES: [&str; 11] = [
    "Store and/or access information on a device",
    "Use limited data to select advertising",
    "Create profiles for personalised advertising",
    "Use profiles to select personalised advertising",
    "Create profiles to personalise content",
    "Use profiles to select personalised content",
    "Measure advertising performance",
    "Measure content performance",
    "Understand audiences through statistics or combinations of data from different sources",
    "Develop and improve services",
    "Use limited data to select content",
];

const SPECIAL_FEATURES: [&str; 2] =
    ["Use precise geolocation data", "Actively scan device characteristics for identification"];
