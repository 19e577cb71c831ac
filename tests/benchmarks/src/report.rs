//! Tables, as they are printed and as they are kept.

use std::path::Path;

use serde_json::{Value as Json, json};

use crate::{AnyError, progress};

/// The figures of one section.
#[derive(Debug)]
pub(crate) struct Report {
    section: &'static str,
    tables: Vec<Table>,
    notes: Vec<String>,
}

/// One table: the first column names the row.
#[derive(Debug)]
pub(crate) struct Table {
    title: String,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(title: impl Into<String>, columns: &[&str]) -> Self {
        Self {
            title: title.into(),
            columns: columns.iter().map(|&name| name.to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    fn widths(&self) -> Vec<usize> {
        let mut widths: Vec<usize> = self.columns.iter().map(|it| it.chars().count()).collect();
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        widths
    }

    fn print(&self) {
        let widths = self.widths();
        println!("\n{}\n", self.title);
        println!("{}", line(&self.columns, &widths));
        let rule: Vec<String> = widths.iter().map(|&width| "-".repeat(width)).collect();
        println!("{}", line(&rule, &widths));
        for row in &self.rows {
            println!("{}", line(row, &widths));
        }
    }

    fn as_json(&self) -> Json {
        json!({ "title": self.title, "columns": self.columns, "rows": self.rows })
    }
}

/// Names to the left, figures to the right, as Markdown has them.
fn line(cells: &[String], widths: &[usize]) -> String {
    let padded = cells
        .iter()
        .zip(widths)
        .enumerate()
        .map(|(column, (cell, &width))| {
            if column == 0 {
                format!("{cell:<width$}")
            } else {
                format!("{cell:>width$}")
            }
        });
    format!("| {} |", padded.collect::<Vec<_>>().join(" | "))
}

impl Report {
    pub(crate) fn new(section: &'static str, tables: Vec<Table>, notes: &[&str]) -> Self {
        Self {
            section,
            tables,
            notes: notes.iter().map(|&note| note.to_owned()).collect(),
        }
    }

    pub(crate) fn print(&self) {
        println!("\n## {}", self.section);
        self.tables.iter().for_each(Table::print);
        for note in &self.notes {
            println!("* {note}");
        }
    }

    pub(crate) fn keep(&self, directory: &Path) -> Result<(), AnyError> {
        std::fs::create_dir_all(directory)?;
        let file = directory.join(format!("{}.json", self.section));
        let build = if cfg!(debug_assertions) {
            "debug"
        } else {
            "release"
        };
        let tables: Vec<Json> = self.tables.iter().map(Table::as_json).collect();
        let kept = json!({
            "section": self.section, "build": build, "tables": tables, "notes": self.notes,
        });
        std::fs::write(&file, serde_json::to_string_pretty(&kept)?)?;
        progress(&format!("wrote {}", file.display()));
        Ok(())
    }
}
