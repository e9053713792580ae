//! A shop, its processor and their databases, for one test.

use std::env;
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once};
use std::time::Duration;

use serde_json::{Value, json};
use sqlx::Row as _;
use storefront_privacy::payment::check::parse_code;
use storefront_privacy::payment::envelope::header::Audience;
use storefront_privacy::payment::envelope::{Order, Sealer};
use storefront_privacy::payment::trust::{self, Manifest, Roots, SigningRoot};
use storefront_privacy::payment::{Card, CardNumber, CardholderName, Expiry, PublicKey};
use storefront_processor::Processor;
use storefront_service::{Database, clock, logs, random, server};
use storefront_shop::payment::MERCHANT;
use storefront_shop::{Config, Shop};
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::browser::Browser;

pub(crate) const PASSWORD: &str = "a kettle for the mountain hut";

pub(crate) struct Place {
    pub(crate) config: Config,
    pub(crate) address: String,
    pub(crate) directory: TempDir,
    pub(crate) processor: Processor,
    pub(crate) processor_database: String,
}

/// Everything that was logged by anything in this process.
static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOG.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

pub(crate) fn log() -> Vec<u8> {
    LOG.lock().unwrap().clone()
}

impl Place {
    pub(crate) async fn open() -> Self {
        Self::with(|_| {}).await
    }

    /// A place whose shop is told something else than usual.
    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        static LOGS: Once = Once::new();
        LOGS.call_once(|| tracing::subscriber::set_global_default(logs::subscriber(|| Log)).unwrap());
        let directory = TempDir::new().unwrap();
        let processor_database = database(directory.path(), "processor").await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let origin = format!("http://localhost:{}", address.port());
        let processor = Processor::open(storefront_processor::Config {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            data: directory.path().to_owned(),
            root: directory.path().join("root.jwk"),
            merchants: vec![storefront_processor::Merchant {
                name: MERCHANT.to_owned(),
                origins: vec![origin.clone()],
            }],
            database: processor_database.clone(),
            delay: Duration::from_secs(5),
        })
        .await
        .unwrap();
        let processor_address = serve(processor.router()).await;
        let mut config = Config {
            listen: address,
            origin,
            pages: PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../pages"),
            database: database(directory.path(), "shop").await,
            mail: directory.path().join("mail"),
            processor: format!("http://{processor_address}"),
            processor_public: "http://processor.example".to_owned(),
            processor_timeout: Duration::from_secs(2),
            tracker: Some("http://localhost:8099".to_owned()),
            witness: None,
            test_pages: true,
        };
        change(&mut config);
        let shop = Shop::open(config.clone()).await.unwrap();
        tokio::spawn(server::serve(listener, shop.router(), std::future::pending()));
        Self { config, address: address.to_string(), directory, processor, processor_database }
    }

    /// One more instance of the shop, behind the same origin and over the same database.
    pub(crate) async fn second_instance(&self) -> String {
        serve(Shop::open(self.config.clone()).await.unwrap().router()).await
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::new(&self.address, &self.config.origin)
    }

    /// A browser that is signed in to a new account.
    pub(crate) async fn member(&self, email: &str) -> Browser {
        let mut browser = self.browser();
        let body = json!({ "email": email, "name": "Anna", "password": PASSWORD });
        browser.post("/api/accounts", &body).await.is(201, "");
        browser
    }

    /// The messages to an address, oldest first.
    pub(crate) fn mail(&self, to: &str) -> Vec<String> {
        let Ok(folder) = std::fs::read_dir(&self.config.mail) else { return Vec::new() };
        let mut files: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let messages = files.iter().map(|path| std::fs::read_to_string(path).unwrap());
        messages.filter(|message| message.contains(&format!("To: <{to}>\r\n"))).collect()
    }

    /// Makes every sign-in so many seconds older.
    pub(crate) async fn age(&self, seconds: i64) {
        let rows = self.shop_rows().await;
        sqlx::query("UPDATE sessions SET authenticated_at = authenticated_at - $1")
            .bind(seconds)
            .execute(rows.0.pool())
            .await
            .unwrap();
    }

    /// A browser with a cart, and the order made of it.
    pub(crate) async fn shopper(&self) -> (Browser, Value) {
        let mut browser = self.browser();
        let order = order(&mut browser).await;
        (browser, order)
    }

    /// The key that a page of the shop's seals for: as its root says.
    pub(crate) async fn key(&self) -> PublicKey {
        let answer = self.browser().get("/api/payment/keys").await.is(200, "").json();
        let root = std::fs::read_to_string(self.directory.path().join("root.jwk")).unwrap();
        let root = SigningRoot::from_jwk(&root).unwrap();
        let roots = Roots::parse(&format!("[{}]", root.public_jwk())).unwrap();
        let now = clock::seconds();
        let place = trust::Place { merchant: MERCHANT, origin: &self.config.origin, now, newest: 0 };
        let manifest = roots.verify(answer["manifest"].as_str().unwrap(), &place).unwrap();
        manifest.key(Audience::Processor, now).unwrap().public_key().unwrap()
    }

    /// Has the processor's root sign the next manifest.
    pub(crate) fn change_keys(&self, change: impl FnOnce(&Manifest, i64) -> Manifest) -> Manifest {
        let root = std::fs::read_to_string(self.directory.path().join("root.jwk")).unwrap();
        let root = SigningRoot::from_jwk(&root).unwrap();
        let roots = Roots::parse(&format!("[{}]", root.public_jwk())).unwrap();
        let file = self.directory.path().join(format!("manifests/{MERCHANT}.jws"));
        let manifest = roots.read(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let changed = change(&manifest, clock::seconds());
        std::fs::write(file, changed.sign(&root).unwrap()).unwrap();
        changed
    }

    /// A sealed card for an order.
    pub(crate) async fn seal(&self, number: &str, order: &Value) -> String {
        let key = self.key().await;
        let number = CardNumber::parse(number).unwrap();
        let code = parse_code("737", number.brand()).unwrap();
        let card = Card::new(
            number,
            Expiry::parse("11/39").unwrap(),
            code,
            CardholderName::parse("Anna Schmidt").unwrap(),
        );
        let sealer = Sealer::new(key, MERCHANT, &self.config.origin).unwrap();
        let order =
            Order::new(order["id"].as_str().unwrap(), order["amount"].as_i64().unwrap(), "EUR").unwrap();
        sealer.seal(&card, &order, clock::seconds()).unwrap()
    }

    pub(crate) async fn shop_rows(&self) -> Rows {
        Rows(Database::open(&self.config.database, &[]).await.unwrap())
    }

    pub(crate) async fn processor_rows(&self) -> Rows {
        Rows(Database::open(&self.processor_database, &[]).await.unwrap())
    }
}

