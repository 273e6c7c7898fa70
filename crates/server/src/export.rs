//! The archive, or a part of it, as a file: streamed, so that its size does not matter.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use futures_util::stream::unfold;
use maydani_archive::{Archive, ArchiveError, Filter};
use maydani_formats::{AcledCsv, Csv, Format, GeoJson, Jsonl, Party};
use tokio::sync::mpsc;

use crate::annotated;
use crate::answer::{ErrorShape, Fault};
use crate::caller::Reader;
use crate::query::{FilterParams, Query};
use crate::state::App;

/// Rows of one query.
const PAGE: usize = 1000;
/// Bytes of one piece.
const PIECE: usize = 64 << 10;
/// How long a client may take for a piece.
const PATIENCE: Duration = Duration::from_secs(60);
const FORMATS: [&str; 6] = ["jsonl", "csv", "geojson", "acled-csv", "incidents-jsonl", "annotated"];

/// A file of what fits the filter.
#[utoipa::path(get, path = "/api/export", tag = "export",
    params(FilterParams,
        ("format" = String, Query, description = "jsonl, csv, geojson, acled-csv, incidents-jsonl, annotated"),
        ("limit" = Option<u64>, Query), ("partly" = Option<bool>, Query, description = "annotated: also reports of which only some events were decided on")),
    responses((status = 200, body = String), (status = "default", body = ErrorShape)))]
pub(crate) async fn export(State(app): State<App>, _: Reader, mut query: Query) -> Result<Response, Fault> {
    let filter = query.filter()?;
    let format = query.one_of("format", &FORMATS)?;
    let format = format.ok_or_else(|| Fault::bad(format!("give `format`: one of {}", FORMATS.join(", "))))?;
    let limit = query.count("limit", usize::MAX >> 1, usize::MAX >> 1)?;
    let partly = query.flag("partly")?;
    query.end()?;
    let place = Arc::clone(&app.exports).try_acquire_owned().map_err(|_| Fault::busy())?;
    let (kind, name) = match format.as_str() {
        "csv" => ("text/csv; charset=utf-8", "maydani-events.csv"),
        "acled-csv" => ("text/csv; charset=utf-8", "maydani-acled.csv"),
        "geojson" => ("application/geo+json", "maydani-events.geojson"),
        "jsonl" => ("application/x-ndjson", "maydani-records.jsonl"),
        "incidents-jsonl" => ("application/x-ndjson", "maydani-incidents.jsonl"),
        _ => ("application/x-ndjson", "maydani-annotated.jsonl"),
    };
    let (pieces, receiver) = mpsc::channel::<Result<Bytes, std::io::Error>>(4);
    let runtime = tokio::runtime::Handle::current();
    tokio::task::spawn_blocking(move || {
        let _place = place;
        let mut out = Out { pieces, held: Vec::with_capacity(PIECE), runtime };
        let written = Archive::open_to_read(&app.location).map_err(Stopped::from).and_then(|mut archive| {
            let filter = Filter { limit, ..filter };
            match format.as_str() {
                "incidents-jsonl" => incidents(&mut archive, &filter, &mut out),
                "annotated" => reviewed(&mut archive, &filter, partly, &mut out),
                "jsonl" => records(&mut archive, &filter, &Jsonl { why: false }, &mut out),
                "csv" => records(&mut archive, &filter, &Csv, &mut out),
                "geojson" => records(&mut archive, &filter, &GeoJson, &mut out),
                _ => {
                    let book = app.coder.codebook();
                    records(
                        &mut archive,
                        &filter,
                        &AcledCsv { party: |key: &str| book.actor(key).map(Party::of) },
                        &mut out,
                    )
                }
            }
        });
        match written.and_then(|()| out.flush()) {
            Ok(()) | Err(Stopped::Gone) => {}
            Err(Stopped::Archive(error)) => {
                eprintln!("maydani: an export broke off: {error}");
                // The client sees a transfer that ends before its end, not a file that looks whole.
                let _ = out.send(Err(std::io::Error::other("the export broke off")));
            }
        }
    });
    let stream = unfold(receiver, |mut receiver| async move { receiver.recv().await.map(|piece| (piece, receiver)) });
    let mut response = Response::new(Body::from_stream(stream));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let disposition = format!("attachment; filename=\"{name}\"");
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_str(&disposition).map_err(|error| Fault::failed(&error))?,
    );
    Ok(response)
}

