//! Password strength and policy.
