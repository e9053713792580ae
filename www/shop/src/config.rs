//! What the shop is told from outside.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use storefront_service::Database;
use storefront_service::environment::{self, Unusable};

/// The shop's settings. [`Config::from_environment`] reads them; tests fill them in.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The origin that browsers see, such as `http://localhost:8080`, without a slash at the end.
    pub origin: String,
    /// The directory that holds `templates/`, `dist/`, `products.json` and `privacy.json`.
    pub pages: PathBuf,
    /// The database's address.
    pub database: String,
    /// The folder that messages to customers are put in.
    pub mail: PathBuf,
    /// The payment processor's address.
    pub processor: String,
    /// The origin at which browsers reach the processor, for its bank's page.
    pub processor_public: String,
    /// How long to wait for the processor.
    pub processor_timeout: Duration,
    /// The origin of the analytics script, which the pages' policy allows; without one there is no such script.
    pub tracker: Option<String>,
    /// The address of the witness that the log of receipts is shown to, if there is one.
    pub witness: Option<String>,
    /// Whether to serve `/control`, the page that loads the tracker without asking.
    pub test_pages: bool,
}

impl Config {
    /// Reads `SHOP_LISTEN`, `SHOP_ORIGIN`, `SHOP_PAGES`, `SHOP_DATA` or `DATABASE_URL`, `SHOP_MAIL`, `PROCESSOR_URL`,
    /// `PROCESSOR_PUBLIC_ORIGIN`, `SHOP_PROCESSOR_TIMEOUT_MS`, `SHOP_TRACKER_ORIGIN`, `SHOP_WITNESS` and `SHOP_TEST_PAGES`.
    ///
    /// # Errors
    ///
    /// When a value cannot be understood, or the directory for the data cannot be made.
    pub fn from_environment() -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let directory = environment::text("SHOP_DATA").unwrap_or_else(|| "target/demo/shop".to_owned());
        let mail = environment::text("SHOP_MAIL")
            .map_or_else(|| PathBuf::from(&directory).join("mail"), PathBuf::from);
        let database = environment::text("DATABASE_URL")
            .map_or_else(|| Database::file(&PathBuf::from(directory), "shop.db"), Ok)?;
        let timeout = environment::value("SHOP_PROCESSOR_TIMEOUT_MS", "a number of milliseconds", 2000_u64)?;
        let processor =
            environment::text("PROCESSOR_URL").unwrap_or_else(|| "http://127.0.0.1:8081".to_owned());
        Ok(Self {
            listen: environment::value(
                "SHOP_LISTEN",
                "an address such as 127.0.0.1:8080",
                SocketAddr::from(([127, 0, 0, 1], 8080)),
            )?,
            origin: origin("SHOP_ORIGIN")?.unwrap_or_else(|| "http://localhost:8080".to_owned()),
            pages: PathBuf::from(environment::text("SHOP_PAGES").unwrap_or_else(|| "www/pages".to_owned())),
            database,
            mail,
            processor_public: origin("PROCESSOR_PUBLIC_ORIGIN")?.unwrap_or_else(|| processor.clone()),
            processor,
            processor_timeout: Duration::from_millis(timeout),
            tracker: origin("SHOP_TRACKER_ORIGIN")?,
            witness: environment::text("SHOP_WITNESS"),
            test_pages: environment::text("SHOP_TEST_PAGES").is_some_and(|value| value != "0"),
        })
    }

    /// Whether browsers reach the shop over TLS.
    pub fn is_secure(&self) -> bool {
        self.origin.starts_with("https://")
    }
}

/// An origin goes into response headers, so nothing but scheme, host and port may be in it.
fn origin(variable: &str) -> Result<Option<String>, Unusable> {
    let Some(text) = environment::text(variable) else { return Ok(None) };
    let text = text.trim_end_matches('/').to_owned();
    let host = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".:-[]".contains(&byte);
    if host.is_some_and(|host| !host.is_empty() && host.bytes().all(plain)) {
        Ok(Some(text))
    } else {
        Err(Unusable::new(variable, "an origin such as http://localhost:8080"))
    }
}
