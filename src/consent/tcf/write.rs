//! Writing a TC string.

use super::{IdSet, PublisherRestriction, PublisherTc, TcModel, VendorList};
use crate::{
    Code, Error,
    codec::bits::{self, BitWriter},
};

impl TcModel {
    /// The TC string of this model after the rules of this vendor list ([`TcModel::under`]).
    ///
    /// Segments are core, disclosed vendors and, for a service-specific string, publisher TC. Vendors are written as a bit
    /// field or as ranges, whichever is shorter.
    ///
    /// # Errors
    ///
    /// `tcf.cmp-missing` without a registered CMP id; `input.invalid` when a field is beyond its bits.
    pub fn encode(&self, list: &VendorList) -> Result<String, Error> {
        self.under(list).write(Some(list.ids()))
    }

    /// The TC string of this model as it is: to pass on what was read. A platform that asks visitors uses
    /// [`TcModel::encode`].
    ///
    /// # Errors
    ///
    /// As [`TcModel::encode`].
    pub fn encode_unchecked_by_list(&self) -> Result<String, Error> {
        self.write(None)
    }

    fn write(&self, list: Option<&IdSet>) -> Result<String, Error> {
        if self.cmp_id < 2 {
            return Err(Error::new(
                Code::TcfCmpMissing,
                "expected the id of a consent management platform registered with IAB Europe, 2 to 4095: without one no TC string may be written",
            ));
        }
        self.check()?;
        let mut writer = BitWriter::with_capacity(1024);
        write_core(self, list, &mut writer)?;
        let mut text = segment(writer);
        let mut writer = BitWriter::with_capacity(512);
        writer.int(1, 3);
        write_vendors(self.vendors_disclosed.as_ref().unwrap_or(&IdSet::new()), &mut writer);
        text.push('.');
        text.push_str(&segment(writer));
        if let Some(publisher) = self.publisher_tc.as_ref().filter(|_| self.is_service_specific) {
            let mut writer = BitWriter::new();
            writer.int(3, 3);
            write_publisher(publisher, &mut writer);
            text.push('.');
            text.push_str(&segment(writer));
        }
        Ok(text)
    }

    fn check(&self) -> Result<(), Error> {
        let within = |value: u64, bits: u32, name: &'static str| {
            if value >> bits == 0 { Ok(()) } else { Err(Error::new(Code::InputInvalid, name)) }
        };
        within(self.created, 36, "expected `created` within 36 bits")?;
        within(self.last_updated, 36, "expected `lastUpdated` within 36 bits")?;
        within(self.cmp_id.into(), 12, "expected `cmpId` up to 4095")?;
        within(self.cmp_version.into(), 12, "expected `cmpVersion` up to 4095")?;
        within(self.consent_screen.into(), 6, "expected `consentScreen` up to 63")?;
        within(self.vendor_list_version.into(), 12, "expected `vendorListVersion` up to 4095")?;
        within(self.policy_version.into(), 6, "expected `policyVersion` up to 63")?;
        for restriction in &self.publisher_restrictions {
            within(restriction.purpose.into(), 6, "expected a restricted purpose up to 63")?;
        }
        let own = self.publisher_tc.as_ref().map_or(0, |publisher| publisher.custom_purposes);
        within(own.into(), 6, "expected at most 63 custom purposes")
    }
}