/// Why an export ended early.
enum Stopped {
    Archive(ArchiveError),
    /// The client has gone.
    Gone,
}

impl From<ArchiveError> for Stopped {
    fn from(error: ArchiveError) -> Self {
        Self::Archive(error)
    }
}

struct Out {
    pieces: mpsc::Sender<Result<Bytes, std::io::Error>>,
    held: Vec<u8>,
    runtime: tokio::runtime::Handle,
}

impl Out {
    fn write(&mut self, text: &str) -> Result<(), Stopped> {
        self.held.extend_from_slice(text.as_bytes());
        if self.held.len() >= PIECE { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Stopped> {
        if self.held.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.held, Vec::with_capacity(PIECE));
        self.send(Ok(piece.into()))
    }

    fn send(&self, piece: Result<Bytes, std::io::Error>) -> Result<(), Stopped> {
        // A client that takes nothing must not hold the archive.
        let sending = self.pieces.send_timeout(piece, PATIENCE);
        self.runtime.block_on(sending).map_err(|_| Stopped::Gone)
    }
}

fn records(archive: &mut Archive, filter: &Filter, format: &dyn Format, out: &mut Out) -> Result<(), Stopped> {
    out.write(&format.open())?;
    let (mut any, mut offset, mut left) = (false, 0, filter.limit);
    while left > 0 {
        let (records, events) = archive.records(&Filter { limit: left.min(PAGE), offset, ..filter.clone() })?;
        if events == 0 {
            break;
        }
        for record in &records {
            let text = format.record(record);
            if !text.is_empty() {
                if any {
                    out.write(format.between())?;
                }
                any = true;
                out.write(&text)?;
            }
        }
        offset += events;
        left -= events.min(left);
    }
    out.write(format.close())
}

fn incidents(archive: &mut Archive, filter: &Filter, out: &mut Out) -> Result<(), Stopped> {
    let (mut offset, mut left) = (0, filter.limit);
    while left > 0 {
        let mut lines = Vec::new();
        let page = Filter { limit: left.min(PAGE), offset, ..filter.clone() };
        let count = archive.export_incidents(&page, &mut |line| {
            let text = serde_json::to_string(line).map_err(|error| ArchiveError::Damaged(error.to_string()))?;
            lines.push(text + "\n");
            Ok(())
        })?;
        if count == 0 {
            break;
        }
        for line in lines {
            out.write(&line)?;
        }
        offset += count;
        left -= count.min(left);
    }
    Ok(())
}

/// The reports on which was decided; of the filter, the days and the outlet are asked.
fn reviewed(archive: &mut Archive, filter: &Filter, partly: bool, out: &mut Out) -> Result<(), Stopped> {
    let mut left = filter.limit;
    for report in archive.reviewed_reports()? {
        let (record, whole) = archive.reviewed(&report)?;
        let read = &record.report;
        let day = read.published.as_deref().and_then(maydani_linking::day::parse);
        let fits = filter.outlet.as_ref().is_none_or(|outlet| read.outlet.as_ref() == Some(outlet))
            && filter.first_day.is_none_or(|first| day.is_some_and(|day| day >= first))
            && filter.last_day.is_none_or(|last| day.is_some_and(|day| day <= last));
        if !fits || !(whole || partly) {
            continue;
        }
        if left == 0 {
            break;
        }
        left -= 1;
        out.write(&annotated::line(&record))?;
        out.write("\n")?;
    }
    Ok(())
}
