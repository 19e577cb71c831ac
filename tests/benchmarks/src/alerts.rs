//! Alerts as a strategy's message template renders them.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::json;

/// Symbols that may be entered by default.
pub(crate) const SYMBOLS: [&str; 10] = [
    "SPY", "QQQ", "IWM", "AAPL", "MSFT", "NVDA", "AMZN", "META", "GOOGL", "TSLA",
];

/// An entry on a five-minute chart, fired at `now`.
pub(crate) fn entry(symbol: &str, strategy: &str, now: DateTime<Utc>) -> String {
    body(symbol, strategy, ["buy", "long", "flat"], now)
}

/// The exit of what `entry` opened.
pub(crate) fn exit(symbol: &str, strategy: &str, now: DateTime<Utc>) -> String {
    body(symbol, strategy, ["sell", "flat", "long"], now)
}

fn body(
    symbol: &str,
    strategy: &str,
    [action, position, previous]: [&str; 3],
    now: DateTime<Utc>,
) -> String {
    json!({
        "ticker": symbol,
        "exchange": "AMEX",
        "interval": "5",
        "timenow": now.to_rfc3339_opts(SecondsFormat::Secs, true),
        "action": action,
        "market_position": position,
        "prev_market_position": previous,
        "strategy": strategy,
        "source": "bench",
    })
    .to_string()
}
