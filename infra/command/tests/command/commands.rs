//! Every command does what its help says.

use std::time::Duration;

use crate::program::{Up, answers, log_of, run, text, until_says};

#[test]
fn from_the_first_start_to_a_clean_end() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("data");
    let up = Up::start(&dir, &[], &[]);
    for words in [
        "Paper trading only",
        &format!("POST {}/webhook", up.url()),
        "Simulated market",
        "real time",
        &format!("alert --data-dir {}", text(&dir)),
    ] {
        assert!(
            up.banner.contains(words),
            "{words} is missing in {}",
            up.banner
        );
    }
    let secret = std::fs::read_to_string(dir.join("secrets.json")).unwrap();
    assert!(
        !up.banner
            .contains(secret.split('"').nth(7).unwrap_or(&secret)),
        "{}",
        up.banner
    );

    let at = ["--data-dir", text(&dir)];
    let said = run(&[
        "alert",
        at[0],
        at[1],
        "--symbol",
        "SPY",
        "--strategy",
        "orb",
    ]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let id = answers(&said.out)[0]["signal_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let told = until_says(&["trace", &id, at[0], at[1]], "position open");
    for words in [
        "SPY entry long",
        "strategy orb",
        "accepted, HTTP 200",
        "approved",
        "order entry",
        "chosen     SPY",
        "rejected ",
        "bought 1 SPY",
    ] {
        assert!(told.contains(words), "{words} is missing in\n{told}");
    }
    let json = run(&["trace", &id, "--json", at[0], at[1]]);
    let items: Vec<serde_json::Value> = serde_json::from_str(&json.out).unwrap();
    for kind in [
        "SIGNAL",
        "ASSIGNMENT",
        "EVIDENCE",
        "DECISION",
        "SELECTION",
        "ORDER",
        "POSITION",
    ] {
        assert_eq!(
            items.iter().filter(|item| item["kind"] == kind).count(),
            1,
            "{kind}"
        );
    }

    let (code, took) = up.interrupt();
    assert_eq!(code, Some(0), "{}", log_of(&dir));
    assert!(took < Duration::from_secs(5), "{took:?}");
    assert!(log_of(&dir).contains("Everything is kept"));
    // The stack has stopped, and the trace is still to be had, word for word.
    let stopped = run(&["trace", &id, at[0], at[1]]);
    assert_eq!((stopped.code, stopped.out), (Some(0), told));
    let again = Up::start(&dir, &[], &[]);
    let said = run(&[
        "alert",
        at[0],
        at[1],
        "--intent",
        "exit",
        "--strategy",
        "orb",
    ]);
    assert_eq!(said.code, Some(0), "{said:?}");
    until_says(&["trace", &id, at[0], at[1]], "position closed");
    again.interrupt();
}

#[test]
fn the_same_alert_five_times_is_accepted_once() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("data");
    let up = Up::start(&dir, &[], &[]);
    let at = ["--data-dir", text(&dir)];
    let said = run(&[
        "alert", at[0], at[1], "--same", "--count", "5", "--rate", "0",
    ]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let all = answers(&said.out);
    let with = |status: &str| {
        all.iter()
            .filter(|answer| answer["status"] == status)
            .count()
    };
    assert_eq!((all.len(), with("accepted"), with("duplicate")), (5, 1, 4));
    assert!(
        all.iter()
            .all(|answer| answer["signal_id"] == all[0]["signal_id"])
    );
    let said = run(&[
        "alert", at[0], at[1], "--symbol", "SPY,QQQ", "--count", "4", "--rate", "0",
    ]);
    let ids: std::collections::BTreeSet<_> = answers(&said.out)
        .iter()
        .map(|a| a["signal_id"].to_string())
        .collect();
    assert_eq!(ids.len(), 4, "{said:?}");
    // One that is refused shows in the exit code, and the others' answers aren't lost with it.
    let said = run(&["alert", at[0], at[1], "--timeframe", "7x", "--count", "2"]);
    assert_eq!(
        (said.code, answers(&said.out).len()),
        (Some(1), 2),
        "{said:?}"
    );
    up.interrupt();
    let said = run(&["alert", at[0], at[1]]);
    assert_eq!(said.code, Some(1));
    assert!(
        said.err.contains("no stack runs on") && said.err.contains("scripts/up"),
        "{said:?}"
    );
}

#[test]
fn what_cannot_be_told_is_said_in_words() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("data");
    let at = ["--data-dir", text(&dir)];
    let unknown = "8b6ac077-20c5-5c8d-b1b2-7bee41c9e412";
    let nothing = run(&["trace", unknown, at[0], at[1]]);
    assert_eq!(nothing.code, Some(1));
    assert!(nothing.err.contains("holds no ledger"), "{nothing:?}");
    assert!(!dir.exists(), "asking made a directory");
    let up = Up::start(&dir, &[], &[]);
    let missing = run(&["trace", unknown, at[0], at[1]]);
    assert_eq!((missing.code, missing.out.as_str()), (Some(1), ""));
    assert!(
        missing.err.contains(&format!("no signal {unknown}")),
        "{missing:?}"
    );
    let second = run(&["up", "--port", "0", at[0], at[1]]);
    assert_eq!(second.code, Some(1));
    assert!(
        second.err.contains("another stack already runs on"),
        "{second:?}"
    );
    // The second didn't take the first one's announcement away.
    let taken = parent.path().join("other");
    let port = up.running.port.to_string();
    let occupied = run(&["up", "--port", &port, "--data-dir", text(&taken)]);
    assert_eq!(occupied.code, Some(1));
    assert!(
        occupied.err.contains(&format!("port {port}")),
        "{occupied:?}"
    );
    assert_eq!(run(&["alert", at[0], at[1]]).code, Some(0));
    up.interrupt();
    let missing = run(&["trace", unknown, at[0], at[1]]);
    assert_eq!(missing.code, Some(1), "{missing:?}");
    for said in [&nothing, &missing, &second, &occupied] {
        assert!(
            !said.err.contains("panicked") && said.err.starts_with("parallax: "),
            "{said:?}"
        );
    }
    assert_eq!(run(&["trace", "no-id"]).code, Some(2));
}

