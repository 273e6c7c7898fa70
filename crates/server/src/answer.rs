//! What every endpoint answers with when it cannot do what was asked: one shape.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maydani_archive::ArchiveError;
use serde::Serialize;
use utoipa::ToSchema;

/// The one shape of errors.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorShape {
    /// A word for programs.
    #[schema(example = "unknown")]
    error: &'static str,
    /// A sentence for people: what, where, what to do.
    #[schema(example = "incident `x` is not in the archive")]
    message: String,
}

/// Why a request was not answered.
#[derive(Debug)]
pub(crate) struct Fault {
    status: StatusCode,
    error: &'static str,
    message: String,
    retry: Option<u64>,
}

impl Fault {
    fn new(status: StatusCode, error: &'static str, message: impl Into<String>) -> Self {
        Self { status, error, message: message.into(), retry: None }
    }

    pub(crate) fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad_request", message)
    }

    pub(crate) fn login_required() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "login_required", "log in first")
    }

    pub(crate) fn wrong_login() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "wrong_login", "name or password is wrong")
    }

    pub(crate) fn forbidden(needed: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", format!("this needs the role {needed}"))
    }

    pub(crate) fn cross_site() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "cross_site",
            "another site's page asked for this change; ask from Maydani's own",
        )
    }

    pub(crate) fn unknown(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "unknown", message)
    }

    pub(crate) fn method() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "bad_request", "this path does not take that method")
    }

    pub(crate) fn conflict(message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, "conflict", message)
    }

    pub(crate) fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "a body holds 1 MiB at most")
    }

    pub(crate) fn wrong_host() -> Self {
        Self::new(
            StatusCode::MISDIRECTED_REQUEST,
            "wrong_host",
            "this server listens on this machine alone; ask for localhost or 127.0.0.1",
        )
    }

    pub(crate) fn too_many(seconds: u64) -> Self {
        let fault = Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too_many",
            format!("too many logins failed; wait {seconds} seconds"),
        );
        Self { retry: Some(seconds), ..fault }
    }

    pub(crate) fn busy() -> Self {
        let fault = Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "too much is waiting; ask again in a second");
        Self { retry: Some(1), ..fault }
    }

    pub(crate) fn failed(cause: &dyn std::fmt::Display) -> Self {
        eprintln!("maydani: {cause}");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "failed",
            "this could not be answered; the server's standard error says why",
        )
    }
}

impl From<ArchiveError> for Fault {
    fn from(error: ArchiveError) -> Self {
        match error {
            ArchiveError::Unknown { .. } => Self::unknown(error.to_string()),
            ArchiveError::Decision(message) => Self::conflict(message),
            other => Self::failed(&other),
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(ErrorShape { error: self.error, message: self.message })).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// An answer that no cache keeps.
pub(crate) struct Fresh<T>(pub(crate) StatusCode, pub(crate) T);

impl<T: Serialize> IntoResponse for Fresh<T> {
    fn into_response(self) -> Response {
        (self.0, [(header::CACHE_CONTROL, "no-store")], Json(self.1)).into_response()
    }
}
