//! From the body of a request to a [`Signal`]: whatever the templates of `TradingView`'s users
//! send, read into one form, or refused with every problem named. Checks no signature and
//! knows no settings: which symbols are traded, and when, is decided later.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

mod amounts;
mod body;
mod fields;
mod fired;
mod hash;
mod intent;
mod names;
mod positions;
mod problem;
mod secret;
#[cfg(test)]
mod tests;
mod ticker;
mod timestamp;
mod words;

use crate::ids::SignalId;
use crate::money::{Contracts, Price};
use crate::signal::{Intent, Signal, TimestampOrigin};
use crate::symbol::Symbol;
use crate::timeframe::Timeframe;
use fields::{Field, Fields};
pub use fired::fired_at;
use hash::{Identity, body_sha256};
use names::Names;
pub use problem::{Problem, ReadError};
pub use secret::presented_secret;
use secret::redacted;
use timestamp::Told;

/// Reads an alert that came in at `received_at`.
///
/// ```
/// use domain::{Direction, Intent, alert};
/// let body = br#"{"ticker": "SPY", "action": "buy", "interval": "5", "timenow": "2026-06-24T14:15:03Z"}"#;
/// let signal = alert::read(body, "2026-06-24T14:15:04Z".parse().unwrap()).unwrap();
/// assert_eq!(signal.intent, Intent::Entry(Direction::Long));
/// assert_eq!(signal.timeframe.to_string(), "5m");
/// ```
pub fn read(body: &[u8], received_at: DateTime<Utc>) -> Result<Signal, ReadError> {
    let fields = body::parse(body).map_err(|problem| ReadError::Invalid(vec![problem]))?;
    Alert::read(&fields, received_at).map(|alert| alert.into_signal(&fields, received_at))
}

/// What an alert says, field by field.
struct Alert {
    symbol: Symbol,
    intent: Intent,
    timeframe: Timeframe,
    told: Option<Told>,
    names: Names,
    price: Option<Price>,
    option_contracts: Option<Contracts>,
}

impl Alert {
    /// Reads every field before it gives up, so that all problems are told at once.
    fn read(body: &Map<String, Value>, received_at: DateTime<Utc>) -> Result<Self, ReadError> {
        let mut fields = Fields::new(body);
        let symbol = ticker::read(&mut fields);
        let intent = intent::read(&mut fields);
        let timeframe = read_timeframe(&mut fields);
        let told = timestamp::read(&mut fields);
        let names = Names::read(&mut fields);
        let price = amounts::read_price(&mut fields);
        let option_contracts = amounts::read_option_contracts(&mut fields);
        let untimely = timeframe
            .zip(told)
            .and_then(|(timeframe, told)| told.untimely(timeframe, received_at));
        let mut problems = fields.into_problems();
        match (symbol, intent, timeframe, untimely) {
            (Some(symbol), Some(intent), Some(timeframe), None) if problems.is_empty() => {
                Ok(Self {
                    symbol,
                    intent,
                    timeframe,
                    told,
                    names,
                    price,
                    option_contracts,
                })
            }
            (.., Some(untimely)) if problems.is_empty() => Err(ReadError::Stale(untimely)),
            (.., untimely) => {
                problems.extend(untimely);
                Err(ReadError::Invalid(problems))
            }
        }
    }

    fn into_signal(self, body: &Map<String, Value>, received_at: DateTime<Utc>) -> Signal {
        let raw = redacted(body);
        let body_sha256 = body_sha256(&raw);
        let hash = self.identity(&body_sha256, received_at).hash();
        let timestamp = self.timestamp(received_at);
        Signal {
            signal_id: SignalId::of(&hash),
            hash,
            symbol: self.symbol,
            intent: self.intent,
            timeframe: self.timeframe,
            timestamp,
            timestamp_origin: self
                .told
                .map_or(TimestampOrigin::ReceivedAt, |told| told.origin),
            bar_start: self.timeframe.bar_start(timestamp),
            received_at,
            strategy: self.names.strategy,
            source: self.names.source,
            indicator: self.names.indicator,
            price: self.price,
            option_contracts: self.option_contracts,
            body_sha256,
            raw,
        }
    }

    fn identity<'a>(&'a self, body_sha256: &'a str, received_at: DateTime<Utc>) -> Identity<'a> {
        Identity {
            symbol: &self.symbol,
            intent: self.intent,
            timeframe: self.timeframe,
            timestamp: self.timestamp(received_at),
            body_sha256: self.told.is_none().then_some(body_sha256),
            strategy: self.names.strategy.as_deref(),
        }
    }

    fn timestamp(&self, received_at: DateTime<Utc>) -> DateTime<Utc> {
        self.told.map_or_else(
            || self.timeframe.bar_start(received_at),
            |told| told.instant,
        )
    }
}

/// Common templates (of 3Commas, of `TradersPost`) name no timeframe. Then it is the finest
/// bar, so that no two alerts are merged into one bar's entry which the author meant apart.
fn read_timeframe(fields: &mut Fields<'_>) -> Option<Timeframe> {
    let problems_before = fields.problem_count();
    let Some(Field { name, text }) = fields.first(&["timeframe", "interval"]) else {
        return (fields.problem_count() == problems_before).then_some(Timeframe::MINUTE);
    };
    match Timeframe::parse(&text) {
        Ok(timeframe) => Some(timeframe),
        Err(error) => {
            fields.refuse(name, error.to_string());
            None
        }
    }
}
