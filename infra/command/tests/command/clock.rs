//! The stack's clock goes on where it was, however the stack ended.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};

use crate::program::Up;

const START: &str = "2026-07-30T10:00:00-04:00";

async fn now(up: &Up) -> DateTime<Utc> {
    let health = reqwest::get(format!("{}/health", up.url())).await.unwrap();
    let health: serde_json::Value = health.json().await.unwrap();
    health["now"].as_str().unwrap().parse().unwrap()
}

fn start(dir: &Path, arguments: &[&str]) -> Up {
    Up::start(dir, arguments, &[])
}

#[tokio::test]
async fn it_never_goes_back() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("data");
    let started: DateTime<Utc> = START.parse().unwrap();
    let as_before = ["--clock", START, "--speed", "60"];
    let up = start(&dir, &as_before);
    assert!(up.banner.contains("60 times as fast"), "{}", up.banner);
    tokio::time::sleep(std::time::Duration::from_millis(1_200)).await;
    let killed_at = now(&up).await;
    assert!(killed_at >= started + TimeDelta::seconds(60), "{killed_at}");
    up.kill();

    // Without options, with the same ones, and after a clean end.
    let up = start(&dir, &[]);
    let resumed_at = now(&up).await;
    assert!(resumed_at > killed_at, "{resumed_at} after {killed_at}");
    assert!(
        resumed_at < killed_at + TimeDelta::minutes(10),
        "{resumed_at}"
    );
    assert!(up.banner.contains("60 times as fast"), "{}", up.banner);
    up.kill();
    let up = start(&dir, &as_before);
    let again_at = now(&up).await;
    assert!(again_at > resumed_at, "{again_at} after {resumed_at}");
    up.interrupt();
    let up = start(&dir, &as_before);
    let after_clean_end = now(&up).await;
    assert!(
        after_clean_end > again_at,
        "{after_clean_end} after {again_at}"
    );
    assert!(
        after_clean_end < again_at + TimeDelta::minutes(10),
        "{after_clean_end}"
    );
    up.interrupt();

    // Ahead it goes.
    let up = start(
        &dir,
        &["--clock", "2026-08-03T10:00:00-04:00", "--speed", "1"],
    );
    assert_eq!(now(&up).await.date_naive().to_string(), "2026-08-03");
    up.interrupt();
}

#[test]
fn what_is_no_time_is_refused() {
    for arguments in [
        ["--clock", "2026-07-30"],
        ["--speed", "0"],
        ["--speed", "1e9"],
        ["--speed", "fast"],
    ] {
        let parent = tempfile::tempdir().unwrap();
        let dir = parent.path().join("data");
        let said = crate::program::run(&[
            "up",
            "--data-dir",
            dir.to_str().unwrap(),
            arguments[0],
            arguments[1],
        ]);
        assert!(
            said.code.is_some_and(|code| code > 0),
            "{arguments:?}: {said:?}"
        );
        assert!(!said.err.contains("panicked"), "{said:?}");
    }
}
