//! A small HTTP client for the service next door: one connection a request, JSON both ways, bounded in time and
//! size. It speaks plain HTTP, because the demo's services talk over loopback.

use std::fmt;
use std::time::Duration;

use axum::http::{Method, Request, StatusCode, Uri, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

/// The longest answer that is read.
const LIMIT: usize = 64 * 1024;

/// Why there was no answer to use.
#[derive(Debug)]
pub enum Failure {
    /// The service did not answer in time; it may yet do what it was asked.
    Timeout,
    /// The service could not be reached, so that it did nothing.
    Unreachable(String),
    /// The connection broke, or the answer was not understood; the service may have done what it was asked.
    Broken(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timeout => formatter.write_str("no answer in time"),
            Self::Unreachable(cause) => write!(formatter, "cannot connect: {cause}"),
            Self::Broken(cause) => write!(formatter, "no usable answer: {cause}"),
        }
    }
}

impl std::error::Error for Failure {}

/// A client of one service.
#[derive(Debug, Clone)]
pub struct Client {
    authority: String,
    timeout: Duration,
}

impl Client {
    /// A client of the service at `base`, an `http://host:port` address, that waits this long for an answer.
    ///
    /// `None` when `base` is anything else.
    pub fn new(base: &str, timeout: Duration) -> Option<Self> {
        let uri: Uri = base.parse().ok()?;
        if uri.scheme_str() != Some("http") || uri.path() != "/" {
            return None;
        }
        let host = uri.host()?;
        Some(Self { authority: format!("{host}:{}", uri.port_u16().unwrap_or(80)), timeout })
    }

    /// Asks, with a JSON body if there is one, and gives the answer's status and JSON.
    ///
    /// # Errors
    ///
    /// [`Failure`] says whether the service can have acted on the request.
    pub async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Result<(StatusCode, Value), Failure> {
        let exchange = self.exchange(method, path, headers, body);
        tokio::time::timeout(self.timeout, exchange).await.map_err(|_| Failure::Timeout)?
    }

    async fn exchange(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Result<(StatusCode, Value), Failure> {
        let stream =
            TcpStream::connect(&self.authority).await.map_err(|e| Failure::Unreachable(e.to_string()))?;
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
        tokio::spawn(connection);
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, &self.authority)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let bytes = body.map(|value| Bytes::from(value.to_string())).unwrap_or_default();
        let request = request.body(Full::new(bytes)).map_err(broken)?;
        let response = sender.send_request(request).await.map_err(broken)?;
        let status = response.status();
        let bytes = Limited::new(response.into_body(), LIMIT).collect().await.map_err(broken)?.to_bytes();
        let value = serde_json::from_slice(&bytes).map_err(broken)?;
        Ok((status, value))
    }
}

fn broken(cause: impl fmt::Display) -> Failure {
    Failure::Broken(cause.to_string())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::http::Method;
    use axum::routing::get;
    use axum::{Json, Router};
    use serde_json::json;
    use tokio::net::TcpListener;

    use super::{Client, Failure, LIMIT};

    async fn client() -> Client {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new()
            .route("/fine", get(async || Json(json!({ "fine": true }))))
            .route("/slow", get(async || tokio::time::sleep(Duration::from_mins(1)).await))
            .route("/long", get(async || Json(json!("x".repeat(LIMIT)))))
            .route("/text", get(async || "not JSON"));
        tokio::spawn(crate::server::serve(listener, router, std::future::pending()));
        Client::new(&base, Duration::from_millis(500)).unwrap()
    }

    #[tokio::test]
    async fn failures_tell_whether_the_service_can_have_acted() {
        let client = client().await;
        let ask = async |path| client.ask(Method::GET, path, &[], None).await;
        assert_eq!(ask("/fine").await.unwrap().1, json!({ "fine": true }));
        assert!(matches!(ask("/slow").await, Err(Failure::Timeout)));
        assert!(matches!(ask("/long").await, Err(Failure::Broken(_))));
        assert!(matches!(ask("/text").await, Err(Failure::Broken(_))));
        let closed = Client::new("http://127.0.0.1:9", Duration::from_secs(5)).unwrap();
        assert!(matches!(closed.ask(Method::GET, "/", &[], None).await, Err(Failure::Unreachable(_))));
    }

    #[test]
    fn only_plain_http_origins_are_taken() {
        for base in ["https://127.0.0.1:1", "127.0.0.1:1", "http://127.0.0.1:1/path", ""] {
            assert!(Client::new(base, Duration::ZERO).is_none(), "{base}");
        }
    }
}
