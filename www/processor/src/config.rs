//! What the processor is told from outside.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use storefront_service::Database;
use storefront_service::environment;

use crate::StartError;

/// The processor's settings. [`Config::from_environment`] reads them; tests fill them in.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The directory of the private key.
    pub data: PathBuf,
    /// The database's address.
    pub database: String,
    /// How long the answer for the slow test card takes; shops give up sooner.
    pub delay: Duration,
}

impl Config {
    /// Reads `PROCESSOR_LISTEN`, `PROCESSOR_DATA`, `PROCESSOR_DATABASE_URL` and `PROCESSOR_DELAY_MS`.
    ///
    /// # Errors
    ///
    /// When a value cannot be understood, or the directory cannot be made.
    pub fn from_environment() -> Result<Self, StartError> {
        let data = PathBuf::from(
            environment::text("PROCESSOR_DATA").unwrap_or_else(|| "target/demo/processor".to_owned()),
        );
        let database = environment::text("PROCESSOR_DATABASE_URL")
            .map_or_else(|| Database::file(&data, "processor.db"), Ok)?;
        let delay = environment::value("PROCESSOR_DELAY_MS", "a number of milliseconds", 3000_u64)?;
        Ok(Self {
            listen: environment::value(
                "PROCESSOR_LISTEN",
                "an address such as 127.0.0.1:8081",
                SocketAddr::from(([127, 0, 0, 1], 8081)),
            )?,
            data,
            database,
            delay: Duration::from_millis(delay),
        })
    }
}