/// Puts a kettle in the cart and begins to check out.
pub(crate) async fn order(browser: &mut Browser) -> Value {
    browser.form("/cart", &[("product", "kettle"), ("quantity", "1")]).await.leads_to("/cart?notice=added");
    browser.post("/api/orders", &json!({})).await.is(201, "").json()
}

/// A look into a database from beside.
pub(crate) struct Rows(pub(crate) Database);

impl Rows {
    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query(sql).fetch_one(self.0.pool()).await.unwrap().try_get(0).unwrap()
    }

    pub(crate) async fn run(&self, sql: &'static str) {
        sqlx::query(sql).execute(self.0.pool()).await.unwrap();
    }
}

impl Drop for Place {
    /// Leaves nothing on a server that is there for more than these tests.
    fn drop(&mut self) {
        let schemas: Vec<_> = [&self.config.database, &self.processor_database]
            .into_iter()
            .filter_map(|address| address.rsplit_once("search_path%3D"))
            .map(|(_, schema)| format!("DROP SCHEMA {schema} CASCADE"))
            .collect();
        let Some(server) = server().filter(|_| !schemas.is_empty()) else { return };
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let root = Database::open(&server, &[]).await.unwrap();
                for statement in schemas {
                    sqlx::query(sqlx::AssertSqlSafe(statement)).execute(root.pool()).await.unwrap();
                }
                root.close().await;
            });
        });
        let dropped = dropping.join();
        assert!(dropped.is_ok() || std::thread::panicking(), "the test's schemas could not be dropped");
    }
}

fn server() -> Option<String> {
    let variables = ["TEST_DATABASE_URL", "DATABASE_URL"];
    variables.iter().find_map(|variable| env::var(variable).ok()).filter(|server| !server.is_empty())
}

/// A database of its own: a file, or a schema on the server that `DATABASE_URL` names.
async fn database(directory: &Path, name: &str) -> String {
    let Some(server) = server() else {
        return Database::file(directory, &format!("{name}.db")).unwrap();
    };
    let schema = format!("test_{}", random::identifier::<8>().unwrap());
    let root = Database::open(&server, &[]).await.unwrap();
    let statement = sqlx::AssertSqlSafe(format!("CREATE SCHEMA {schema}"));
    sqlx::query(statement).execute(root.pool()).await.unwrap();
    root.close().await;
    let separator = if server.contains('?') { '&' } else { '?' };
    format!("{server}{separator}options=-csearch_path%3D{schema}")
}

pub(crate) async fn serve(router: axum::Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(server::serve(listener, router, std::future::pending()));
    address.to_string()
}
