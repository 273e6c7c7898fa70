//! Rows of the archive as tables, JSON Lines, CSV and GeoJSON.

use std::io::{IsTerminal, Write, stdout};

use maydani_formats::cells;
use serde::Serialize;
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use crate::archive_args::RowFormat;

/// What can be written as rows.
pub(crate) trait Rows: Serialize {
    /// Heads of the table.
    const HEADS: &'static [&'static str];

    /// Cells of the table, and a line in Arabic below them.
    fn cells(&self) -> (Vec<String>, Option<String>);

    /// Degrees north and east.
    fn point(&self) -> Option<(f64, f64)> {
        None
    }
}

/// Writes rows to standard output.
pub(crate) fn write<T: Rows>(rows: &[T], format: Option<RowFormat>) -> anyhow::Result<()> {
    let format = format.unwrap_or(if stdout().is_terminal() { RowFormat::Table } else { RowFormat::Jsonl });
    let mut out = stdout().lock();
    match format {
        RowFormat::Table => out.write_all(table(rows).as_bytes())?,
        RowFormat::Jsonl => {
            for row in rows {
                serde_json::to_writer(&mut out, row)?;
                out.write_all(b"\n")?;
            }
        }
        RowFormat::Csv => out.write_all(csv(rows)?.as_bytes())?,
        RowFormat::Geojson => {
            let mut features = Vec::with_capacity(rows.len());
            for row in rows {
                let geometry = row.point().map_or(
                    Value::Null,
                    |(latitude, longitude)| json!({"type": "Point", "coordinates": [longitude, latitude]}),
                );
                features
                    .push(json!({"type": "Feature", "geometry": geometry, "properties": serde_json::to_value(row)?}));
            }
            serde_json::to_writer(&mut out, &json!({"type": "FeatureCollection", "features": features}))?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    Ok(())
}

fn table<T: Rows>(rows: &[T]) -> String {
    let cells: Vec<(Vec<String>, Option<String>)> = rows.iter().map(Rows::cells).collect();
    let mut widths: Vec<usize> = T::HEADS.iter().map(|head| head.width()).collect();
    for (row, _) in &cells {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let mut out = String::new();
    let mut line = |cells: &mut dyn Iterator<Item = &str>| {
        let mut line = String::new();
        for (cell, width) in cells.zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width.saturating_sub(cell.width()) + 2));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    };
    line(&mut T::HEADS.iter().copied());
    for (row, below) in &cells {
        line(&mut row.iter().map(String::as_str));
        if let Some(below) = below {
            // Isolated: Arabic text must not reorder its neighbours. Control characters drive no terminal.
            let plain: String = below.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            line(&mut [format!("    \u{2068}{plain}\u{2069}").as_str()].into_iter());
        }
    }
    out
}

/// Columns are the names of the first row's values; what is no number or text is written as JSON.
fn csv<T: Rows>(rows: &[T]) -> anyhow::Result<String> {
    let mut out = String::new();
    for (at, row) in rows.iter().enumerate() {
        let Value::Object(values) = serde_json::to_value(row)? else { continue };
        if at == 0 {
            out.push_str(&cells::row(values.keys()));
        }
        out.push_str(&cells::row(values.values().map(cell)));
    }
    Ok(out)
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => cells::text(text),
        other => other.to_string(),
    }
}

/// A value or a dash.
pub(crate) fn or_dash(value: Option<&str>) -> String {
    value.unwrap_or("–").to_owned()
}
