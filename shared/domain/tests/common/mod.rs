//! Reads reference answers, one CSV file at a time, and compares ours with them row by row.

use std::collections::HashMap;
use std::fmt::Debug;
use std::path::PathBuf;
use std::str::FromStr;

/// One row of reference answers, by column name.
#[derive(Debug)]
pub(crate) struct Row(HashMap<String, String>);

impl Row {
    /// A cell's text; empty where the reference has no value.
    pub(crate) fn text(&self, column: &str) -> &str {
        self.0
            .get(column)
            .unwrap_or_else(|| panic!("the file has no column `{column}`"))
    }

    /// A cell that every row must have.
    pub(crate) fn value<T: FromStr<Err: Debug>>(&self, column: &str) -> T {
        self.text(column)
            .parse()
            .unwrap_or_else(|error| panic!("`{column}`: {error:?}"))
    }

    /// What is wrong with our texts.
    pub(crate) fn unequal(&self, ours: &[(&str, String)]) -> Vec<String> {
        ours.iter()
            .filter(|(column, ours)| self.text(column) != ours)
            .map(|(column, ours)| format!("{column} is {}, not {ours}", self.text(column)))
            .collect()
    }

    /// What is wrong with our numbers, by more than a tolerance.
    pub(crate) fn apart(&self, tolerance: f64, ours: &[(&str, f64)]) -> Vec<String> {
        let is_near = |theirs: f64, ours: f64| (theirs - ours).abs() <= tolerance;
        ours.iter()
            .map(|(column, ours)| (column, self.value(column), *ours))
            .filter(|(_, theirs, ours)| !is_near(*theirs, *ours))
            .map(|(column, theirs, ours)| format!("{column} is {theirs}, not {ours}"))
            .collect()
    }
}

/// Checks each row of a file; the failing ones are shown whole.
pub(crate) fn check_every_row(file: &str, check: fn(&Row) -> Vec<String>) {
    let rows = read_rows(file);
    assert!(!rows.is_empty(), "{file} has no rows");
    let failures: Vec<String> = rows
        .iter()
        .map(|row| (row, check(row)))
        .filter(|(_, wrong)| !wrong.is_empty())
        .map(|(row, wrong)| format!("{}\n    in {row:?}", wrong.join("; ")))
        .collect();
    let (failed, read) = (failures.len(), rows.len());
    assert_eq!(
        failed,
        0,
        "{failed} of {read} rows of {file}:\n{}",
        failures.join("\n")
    );
}

fn read_rows(file: &str) -> Vec<Row> {
    let path = reference_dir().join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut lines = text.lines();
    let columns: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    lines
        .filter(|line| !line.is_empty())
        .map(|line| read_row(&columns, line))
        .collect()
}

fn read_row(columns: &[&str], line: &str) -> Row {
    let cells: Vec<&str> = line.split(',').collect();
    assert_eq!(
        cells.len(),
        columns.len(),
        "a row of another length: {line}"
    );
    Row(columns
        .iter()
        .zip(cells)
        .map(|(c, v)| ((*c).to_owned(), v.to_owned()))
        .collect())
}

/// `ORACLE_DIR`, so that other files of the same shape can be checked; else our own.
#[expect(
    clippy::disallowed_methods,
    reason = "a test is configured by its environment alone"
)]
fn reference_dir() -> PathBuf {
    std::env::var("ORACLE_DIR")
        .unwrap_or_else(|_| {
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/oracle").to_owned()
        })
        .into()
}
