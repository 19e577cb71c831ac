//! Aligned columns: the first to the left, all others to the right.

/// Rows of cells; the first one is the heading.
pub(super) struct Table(Vec<Vec<String>>);

impl Table {
    pub(super) fn headed(heading: &[&str]) -> Self {
        let cells = heading.iter().map(|cell| (*cell).to_owned());
        Self(vec![cells.collect()])
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = impl Into<String>>) {
        self.0.push(cells.into_iter().map(Into::into).collect());
    }

    pub(super) fn rows(mut self, rows: impl IntoIterator<Item = Vec<String>>) -> Self {
        self.0.extend(rows);
        self
    }

    /// Under a title, each line indented by two.
    pub(super) fn under(&self, title: &str) -> String {
        let lines = self.0.iter().map(|row| format!("  {}", self.line(row)));
        let lines: Vec<String> = std::iter::once(title.to_owned()).chain(lines).collect();
        lines.join("\n")
    }

    fn line(&self, row: &[String]) -> String {
        let cells = row.iter().enumerate().map(|(column, cell)| {
            let width = self.width(column);
            if column == 0 {
                format!("{cell:<width$}")
            } else {
                format!("{cell:>width$}")
            }
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        line.trim_end().to_owned()
    }

    fn width(&self, column: usize) -> usize {
        let cells = self.0.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    }
}
