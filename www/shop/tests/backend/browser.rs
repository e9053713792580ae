//! A visitor's browser, as far as the shop can tell: it keeps the session's cookie and says where a request comes from.

use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

use crate::contract;

pub(crate) struct Browser {
    pub(crate) address: String,
    pub(crate) origin: String,
    pub(crate) cookie: Option<String>,
    /// Sent with each request, over what the browser itself says.
    pub(crate) headers: HeaderMap,
    /// What holds every exchange against the contract.
    pub(crate) contract: fn(&Method, &str, &Reply),
}

pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Reply {
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// Asserts the status, and a problem's code where one is expected.
    #[track_caller]
    pub(crate) fn is(self, status: u16, code: &str) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        if !code.is_empty() {
            assert_eq!(self.header("content-type"), "application/problem+json");
            let problem = self.json();
            assert_eq!(problem["code"], code);
            assert_eq!(problem["status"], status);
        }
        self
    }

    /// Asserts a redirect.
    #[track_caller]
    pub(crate) fn leads_to(self, place: &str) -> Self {
        assert_eq!((self.status.as_u16(), self.header("location")), (303, place), "{}", self.text);
        self
    }
}

impl Browser {
    pub(crate) fn new(address: &str, origin: &str) -> Self {
        Self {
            address: address.to_owned(),
            origin: origin.to_owned(),
            cookie: None,
            headers: HeaderMap::new(),
            contract: contract::check,
        }
    }

    /// The same visitor, led to another instance of the shop.
    pub(crate) fn at(&self, address: &str) -> Self {
        Self { cookie: self.cookie.clone(), ..Self::new(address, &self.origin) }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Reply {
        self.send(Method::GET, path, "", "").await
    }

    pub(crate) async fn post(&mut self, path: &str, body: &Value) -> Reply {
        self.send(Method::POST, path, "application/json", &body.to_string()).await
    }

    pub(crate) async fn form(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
        self.send(Method::POST, path, "application/x-www-form-urlencoded", &body.join("&")).await
    }

    pub(crate) async fn delete(&mut self, path: &str) -> Reply {
        self.send(Method::DELETE, path, "", "").await
    }

    pub(crate) async fn send(&mut self, method: Method, path: &str, media_type: &str, body: &str) -> Reply {
        let mut request = Request::builder()
            .method(method.clone())
            .uri(path)
            .header(header::HOST, &self.address)
            .header(header::USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64) Firefox/153.0");
        if method != Method::GET {
            request = request.header(header::ORIGIN, &self.origin).header("sec-fetch-site", "same-origin");
        }
        if !media_type.is_empty() {
            request = request.header(header::CONTENT_TYPE, media_type);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let mut request = request.body(Full::new(Bytes::from(body.to_owned()))).unwrap();
        for (name, value) in &self.headers {
            request.headers_mut().insert(name, value.clone());
            if value.is_empty() {
                request.headers_mut().remove(name);
            }
        }
        let stream = TcpStream::connect(&self.address).await.unwrap();
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        let response = sender.send_request(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        for cookie in parts.headers.get_all(header::SET_COOKIE).iter().map(HeaderValue::to_str) {
            let pair = cookie.unwrap().split(';').next().unwrap();
            self.cookie = (!pair.ends_with('=')).then(|| pair.to_owned());
        }
        let reply = Reply {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        };
        (self.contract)(&method, path, &reply);
        reply
    }
}

fn escape(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
