//! Listening, announcing it, and stopping without cutting anyone off.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// How long requests in flight get after a signal to stop.
const DRAIN: Duration = Duration::from_secs(15);

/// Serves until SIGTERM or SIGINT, then answers what is in flight and returns.
///
/// When ready it prints one line of JSON, `{"event":"listening","address":"127.0.0.1:8080"}`, on standard output.
///
/// # Errors
///
/// When the address cannot be listened on.
pub async fn run(address: SocketAddr, router: Router) -> io::Result<()> {
    let listener = TcpListener::bind(address).await?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let line = serde_json::json!({ "event": "listening", "address": listener.local_addr()?.to_string() });
    println!("{line}");
    serve(listener, router, async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("draining");
    })
    .await
}

/// Serves until `stop` is ready, then answers what is in flight, for fifteen seconds at most.
///
/// # Errors
///
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (announce, stopping) = tokio::sync::oneshot::channel::<()>();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop.await;
        drop(announce);
    });
    let limit = async move {
        // Either way of ending means that the server was told to stop.
        let _told = stopping.await;
        tokio::time::sleep(DRAIN).await;
    };
    tokio::select! {
        result = server => result,
        () = limit => {
            tracing::warn!("requests were still in flight when the time to drain was over");
            Ok(())
        }
    }
}
