//! A stack that plays a recording: from its first bar to after its last, and what is refused.

use std::fmt::Write;
use std::path::Path;

use crate::program::{Said, Up, answers, run, text, until_says};

/// Two sessions of minutes in which the price goes up by a cent each minute, from $200.
fn record(file: &Path) {
    let mut lines = String::from("datetime,open,high,low,close,volume\n");
    for day in [29, 30] {
        for minute in 0..390 {
            let (hour, past) = ((570 + minute) / 60, (570 + minute) % 60);
            let dollars = 200 + minute / 100;
            let close = format!("{dollars}.{:02}", minute % 100);
            let _ = writeln!(
                lines,
                "2026-07-{day} {hour:02}:{past:02}:00,{close},{close},{close},{close},1000"
            );
        }
    }
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, lines).unwrap();
}

fn id_of(said: &Said) -> String {
    let answer = &answers(&said.out)[0];
    answer["signal_id"].as_str().unwrap().to_owned()
}

#[test]
fn it_is_traded_on_from_its_first_bar() {
    let parent = tempfile::tempdir().unwrap();
    let (dir, bars) = (parent.path().join("data"), parent.path().join("bars"));
    record(&bars.join("AAPL-1m.csv"));
    let market = format!("recorded:{}", text(&bars));
    let play = ["--market", &market, "--speed", "100"];
    let up = Up::start(&dir, &play, &[]);
    for words in [
        "Recorded market: AAPL by 1m bars",
        "from 2026-07-29 09:30:00 EDT",
        "--symbol AAPL",
    ] {
        assert!(up.banner.contains(words), "{words}: {}", up.banner);
    }
    let at = ["--data-dir", text(&dir)];
    // At 100 times the speed the first bar has closed in less than a second.
    std::thread::sleep(std::time::Duration::from_millis(700));
    let sent = run(&["alert", at[0], at[1], "--symbol", "AAPL"]);
    let told = until_says(&["trace", &id_of(&sent), at[0], at[1]], "position open");
    for words in [
        "from recorded  (allowed",
        "bought 1 AAPL2608",
        "from recorded (modelled options)",
    ] {
        assert!(told.contains(words), "{words} is missing in\n{told}");
    }
    up.interrupt();
    let up = Up::start(&dir, &play, &[]);
    assert!(up.banner.contains("where it was"), "{}", up.banner);
    up.interrupt();
}

#[test]
fn after_its_end_the_market_is_closed_for_good() {
    let parent = tempfile::tempdir().unwrap();
    let (dir, bars) = (parent.path().join("data"), parent.path().join("bars"));
    record(&bars.join("minutes.csv"));
    let market = format!("recorded:AAPL={}", text(&bars));
    let variables = [("MARKET", market.as_str())];
    let up = Up::start(&dir, &["--start", "2026-07-31T10:00:00-04:00"], &variables);
    assert!(up.banner.contains("the recording is over"), "{}", up.banner);
    let at = ["--data-dir", text(&dir)];
    let sent = run(&["alert", at[0], at[1], "--symbol", "AAPL"]);
    let told = until_says(&["trace", &id_of(&sent), at[0], at[1]], "rejected");
    let words = "closed: the recording ended 2026-07-30 16:00 EDT";
    assert!(told.contains(words), "{told}");
    up.interrupt();
}

#[test]
fn what_cannot_be_played_is_told_before_anything_is_made() {
    let parent = tempfile::tempdir().unwrap();
    let (dir, bars) = (parent.path().join("data"), parent.path().join("bars"));
    let up_with = |market: &str| {
        let said = run(&[
            "up",
            "--port",
            "0",
            "--data-dir",
            text(&dir),
            "--market",
            market,
        ]);
        assert_eq!(said.code, Some(1), "{said:?}");
        assert!(!dir.exists(), "a data directory was made");
        said.err
    };
    let recorded = format!("recorded:{}", text(&bars));
    assert!(up_with("alpaca").contains("MARKET: `alpaca` is no market"));
    assert!(up_with(&recorded).contains("name a directory of CSV files"));
    std::fs::create_dir(&bars).unwrap();
    assert!(up_with(&recorded).contains("put one there for each symbol"));
    std::fs::write(
        bars.join("AAPL.csv"),
        "date,open,high,low,close,volume\n1,2\n",
    )
    .unwrap();
    assert!(up_with(&recorded).contains("AAPL.csv, line 2: 2 fields instead of 6"));
}

#[test]
fn a_data_directory_of_real_time_plays_nothing_older() {
    let parent = tempfile::tempdir().unwrap();
    let (dir, bars) = (parent.path().join("data"), parent.path().join("bars"));
    let at = ["--data-dir", text(&dir)];
    record(&bars.join("AAPL.csv"));
    let recent = std::fs::read_to_string(bars.join("AAPL.csv")).unwrap();
    std::fs::write(
        bars.join("AAPL.csv"),
        recent.replace("2026-07-", "2020-07-"),
    )
    .unwrap();
    Up::start(&dir, &[], &[]).interrupt();
    let market = format!("recorded:{}", text(&bars));
    let said = run(&["up", "--port", "0", at[0], at[1], "--market", &market]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains("would go back"), "{said:?}");
    assert!(said.err.contains("another --data-dir"), "{said:?}");
}
