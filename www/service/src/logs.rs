//! Structured logs: one JSON object a line, on standard error.

use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;

/// The subscriber that the services log to: JSON, from level `INFO` on.
///
/// Below that level the libraries in use print statements and protocol values, so the filter is part of keeping
/// secrets out of the logs.
pub fn subscriber<W>(writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'writer> MakeWriter<'writer> + Send + Sync + 'static,
{
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .with_max_level(LevelFilter::INFO)
        .with_writer(writer)
        .finish()
}

/// Logs to standard error from now on. A second call changes nothing.
pub fn start() {
    if tracing::subscriber::set_global_default(subscriber(std::io::stderr)).is_err() {
        tracing::debug!("logs were started before");
    }
}
