//! Killed in the middle of its work, again and again, a stack loses nothing and does nothing twice.

use std::path::Path;
use std::time::{Duration, Instant};

use domain::SignalId;
use serde_json::{Value, json};

use crate::program::{Up, log_of};
use crate::sums::{all_signals, assert_adds_up, is_settled, ledger_at};

const SECRET: &str = "a-secret-for-killing";
/// When each stack is killed after its first alert, in milliseconds: during answers, decisions,
/// orders, fills and passes of the schedules.
const KILLED_AFTER_MS: [u64; 6] = [15, 60, 150, 333, 700, 1_500];
const SYMBOLS: [&str; 10] = [
    "SPY", "QQQ", "IWM", "AAPL", "MSFT", "NVDA", "AMZN", "META", "GOOGL", "TSLA",
];
const SETTLED_WITHIN: Duration = Duration::from_secs(90);

fn start(dir: &Path) -> Up {
    let arguments = ["--clock", "2026-07-30T10:00:00-04:00", "--speed", "60"];
    let variables = [
        ("TRADINGVIEW_WEBHOOK_SECRET", SECRET),
        ("MAX_OPEN_POSITIONS", "100"),
        ("MAX_POSITIONS_PER_SYMBOL", "3"),
        ("MAX_TOTAL_EXPOSURE", "50000"),
        ("MAX_EXPOSURE_PERCENT", "100"),
    ];
    Up::start(dir, &arguments, &variables)
}

/// One alert in five closes what is open in its symbol; no two are alike.
fn alert(round: usize, number: usize) -> Value {
    let symbol = SYMBOLS[(round + number) % SYMBOLS.len()];
    let action = ["buy", "sell", "buy", "exit", "sell"][number % 5];
    let strategy = (action != "exit").then(|| format!("s{}", number % 3));
    json!({ "secret": SECRET, "ticker": symbol, "action": action, "strategy": strategy,
            "note": format!("{round}/{number}") })
}

/// Sends alerts until nobody answers any more, and returns the ids of those that were accepted.
async fn flood(url: String, round: usize) -> Vec<SignalId> {
    let client = reqwest::Client::new();
    let mut accepted = Vec::new();
    for number in 0.. {
        let sent = client
            .post(format!("{url}/webhook"))
            .body(alert(round, number).to_string());
        let Ok(answer) = sent.send().await else { break };
        let Ok(answer) = answer.json::<Value>().await else {
            break;
        };
        accepted.extend(
            answer["signal_id"]
                .as_str()
                .and_then(|id| id.parse::<SignalId>().ok()),
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    accepted
}

async fn wait_until_settled(up: &Up, dir: &Path) {
    let signals = all_signals(&up.running.dynamodb_url).await;
    let ledger = ledger_at(&up.running.dynamodb_url).await;
    let started = Instant::now();
    for id in signals {
        while !is_settled(&ledger.trace(id).await.unwrap()) {
            let waited = started.elapsed();
            assert!(
                waited < SETTLED_WITHIN,
                "{id} isn't settled\n{}",
                log_of(dir)
            );
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

#[tokio::test]
async fn every_accepted_alert_comes_to_its_end_exactly_once() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("data");
    let mut accepted = Vec::new();
    for (round, killed_after_ms) in KILLED_AFTER_MS.into_iter().enumerate() {
        let up = start(&dir);
        let flood = tokio::spawn(flood(up.url(), round));
        tokio::time::sleep(Duration::from_millis(killed_after_ms)).await;
        up.kill();
        accepted.extend(flood.await.unwrap());
    }
    assert!(
        accepted.len() >= 10,
        "only {} were accepted",
        accepted.len()
    );
    let up = start(&dir);
    wait_until_settled(&up, &dir).await;
    assert!(!log_of(&dir).contains("panicked"), "{}", log_of(&dir));
    let (code, took) = up.interrupt();
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_secs(5), "{took:?}");
    assert_adds_up(&dir, &accepted).await;
}
