//! Engine B from the command line: flags, weights, an experiment, its report, replays.

use std::path::Path;

use serde_json::Value;

use crate::program::{Said, Up, answers, run, text, until_says};

fn told(dir: &Path, arguments: &[&str]) -> Said {
    let place = ["--data-dir", text(dir)];
    let said = run(&[arguments, &place].concat());
    assert!(!said.err.contains("panicked"), "{said:?}");
    said
}

fn fine(dir: &Path, arguments: &[&str]) -> String {
    let said = told(dir, arguments);
    assert_eq!(said.code, Some(0), "{said:?}");
    said.out
}

fn refused(dir: &Path, arguments: &[&str], why: &str) {
    let said = told(dir, arguments);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains(why), "{said:?}");
}

#[test]
fn what_cannot_be_is_refused_where_it_is_set() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("data");
    let up = Up::start(&dir, &[], &[("ENABLE_STRAT_SPECIALIST", "false")]);
    let set = |flag| ["flags", "set", flag, "on"];
    refused(
        &dir,
        &set("enable_orb_specialist"),
        "needs enable_variant_b",
    );
    refused(&dir, &set("enable_variant_b"), "enable_shadow_execution");
    refused(
        &dir,
        &set("enable_strat_specialist"),
        "the environment has it off",
    );
    // Each of the two needs the other where signals are split: they go together.
    refused(&dir, &set("enable_shadow_execution"), "enable_variant_b");
    let both = [
        "flags",
        "set",
        "enable_variant_b",
        "enable_shadow_execution",
    ];
    fine(&dir, &[&both[..], &["on"]].concat());
    fine(&dir, &[&both[..], &["off"]].concat());
    let weights = |field| ["settings", "set", "committee", field];
    refused(&dir, &weights("weights.nobody=5"), "nobody is no agent");
    refused(&dir, &weights("weights.risk=1001"), "it may be 0 to 1000");
    refused(&dir, &weights("enter_at_points=101"), "it may be 0 to 100");
    let start = ["experiment", "start", "one", "--hypothesis", "it is better"];
    refused(&dir, &start, "an experiment needs enable_variant_b");
    refused(
        &dir,
        &["experiment", "report"],
        "there was no experiment yet",
    );
    up.interrupt();
}

#[test]
fn an_experiment_is_begun_traded_reported_and_replayed() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("data");
    let wide = [("PROFIT_TARGET_PCT", "1000"), ("STOP_LOSS_PCT", "100")];
    let up = Up::start(&dir, &[], &wide);
    fine(&dir, &["settings", "set", "routing", "mode=paired"]);
    fine(&dir, &["settings", "set", "committee", "enter_at_points=0"]);
    fine(
        &dir,
        &["flags", "set", "enable_variant_b", "on", "--by", "ann"],
    );
    let flags = fine(
        &dir,
        &[
            "flags",
            "set",
            "enable_shadow_execution",
            "on",
            "--by",
            "ann",
        ],
    );
    assert!(flags.contains("version 2 by ann"), "{flags}");
    let start = ["experiment", "start", "one", "--hypothesis", "it is better"];
    fine(&dir, &start);
    refused(&dir, &start, "`one` runs");
    // Seen by every function within ten seconds.
    std::thread::sleep(std::time::Duration::from_secs(11));
    let alert = fine(&dir, &["alert", "--symbol", "SPY", "--direction", "long"]);
    let id = answers(&alert)[0]["signal_id"].as_str().unwrap().to_owned();
    let trace = ["trace", &id, "--data-dir", text(&dir)];
    let told_of = until_says(&trace, "engine B: position open");
    assert!(
        told_of.contains("vote  ENTER") && told_of.contains("supports by"),
        "{told_of}"
    );
    let replayed = fine(&dir, &["replay", &id]);
    assert_eq!(
        replayed.matches("identical to the byte").count(),
        2,
        "{replayed}"
    );
    let strict = parent.path().join("strict.json");
    std::fs::write(&strict, r#"{"enter_at_points": 100}"#).unwrap();
    let since = [
        "replay",
        "--since",
        "2020-01-01",
        "--weights",
        text(&strict),
        "--json",
    ];
    let voted: Value = serde_json::from_str(&fine(&dir, &since)).unwrap();
    assert_eq!(voted["votes"], 1, "{voted}");
    assert_eq!(voted["moves"][0]["now"], "SKIP", "{voted}");
    let report = fine(&dir, &["experiment", "report"]);
    assert!(report.contains("not enough data"), "{report}");
    fine(&dir, &["experiment", "stop", "--why", "seen enough"]);
    let shown = fine(&dir, &["experiment", "show"]);
    assert!(shown.contains("seen enough"), "{shown}");
    up.interrupt();
}
