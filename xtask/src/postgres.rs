//! A PostgreSQL server for one run of the tests, in a folder of its own, gone afterwards.

use std::{
    env, fs,
    net::TcpListener,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{self, Command},
    time::Duration,
};

use crate::{
    children::Running,
    places::Places,
    shell::{Outcome, capture, command, context},
    stamp,
    tools::{self, on_path},
};

/// The two databases of the shop and the processor.
pub(crate) struct Postgres {
    /// For `DATABASE_URL`.
    pub(crate) shop: String,
    /// For `PROCESSOR_DATABASE_URL`.
    pub(crate) processor: String,
    /// Ended when this is dropped.
    _server: Option<Server>,
}

struct Server {
    running: Option<Running>,
    folder: PathBuf,
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.running.take());
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Postgres {
    /// What `DATABASE_URL` names; else a server that is started here.
    pub(crate) fn provide(places: &Places) -> Outcome<Self> {
        if let Some(shop) = env::var("DATABASE_URL").ok().filter(|url| !url.is_empty()) {
            let processor = env::var("PROCESSOR_DATABASE_URL").unwrap_or_else(|_| shop.clone());
            return Ok(Self { shop, processor, _server: None });
        }
        if binaries().is_none() && tools::can_install(places) {
            tools::install(places, &["postgresql"])?;
        }
        let binaries =
            binaries().ok_or("PostgreSQL is missing: set DATABASE_URL, or install Debian's postgresql")?;
        start(places, &binaries)
    }
}

/// The folder of the server's programs; Debian keeps them off the search path.
fn binaries() -> Option<PathBuf> {
    // A link on the search path leads to the folder where the others are.
    let on_path =
        on_path("initdb").and_then(|path| fs::canonicalize(path).ok()?.parent().map(Path::to_owned));
    let versions = stamp::entries(Path::new("/usr/lib/postgresql")).unwrap_or_default();
    let whole = |folder: &PathBuf| {
        ["initdb", "postgres", "pg_isready", "createdb"].iter().all(|name| folder.join(name).is_file())
    };
    on_path.into_iter().chain(versions.into_iter().rev().map(|version| version.join("bin"))).find(whole)
}

fn start(places: &Places, binaries: &Path) -> Outcome<Postgres> {
    let folder = env::temp_dir().join(format!("storefront-postgres-{}", process::id()));
    let data = folder.join("data");
    context(fs::create_dir_all(&folder), || folder.display().to_string())?;
    let mut server = Server { running: None, folder: folder.clone() };
    // PostgreSQL refuses to run as root, so there it runs as the user that its package made.
    let user = if tools::is_root(places) { Some(identity(places, "postgres")?) } else { None };
    let program = |name: &str| {
        let mut program = command(binaries.join(name), &folder);
        if let Some((user, group)) = user {
            program.uid(user).gid(group);
        }
        program
    };
    if user.is_some() {
        capture(command("chown", &places.root).arg("postgres").arg(&folder))?;
    }
    let mut initdb = program("initdb");
    initdb.args(["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--username=postgres"]);
    capture(initdb.arg("--pgdata").arg(&data))?;
    let port = free_port()?.to_string();
    let log = places.log("postgres");
    let mut postgres = program("postgres");
    postgres.arg("-D").arg(&data).arg("-k").arg(&folder).args(["-h", "127.0.0.1", "-p", &port]);
    postgres.args(["-c", "fsync=off", "-c", "max_connections=200"]);
    let mut running = Running::start("postgres", &mut postgres, &log)?;
    let ask = |name: &str| {
        let mut ask = program(name);
        ask.args(["-h", "127.0.0.1", "-p", &port, "-U", "postgres"]);
        ask
    };
    running.wait_until(&log, Duration::from_secs(30), || {
        ask("pg_isready").output().is_ok_and(|output| output.status.success())
    })?;
    server.running = Some(running);
    let database = |name: &str| -> Outcome<String> {
        let mut create: Command = ask("createdb");
        capture(create.arg(name))?;
        Ok(format!("postgres://postgres@127.0.0.1:{port}/{name}"))
    };
    Ok(Postgres { shop: database("shop")?, processor: database("processor")?, _server: Some(server) })
}

fn identity(places: &Places, user: &str) -> Outcome<(u32, u32)> {
    let ask = |option: &str| -> Outcome<u32> {
        let answer = capture(command("id", &places.root).args([option, user]))?;
        context(answer.trim().parse(), || format!("the id of {user}"))
    };
    Ok((ask("-u")?, ask("-g")?))
}

/// A TCP port on the loopback interface that was free a moment ago.
pub(crate) fn free_port() -> Outcome<u16> {
    let listener = context(TcpListener::bind(("127.0.0.1", 0)), || "a free port".into())?;
    Ok(context(listener.local_addr(), || "a free port".into())?.port())
}
