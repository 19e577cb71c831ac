//! Reads reference answers of independent libraries, and compares ours with them row by row.
//!
//! They lie in `tests/fixtures/oracle`; `ORACLE_DIR` names another directory of the same shape,
//! such as one made from other seeds. For tests only: what is wrong here panics.

#![allow(
    clippy::panic,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test that can't read its reference has failed"
)]

mod row;

use std::path::PathBuf;

pub use row::Row;

/// Where a file of the reference lies, such as `3_calendar/nyse_days.csv`.
#[expect(
    clippy::disallowed_methods,
    reason = "a test is configured by its environment alone"
)]
pub fn path(file: &str) -> PathBuf {
    let ours = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/oracle");
    let directory = std::env::var("ORACLE_DIR").unwrap_or_else(|_| ours.to_owned());
    PathBuf::from(directory).join(file)
}

/// The text of a file of the reference.
pub fn text(file: &str) -> String {
    let path = path(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A file of the reference that is JSON.
pub fn json(file: &str) -> serde_json::Value {
    serde_json::from_str(&text(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Every row of a file of the reference that is CSV, without quotes. A file without rows is refused.
pub fn rows(file: &str) -> Vec<Row> {
    let text = text(file);
    let mut lines = text.lines();
    let columns: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let rows: Vec<Row> = lines
        .filter(|line| !line.is_empty())
        .map(|line| Row::read(&columns, line))
        .collect();
    assert!(!rows.is_empty(), "{file} has no rows");
    rows
}

/// Checks each row of a file; `check` says what is wrong with ours. Failing rows are shown whole.
pub fn check_every_row(file: &str, check: impl Fn(&Row) -> Vec<String>) {
    let rows = rows(file);
    let wrong = rows.iter().map(|row| (row, check(row)));
    assert_none_wrong(file, rows.len(), wrong);
}

/// Fails if anything is wrong with any of `read` rows, and shows the first twenty of those.
pub fn assert_none_wrong<'a>(
    file: &str,
    read: usize,
    wrong: impl Iterator<Item = (&'a Row, Vec<String>)>,
) {
    let failures: Vec<String> = wrong
        .filter(|(_, wrong)| !wrong.is_empty())
        .map(|(row, wrong)| format!("{}\n    in {row:?}", wrong.join("; ")))
        .collect();
    let (failed, shown) = (failures.len(), &failures[..failures.len().min(20)]);
    assert_eq!(
        failed,
        0,
        "{failed} of {read} rows of {file}, the first of them:\n{}",
        shown.join("\n")
    );
}

/// Whether two numbers differ by no more than `tolerance × max(1, |theirs|)`.
pub fn is_near(theirs: f64, ours: f64, tolerance: f64) -> bool {
    (theirs - ours).abs() <= tolerance * theirs.abs().max(1.0)
}
