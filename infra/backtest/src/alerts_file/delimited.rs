//! Alerts as CSV.

use chrono::{DateTime, SecondsFormat, Utc};
use csv::{ReaderBuilder, StringRecord, Trim};
use serde_json::{Map, Value};

use super::{Fault, instant};
use crate::plan::SentAlert;

/// The column with the time at which an alert came in.
const TIME: &str = "time";
/// The other columns without which there is no alert.
const NEEDED: [&str; 2] = ["action", "ticker"];
/// The field that tells an alert its own time.
const FIRED_AT: &str = "timenow";

/// Every row.
pub(super) fn alerts(text: &str) -> Vec<Result<SentAlert, Fault>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = ReaderBuilder::new()
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let header = match header(&mut reader) {
        Ok(header) => header,
        Err(what) => return vec![Err(Fault { line: 1, what })],
    };
    let rows = reader.records().map(|row| {
        let row = row.map_err(|error| Fault {
            line: error.position().map_or(0, csv::Position::line),
            what: "as many cells as the header has columns are needed".to_owned(),
        })?;
        let line = row.position().map_or(0, csv::Position::line);
        alert(&header, &row, line).map_err(|what| Fault { line, what })
    });
    rows.collect()
}

fn header(reader: &mut csv::Reader<&[u8]>) -> Result<Vec<String>, String> {
    let columns = reader.headers().map_err(|error| error.to_string())?;
    let names: Vec<String> = columns.iter().map(str::to_ascii_lowercase).collect();
    let is_missing = |needed: &&str| !names.iter().any(|name| name == needed);
    let mut missing = [TIME].into_iter().chain(NEEDED).filter(is_missing);
    match missing.next() {
        None => Ok(names),
        Some(column) => Err(format!(
            "the header has no column `{column}`; it must be like `time,action,ticker,interval`"
        )),
    }
}

/// A row as an alert's body: its cells under the columns' names.
fn alert(header: &[String], row: &StringRecord, line: u64) -> Result<SentAlert, String> {
    let cells = header.iter().map(String::as_str).zip(row);
    let given = |name: &str| cells.clone().find(|(column, _)| *column == name);
    let time = given(TIME).map_or("", |(_, cell)| cell);
    let at = instant(time)?;
    let mut body: Map<String, Value> = cells
        .filter(|(column, cell)| *column != TIME && !cell.is_empty())
        .map(|(column, cell)| (column.to_owned(), Value::from(cell)))
        .collect();
    body.entry(FIRED_AT).or_insert_with(|| fired_at(at).into());
    Ok(SentAlert {
        at,
        body: Value::Object(body).to_string(),
        line: Some(line),
    })
}

fn fired_at(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