/// The fields of the core segment, without padding. `list` says which ids are assigned: a restriction's range may run over
/// those that are not.
///
/// # Errors
///
/// `input.invalid` when there are more restrictions, or ranges in one, than 12 bits can count.
pub fn write_core(model: &TcModel, list: Option<&IdSet>, writer: &mut BitWriter) -> Result<(), Error> {
    writer.int(2, 6);
    writer.int(model.created, 36);
    writer.int(model.last_updated, 36);
    writer.int(model.cmp_id.into(), 12);
    writer.int(model.cmp_version.into(), 12);
    writer.int(model.consent_screen.into(), 6);
    writer.int(model.consent_language.to_bits(), 12);
    writer.int(model.vendor_list_version.into(), 12);
    writer.int(model.policy_version.into(), 6);
    writer.flag(model.is_service_specific);
    writer.flag(model.use_non_standard_texts);
    writer.int(model.special_feature_opt_ins.to_bits(12), 12);
    writer.int(model.purpose_consents.to_bits(24), 24);
    writer.int(model.purpose_legitimate_interests.to_bits(24), 24);
    writer.flag(model.purpose_one_treatment);
    writer.int(model.publisher_country_code.to_bits(), 12);
    write_vendors(&model.vendor_consents, writer);
    write_vendors(&model.vendor_legitimate_interests, writer);
    write_restrictions(&model.publisher_restrictions, list, writer)
}

/// The fields of the publisher TC segment after its type.
pub fn write_publisher(publisher: &PublisherTc, writer: &mut BitWriter) {
    writer.int(publisher.consents.to_bits(24), 24);
    writer.int(publisher.legitimate_interests.to_bits(24), 24);
    writer.int(publisher.custom_purposes.into(), 6);
    let count = u32::from(publisher.custom_purposes);
    writer.int(publisher.custom_consents.to_bits(count), count);
    writer.int(publisher.custom_legitimate_interests.to_bits(count), count);
}

/// A section of vendors: the greatest id, then whichever of bit field and ranges is shorter; the bit field where neither is.
pub fn write_vendors(ids: &IdSet, writer: &mut BitWriter) {
    let max = u32::from(ids.max());
    writer.int(max.into(), 16);
    let mut cost = 12;
    let mut entries = 0;
    for range in ids.ranges() {
        cost += entry_bits(range.start() == range.end());
        entries += 1;
        if cost >= max {
            break;
        }
    }
    let as_ranges = cost < max;
    writer.flag(as_ranges);
    if as_ranges {
        writer.int(entries, 12);
        ids.ranges().for_each(|range| write_entry(*range.start(), *range.end(), writer));
        return;
    }
    let mut left = max;
    for word in ids.words() {
        let width = left.min(64);
        writer.int(word >> (64 - width.max(1)), width);
        left -= width;
    }
}

fn write_restrictions(
    restrictions: &[PublisherRestriction],
    list: Option<&IdSet>,
    writer: &mut BitWriter,
) -> Result<(), Error> {
    let restricting = || restrictions.iter().filter(|restriction| !restriction.vendors.is_empty());
    writer.int(counted(restricting().count())?, 12);
    for restriction in restricting() {
        writer.int(restriction.purpose.into(), 6);
        writer.int(restriction.kind.number().into(), 2);
        let mut ranges: Vec<(u16, u16)> = Vec::new();
        for range in restriction.vendors.ranges() {
            match ranges.last_mut() {
                Some((_, end)) if list.is_some_and(|list| !list.has_between(*end, *range.start())) => {
                    *end = *range.end();
                }
                _ => ranges.push((*range.start(), *range.end())),
            }
        }
        writer.int(counted(ranges.len())?, 12);
        for (start, end) in ranges {
            write_entry(start, end, writer);
        }
    }
    Ok(())
}

fn counted(entries: usize) -> Result<u64, Error> {
    match u64::try_from(entries) {
        Ok(count @ 0..=4095) => Ok(count),
        _ => Err(Error::new(
            Code::InputInvalid,
            "expected at most 4095 publisher restrictions, and ranges in each",
        )),
    }
}

fn write_entry(start: u16, end: u16, writer: &mut BitWriter) {
    if start == end {
        writer.int(start.into(), 17);
    } else {
        writer.int(1 << 32 | u64::from(start) << 16 | u64::from(end), 33);
    }
}

fn entry_bits(single: bool) -> u32 {
    if single { 17 } else { 33 }
}

/// Padded to whole bytes and whole base64 groups, as @iabtechlabtcf/core pads.
fn segment(mut writer: BitWriter) -> String {
    writer.pad_to(24);
    let length = writer.len();
    bits::to_base64url(&writer.into_bytes(), length)
}
