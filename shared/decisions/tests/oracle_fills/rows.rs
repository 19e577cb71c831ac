//! Reads reference answers.

use std::collections::HashMap;

/// One row of the reference, by column name.
pub(crate) type Row = HashMap<String, String>;

/// Every row of a file.
pub(crate) fn read_rows(file: &str) -> Vec<Row> {
    let path = format!("{}/{file}", reference_dir());
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let mut lines = text.lines();
    let columns: Vec<_> = lines.next().unwrap_or_default().split(',').collect();
    lines.map(|line| read_row(&columns, line)).collect()
}

fn read_row(columns: &[&str], line: &str) -> Row {
    let cells: Vec<_> = line.split(',').collect();
    assert_eq!(
        cells.len(),
        columns.len(),
        "a row of another length: {line}"
    );
    let named = columns.iter().zip(cells);
    named
        .map(|(column, cell)| ((*column).to_owned(), cell.to_owned()))
        .collect()
}

/// `ORACLE_DIR`, so that other files of the same shape can be checked; our own where it isn't set
/// or doesn't hold this set.
#[expect(
    clippy::disallowed_methods,
    reason = "a test is configured by its environment alone"
)]
fn reference_dir() -> String {
    let ours = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/oracle");
    let theirs = std::env::var("ORACLE_DIR").ok();
    let with_this_set = |dir: &String| std::path::Path::new(dir).join("8_fills_fees").is_dir();
    theirs
        .filter(with_this_set)
        .unwrap_or_else(|| ours.to_owned())
}
