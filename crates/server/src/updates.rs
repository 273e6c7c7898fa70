//! Server-Sent Events: tells who looks on that the archive has changed.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::unfold;

use crate::answer::{ErrorShape, Fault};
use crate::caller::Reader;
use crate::query::Query;
use crate::state::App;

/// At most one word in so long a time.
const PAUSE: Duration = Duration::from_secs(1);
const COMMENT: Duration = Duration::from_secs(15);
/// A stream ends after so long; the browser asks again, and is identified again.
const LASTS: Duration = Duration::from_secs(10 * 60);

/// `event: archive` when the archive has changed.
#[utoipa::path(get, path = "/api/updates", tag = "choices",
    responses((status = 200, body = String, content_type = "text/event-stream"), (status = "default", body = ErrorShape)))]
pub(crate) async fn updates(State(app): State<App>, _: Reader, query: Query) -> Result<impl IntoResponse, Fault> {
    query.end()?;
    let place = Arc::clone(&app.listeners).try_acquire_owned().map_err(|_| Fault::busy())?;
    let revisions = app.revision.subscribe();
    // The stream must not keep the server alive.
    drop(app);
    let until = tokio::time::Instant::now() + LASTS;
    let stream = unfold((revisions, place, None), move |(mut revisions, place, last)| async move {
        if let Some(last) = last {
            tokio::time::sleep_until(last + PAUSE).await;
        }
        tokio::time::timeout_at(until, revisions.changed()).await.ok()?.ok()?;
        let revision = *revisions.borrow_and_update();
        let event = Event::default().event("archive").data(format!("{{\"revision\":{revision}}}"));
        Some((Ok::<_, Infallible>(event), (revisions, place, Some(tokio::time::Instant::now()))))
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(COMMENT)))
}
