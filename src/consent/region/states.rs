//! The laws of the states that let people opt out.

use crate::codec::time;

/// A state's law that gives people a right to opt out of the sale of their data, of sharing or of targeted advertising.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct UsLaw {
    /// The state's two letters.
    pub state: &'static str,
    /// The state's name.
    pub name: &'static str,
    /// The first day on which the law was in force, as `2020-01-01`.
    pub in_force: &'static str,
    /// The statute.
    pub source: &'static str,
    /// The number of the section that the Global Privacy Platform has for it (GPP "Section Information").
    pub gpp_section: Option<u8>,
    /// Whether the law demands that a signal of the browser, such as Global Privacy Control, counts as an opt-out.
    pub honours_signal: bool,
}

impl UsLaw {
    /// Whether the law is in force at this time, in seconds after 1970-01-01T00:00:00Z.
    pub fn is_in_force(&self, at: i64) -> bool {
        time::parse(&format!("{}T00:00:00Z", self.in_force)).is_ok_and(|start| at >= start)
    }
}

/// All of them, by the day on which they came into force.
pub const LAWS: &[UsLaw] = &[
    law("NV", "Nevada", "2019-10-01", "NRS 603A.300 to .360", None, false),
    law("CA", "California", "2020-01-01", "Cal. Civ. Code §1798.100 and following", Some(8), true),
    law("VA", "Virginia", "2023-01-01", "Va. Code §59.1-575 and following", Some(9), false),
    law("CO", "Colorado", "2023-07-01", "Colo. Rev. Stat. §6-1-1301 and following", Some(10), true),
    law("CT", "Connecticut", "2023-07-01", "Conn. Gen. Stat. §42-515 and following", Some(12), true),
    law("UT", "Utah", "2023-12-31", "Utah Code §13-61-101 and following", Some(11), false),
    law("FL", "Florida", "2024-07-01", "Fla. Stat. §501.701 and following", Some(13), false),
    law("OR", "Oregon", "2024-07-01", "Or. Rev. Stat. §646A.570 and following", Some(15), true),
    law("TX", "Texas", "2024-07-01", "Tex. Bus. & Com. Code §541.001 and following", Some(16), true),
    law("MT", "Montana", "2024-10-01", "Mont. Code §30-14-2801 and following", Some(14), true),
    law("DE", "Delaware", "2025-01-01", "Del. Code tit. 6, §12D-101 and following", Some(17), true),
    law("IA", "Iowa", "2025-01-01", "Iowa Code chapter 715D", Some(18), false),
    law("NE", "Nebraska", "2025-01-01", "Neb. Rev. Stat. §87-1101 and following", Some(19), true),
    law("NH", "New Hampshire", "2025-01-01", "N.H. Rev. Stat. chapter 507-H", Some(20), true),
    law("NJ", "New Jersey", "2025-01-15", "N.J. Stat. §56:8-166.4 and following", Some(21), true),
    law("TN", "Tennessee", "2025-07-01", "Tenn. Code §47-18-3301 and following", Some(22), false),
    law("MN", "Minnesota", "2025-07-31", "Minn. Stat. chapter 325M (enacted as 325O)", Some(23), true),
    law("MD", "Maryland", "2025-10-01", "Md. Code, Com. Law §14-4701 and following", Some(24), true),
    law("IN", "Indiana", "2026-01-01", "Ind. Code article 24-15", Some(25), false),
    law("KY", "Kentucky", "2026-01-01", "Ky. Rev. Stat. §367.3611 and following", Some(26), false),
    law("RI", "Rhode Island", "2026-01-01", "R.I. Gen. Laws chapter 6-48.1", Some(27), false),
    law("OK", "Oklahoma", "2027-01-01", "Oklahoma Consumer Data Privacy Act (2026)", None, false),
    law("AL", "Alabama", "2027-05-01", "Alabama Personal Data Protection Act (HB 351, 2026)", None, false),
];

const fn law(
    state: &'static str,
    name: &'static str,
    in_force: &'static str,
    source: &'static str,
    gpp_section: Option<u8>,
    honours_signal: bool,
) -> UsLaw {
    UsLaw { state, name, in_force, source, gpp_section, honours_signal }
}

pub(super) fn law_of(state: Option<[u8; 2]>) -> Option<&'static UsLaw> {
    let state = state?;
    LAWS.iter().find(|law| law.state.as_bytes() == state)
}
