//! The United States' sections as data: which fields each has, in which order, how long its lists are.
//!
//! Source: the "Section encoding" tables of the GPP specification (`Sections/US-National`, `Sections/US-States`), with the names
//! and defaults of the reference implementation, @iabgpp/cmpapi 3.2.0. For sections 24 to 27 the two differ: the specification
//! puts a header (section id, version, list of sub-sections) before the core, and numbers the core 0, which its Fibonacci codes
//! cannot write (Global-Privacy-Platform #154); the reference implementation writes no header. What is on the wire is what it
//! writes, and that is what is read and written here.

use Name::{
    AdditionalDataProcessingConsent, Gpc, GpcSegmentType, KnownChildSensitiveDataConsents,
    MspaCoveredTransaction, MspaMode, MspaOptOutOptionMode, MspaServiceProviderMode, MspaVersion,
    PersonalDataConsents, ProcessingNotice, SaleOptOut, SaleOptOutNotice, SensitiveDataLimitUseNotice,
    SensitiveDataOptOutNotice, SensitiveDataProcessing, SensitiveDataProcessingOptOutNotice, SharingNotice,
    SharingOptOut, SharingOptOutNotice, TargetedAdvertisingOptOut, TargetedAdvertisingOptOutNotice, Version,
};

/// The name of a field of a section of the United States.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    AdditionalDataProcessingConsent,
    Gpc,
    GpcSegmentType,
    KnownChildSensitiveDataConsents,
    MspaCoveredTransaction,
    MspaMode,
    MspaOptOutOptionMode,
    MspaServiceProviderMode,
    MspaVersion,
    PersonalDataConsents,
    ProcessingNotice,
    SaleOptOut,
    SaleOptOutNotice,
    SensitiveDataLimitUseNotice,
    SensitiveDataOptOutNotice,
    SensitiveDataProcessing,
    SensitiveDataProcessingOptOutNotice,
    SharingNotice,
    SharingOptOut,
    SharingOptOutNotice,
    TargetedAdvertisingOptOut,
    TargetedAdvertisingOptOutNotice,
    Version,
}

impl Name {
    pub(super) const fn text(self) -> &'static str {
        match self {
            AdditionalDataProcessingConsent => "AdditionalDataProcessingConsent",
            Gpc => "Gpc",
            GpcSegmentType => "GpcSegmentType",
            KnownChildSensitiveDataConsents => "KnownChildSensitiveDataConsents",
            MspaCoveredTransaction => "MspaCoveredTransaction",
            MspaMode => "MspaMode",
            MspaOptOutOptionMode => "MspaOptOutOptionMode",
            MspaServiceProviderMode => "MspaServiceProviderMode",
            MspaVersion => "MspaVersion",
            PersonalDataConsents => "PersonalDataConsents",
            ProcessingNotice => "ProcessingNotice",
            SaleOptOut => "SaleOptOut",
            SaleOptOutNotice => "SaleOptOutNotice",
            SensitiveDataLimitUseNotice => "SensitiveDataLimitUseNotice",
            SensitiveDataOptOutNotice => "SensitiveDataOptOutNotice",
            SensitiveDataProcessing => "SensitiveDataProcessing",
            SensitiveDataProcessingOptOutNotice => "SensitiveDataProcessingOptOutNotice",
            SharingNotice => "SharingNotice",
            SharingOptOut => "SharingOptOut",
            SharingOptOutNotice => "SharingOptOutNotice",
            TargetedAdvertisingOptOut => "TargetedAdvertisingOptOut",
            TargetedAdvertisingOptOutNotice => "TargetedAdvertisingOptOutNotice",
            Version => "Version",
        }
    }

    /// How many bits one value has.
    pub(super) const fn bits(self) -> u32 {
        match self {
            Version | MspaVersion => 6,
            Gpc => 1,
            _ => 2,
        }
    }

    /// The lowest and the highest value that the specification gives a meaning, but for the section's version.
    pub(super) const fn range(self) -> (u8, u8) {
        match self {
            GpcSegmentType => (1, 1),
            MspaCoveredTransaction => (1, 2),
            Gpc => (0, 1),
            Version | MspaVersion => (0, 63),
            _ => (0, 2),
        }
    }

    /// What a new section has, as in the reference implementation, but for the section's version.
    pub(super) const fn initial(self) -> u8 {
        match self {
            GpcSegmentType | MspaCoveredTransaction | MspaVersion => 1,
            _ => 0,
        }
    }
}

/// One section in one version.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) id: u16,
    pub(super) name: &'static str,
    pub(super) version: u8,
    pub(super) core: &'static [Name],
    /// The optional sub-section.
    pub(super) second: &'static [Name],
    /// How many values `SensitiveDataProcessing` has.
    pub(super) sensitive: u8,
    /// How many values `KnownChildSensitiveDataConsents` has; 0: one that is no list.
    pub(super) children: u8,
}

