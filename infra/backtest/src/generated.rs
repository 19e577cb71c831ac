//! Alerts that are made up from a seed: entries at the ends of bars in the session, in symbols
//! and directions by chance. Nothing in them knows the market.

use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, Utc};
use domain::calendar::{Session, session_on};
use domain::settings::DEFAULT_SYMBOLS;
use fastrand::Rng;
use serde_json::json;

use crate::plan::SentAlert;

/// How long the bars of the charts are that alert, in minutes.
const TIMEFRAME_MIN: u32 = 5;
/// An alert comes in at most so many seconds after the end of its bar.
const DELAY_S_MAX: u32 = 3;
/// The first bar that alerts ends so many minutes after the open, and the last as many before
/// the close.
const MARGIN_MIN: i64 = 15;

/// What is made up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// Decides everything else.
    pub seed: u64,
    /// The first New York date.
    pub from: NaiveDate,
    /// How many sessions.
    pub sessions: u32,
    /// Alerts of each.
    pub per_session: u32,
    /// The symbols that are alerted on; those that are traded by default where empty.
    pub symbols: Vec<String>,
}

impl Generated {
    /// The alerts, in order.
    pub fn alerts(&self) -> Vec<SentAlert> {
        let mut chance = Rng::with_seed(self.seed);
        let sessions = self.from.iter_days().filter_map(session_on);
        let mut alerts = Vec::new();
        for session in sessions.take(self.sessions as usize) {
            let mut of_session: Vec<_> = (0..self.per_session)
                .map(|_| self.alert(&mut chance, session))
                .collect();
            of_session.sort_by_key(|alert| alert.at);
            alerts.extend(of_session);
        }
        alerts
    }

    fn alert(&self, chance: &mut Rng, session: Session) -> SentAlert {
        let at = fired_at(chance, session);
        let symbol = self.symbol(chance);
        let (action, side) = *chance
            .choice(&[("buy", "long"), ("sell", "short")])
            .unwrap_or(&("buy", "long"));
        let body = json!({
            "ticker": symbol,
            "interval": TIMEFRAME_MIN.to_string(),
            "timenow": at.to_rfc3339_opts(SecondsFormat::Secs, true),
            "action": action,
            "market_position": side,
            "prev_market_position": "flat",
            "source": "generated",
        });
        SentAlert {
            at,
            body: body.to_string(),
            line: None,
        }
    }

    fn symbol(&self, chance: &mut Rng) -> &str {
        if self.symbols.is_empty() {
            return chance.choice(DEFAULT_SYMBOLS).unwrap_or("SPY");
        }
        chance.choice(&self.symbols).map_or("SPY", String::as_str)
    }
}

/// A few seconds after the end of a bar.
fn fired_at(chance: &mut Rng, session: Session) -> DateTime<Utc> {
    let length = i64::from(TIMEFRAME_MIN);
    let bars = (session.minutes() - 2 * MARGIN_MIN) / length;
    let bar = chance.i64(0..=bars.max(0));
    let ends = session.open + TimeDelta::minutes(MARGIN_MIN + bar * length);
    ends + TimeDelta::seconds(chance.u32(0..=DELAY_S_MAX).into())
}