#[test]
fn help_names_every_option() {
    let cases: [(&str, &[&str]); 12] = [
        (
            "",
            &[
                "up",
                "alert",
                "trace",
                "close",
                "flatten",
                "halt",
                "resume",
                "doctor",
                "dlq",
                "configuration",
                "--version",
            ],
        ),
        (
            "up",
            &["--port", "--data-dir", "--market", "--clock", "--speed"],
        ),
        (
            "alert",
            &[
                "--symbol",
                "--direction",
                "--intent",
                "--timeframe",
                "--strategy",
                "--count",
                "--rate",
                "--same",
                "--url",
                "--data-dir",
            ],
        ),
        ("doctor", &["--json", "--data-dir"]),
        ("dlq", &["list", "show", "redrive", "--json", "--data-dir"]),
        ("dlq show", &["<QUEUE>", "--max", "--raw"]),
        ("dlq redrive", &["<QUEUE>", "--max", "--message", "--yes"]),
        ("trace", &["<SIGNAL_ID>", "--json", "--data-dir"]),
        (
            "close",
            &["<SIGNAL_ID>", "--engine", "--by", "--json", "--data-dir"],
        ),
        (
            "flatten",
            &[
                "--engine",
                "--symbol",
                "--halt",
                "--by",
                "--json",
                "--data-dir",
            ],
        ),
        (
            "halt",
            &["--engine", "--why", "--by", "--json", "--data-dir"],
        ),
        ("resume", &["--engine", "--json", "--data-dir"]),
    ];
    for (command, options) in cases {
        let arguments: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
        let said = run(&arguments);
        assert_eq!(said.code, Some(0), "{said:?}");
        for option in options {
            assert!(
                said.out.contains(option),
                "{command} --help doesn't tell {option}"
            );
        }
    }
    let table = run(&["configuration"]);
    assert!(
        table.out.contains("`TRADINGVIEW_WEBHOOK_SECRET`"),
        "{table:?}"
    );
}

/// What docs/tradingview.md says of both sides of an alert.
const TRADINGVIEW: &str = include_str!("../../../../docs/tradingview.md");

/// The message of a strategy's alert, as it is copied from there.
fn copied_template() -> &'static str {
    let (_, after) = TRADINGVIEW.split_once("```json\n").unwrap();
    after.split_once("```").unwrap().0
}

#[test]
fn a_copied_template_is_sent_with_its_placeholders_filled() {
    let parent = tempfile::tempdir().unwrap();
    let (dir, file) = (
        parent.path().join("data"),
        parent.path().join("message.json"),
    );
    let up = Up::start(&dir, &[], &[]);
    std::fs::write(&file, copied_template()).unwrap();
    let at = ["--data-dir", text(&dir)];
    let send = [
        "alert",
        at[0],
        at[1],
        "--symbol",
        "QQQ",
        "--direction",
        "short",
    ];
    let said = run(&[&send[..], &["--template", text(&file)]].concat());
    assert_eq!(said.code, Some(0), "{said:?}");
    let id = answers(&said.out)[0]["signal_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let told = until_says(&["trace", &id, at[0], at[1]], "position open");
    for words in ["QQQ entry short", "strategy my strategy"] {
        assert!(told.contains(words), "{words} is missing in\n{told}");
    }
    std::fs::write(
        &file,
        copied_template().replace("{{interval}}", "{{plot_0}}"),
    )
    .unwrap();
    let refused = run(&[&send[..], &["--template", text(&file)]].concat());
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(refused.err.contains("{{plot_0}}"), "{refused:?}");
    let missing = run(&[&send[..], &["--template", "nowhere.json"]].concat());
    assert!(missing.err.contains("nowhere.json"), "{missing:?}");
    drop(up);
}
