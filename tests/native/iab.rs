//! The IAB's signals.

mod tcf;
mod tcf_adversarial;
mod tcf_list;
