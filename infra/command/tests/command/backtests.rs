//! `parallax backtest` and `parallax experiment aa`: without a stack, without a data directory.

use serde_json::Value;

use crate::program::{Said, run, run_in, text};

const TWO_DAYS: [&str; 6] = [
    "--from",
    "2026-06-01",
    "--to",
    "2026-06-02",
    "--step",
    "15m",
];

fn backtest(arguments: &[&str]) -> Said {
    run(&[&["backtest"], arguments, &TWO_DAYS].concat())
}

#[test]
fn made_up_alerts_are_reported_on_alike_each_time() {
    let tried = || backtest(&["--generate", "3", "--json", "--market", "simulated:7"]);
    let json = |said: Said| -> Value {
        assert_eq!(said.code, Some(0), "{said:?}");
        let mut document: Value = serde_json::from_str(&said.out).unwrap();
        document.as_object_mut().unwrap().remove("seconds");
        document
    };
    let first = json(tried());
    assert_eq!(first["counts"]["alerts"], 6);
    assert_eq!(first["counts"]["sessions"], 2);
    assert!(!first["positions"].as_array().unwrap().is_empty());
    assert!(first["report"].is_object());
    assert_eq!(first, json(tried()));
}

#[test]
fn a_file_s_alerts_are_played_and_what_is_refused_is_told() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("alerts.csv");
    let rows = "time,action,ticker\n2026-06-01 10:00:00,buy,SPY\n2026-06-01 11:00:00,hold,SPY\n";
    std::fs::write(&file, rows).unwrap();
    let said = backtest(&["--alerts", text(&file)]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("2 alerts (1 refused"), "{}", said.out);
    assert!(
        said.out.contains("VERDICT: not enough data"),
        "{}",
        said.out
    );
    assert!(said.err.contains("refused: line 3"), "{}", said.err);
}

#[test]
fn what_can_t_be_run_is_refused_in_words() {
    let directory = tempfile::tempdir().unwrap();
    let write = |name: &str, content: &str| {
        let file = directory.path().join(name);
        std::fs::write(&file, content).unwrap();
        text(&file).to_owned()
    };
    let broken = write("alerts.jsonl", "{\"ticker\": \"SPY\"}\nbuy\n");
    let flags = write("flags.json", "{\"enable_variant_c\": true}");
    let alone = write("alone.json", "{\"enable_orb_specialist\": true}");
    for (arguments, words) in [
        (
            vec!["--alerts", broken.as_str()],
            "line 2: no alert in JSON",
        ),
        (
            vec!["--generate", "1", "--flags", &flags],
            "no flag `enable_variant_c`",
        ),
        (
            vec!["--generate", "1", "--flags", &alone],
            "needs enable_variant_b",
        ),
        (
            vec!["--generate", "1", "--market", "providers"],
            "name a recording",
        ),
        (
            vec!["--generate", "1", "--market", "simulated:x"],
            "whole number",
        ),
        (vec!["--generate", "0"], "there are no alerts"),
    ] {
        let said = backtest(&arguments);
        assert_eq!(said.code, Some(1), "{said:?}");
        assert!(said.err.contains(words), "{words}: {}", said.err);
    }
}

#[test]
fn rules_come_from_the_environment() {
    let arguments = [&["backtest", "--generate", "3"][..], &TWO_DAYS].concat();
    let said = run_in(&arguments, &[("ALLOWED_SYMBOLS", "F")]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(
        said.out.contains("6  rejected: symbol_not_allowed"),
        "{}",
        said.out
    );
}

#[test]
fn two_copies_of_an_engine_are_compared() {
    let small = [
        "--runs",
        "2",
        "--days",
        "3",
        "--alerts-per-day",
        "2",
        "--step",
        "1h",
        "--json",
    ];
    let said = run(&[&["experiment", "aa"], &small[..]].concat());
    assert_eq!(said.code, Some(0), "{said:?}");
    let document: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(document["found"]["sequential"]["of"], 2);
    assert_eq!(document["is_broken"], false);
    let signals = document["found"]["signals"].as_array().unwrap().iter();
    assert_eq!(signals.filter_map(Value::as_u64).sum::<u64>(), 12);
}
