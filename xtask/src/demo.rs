//! `cargo xtask demo`: from a fresh checkout to the shop in a browser.

use std::{net::TcpListener, process::ExitCode, thread, time::Duration};

use crate::{
    backend,
    children::{Running, both, says},
    clock, npm,
    places::Places,
    shell::{Outcome, command},
    wasm,
};

/// The shop's port when none is asked for.
const PORT: u16 = 8080;

/// What a visitor may try, and with which card.
const TRY: &str = "
Try this:
  1. Choose in the banner. The tracker is asked for only after you accept; your browser's network panel shows it.
  2. Sign up. The meter says how long your password would hold; the server enforces the same policy.
  3. Add a passkey under Account, sign out, and sign in with it.
  4. Pay with a card, any name, any expiry to come, any code: the order page shows what the shop and what the
     processor saw.  4242 4242 4242 4242 approved · 4000 0000 0000 9995 declined · 4000 0027 6000 3184 challenged
  5. Change your mind under Privacy.

Ctrl-C stops everything.";

/// Prepares everything, starts the tracker, the processor and the shop, and waits until one of them ends.
pub(crate) fn run(places: &Places, arguments: &[String]) -> Outcome<ExitCode> {
    let port = port(arguments)?;
    let processor = port.checked_add(1).ok_or("--port must be below 65534")?;
    let tracker = port.checked_add(2).ok_or("--port must be below 65534")?;
    for port in [port, processor, tracker] {
        check_free(port)?;
    }
    prepare(places)?;
    let mut children = [
        start(places, "tracker", &[("TRACKER_LISTEN", &address(tracker))], None)?,
        start(
            places,
            "processor",
            &[
                ("PROCESSOR_LISTEN", &address(processor)),
                ("PROCESSOR_ROOT", &npm::payment_root(places).display().to_string()),
                ("PROCESSOR_MERCHANTS", &format!("hob-and-rim=http://localhost:{port}")),
            ],
            Some("PROCESSOR_DATA"),
        )?,
        start(
            places,
            "shop",
            &[
                ("SHOP_LISTEN", &address(port)),
                ("SHOP_ORIGIN", &format!("http://localhost:{port}")),
                ("SHOP_PAGES", &places.in_root("www/pages").display().to_string()),
                ("SHOP_TRACKER_ORIGIN", &format!("http://localhost:{tracker}")),
                ("PROCESSOR_URL", &format!("http://{}", address(processor))),
            ],
            Some("SHOP_DATA"),
        )?,
    ];
    clock::say("the shop is up");
    println!("\n  http://localhost:{port}\n{TRY}");
    loop {
        if let Some(line) = children.iter_mut().find_map(Running::ended) {
            return Err(format!("{line}; its log is in {}", places.in_target("demo").display()));
        }
        thread::sleep(Duration::from_millis(200));
    }
}

/// Builds what the demo needs; the servers and the pages at the same time.
fn prepare(places: &Places) -> Outcome<()> {
    wasm::tools(places)?;
    let (servers, pages) = both(
        || backend::build(places),
        || npm::build_package(places).and_then(|()| npm::build_pages(places)),
    )?;
    servers.and(pages)
}

fn port(arguments: &[String]) -> Outcome<u16> {
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => Ok(PORT),
        ["--port", number] => number.parse().map_err(|_| format!("--port: `{number}` is no port")),
        [option] if option.starts_with("--port=") => {
            let number = option.trim_start_matches("--port=");
            number.parse().map_err(|_| format!("--port: `{number}` is no port"))
        }
        _ => Err("usage: cargo xtask demo [--port N]".into()),
    }
}

fn address(port: u16) -> String {
    format!("127.0.0.1:{port}")
}

/// The demo uses three ports in a row; each must be free.
fn check_free(port: u16) -> Outcome<()> {
    match TcpListener::bind(("127.0.0.1", port)) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!(
            "port {port} cannot be used ({error}): the demo needs three in a row, choose the first by `cargo xtask demo --port N`"
        )),
    }
}

fn start(places: &Places, name: &str, environment: &[(&str, &str)], data: Option<&str>) -> Outcome<Running> {
    let folder = places.in_target("demo");
    let log = folder.join(format!("{name}.log"));
    let mut server = command(backend::binary(places, name), &places.root);
    server.envs(environment.iter().copied());
    if let Some(data) = data {
        server.env(data, folder.join(name));
    }
    let mut running = Running::start(name, &mut server, &log)?;
    running.wait_until(&log, Duration::from_secs(30), || says(&log, "\"listening\""))?;
    Ok(running)
}
