//! Stepping in by hand: halt, resume, close, flatten, against a stack that runs.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{Said, Up, answers, run, text, until_says};

fn at<'a>(dir: &'a Path, arguments: &[&'a str]) -> Vec<&'a str> {
    let place = ["--data-dir", text(dir)];
    arguments.iter().copied().chain(place).collect()
}

fn told(dir: &Path, arguments: &[&str]) -> Said {
    let said = run(&at(dir, arguments));
    assert!(!said.err.contains("panicked"), "{said:?}");
    said
}

fn json(dir: &Path, arguments: &[&str]) -> Value {
    let said = told(dir, arguments);
    serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"))
}

/// Sends entries, and waits until each has its position.
fn opened(dir: &Path, symbols: &str, count: &str) -> Vec<String> {
    let said = told(dir, &["alert", "--symbol", symbols, "--count", count]);
    let ids = answers(&said.out);
    let ids = ids.iter().map(|it| it["signal_id"].as_str().unwrap());
    let ids: Vec<String> = ids.map(str::to_owned).collect();
    for id in &ids {
        until_says(&at(dir, &["trace", id]), "position open");
    }
    ids
}

/// Exit rules so wide that none is reached.
const WIDE: [(&str, &str); 2] = [("PROFIT_TARGET_PCT", "1000"), ("STOP_LOSS_PCT", "100")];

fn started(parent: &tempfile::TempDir) -> (PathBuf, Up) {
    let dir = parent.path().join("data");
    let up = Up::start(&dir, &[], &WIDE);
    (dir, up)
}

#[test]
fn a_halt_stops_entries_until_they_are_resumed() {
    let parent = tempfile::tempdir().unwrap();
    let (dir, up) = started(&parent);
    let halt = [
        "halt",
        "--engine",
        "A",
        "--why",
        "the feed lies",
        "--by",
        "ann",
    ];
    let said = told(&dir, &halt);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(
        said.out.contains("engine A: entries are stopped"),
        "{said:?}"
    );
    assert!(!said.out.contains("engine B"), "{said:?}");
    let again = told(&dir, &["halt", "--why", "me too", "--by", "ben"]);
    assert!(
        again
            .out
            .contains("engine A: stopped already, by ann since"),
        "{again:?}"
    );
    assert!(
        again.out.contains("engine B: entries are stopped"),
        "{again:?}"
    );
    let doctor = told(&dir, &["doctor"]);
    assert_eq!(doctor.code, Some(0), "{doctor:?}");
    for words in [
        "engine A is halted by ann",
        "the feed lies",
        "engine B is halted by ben",
    ] {
        assert!(doctor.out.contains(words), "{words}: {doctor:?}");
    }
    let sent = told(&dir, &["alert", "--symbol", "SPY"]);
    let id = answers(&sent.out)[0]["signal_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let trace = until_says(&at(&dir, &["trace", &id]), "rejected: trading_halted");
    assert!(trace.contains("halted by ann"), "{trace}");
    // It stands across a restart.
    up.interrupt();
    let stopped = told(&dir, &["doctor"]);
    assert!(
        stopped.out.contains("engine A is halted by ann"),
        "{stopped:?}"
    );
    let up = Up::start(&dir, &[], &WIDE);
    let said = told(&dir, &["resume"]);
    assert!(
        said.out
            .contains("engine A: entries go on; they were stopped by ann"),
        "{said:?}"
    );
    let again = json(&dir, &["resume", "--json"]);
    assert_eq!(again["engines"][0]["lifted"], Value::Null, "{again}");
    let doctor = told(&dir, &["doctor"]);
    assert!(doctor.out.contains("no engine is halted"), "{doctor:?}");
    opened(&dir, "QQQ", "1");
    up.interrupt();
}

#[test]
fn positions_are_closed_one_by_one_or_all_together() {
    let parent = tempfile::tempdir().unwrap();
    let (dir, up) = started(&parent);
    let ids = opened(&dir, "SPY,QQQ,IWM", "3");
    let said = told(&dir, &["close", &ids[0], "--by", "ann"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(
        said.out
            .contains(&format!("engine A  {}: its exit has begun", ids[0])),
        "{said:?}"
    );
    let trace = until_says(&at(&dir, &["trace", &ids[0]]), "position closed");
    assert!(trace.contains("manual_close"), "{trace}");
    let again = json(&dir, &["close", &ids[0], "--json", "--engine", "A"]);
    assert_eq!(
        again["positions"][0]["outcome"], "already_closed",
        "{again}"
    );
    let report = json(&dir, &["flatten", "--symbol", "QQQ", "--json"]);
    let positions = report["positions"].as_array().unwrap();
    assert_eq!(
        (positions.len(), &positions[0]["outcome"]),
        (1, &"begun".into()),
        "{report}"
    );
    until_says(&at(&dir, &["trace", &ids[1]]), "position closed");
    let said = told(&dir, &["flatten", "--halt"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    for words in [
        "engine A: entries are stopped",
        "engine B: entries are stopped",
        &ids[2],
    ] {
        assert!(said.out.contains(words), "{words}: {said:?}");
    }
    let trace = until_says(&at(&dir, &["trace", &ids[2]]), "position closed");
    assert!(trace.contains("flatten"), "{trace}");
    let nothing = told(&dir, &["flatten"]);
    assert_eq!(
        (nothing.code, nothing.out.as_str()),
        (Some(0), "nothing is open\n")
    );
    up.interrupt();
}

#[test]
fn while_the_market_is_closed_the_wish_waits() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("data");
    let hours = [("SIMULATED_HOURS", "nyse")];
    let up = Up::start(
        &dir,
        &["--clock", "2026-07-30T15:50:00-04:00"],
        &[WIDE[0], WIDE[1], hours[0]],
    );
    let ids = opened(&dir, "SPY", "1");
    up.interrupt();
    let up = Up::start(
        &dir,
        &["--clock", "2026-07-30T18:00:00-04:00"],
        &[WIDE[0], WIDE[1], hours[0]],
    );
    let said = told(&dir, &["close", &ids[0]]);
    assert!(
        said.out.contains("it is closed at the next open"),
        "{said:?}"
    );
    let report = json(&dir, &["flatten", "--json"]);
    assert_eq!(
        report["positions"][0]["outcome"], "waits_for_the_open",
        "{report}"
    );
    let said = told(&dir, &["trace", &ids[0]]);
    assert!(said.out.contains("position open"), "{said:?}");
    up.interrupt();
}

#[test]
fn what_cannot_be_done_is_said_in_words() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("data");
    let unknown = "8b6ac077-20c5-5c8d-b1b2-7bee41c9e412";
    let commands: [&[&str]; 4] = [
        &["close", unknown],
        &["flatten", "--halt"],
        &["halt", "--why", "x"],
        &["resume"],
    ];
    for command in commands {
        let said = told(&dir, command);
        assert_eq!((said.code, said.out.as_str()), (Some(1), ""), "{said:?}");
        assert!(said.err.contains("no stack runs on"), "{said:?}");
    }
    assert!(!dir.exists(), "asking made a directory");
    let (dir, up) = started(&parent);
    let said = told(&dir, &["close", unknown]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(
        said.err
            .contains(&format!("no position of signal {unknown}")),
        "{said:?}"
    );
    for wrong in [
        &["halt"][..],
        &["halt", "--why", ""],
        &["close"],
        &["resume", "--engine", "C"],
    ] {
        assert_eq!(told(&dir, wrong).code, Some(2), "{wrong:?}");
    }
    up.interrupt();
}
