//! What the processor is told from outside.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use storefront_service::Database;
use storefront_service::environment;

use crate::StartError;

/// A merchant whose payments are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merchant {
    /// Its name here: letters, digits and dashes.
    pub name: String,
    /// The origins of its pages.
    pub origins: Vec<String>,
}

impl Merchant {
    /// Reads `NAME=ORIGIN,ORIGIN;NAME=ORIGIN`.
    fn parse_list(text: &str) -> Option<Vec<Self>> {
        let is_name = |name: &str| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        text.split(';')
            .map(|merchant| {
                let (name, origins) = merchant.split_once('=').filter(|(name, _)| is_name(name))?;
                let origins = origins.split(',').map(str::to_owned).collect();
                Some(Self { name: name.to_owned(), origins })
            })
            .collect()
    }
}

/// The processor's settings. [`Config::from_environment`] reads them; tests fill them in.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The directory of the private keys and the manifests.
    pub data: PathBuf,
    /// The file of the root that signs.
    pub root: PathBuf,
    /// Whose payments are taken.
    pub merchants: Vec<Merchant>,
    /// The database's address.
    pub database: String,
    /// How long the answer for the slow test card takes; shops give up sooner.
    pub delay: Duration,
}

impl Config {
    /// Reads `PROCESSOR_LISTEN`, `PROCESSOR_DATA`, `PROCESSOR_ROOT`, `PROCESSOR_MERCHANTS`
    /// (`NAME=ORIGIN,ORIGIN;NAME=ORIGIN`), `PROCESSOR_DATABASE_URL` and `PROCESSOR_DELAY_MS`.
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
        let root = environment::text("PROCESSOR_ROOT").map_or_else(|| data.join("root.jwk"), PathBuf::from);
        let merchants = environment::text("PROCESSOR_MERCHANTS")
            .unwrap_or_else(|| "hob-and-rim=http://localhost:8080".to_owned());
        let merchants = Merchant::parse_list(&merchants)
            .ok_or("PROCESSOR_MERCHANTS: expected NAME=ORIGIN,ORIGIN;NAME=ORIGIN")?;
        let delay = environment::value("PROCESSOR_DELAY_MS", "a number of milliseconds", 3000_u64)?;
        Ok(Self {
            listen: environment::value(
                "PROCESSOR_LISTEN",
                "an address such as 127.0.0.1:8081",
                SocketAddr::from(([127, 0, 0, 1], 8081)),
            )?,
            data,
            root,
            merchants,
            database,
            delay: Duration::from_millis(delay),
        })
    }
}
