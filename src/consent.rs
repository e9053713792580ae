//! Consent: policy, decision, record and banner.
