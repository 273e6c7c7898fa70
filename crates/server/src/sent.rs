//! The bodies that changes bring.

use std::time::Duration;

use axum::body;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use serde::de::DeserializeOwned;

use crate::answer::Fault;

/// A body holds so much at most.
pub(crate) const LARGEST_BODY: usize = 1 << 20;
/// How long a client may take to send a body.
const PATIENCE: Duration = Duration::from_secs(30);

/// A JSON body.
pub(crate) struct Sent<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Sync> FromRequest<S> for Sent<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, _: &S) -> Result<Self, Fault> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
        if kind.split(';').next().map(str::trim) != Some("application/json") {
            return Err(Fault::bad("send a body as `Content-Type: application/json`"));
        }
        let read = tokio::time::timeout(PATIENCE, body::to_bytes(request.into_body(), LARGEST_BODY));
        let bytes = read.await.map_err(|_| Fault::bad("the body did not come within 30 seconds"))?;
        let bytes = bytes.map_err(|_| Fault::too_large())?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| Fault::bad(format!("the body: {error}")))
    }
}
