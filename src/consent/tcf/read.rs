//! Reading a TC string.

use super::model::{CORE, COUNTRY, LANGUAGE};
use super::{FlagSet, Letters, PublisherTc, RestrictionType, TcModel};
use crate::codec::bits::{self, BitReader};
use crate::consent::ranges::{self, Coding};
use crate::{Code, Error};

/// The longest text that is read. Together with the 8 KiB a set of ids may take and the 189 restrictions there can be, it keeps
/// what reading allocates below 2 MiB.
pub const MAX_LENGTH: usize = 65_536;

impl TcModel {
    /// Reads a TC string of version 2: core segment first, the others in any order, each once.
    ///
    /// The length of a segment may be padded with zero bits to whole bytes and base64 groups, vendors may be in either
    /// encoding. Everything else that is not as the specification says is refused.
    ///
    /// # Errors
    ///
    /// `signal.too-long` beyond [`MAX_LENGTH`]; `signal.version` for another version than 2; `signal.invalid` with segment and
    /// bit for anything else.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if text.len() > MAX_LENGTH {
            return Err(Error::new(Code::SignalTooLong, "expected a TC string of at most 65536 characters"));
        }
        let mut model = Self { vendors_disclosed: None, publisher_tc: None, ..Self::default() };
        for (index, text) in text.as_bytes().split(|byte| *byte == b'.').enumerate() {
            let name = if index == 0 { "core" } else { "segment" };
            let (bytes, length) = bits::from_base64url(text, name)?;
            let mut reader = BitReader::within(&bytes, length, name);
            if index == 0 {
                model.read_core(&mut reader);
            } else {
                model.read_segment(&mut reader);
            }
            let at = reader.position();
            let left = u32::try_from(reader.remaining()).unwrap_or(u32::MAX);
            if left >= 24 || reader.take(left) != 0 {
                reader.refuse(at, "expected fewer than 24 zero bits after the last field");
            }
            reader.check()?;
        }
        Ok(model)
    }

    fn read_core(&mut self, reader: &mut BitReader<'_>) {
        if reader.take(6) != 2 {
            reader.refuse_version(0, "expected version 2");
        }
        let mut fields = [0; CORE.len()];
        for (index, (field, (_, bits))) in fields.iter_mut().zip(CORE).enumerate() {
            let at = reader.position();
            *field = reader.take(bits);
            if matches!(index, LANGUAGE | COUNTRY) && Letters::from_bits(*field).is_none() {
                reader.refuse(at, "expected two letters");
            }
        }
        self.set_core(fields);
        self.vendor_consents = ranges::read(reader, Coding::Tcf);
        self.vendor_legitimate_interests = ranges::read(reader, Coding::Tcf);
        for _ in 0..reader.take(12) {
            let at = reader.position();
            let purpose = reader.take(6).to_le_bytes()[0];
            let kind = RestrictionType::of(reader.take(2));
            let Some(kind) = kind.filter(|_| purpose > 0) else {
                return reader.refuse(at, "expected a restriction of a purpose, of kind 0, 1 or 2");
            };
            let ids = ranges::read_ranges(reader, Coding::Tcf, u16::MAX);
            if !ids.is_empty() {
                self.restrict(purpose, kind, &ids);
            }
        }
    }

    fn read_segment(&mut self, reader: &mut BitReader<'_>) {
        let kind = reader.take(3);
        let repeated = match kind {
            1 => self.vendors_disclosed.is_some(),
            2 => self.vendors_allowed.is_some(),
            3 => self.publisher_tc.is_some(),
            _ => return reader.refuse(0, "expected a segment of type 1, 2 or 3"),
        };
        reader.name(match kind {
            1 => "disclosed vendors",
            2 => "allowed vendors",
            _ => "publisher",
        });
        if repeated {
            reader.refuse(0, "expected each segment once");
        }
        match kind {
            1 => self.vendors_disclosed = Some(ranges::read(reader, Coding::Tcf)),
            2 => self.vendors_allowed = Some(ranges::read(reader, Coding::Tcf)),
            _ => self.publisher_tc = Some(read_publisher(reader)),
        }
    }
}

fn read_publisher(reader: &mut BitReader<'_>) -> PublisherTc {
    let mut flags = |count| FlagSet::from_bits(reader.take(count), count);
    let (consents, legitimate_interests) = (flags(24), flags(24));
    let custom_purposes = flags(6).to_bits(6).to_le_bytes()[0];
    let own = custom_purposes.into();
    let (custom_consents, custom_legitimate_interests) = (flags(own), flags(own));
    PublisherTc {
        consents,
        legitimate_interests,
        custom_purposes,
        custom_consents,
        custom_legitimate_interests,
    }
}
