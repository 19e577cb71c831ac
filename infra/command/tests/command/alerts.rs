//! Alerts for stacks that are killed: entries, exits and reversals, no two alike.

use domain::SignalId;
use serde_json::{Value, json};

pub(crate) const SECRET: &str = "a-secret-for-killing";
const SYMBOLS: [&str; 10] = [
    "SPY", "QQQ", "IWM", "AAPL", "MSFT", "NVDA", "AMZN", "META", "GOOGL", "TSLA",
];

/// One alert in six closes what is open in its symbol, one turns it around.
pub(crate) fn alert(round: usize, number: usize) -> Value {
    let symbol = SYMBOLS[(round + number) % SYMBOLS.len()];
    let action = ["buy", "sell", "buy", "exit", "sell", "buy"][number % 6];
    let strategy = (action != "exit").then(|| format!("s{}", number % 3));
    let mut alert = json!({ "secret": SECRET, "ticker": symbol, "action": action,
        "strategy": strategy, "note": format!("{round}/{number}") });
    if number % 6 == 4 {
        alert["market_position"] = json!("short");
        alert["prev_market_position"] = json!("long");
    }
    alert
}

/// Sends an alert; the signal's id if it was accepted, nothing if nobody answers.
pub(crate) async fn send(
    client: &reqwest::Client,
    url: &str,
    alert: &Value,
) -> Option<Option<SignalId>> {
    let sent = client
        .post(format!("{url}/webhook"))
        .body(alert.to_string());
    let answer = sent.send().await.ok()?.json::<Value>().await.ok()?;
    let id = answer["signal_id"].as_str();
    Some(id.and_then(|id| id.parse().ok()))
}
