//! Whether the market trades on a day, from MarketData.app's market status. It calls half days
//! open, so the hours are the calendar's.

use domain::calendar::trading_date;
use domain::quote::{MarketClock, Timeliness};
use serde::Deserialize;

use super::super::answer::Answer;
use super::super::hours::agreed;
use super::super::malformed;
use super::super::times::from_s;
use super::cells::{Column, cell, number, row_count};
use super::refusals::{Content, accept};
use crate::MarketError;

#[derive(Deserialize)]
struct Columns<'a> {
    #[serde(borrow, default)]
    date: Column<'a>,
    #[serde(borrow, default)]
    status: Column<'a>,
}

/// The market's clock: MarketData.app tells whether today trades, the calendar from when to
/// when.
pub fn clock(answer: &Answer) -> Result<MarketClock, MarketError> {
    let untold = || malformed(answer.provider, "it tells no status of the day");
    if accept(answer)? == Content::Nothing {
        return Err(untold());
    }
    let columns: Columns<'_> = answer.json()?;
    let count = row_count(answer, &[&columns.date, &columns.status])?;
    let today = trading_date(answer.received_at);
    let is_today = |row: &usize| {
        let date = number(&columns.date, *row).and_then(|date| from_s(date.whole()?));
        date.map(trading_date) == Some(today)
    };
    let row = (0..count).find(is_today).ok_or_else(untold)?;
    let status = cell(&columns.status, row).and_then(|cell| cell.text());
    let provenance = answer.provenance(answer.received_at, Timeliness::RealTime);
    Ok(agreed(status.ok_or_else(untold)? == "open", provenance))
}
