//! One row of reference answers.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::str::FromStr;

use crate::is_near;

/// One row of reference answers, by column name.
#[derive(Debug, Clone)]
pub struct Row(BTreeMap<String, String>);

impl Row {
    pub(crate) fn read(columns: &[&str], line: &str) -> Self {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(
            cells.len(),
            columns.len(),
            "a row of another length: {line}"
        );
        let named = columns.iter().zip(cells);
        Self(
            named
                .map(|(column, cell)| ((*column).to_owned(), cell.to_owned()))
                .collect(),
        )
    }

    /// A cell's text; empty where the reference has no value.
    pub fn text(&self, column: &str) -> &str {
        self.0
            .get(column)
            .unwrap_or_else(|| panic!("the file has no column `{column}`"))
    }

    /// A cell that every row must have.
    pub fn value<T: FromStr<Err: Debug>>(&self, column: &str) -> T {
        self.text(column)
            .parse()
            .unwrap_or_else(|error| panic!("`{column}`: {error:?}"))
    }

    /// A cell that may be empty.
    pub fn maybe<T: FromStr<Err: Debug>>(&self, column: &str) -> Option<T> {
        (!self.text(column).is_empty()).then(|| self.value(column))
    }

    /// A cell that holds 1 or 0, or nothing.
    pub fn flag(&self, column: &str) -> Option<bool> {
        match self.text(column) {
            "" => None,
            "1" => Some(true),
            "0" => Some(false),
            other => panic!("`{column}` is `{other}`, neither 0 nor 1"),
        }
    }

    /// What is wrong with our texts.
    pub fn unequal(&self, ours: &[(&str, String)]) -> Vec<String> {
        ours.iter()
            .filter(|(column, ours)| self.text(column) != ours)
            .map(|(column, ours)| format!("{column} is {}, not {ours}", self.text(column)))
            .collect()
    }

    /// What is wrong with our numbers, by more than a tolerance as it stands.
    pub fn apart(&self, tolerance: f64, ours: &[(&str, f64)]) -> Vec<String> {
        let is_close = |theirs: f64, ours: f64| (theirs - ours).abs() <= tolerance;
        ours.iter()
            .map(|(column, ours)| (column, self.value(column), *ours))
            .filter(|(_, theirs, ours)| !is_close(*theirs, *ours))
            .map(|(column, theirs, ours)| format!("{column} is {theirs}, not {ours}"))
            .collect()
    }

    /// What is wrong with our numbers, by more than `tolerance × max(1, |theirs|)`; a number that
    /// is absent must be absent in both.
    pub fn far(&self, tolerance: f64, ours: &[(&str, Option<f64>)]) -> Vec<String> {
        ours.iter()
            .map(|(column, ours)| (column, self.maybe(column), *ours))
            .filter(|(_, theirs, ours)| match (theirs, ours) {
                (Some(theirs), Some(ours)) => !is_near(*theirs, *ours, tolerance),
                (None, None) => false,
                _ => true,
            })
            .map(|(column, theirs, ours)| format!("{column} is {theirs:?}, not {ours:?}"))
            .collect()
    }
}
