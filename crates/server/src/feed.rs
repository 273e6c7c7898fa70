//! New incidents of a view, as an Atom feed (RFC 4287).

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::Response;
use maydani_archive::{Filter, Incident, View};
use quick_xml::escape::escape;

use crate::answer::{ErrorShape, Fault};
use crate::caller::Reader;
use crate::query::Query;
use crate::state::{App, Asked};
use crate::tokens::number;

/// Entries of a feed.
const ENTRIES: usize = 50;

/// New incidents of a view, newest first.
#[utoipa::path(get, path = "/api/views/{id}/feed.atom", tag = "views", params(("id" = i64, Path)),
    responses((status = 200, body = String, content_type = "application/atom+xml"), (status = "default", body = ErrorShape)))]
pub(crate) async fn feed(
    State(app): State<App>,
    Reader(caller): Reader,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Fault> {
    let id = number(&id, "view")?;
    let host = asked.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost").to_owned();
    let scheme = if app.loopback { "http" } else { "https" };
    let view = app.readers.ask(move |archive| archive.view(&caller.name, id)).await?;
    // What else the page keeps in its address is not for the feed; what the filter refuses is said.
    let filter = Query::of(view.query.trim_start_matches('?')).filter()?;
    let base = format!("{scheme}://{host}");
    app.kept_as(asked.and(&format!("{base} {} {}", view.name, view.query)), "application/atom+xml", move |archive| {
        let incidents = archive.incidents(&Filter { limit: ENTRIES, ..filter })?;
        Ok(atom(&view, &incidents, &base).into_bytes())
    })
    .await
}

fn atom(view: &View, incidents: &[Incident], base: &str) -> String {
    let instant = |day: Option<&String>| day.map_or_else(|| view.made_at.clone(), |day| format!("{day}T00:00:00Z"));
    let updated = incidents.iter().filter_map(|incident| incident.last_day.as_ref()).max();
    let updated = updated.map_or_else(|| view.made_at.clone(), |_| instant(updated));
    let address = format!("{base}/api/views/{}/feed.atom", view.id);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<id>{}</id>\n<title>{}</title>\n\
         <updated>{}</updated>\n<link rel=\"self\" href=\"{}\"/>\n<link href=\"{}\"/>\n<author><name>Maydani</name></author>\n",
        escape(&address),
        escape(plain(&view.name)),
        escape(&updated),
        escape(&address),
        escape(format!("{base}/?{}", view.query.trim_start_matches('?'))),
    );
    for incident in incidents {
        let place = incident.place_ar.as_deref().or(incident.place.as_deref()).unwrap_or("–");
        let title =
            format!("{} · {} · {}", incident.sub_event_type, place, incident.first_day.as_deref().unwrap_or("–"));
        let mut summary =
            format!("{} reports, {} independent sources", incident.report_count, incident.independent_sources);
        if let (Some(low), Some(high)) = (incident.killed_low, incident.killed_high) {
            summary += &if low == high { format!(", {low} killed") } else { format!(", {low} to {high} killed") };
        }
        let link = format!("{base}/incidents/{}", incident.id);
        out += &format!(
            "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n<link href=\"{}\"/>\n<summary>{}</summary>\n</entry>\n",
            escape(&link),
            escape(plain(&title)),
            instant(incident.last_day.as_ref()),
            escape(&link),
            escape(plain(&summary)),
        );
    }
    out + "</feed>\n"
}

/// Without the control characters that XML does not allow.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{View, atom};

    #[test]
    fn names_never_become_markup() {
        let view = View {
            id: 1,
            name: "<script>alert(1)</script>\u{0}".into(),
            query: "q=\"><x".into(),
            shared: false,
            owner: "local".into(),
            made_at: Timestamp::UNIX_EPOCH.to_string(),
        };
        let feed = atom(&view, &[], "http://localhost");
        assert!(!feed.contains("<script") && !feed.contains('\u{0}') && feed.contains("&lt;script&gt;"));
        assert!(feed.contains("<updated>1970-01-01T00:00:00Z</updated>"));
    }
}
