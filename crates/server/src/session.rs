//! Sessions: who is asked for, logging in and out.

use std::time::Instant;

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use maydani_archive::Role;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::answer::{ErrorShape, Fault, Fresh};
use crate::caller::Caller;
use crate::guard::{Peer, cookie_name, session_of};
use crate::query::Query;
use crate::sent::Sent;
use crate::state::App;
use crate::{password, secret};

/// How long a session lasts.
const LASTS: SignedDuration = SignedDuration::from_hours(12);
/// Somebody.
#[derive(Serialize, ToSchema)]
struct Person {
    name: String,
    #[schema(value_type = String)]
    role: Role,
}

/// Who asks, and what the page needs to know before it asks for anything else.
#[derive(Serialize, ToSchema)]
struct Session {
    /// Whether there is a login.
    login: bool,
    /// Who asks; `null` where somebody must log in first.
    user: Option<Person>,
    version: &'static str,
    /// Address of map tiles.
    tiles: Option<String>,
}

fn said(app: &App, caller: Option<Caller>) -> Session {
    Session {
        login: app.needs_login(),
        user: caller.map(|caller| Person { name: caller.name, role: caller.role }),
        version: env!("CARGO_PKG_VERSION"),
        tiles: app.tiles.clone(),
    }
}

/// Who asks. Answers everybody.
#[utoipa::path(get, path = "/api/session", tag = "people",
    responses((status = 200, body = Session), (status = "default", body = ErrorShape)))]
pub(crate) async fn session(
    State(app): State<App>,
    caller: Option<Extension<Caller>>,
    query: Query,
) -> Result<impl IntoResponse, Fault> {
    query.end()?;
    Ok(Fresh(StatusCode::OK, said(&app, caller.map(|Extension(caller)| caller))))
}

/// A name and a password.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Login {
    name: String,
    password: String,
}

/// Logs in: sets the session's cookie.
#[utoipa::path(post, path = "/api/login", tag = "people", request_body = Login,
    responses((status = 200, body = Session), (status = "default", body = ErrorShape)))]
pub(crate) async fn login(
    State(app): State<App>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    Sent(login): Sent<Login>,
) -> Result<Response, Fault> {
    if !app.needs_login() {
        return Err(Fault::conflict("there is no login here"));
    }
    let address = peer.map(|Extension(Peer(address))| address);
    app.wrong_logins.try_once(&login.name, address, Instant::now()).map_err(Fault::too_many)?;
    let name = login.name.clone();
    let known = app.readers.ask(move |archive| archive.password_of(&name)).await?;
    let (stored, role) = known.unzip();
    if !verify(&app, login.password, stored).await? {
        return Err(Fault::wrong_login());
    }
    let role = role.ok_or_else(Fault::wrong_login)?;
    app.wrong_logins.forgive(&login.name, address);
    let session = secret::new().map_err(|error| Fault::failed(&error))?;
    let (hash, name, now) = (secret::hash(&session), login.name.clone(), Timestamp::now());
    // Whoever was logged in here before is not any more.
    let before = session_of(&app, &headers).map(secret::hash);
    app.writer
        .ask(move |archive| {
            if let Some(before) = before {
                archive.end_session(&before)?;
            }
            archive.begin_session(&hash, &name, now + LASTS, now)
        })
        .await?;
    app.believe_nobody();
    let mut response = Fresh(StatusCode::OK, said(&app, Some(Caller { name: login.name, role }))).into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie(&app, &session, LASTS.as_secs())?);
    Ok(response)
}

/// Logs out.
#[utoipa::path(post, path = "/api/logout", tag = "people",
    responses((status = 204), (status = "default", body = ErrorShape)))]
pub(crate) async fn logout(State(app): State<App>, headers: HeaderMap) -> Result<Response, Fault> {
    if let Some(hash) = session_of(&app, &headers).map(secret::hash) {
        app.writer.ask(move |archive| archive.end_session(&hash)).await?;
        app.believe_nobody();
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie(&app, "", 0)?);
    Ok(response)
}

fn cookie(app: &App, value: &str, seconds: i64) -> Result<HeaderValue, Fault> {
    let secure = if app.loopback { "" } else { "; Secure" };
    let name = cookie_name(app);
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}"))
        .map_err(|error| Fault::failed(&error))
}

/// Hashing is slow by intent, and takes memory: few at a time, and not on the runtime's threads.
pub(crate) async fn verify(app: &App, given: String, stored: Option<String>) -> Result<bool, Fault> {
    let _place = app.hashing.acquire().await.map_err(|error| Fault::failed(&error))?;
    tokio::task::spawn_blocking(move || password::verify(&given, stored.as_deref()))
        .await
        .map_err(|error| Fault::failed(&error))
}

/// The PHC string of a new password.
pub(crate) async fn hashed(app: &App, given: String) -> Result<String, Fault> {
    let _place = app.hashing.acquire().await.map_err(|error| Fault::failed(&error))?;
    tokio::task::spawn_blocking(move || password::hash(&given))
        .await
        .map_err(|error| Fault::failed(&error))?
        .map_err(|error| Fault::bad(error.to_string()))
}
