//! Killed in the middle of its work, again and again, a stack loses nothing and does nothing twice.

use std::path::Path;
use std::time::{Duration, Instant};

use domain::SignalId;

use crate::alerts::{SECRET, alert, send};
use crate::ledger::{assert_adds_up, facts, unrest};
use crate::program::{Up, log_of};

/// When each stack is killed after its first alert, in milliseconds: during answers, decisions,
/// orders, fills and passes of the schedules.
const KILLED_AFTER_MS: [u64; 6] = [15, 60, 150, 333, 700, 1_500];
const AT_REST_WITHIN: Duration = Duration::from_secs(90);

/// Room for many positions, which close soon.
pub(crate) const VARIABLES: [(&str, &str); 10] = [
    ("TRADINGVIEW_WEBHOOK_SECRET", SECRET),
    ("MAX_OPEN_POSITIONS", "100"),
    ("MAX_POSITIONS_PER_SYMBOL", "3"),
    ("MAX_TOTAL_EXPOSURE", "50000"),
    ("MAX_EXPOSURE_PERCENT", "100"),
    ("MAX_POSITION_USD", "5000"),
    ("MAX_DAILY_LOSS", "1000000"),
    ("ENTRY_VALID_S", "3600"),
    ("PROFIT_TARGET_PCT", "3"),
    ("STOP_LOSS_PCT", "3"),
];
/// When each stack's clock begins, and how fast it runs: a minute is a second.
pub(crate) const CLOCK: (&str, &str) = ("2026-07-30T10:00:00-04:00", "60");

/// A stack with that room and that clock.
pub(crate) fn start(dir: &Path, arguments: &[&str]) -> Up {
    let clock = ["--clock", CLOCK.0, "--speed", CLOCK.1];
    Up::start(dir, &[&clock, arguments].concat(), &VARIABLES)
}

/// Sends alerts until nobody answers any more, and returns the ids of those that were accepted.
async fn flood(url: String, round: usize) -> Vec<SignalId> {
    let client = reqwest::Client::new();
    let mut accepted = Vec::new();
    for number in 0.. {
        let Some(answered) = send(&client, &url, &alert(round, number)).await else {
            break;
        };
        accepted.extend(answered);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    accepted
}

pub(crate) async fn wait_until_at_rest(up: &Up, dir: &Path) {
    let started = Instant::now();
    loop {
        let open = unrest(&facts(&up.running.dynamodb_url).await);
        if open.is_empty() {
            return;
        }
        let waited = started.elapsed();
        let log = || log_of(dir);
        assert!(
            waited < AT_REST_WITHIN,
            "it finds no rest: {open:?}\n{}",
            log()
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

#[tokio::test]
async fn every_accepted_alert_comes_to_its_end_exactly_once() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("data");
    let mut accepted = Vec::new();
    for (round, killed_after_ms) in KILLED_AFTER_MS.into_iter().enumerate() {
        let up = start(&dir, &[]);
        let flood = tokio::spawn(flood(up.url(), round));
        tokio::time::sleep(Duration::from_millis(killed_after_ms)).await;
        up.kill();
        accepted.extend(flood.await.unwrap());
    }
    let count = accepted.len();
    assert!(count >= 5, "only {count} were accepted");
    let up = start(&dir, &[]);
    wait_until_at_rest(&up, &dir).await;
    assert!(!log_of(&dir).contains("panicked"), "{}", log_of(&dir));
    let (code, took) = up.interrupt();
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_secs(5), "{took:?}");
    assert_adds_up(&dir, &accepted).await;
}
