//! Users, for administrators; and everybody's own password.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::Timestamp;
use maydani_archive::Role;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::answer::{ErrorShape, Fault, Fresh};
use crate::caller::{Administrator, Reader};
use crate::password;
use crate::query::Query;
use crate::sent::Sent;
use crate::session::{hashed, verify};
use crate::state::App;

/// Every user.
#[utoipa::path(get, path = "/api/users", tag = "people",
    responses((status = 200, body = ref("#/components/schemas/Users")), (status = "default", body = ErrorShape)))]
pub(crate) async fn list(State(app): State<App>, _: Administrator, query: Query) -> Result<impl IntoResponse, Fault> {
    query.end()?;
    let users = app.readers.ask(maydani_archive::Archive::users).await?;
    Ok(Fresh(StatusCode::OK, json!({"users": users})))
}

/// A user to be made.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewUser {
    name: String,
    password: String,
    #[schema(value_type = String)]
    role: Role,
}

/// Without a login the first user would shut out whoever makes him.
fn has_login(app: &App) -> Result<(), Fault> {
    if app.needs_login() {
        return Ok(());
    }
    Err(Fault::conflict(
        "there is no login here; make the first user with `maydani user add NAME --role administrator`",
    ))
}

/// Makes a user.
#[utoipa::path(post, path = "/api/users", tag = "people", request_body = NewUser,
    responses((status = 201, body = ref("#/components/schemas/User")), (status = "default", body = ErrorShape)))]
pub(crate) async fn add(
    State(app): State<App>,
    _: Administrator,
    Sent(new): Sent<NewUser>,
) -> Result<impl IntoResponse, Fault> {
    has_login(&app)?;
    password::check_name(&new.name).map_err(|error| Fault::bad(error.to_string()))?;
    let stored = hashed(&app, new.password).await?;
    let (name, role) = (new.name.clone(), new.role);
    app.writer.ask(move |archive| archive.add_user(&name, role, &stored, Timestamp::now())).await?;
    Ok(Fresh(StatusCode::CREATED, json!({"name": new.name, "role": new.role})))
}

/// What is to be changed of a user.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Changes {
    password: Option<String>,
    /// One's own password of now; an administrator needs it for his own alone.
    current: Option<String>,
    #[schema(value_type = Option<String>)]
    role: Option<Role>,
}

/// Changes a user, and ends his sessions.
#[utoipa::path(patch, path = "/api/users/{name}", tag = "people", params(("name" = String, Path)), request_body = Changes,
    responses((status = 204), (status = "default", body = ErrorShape)))]
pub(crate) async fn change(
    State(app): State<App>,
    Reader(caller): Reader,
    Path(name): Path<String>,
    Sent(changes): Sent<Changes>,
) -> Result<impl IntoResponse, Fault> {
    has_login(&app)?;
    let own = caller.name == name;
    if caller.role < Role::Administrator && (!own || changes.role.is_some()) {
        return Err(Fault::forbidden(Role::Administrator.word()));
    }
    if own && changes.password.is_some() {
        // A forgotten session must not be enough to shut its owner out.
        let asked = name.clone();
        let stored = app.readers.ask(move |archive| archive.password_of(&asked)).await?.map(|(stored, _)| stored);
        app.wrong_logins.try_once(&name, None, std::time::Instant::now()).map_err(Fault::too_many)?;
        if !verify(&app, changes.current.unwrap_or_default(), stored).await? {
            return Err(Fault::wrong_login());
        }
        app.wrong_logins.forgive(&name, None);
    }
    let stored = match changes.password {
        Some(given) => Some(hashed(&app, given).await?),
        None => None,
    };
    app.writer.ask(move |archive| archive.change_user(&name, changes.role, stored.as_deref())).await?;
    app.believe_nobody();
    Ok(StatusCode::NO_CONTENT)
}

/// Removes a user with sessions, tokens and views of his own; what he decided stays.
#[utoipa::path(delete, path = "/api/users/{name}", tag = "people", params(("name" = String, Path)),
    responses((status = 204), (status = "default", body = ErrorShape)))]
pub(crate) async fn remove(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Path(name): Path<String>,
) -> Result<impl IntoResponse, Fault> {
    if caller.name == name {
        return Err(Fault::conflict("nobody removes himself; another administrator can"));
    }
    app.writer.ask(move |archive| archive.remove_user(&name, false)).await?;
    app.believe_nobody();
    Ok(StatusCode::NO_CONTENT)
}
