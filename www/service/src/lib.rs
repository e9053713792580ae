//! What the demo's services share: a database that is SQLite or PostgreSQL, problem documents, a small HTTP client,
//! structured logs, and a server that drains when it is told to stop.

#![deny(missing_docs)]

pub mod client;
pub mod clock;
pub mod database;
pub mod environment;
pub mod logs;
pub mod problem;
pub mod random;
pub mod server;

pub use database::Database;
pub use problem::Problem;