/// All layouts by section id; of a section with several versions the newest comes first.
pub(super) static LAYOUTS: [Layout; 22] = [
    layout(7, "usnat", NATIONAL, GPC, 16, 3).version(2),
    layout(7, "usnat", NATIONAL, GPC, 12, 2),
    layout(8, "usca", CALIFORNIA, GPC, 9, 2),
    layout(9, "usva", SHARING, &[], 8, 0),
    layout(10, "usco", SHARING, GPC, 7, 0),
    layout(11, "usut", UTAH, &[], 8, 0),
    layout(12, "usct", SHARING, GPC, 8, 3),
    layout(13, "usfl", PROCESSING, &[], 8, 3),
    layout(14, "usmt", MONTANA, GPC, 8, 3),
    layout(15, "usor", PROCESSING, GPC, 11, 3),
    layout(16, "ustx", PROCESSING, GPC, 8, 0),
    layout(17, "usde", PROCESSING, GPC, 9, 5),
    layout(18, "usia", IOWA, GPC, 8, 0),
    layout(19, "usne", PROCESSING, GPC, 8, 0),
    layout(20, "usnh", PROCESSING, GPC, 8, 3),
    layout(21, "usnj", PROCESSING, GPC, 10, 5),
    layout(22, "ustn", PROCESSING, GPC, 8, 0),
    layout(23, "usmn", PROCESSING, GPC, 8, 0),
    layout(24, "usmd", MARYLAND, GPC, 0, 0),
    layout(25, "usin", INDIANA, SENSITIVE, 8, 0),
    layout(26, "usky", INDIANA, SENSITIVE, 8, 0),
    layout(27, "usri", INDIANA, SENSITIVE, 8, 0),
];

const fn layout(
    id: u16,
    name: &'static str,
    core: &'static [Name],
    second: &'static [Name],
    sensitive: u8,
    children: u8,
) -> Layout {
    Layout { id, name, version: 1, core, second, sensitive, children }
}

impl Layout {
    const fn version(self, version: u8) -> Self {
        Self { version, ..self }
    }
}

const GPC: &[Name] = &[GpcSegmentType, Gpc];
const SENSITIVE: &[Name] = &[SensitiveDataProcessing];

const NATIONAL: &[Name] = &[
    Version,
    SharingNotice,
    SaleOptOutNotice,
    SharingOptOutNotice,
    TargetedAdvertisingOptOutNotice,
    SensitiveDataProcessingOptOutNotice,
    SensitiveDataLimitUseNotice,
    SaleOptOut,
    SharingOptOut,
    TargetedAdvertisingOptOut,
    SensitiveDataProcessing,
    KnownChildSensitiveDataConsents,
    PersonalDataConsents,
    MspaCoveredTransaction,
    MspaOptOutOptionMode,
    MspaServiceProviderMode,
];

const CALIFORNIA: &[Name] = &[
    Version,
    SaleOptOutNotice,
    SharingOptOutNotice,
    SensitiveDataLimitUseNotice,
    SaleOptOut,
    SharingOptOut,
    SensitiveDataProcessing,
    KnownChildSensitiveDataConsents,
    PersonalDataConsents,
    MspaCoveredTransaction,
    MspaOptOutOptionMode,
    MspaServiceProviderMode,
];

/// Virginia, Colorado, Connecticut.
const SHARING: &[Name] = &[
    Version,
    SharingNotice,
    SaleOptOutNotice,
    TargetedAdvertisingOptOutNotice,
    SaleOptOut,
    TargetedAdvertisingOptOut,
    SensitiveDataProcessing,
    KnownChildSensitiveDataConsents,
    MspaCoveredTransaction,
    MspaOptOutOptionMode,
    MspaServiceProviderMode,
];

const UTAH: &[Name] = &[
    Version,
    SharingNotice,
    SaleOptOutNotice,
    TargetedAdvertisingOptOutNotice,
    SensitiveDataProcessingOptOutNotice,
    SaleOptOut,
    TargetedAdvertisingOptOut,
    SensitiveDataProcessing,
    KnownChildSensitiveDataConsents,
    MspaCoveredTransaction,
    MspaOptOutOptionMode,
    MspaServiceProviderMode,
];

const MONTANA: &[Name] = &[
    Version,
    SharingNotice,
    SaleOptOutNotice,
    TargetedAdvertisingOptOutNotice,
    SaleOptOut,
    TargetedAdvertisingOptOut,
    SensitiveDataProcessing,
    KnownChildSensitiveDataConsents,
    AdditionalDataProcessingConsent,
    MspaCoveredTransaction,
    MspaOptOutOptionMode,
    MspaServiceProviderMode,
];

/// Florida, Oregon, Texas, Delaware, Nebraska, New Hampshire, New Jersey, Tennessee, Minnesota.
const PROCESSING: &[Name] = &[
    Version,
    ProcessingNotice,
    SaleOptOutNotice,
    TargetedAdvertisingOptOutNotice,
    SaleOptOut,
    TargetedAdvertisingOptOut,
    SensitiveDataProcessing,
    KnownChildSensitiveDataConsents,
    AdditionalDataProcessingConsent,
    MspaCoveredTransaction,
    MspaOptOutOptionMode,
    MspaServiceProviderMode,
];

const IOWA: &[Name] = &[
    Version,
    ProcessingNotice,
    SaleOptOutNotice,
    TargetedAdvertisingOptOutNotice,
    SensitiveDataOptOutNotice,
    SaleOptOut,
    TargetedAdvertisingOptOut,
    SensitiveDataProcessing,
    KnownChildSensitiveDataConsents,
    MspaCoveredTransaction,
    MspaOptOutOptionMode,
    MspaServiceProviderMode,
];

const MARYLAND: &[Name] = &[
    MspaVersion,
    MspaCoveredTransaction,
    MspaMode,
    ProcessingNotice,
    SaleOptOutNotice,
    TargetedAdvertisingOptOutNotice,
    SaleOptOut,
    TargetedAdvertisingOptOut,
    AdditionalDataProcessingConsent,
];

/// Indiana, Kentucky, Rhode Island.
const INDIANA: &[Name] = &[
    MspaVersion,
    MspaCoveredTransaction,
    MspaMode,
    ProcessingNotice,
    SaleOptOutNotice,
    TargetedAdvertisingOptOutNotice,
    SaleOptOut,
    TargetedAdvertisingOptOut,
    KnownChildSensitiveDataConsents,
    AdditionalDataProcessingConsent,
];
