//! The page: files that vite built into `ui/dist`, inside the program in release builds.

use std::sync::{Arc, PoisonError};

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::answer::Fault;
use crate::cache::Kept;
use crate::guard::is_api;
use crate::state::App;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../ui/dist"]
struct Files;

/// Files of the page bear a hash of their content in the name.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";

const NOT_BUILT: &str = "<!doctype html><html lang=en><meta charset=utf-8><title>Maydani</title>
<h1>Maydani</h1>
<p>This program was built without its page. In the source folder: <code>./run</code>, or by hand
<code>cd ui &amp;&amp; npm ci &amp;&amp; npm run build</code>, then build the program again.
<p>The API is there: <a href=/api/overview>/api/overview</a>, <a href=/api/openapi.json>/api/openapi.json</a>.
";

/// Answers every path that is no endpoint: a file, else the page, whose addresses are its own affair.
pub(crate) async fn page(State(app): State<App>, request: Request) -> Response {
    let path = request.uri().path();
    if is_api(path) {
        return Fault::unknown(format!("{path} is no path of the API; see /api/openapi.json")).into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Fault::method().into_response();
    }
    let name = path.trim_start_matches('/');
    // A dot says nothing: ids of reports and incidents may hold one.
    let name = if name.starts_with("assets/") { name } else { "index.html" };
    match file(&app, name).await {
        Some(kept) => kept.response(request.headers(), if name.starts_with("assets/") { FOR_GOOD } else { ASK_AGAIN }),
        None if name == "index.html" => {
            let mut response = (StatusCode::OK, NOT_BUILT).into_response();
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
            response
        }
        None => Fault::unknown(format!("{path} is no file of the page")).into_response(),
    }
}

async fn file(app: &App, name: &str) -> Option<Arc<Kept>> {
    // A build for development reads the files anew each time.
    let keep = !cfg!(debug_assertions);
    let shelf = || app.assets.lock().unwrap_or_else(PoisonError::into_inner);
    if keep && let Some(kept) = shelf().get(name) {
        return Some(Arc::clone(kept));
    }
    let file = Files::get(name)?;
    let kind = kind_of(name);
    let level = if keep { 9 } else { 1 };
    let kept =
        tokio::task::spawn_blocking(move || Arc::new(Kept::new(file.data.into_owned(), kind, level))).await.ok()?;
    if keep {
        shelf().insert(name.to_owned(), Arc::clone(&kept));
    }
    Some(kept)
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "geojson" => "application/geo+json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
