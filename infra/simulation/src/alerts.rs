//! The alerts of a run: entries mostly, exits, reversals, what is refused, and alerts that come
//! again.

use std::time::Duration;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value as Json, json};

use crate::chance::Chance;

/// Symbols that a run's alerts are about: few, so that they meet.
const SYMBOLS: [&str; 6] = ["SPY", "QQQ", "IWM", "AAPL", "NVDA", "TSLA"];
/// No options, unknown to the market, and not allowed.
const ODD_SYMBOLS: [&str; 3] = ["ZZTOP", "NODATA", "GME"];
const STRATEGIES: [&str; 2] = ["orb", "squeeze"];
const TIMEFRAMES: [&str; 3] = ["1", "5", "15"];

/// An alert, and when it is sent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlannedAlert {
    pub(crate) at: Duration,
    pub(crate) body: String,
}

/// The alerts of a run that lasts this long, in the order in which they are sent.
pub(crate) fn planned(
    chance: &Chance,
    start: DateTime<Utc>,
    lasting: Duration,
) -> Vec<PlannedAlert> {
    let count = chance.between(4, 18);
    let symbols = usize::try_from(chance.between(1, SYMBOLS.len() as u64)).unwrap_or(1);
    let mut alerts = Vec::new();
    for _ in 0..count {
        let at = chance.up_to(lasting);
        let fired_at = start + TimeDelta::from_std(at).unwrap_or_default();
        let body = body(chance, &SYMBOLS[..symbols], fired_at);
        if chance.happens(0.1) {
            let again = at + chance.up_to(Duration::from_secs(30));
            alerts.push(PlannedAlert {
                at: again,
                body: body.clone(),
            });
        }
        alerts.push(PlannedAlert { at, body });
    }
    alerts.sort_by_key(|alert| alert.at);
    alerts
}

fn body(chance: &Chance, symbols: &[&str], fired_at: DateTime<Utc>) -> String {
    if chance.happens(0.03) {
        return "buy low, sell high".to_owned();
    }
    let symbols = if chance.happens(0.04) {
        ODD_SYMBOLS.as_slice()
    } else {
        symbols
    };
    let mut alert = json!({
        "ticker": chance.one_of(symbols),
        "interval": chance.one_of(&TIMEFRAMES),
        "timenow": timenow(chance, fired_at),
    });
    if chance.happens(0.4) {
        alert["strategy"] = json!(chance.one_of(&STRATEGIES));
    }
    if chance.happens(0.1) {
        alert["option_contracts"] = json!(chance.between(1, 4));
    }
    ask_for(chance, &mut alert);
    alert.to_string()
}

/// Most alerts come at once; some are too old.
fn timenow(chance: &Chance, fired_at: DateTime<Utc>) -> String {
    let age_s = match chance.between(0, 19) {
        0 => 400,
        1 | 2 => chance.between(30, 290),
        _ => chance.between(0, 3),
    };
    let at = fired_at - TimeDelta::seconds(i64::try_from(age_s).unwrap_or(0));
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn ask_for(chance: &Chance, alert: &mut Json) {
    match chance.between(0, 19) {
        0..=3 => alert["action"] = json!("exit"),
        4 | 5 => {
            let (action, to, from) =
                chance.one_of(&[("sell", "short", "long"), ("buy", "long", "short")]);
            alert["action"] = json!(action);
            alert["market_position"] = json!(to);
            alert["prev_market_position"] = json!(from);
        }
        6 => {
            alert["action"] = json!("buy");
            alert["market_position"] = json!("long");
            alert["prev_market_position"] = json!("long");
            alert["market_position_size"] = json!("200");
            alert["prev_market_position_size"] = json!("100");
        }
        _ => alert["direction"] = json!(chance.one_of(&["long", "short"])),
    }
}
