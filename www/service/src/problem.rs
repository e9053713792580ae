//! Problem documents (RFC 9457): what went wrong, for a person and for a program.

use std::ops::Deref;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// A failure that its reader can act on.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct Problem(Box<Members>);

/// A problem's members. `code` is stable; `title` and `detail` are words.
#[derive(Debug, Clone, Serialize)]
pub struct Members {
    /// A URI that identifies the kind of problem (RFC 9457 §3.1.1).
    #[serde(rename = "type")]
    pub kind: String,
    /// What happened, the same words each time.
    pub title: String,
    /// The HTTP status.
    #[serde(serialize_with = "as_number")]
    pub status: StatusCode,
    /// What to do about this occurrence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The stable machine-readable code, `area.reason-words`.
    pub code: String,
    /// The form field to look at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Seconds until it makes sense to try again, sent as `Retry-After`.
    #[serde(skip)]
    pub retry_after: Option<i64>,
}

impl Deref for Problem {
    type Target = Members;

    fn deref(&self) -> &Members {
        &self.0
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn as_number<S: serde::Serializer>(status: &StatusCode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u16(status.as_u16())
}

impl Problem {
    /// A problem with this status, code and title.
    pub fn new(status: StatusCode, code: impl Into<String>, title: impl Into<String>) -> Self {
        let code = code.into();
        Self(Box::new(Members {
            kind: format!("urn:storefront:problem:{code}"),
            title: title.into(),
            status,
            detail: None,
            code,
            field: None,
            retry_after: None,
        }))
    }

    /// The same problem with advice about this occurrence.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// The same problem, pointing at a form field.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.0.field = Some(field.into());
        self
    }

    /// The same problem with the number of seconds to wait.
    #[must_use]
    pub fn retry_after(mut self, seconds: i64) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }

    /// The same problem under another status.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.0.status = status;
        self
    }

    /// What is answered when the service itself fails. The cause goes to the log, never to the reader.
    pub fn internal(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(cause = %cause, "request failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "server.failed", "Something went wrong on our side")
            .detail("Nothing was changed. Please try again in a moment.")
    }

    /// What is answered where there is nothing.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "server.not-found", "There is nothing here")
            .detail("The address may be mistyped, or what was here is gone.")
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        Self::internal(&error)
    }
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        Self::internal(&error)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (self.status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        // A layer above may want to show a page instead.
        response.extensions_mut().insert(self);
        response
    }
}
