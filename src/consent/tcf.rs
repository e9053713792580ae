//! The IAB's Transparency and Consent Framework, version 2.3 and 2.4: reading and writing TC strings.
