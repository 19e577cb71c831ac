//! Columns, as MarketData.app sends them: arrays of equal length, any element of which may be
//! null. An element of the wrong kind is no fault of its neighbours.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::super::answer::Answer;
use super::super::malformed;
use super::super::number::Number;
use crate::MarketError;

/// One element of a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'a> {
    Absent,
    Number(Number),
    Text(Cow<'a, str>),
    Other,
}

impl Cell<'_> {
    /// Its number; texts may be numbers too.
    pub(super) fn number(&self) -> Option<Number> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => Number::parse(text),
            Self::Absent | Self::Other => None,
        }
    }

    /// Its text.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether something stands there that is no number.
    fn is_bad_number(&self) -> bool {
        *self != Self::Absent && self.number().is_none()
    }
}

/// A column; absent where the answer has none of its name.
pub(super) type Column<'a> = Option<Vec<Cell<'a>>>;

/// The element of a row.
pub(super) fn cell<'c, 'a>(column: &'c Column<'a>, row: usize) -> Option<&'c Cell<'a>> {
    column.as_ref()?.get(row)
}

/// The number of a row.
pub(super) fn number(column: &Column<'_>, row: usize) -> Option<Number> {
    cell(column, row)?.number()
}

/// Whether any of these columns has something in a row that should be a number and is none.
pub(super) fn has_bad_number(columns: &[&Column<'_>], row: usize) -> bool {
    let mut cells = columns.iter().filter_map(|column| cell(column, row));
    cells.any(Cell::is_bad_number)
}

/// How many rows there are, if all columns that there are have as many as the first.
pub(super) fn row_count(answer: &Answer, columns: &[&Column<'_>]) -> Result<usize, MarketError> {
    let mut lengths = columns
        .iter()
        .filter_map(|column| Some(column.as_ref()?.len()));
    let count = columns[0].as_ref().map_or(0, Vec::len);
    if lengths.all(|length| length == count) {
        Ok(count)
    } else {
        Err(malformed(answer.provider, "its columns differ in length"))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Cell<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}

struct CellVisitor;

impl<'de> Visitor<'de> for CellVisitor {
    type Value = Cell<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an element of a column")
    }

    fn visit_unit<E: Error>(self) -> Result<Cell<'de>, E> {
        Ok(Cell::Absent)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Cell<'de>, E> {
        Ok(Cell::Other)
    }

    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    fn visit_u64<E: Error>(self, value: u64) -> Result<Cell<'de>, E> {
        self.visit_f64(value as f64)
    }

    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    fn visit_i64<E: Error>(self, value: i64) -> Result<Cell<'de>, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Cell<'de>, E> {
        Ok(Number::of(value).map_or(Cell::Other, Cell::Number))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Cell<'de>, E> {
        Ok(Cell::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Cell<'de>, E> {
        Ok(Cell::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Cell<'de>, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Cell::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Cell<'de>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Cell::Other)
    }
}
