//! Tokens, by which programs ask in somebody's name.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::{SignedDuration, Timestamp};
use maydani_archive::{NewToken, Role};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::answer::{ErrorShape, Fault, Fresh};
use crate::caller::Reader;
use crate::query::Query;
use crate::secret;
use crate::sent::Sent;
use crate::state::App;

/// Tokens of one person.
const MOST: usize = 50;
/// Days that a token holds.
const DAYS: i64 = 90;
const MOST_DAYS: i64 = 366;

/// One's own tokens.
#[utoipa::path(get, path = "/api/tokens", tag = "people",
    responses((status = 200, body = ref("#/components/schemas/Tokens")), (status = "default", body = ErrorShape)))]
pub(crate) async fn list(
    State(app): State<App>,
    Reader(caller): Reader,
    query: Query,
) -> Result<impl IntoResponse, Fault> {
    query.end()?;
    let tokens = app.readers.ask(move |archive| archive.tokens(&caller.name)).await?;
    Ok(Fresh(StatusCode::OK, json!({"tokens": tokens})))
}

/// A token to be made.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Wanted {
    name: String,
    /// At most one's own; default `reader`.
    #[schema(value_type = Option<String>)]
    role: Option<Role>,
    /// How long it holds; default 90.
    #[schema(minimum = 1, maximum = 366)]
    days: Option<i64>,
}

/// Makes a token; it is shown this once.
#[utoipa::path(post, path = "/api/tokens", tag = "people", request_body = Wanted,
    responses((status = 201, body = ref("#/components/schemas/Token")), (status = "default", body = ErrorShape)))]
pub(crate) async fn add(
    State(app): State<App>,
    Reader(caller): Reader,
    Sent(wanted): Sent<Wanted>,
) -> Result<impl IntoResponse, Fault> {
    if !app.needs_login() {
        return Err(Fault::conflict("there is no login here; programs ask as they are"));
    }
    let (role, days) = (wanted.role.unwrap_or(Role::Reader), wanted.days.unwrap_or(DAYS));
    if role > caller.role {
        return Err(Fault::forbidden(role.word()));
    }
    if !(1..=MOST_DAYS).contains(&days) || wanted.name.trim().is_empty() || wanted.name.len() > 200 {
        return Err(Fault::bad(format!("a token has a name of up to 200 bytes and holds 1 to {MOST_DAYS} days")));
    }
    let secret = format!("mdn_{}", secret::new().map_err(|error| Fault::failed(&error))?);
    let (hash, name, now) = (secret::hash(&secret), wanted.name.clone(), Timestamp::now());
    let expires_at = now + SignedDuration::from_hours(24 * days);
    let id = app
        .writer
        .ask(move |archive| {
            if archive.tokens(&caller.name)?.len() >= MOST {
                return Err(maydani_archive::ArchiveError::Decision(format!(
                    "you have {MOST} tokens; remove one first"
                )));
            }
            archive.add_token(&caller.name, &NewToken { hash: &hash, name: &name, role, expires_at }, now)
        })
        .await?;
    let made = json!({
        "id": id, "token": secret, "name": wanted.name, "role": role, "made_at": now.to_string(), "expires_at": expires_at.to_string(),
    });
    Ok(Fresh(StatusCode::CREATED, made))
}

/// Removes a token of one's own.
#[utoipa::path(delete, path = "/api/tokens/{id}", tag = "people", params(("id" = i64, Path)),
    responses((status = 204), (status = "default", body = ErrorShape)))]
pub(crate) async fn remove(
    State(app): State<App>,
    Reader(caller): Reader,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Fault> {
    let id = number(&id, "token")?;
    app.writer.ask(move |archive| archive.remove_token(&caller.name, id)).await?;
    app.believe_nobody();
    Ok(StatusCode::NO_CONTENT)
}

/// The number in a path.
pub(crate) fn number(text: &str, what: &str) -> Result<i64, Fault> {
    text.parse().map_err(|_| Fault::unknown(format!("{what} `{text}` is not in the archive")))
}
