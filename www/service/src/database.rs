//! One database, SQLite or PostgreSQL, behind one SQL text.
//!
//! Columns are `TEXT` and `BIGINT` and parameters are `$1`, which both understand. State that two processes may
//! want to change at once is changed by a single statement, or in a transaction from [`Database::begin`].

use std::path::Path;
use std::sync::Once;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions, AnyRow};
use sqlx::{Any, AnyPool, ConnectOptions, Executor, Row, Transaction};

/// A failure of the database, in the words of the library that talks to it.
pub type Error = sqlx::Error;

/// A pool of connections to a database whose tables are up to date.
#[derive(Debug, Clone)]
pub struct Database {
    pool: AnyPool,
    kind: Kind,
}

/// Which database it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A SQLite file.
    Sqlite,
    /// A PostgreSQL server.
    Postgres,
}

/// Deleted rows are overwritten, and the journal holds nothing after a commit: what is deleted is in no file.
const SQLITE_SETTINGS: &str = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = TRUNCATE; \
     PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; \
     PRAGMA temp_store = MEMORY";

/// The advisory lock under which one process at a time migrates a PostgreSQL database.
const MIGRATION_LOCK: &str = "SELECT pg_advisory_xact_lock(5701946231)";

impl Database {
    /// The address of the SQLite file `name` in `directory`, which is made if it does not exist.
    ///
    /// # Errors
    ///
    /// When the directory cannot be made.
    pub fn file(directory: &Path, name: &str) -> std::io::Result<String> {
        std::fs::create_dir_all(directory)?;
        Ok(format!("sqlite://{}?mode=rwc", directory.join(name).display()))
    }

    /// Connects, and brings the tables up to date: `migrations` are run in order, each once, whoever comes first.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached or refuses a migration.
    pub async fn open(address: &str, migrations: &'static [&'static str]) -> Result<Self, Error> {
        static DRIVERS: Once = Once::new();
        DRIVERS.call_once(sqlx::any::install_default_drivers);
        let kind = if address.starts_with("sqlite:") { Kind::Sqlite } else { Kind::Postgres };
        let options = address.parse::<AnyConnectOptions>()?.disable_statement_logging();
        let pool = AnyPoolOptions::new()
            .max_connections(8)
            .acquire_timeout(Duration::from_secs(10))
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    if kind == Kind::Sqlite {
                        connection.execute(SQLITE_SETTINGS).await?;
                    }
                    Ok(())
                })
            })
            .connect_with(options)
            .await?;
        let database = Self { pool, kind };
        database.migrate(migrations).await?;
        Ok(database)
    }

    /// Which database it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The connections.
    pub fn pool(&self) -> &AnyPool {
        &self.pool
    }

    /// Begins a transaction that may write. On SQLite it takes the write lock at once, because a reader that
    /// turns writer later is refused when another came before it.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached, or is locked for longer than ten seconds.
    pub async fn begin(&self) -> Result<Transaction<'static, Any>, Error> {
        match self.kind {
            Kind::Sqlite => self.pool.begin_with("BEGIN IMMEDIATE").await,
            Kind::Postgres => self.pool.begin().await,
        }
    }

    /// Whether the database answers.
    pub async fn is_reachable(&self) -> bool {
        sqlx::query("SELECT 1").execute(&self.pool).await.is_ok()
    }

    /// Closes every connection once it is idle.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    async fn migrate(&self, migrations: &'static [&'static str]) -> Result<(), Error> {
        let mut transaction = self.begin().await?;
        if self.kind == Kind::Postgres {
            transaction.execute(MIGRATION_LOCK).await?;
        }
        transaction
            .execute("CREATE TABLE IF NOT EXISTS migrations (number BIGINT NOT NULL PRIMARY KEY)")
            .await?;
        let done: AnyRow =
            sqlx::query("SELECT COUNT(*) AS done FROM migrations").fetch_one(&mut *transaction).await?;
        let done = usize::try_from(done.try_get::<i64, _>("done")?).unwrap_or(0);
        for (index, migration) in migrations.iter().enumerate().skip(done) {
            sqlx::raw_sql(*migration).execute(&mut *transaction).await?;
            sqlx::query("INSERT INTO migrations (number) VALUES ($1)")
                .bind(i64::try_from(index).unwrap_or(i64::MAX))
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await
    }
}
