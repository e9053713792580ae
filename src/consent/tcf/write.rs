//! Writing a TC string.

use super::model::CORE;
use super::{IdSet, TcModel, VendorList};
use crate::codec::bits::BitWriter;
use crate::consent::ranges::{self, Coding};
use crate::{Code, Error};

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

    pub(super) fn write(&self, list: Option<&IdSet>) -> Result<String, Error> {
        if self.cmp_id < 2 {
            return Err(Error::new(
                Code::TcfCmpMissing,
                "expected the id of a consent management platform registered with IAB Europe, 2 to 4095: without one no TC string may be written",
            ));
        }
        let mut writer = BitWriter::with_capacity(1024);
        writer.int(2, 6);
        for ((name, bits), field) in CORE.into_iter().zip(self.core()) {
            if field >> bits != 0 {
                return Err(beyond(name, bits));
            }
            writer.int(field, bits);
        }
        ranges::write(&self.vendor_consents, Coding::Tcf, &mut writer);
        ranges::write(&self.vendor_legitimate_interests, Coding::Tcf, &mut writer);
        self.write_restrictions(list, &mut writer)?;
        let mut text = segment(writer);
        let mut writer = BitWriter::with_capacity(512);
        writer.int(1, 3);
        ranges::write(self.vendors_disclosed.as_ref().unwrap_or(&IdSet::new()), Coding::Tcf, &mut writer);
        text.push('.');
        text.push_str(&segment(writer));
        if let Some(publisher) = self.publisher_tc.as_ref().filter(|_| self.is_service_specific) {
            if publisher.custom_purposes > 63 {
                return Err(beyond("customPurposes", 6));
            }
            let own = u32::from(publisher.custom_purposes);
            let mut writer = BitWriter::new();
            writer.int(3, 3);
            writer.int(publisher.consents.to_bits(24), 24);
            writer.int(publisher.legitimate_interests.to_bits(24), 24);
            writer.int(own.into(), 6);
            writer.int(publisher.custom_consents.to_bits(own), own);
            writer.int(publisher.custom_legitimate_interests.to_bits(own), own);
            text.push('.');
            text.push_str(&segment(writer));
        }
        Ok(text)
    }

    /// `list` says which ids are assigned: a restriction's range may run over those that are not.
    fn write_restrictions(&self, list: Option<&IdSet>, writer: &mut BitWriter) -> Result<(), Error> {
        let restrictions =
            self.publisher_restrictions.iter().filter(|restriction| !restriction.vendors.is_empty());
        writer.int(counted(restrictions.clone().count())?, 12);
        for restriction in restrictions {
            if restriction.purpose > 63 {
                return Err(beyond("purpose", 6));
            }
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
            counted(ranges.len())?;
            ranges::write_ranges(&ranges, Coding::Tcf, writer);
        }
        Ok(())
    }
}

#[cold]
fn beyond(name: &str, bits: u32) -> Error {
    Error::new(Code::InputInvalid, ["expected `", name, "` within ", &bits.to_string(), " bits"].concat())
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

/// Padded to whole bytes and whole base64 groups, as @iabtechlabtcf/core pads.
fn segment(writer: BitWriter) -> String {
    writer.into_base64url(24)
}
