mod breach;
mod differential;
#[cfg(feature = "password-generate")]
mod generate;
mod list;
mod policy;
#[cfg(feature = "password-generate")]
mod rules;
mod stand_ins;
mod strength;
mod words;
