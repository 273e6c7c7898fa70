//! What analysts decide.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::Timestamp;
use maydani_archive::{Decision, Made};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::answer::{ErrorShape, Fault, Fresh};
use crate::caller::{Reader, Reviewer};
use crate::draft::Draft;
use crate::query::{PageParams, Query, cut};
use crate::sent::Sent;
use crate::state::App;

/// A decision, and what the analyst notes with it.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Wanted {
    #[serde(flatten)]
    decision: WantedDecision,
    note: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum WantedDecision {
    Merge { incidents: Vec<String> },
    Split { incident: String, events: Vec<String> },
    Review { incident: String, state: String },
    Accept { events: Vec<String> },
    Reject { events: Vec<String> },
    Correct { event: String, to: Draft },
    Add { report: String, to: Draft },
    Revoke { decision: i64 },
}

/// What became of it.
#[derive(Serialize, ToSchema)]
struct Decided {
    decision: i64,
    events: Vec<String>,
    incidents: Vec<String>,
}

/// Longest note.
const LONGEST_NOTE: usize = 4_000;
/// Incidents or events of one decision.
const MOST: usize = 500;

/// Decides: merge, split, review, accept, reject, correct, add, revoke.
#[utoipa::path(post, path = "/api/decisions", tag = "review", request_body = Wanted,
    responses((status = 201, body = Decided), (status = "default", body = ErrorShape)))]
pub(crate) async fn decide(
    State(app): State<App>,
    Reviewer(caller): Reviewer,
    Sent(wanted): Sent<Wanted>,
) -> Result<impl IntoResponse, Fault> {
    let Wanted { decision, note } = wanted;
    if note.as_ref().is_some_and(|note| note.len() > LONGEST_NOTE) {
        return Err(Fault::bad(format!("`note` is longer than {LONGEST_NOTE} bytes")));
    }
    let named = match &decision {
        WantedDecision::Merge { incidents: named }
        | WantedDecision::Split { events: named, .. }
        | WantedDecision::Accept { events: named }
        | WantedDecision::Reject { events: named } => named.len(),
        _ => 1,
    };
    if !(1..=MOST).contains(&named) {
        return Err(Fault::bad(format!("a decision names 1 to {MOST} incidents or events")));
    }
    let book = app.coder.codebook();
    let decision = match decision {
        WantedDecision::Merge { incidents } => Decision::Merge { incidents },
        WantedDecision::Split { incident, events } => Decision::Split { incident, events },
        WantedDecision::Review { incident, state } => Decision::Review { incident, state },
        WantedDecision::Accept { events } => Decision::Accept { events },
        WantedDecision::Reject { events } => Decision::Reject { events },
        WantedDecision::Correct { event, to } => Decision::Correct { event, to: Box::new(to.event(book)?) },
        WantedDecision::Add { report, to } => Decision::Add { report, to: Box::new(to.event(book)?) },
        WantedDecision::Revoke { decision } => Decision::Revoke { decision },
    };
    let decided = app
        .write(move |archive| {
            let number = archive.decide(&decision, &caller.name, note.as_deref(), Timestamp::now())?;
            let (incidents, events) = archive.concerned(number)?;
            Ok(Decided { decision: number, events, incidents })
        })
        .await?;
    Ok(Fresh(StatusCode::CREATED, decided))
}

/// Every decision, the last one first.
#[utoipa::path(get, path = "/api/decisions", tag = "review",
    params(PageParams, ("event" = Option<String>, Query), ("report" = Option<String>, Query)),
    responses((status = 200, body = ref("#/components/schemas/Decisions")), (status = "default", body = ErrorShape)))]
pub(crate) async fn list(State(app): State<App>, _: Reader, mut query: Query) -> Result<impl IntoResponse, Fault> {
    let (limit, offset) = query.page()?;
    let (event, report) = (query.take("event")?, query.take("report")?);
    query.end()?;
    let answer = app
        .readers
        .ask(move |archive| {
            let mut made: Vec<Made> = archive
                .snapshot(|archive| archive.decisions_about(event.as_deref(), report.as_deref(), limit + 1, offset))?;
            let next = cut(&mut made, limit, offset);
            Ok(json!({"decisions": made, "next": next}))
        })
        .await?;
    Ok(Fresh(StatusCode::OK, answer))
}
