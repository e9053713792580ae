//! The shop and the processor together, over HTTP: on SQLite files, or on PostgreSQL where `DATABASE_URL` names one.
//! Every test has databases of its own.

mod accounts;
mod authenticator;
mod browser;
mod consent;
mod contract;
mod drain;
mod envelopes;
mod guard;
mod pages;
mod passkeys;
mod payments;
mod place;
