//! The state of the exchange. It tells how long until what comes next, and not when; and of the
//! session after the running one nothing, which the calendar knows.

use std::borrow::Cow;

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use domain::calendar::next_session;
use domain::quote::{MarketClock, Timeliness};
use serde::Deserialize;

use super::TwelveData;
use super::refusals::check;
use crate::provider::answer::Answer;
use crate::provider::line::Ask;
use crate::provider::query::url;
use crate::provider::{Capability, malformed};
use crate::{Asked, MarketError};

/// The exchange's code.
const CODE: &str = "XNYS";
/// The longest session.
const OPEN_MAX: TimeDelta = TimeDelta::hours(7);
/// Longer than the exchange has been closed since 1933.
const CLOSED_MAX: TimeDelta = TimeDelta::days(10);

#[derive(Deserialize)]
struct State<'a> {
    #[serde(borrow, default)]
    code: Option<Cow<'a, str>>,
    is_market_open: bool,
    #[serde(borrow)]
    time_to_open: Cow<'a, str>,
    #[serde(borrow)]
    time_to_close: Cow<'a, str>,
}

impl TwelveData {
    pub(super) async fn ask_clock(&self, asked: Asked) -> Result<MarketClock, MarketError> {
        let question = Ask {
            capability: Capability::Clock,
            url: url(&self.base_url, "/market_state", &[("exchange", "NYSE")]),
            cost: 1,
        };
        self.line.get(&question, asked, market_state).await
    }
}

/// What the exchange's state says of its clock, if it can be.
pub fn market_state(answer: &Answer) -> Result<MarketClock, MarketError> {
    check(answer, None)?;
    let states: Vec<State<'_>> = answer.json()?;
    let ours = states
        .iter()
        .find(|state| state.code.as_deref() == Some(CODE));
    let state = ours.ok_or_else(|| malformed(answer.provider, "the state of other exchanges"))?;
    let now = answer.received_at;
    let times = if state.is_market_open {
        let closes_at = after(now, &state.time_to_close, OPEN_MAX);
        closes_at.map(|closes_at| (Some(closes_at), next_session(closes_at).open))
    } else {
        after(now, &state.time_to_open, CLOSED_MAX).map(|opens_at| (None, opens_at))
    };
    let (closes_at, opens_at) =
        times.ok_or_else(|| malformed(answer.provider, "a state whose times contradict"))?;
    Ok(MarketClock {
        is_open: state.is_market_open,
        closes_at,
        opens_at,
        closed_because: None,
        provenance: answer.provenance(now, Timeliness::RealTime),
    })
}

/// The minute that begins so long after an instant: sessions begin and end with one, and an
/// answer takes its time.
fn after(now: DateTime<Utc>, wait: &str, wait_max: TimeDelta) -> Option<DateTime<Utc>> {
    let wait = duration(wait).filter(|wait| *wait > TimeDelta::zero() && *wait <= wait_max)?;
    (now + wait).duration_round(TimeDelta::minutes(1)).ok()
}

/// Hours, of which there can be many, minutes and seconds: `05:44:38`.
fn duration(text: &str) -> Option<TimeDelta> {
    let mut parts = text.split(':').map(|part| part.parse::<u32>().ok());
    let mut next = || parts.next().flatten().map(i64::from);
    let (hours, minutes, seconds) = (next()?, next()?, next()?);
    let is_whole = parts.next().is_none() && minutes < 60 && seconds < 60;
    is_whole.then(|| TimeDelta::seconds(hours * 3600 + minutes * 60 + seconds))
}
