//! `parallax doctor` tells what is well, what isn't, and what to do about it.

use std::path::{Path, PathBuf};

use aws_sdk_dynamodb::types::AttributeDefinition;
use local_stack::account::AccountId;
use local_stack::aws::{AwsChoice, LocalAws};
use local_stack::clients;
use serde_json::Value;

use crate::program::{Said, Up, run_in, text};

const SUBJECTS: [&str; 9] = [
    "configuration",
    "data directory",
    "secrets",
    "tables",
    "queues",
    "dead letters",
    "entries",
    "clock",
    "market",
];

fn data_dir(parent: &tempfile::TempDir) -> PathBuf {
    parent.path().join("data")
}

fn doctor(dir: &Path, variables: &[(&str, &str)]) -> Said {
    let said = run_in(&["doctor", "--data-dir", text(dir)], variables);
    assert!(!said.err.contains("panicked"), "{said:?}");
    said
}

/// The line on a subject.
fn line<'a>(said: &'a Said, mark: &str, subject: &str) -> &'a str {
    let start = format!("{mark:<5} {subject:<14} ");
    let mut lines = said.out.lines();
    let found = lines.find(|line| line.starts_with(&start));
    found.unwrap_or_else(|| panic!("no line `{start}`: {said:?}"))
}

/// A directory on which a stack has run.
fn made(parent: &tempfile::TempDir) -> PathBuf {
    let dir = data_dir(parent);
    Up::start(&dir, &[], &[]).interrupt();
    dir
}

#[test]
fn a_healthy_stack_is_well_while_it_runs_and_after() {
    let parent = tempfile::tempdir().unwrap();
    let dir = data_dir(&parent);
    let up = Up::start(&dir, &["--clock", "2026-07-30T10:00:00-04:00"], &[]);
    let running = doctor(&dir, &[]);
    assert_eq!(running.code, Some(0), "{running:?}");
    for subject in SUBJECTS {
        line(&running, "ok", subject);
    }
    for (subject, words) in [
        ("HTTP API", "answers: ok, PAPER"),
        ("data directory", "a stack runs on it"),
        ("tables", "5 tables"),
        ("queues", "messages: "),
        ("clock", "2026-07-30 10:00"),
        ("market hours", "open until"),
        ("quote", "AAPL "),
    ] {
        assert!(line(&running, "ok", subject).contains(words), "{running:?}");
    }
    up.interrupt();
    let stopped = doctor(&dir, &[]);
    assert_eq!(stopped.code, Some(0), "{stopped:?}");
    for subject in SUBJECTS {
        line(&stopped, "ok", subject);
    }
    assert!(!stopped.out.contains("HTTP API"), "{stopped:?}");
    assert!(line(&stopped, "ok", "clock").contains("goes on from 2026-07-30 10:00"));
}

#[test]
fn the_same_is_told_as_json() {
    let parent = tempfile::tempdir().unwrap();
    let dir = made(&parent);
    let told = |variables: &[(&str, &str)]| -> (Option<i32>, Value) {
        let said = run_in(&["doctor", "--json", "--data-dir", text(&dir)], variables);
        (said.code, serde_json::from_str(&said.out).unwrap())
    };
    let (code, report) = told(&[]);
    assert_eq!((code, &report["ok"]), (Some(0), &Value::Bool(true)));
    let lines = doctor(&dir, &[]).out.lines().count();
    assert_eq!(report["checks"].as_array().unwrap().len(), lines);
    let (code, report) = told(&[("PORT", "70000")]);
    assert_eq!((code, &report["ok"]), (Some(1), &Value::Bool(false)));
    let first = &report["checks"][0];
    assert_eq!(
        (&first["subject"], &first["mark"]),
        (&"configuration".into(), &"fail".into())
    );
    assert!(
        first["says"].as_str().unwrap().starts_with("PORT: "),
        "{first}"
    );
    assert!(first["advice"].is_string(), "{first}");
}

#[test]
fn a_fresh_machine_is_told_how_to_start() {
    let parent = tempfile::tempdir().unwrap();
    let dir = data_dir(&parent);
    let said = doctor(&dir, &[]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let missing = line(&said, "warn", "data directory");
    assert!(missing.contains("scripts/up"), "{said:?}");
    line(&said, "ok", "market");
    assert!(!dir.exists(), "looking made a directory");
    // One that is there and empty has no ledger yet.
    std::fs::create_dir(&dir).unwrap();
    let said = doctor(&dir, &[]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(
        line(&said, "warn", "tables").contains("scripts/up"),
        "{said:?}"
    );
}

#[test]
fn every_wrong_variable_has_a_line() {
    let parent = tempfile::tempdir().unwrap();
    let wrong = [
        ("APP_MODE", "LIVE"),
        ("STOP_LOSS_PCT", "101"),
        ("TRADINGVIEW_WEBHOOK_SECRET", "hunter2"),
        ("MARKET", "recorded:"),
    ];
    let said = doctor(&data_dir(&parent), &wrong);
    assert_eq!(said.code, Some(1), "{said:?}");
    for (name, _) in wrong {
        let start = format!("FAIL  configuration  {name}: ");
        assert_eq!(said.out.matches(&start).count(), 1, "{name}: {said:?}");
    }
    assert!(!said.out.contains("hunter2"), "{said:?}");
}

#[test]
fn what_a_running_stack_was_started_with_counts() {
    let parent = tempfile::tempdir().unwrap();
    let dir = data_dir(&parent);
    let up = Up::start(&dir, &[], &[("ALLOW_UNSIGNED_WEBHOOKS", "true")]);
    let said = doctor(&dir, &[]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let warning = said
        .out
        .lines()
        .find(|line| line.starts_with("warn  secrets"));
    assert!(
        warning.unwrap().contains("ALLOW_UNSIGNED_WEBHOOKS"),
        "{said:?}"
    );
    up.interrupt();
    assert!(!doctor(&dir, &[]).out.contains("ALLOW_UNSIGNED_WEBHOOKS"));
}

#[tokio::test]
async fn a_table_that_differs_is_named_with_its_differences() {
    let parent = tempfile::tempdir().unwrap();
    let dir = made(&parent);
    let aws = LocalAws::start(&AwsChoice::over(&dir)).await.unwrap();
    let dynamodb = aws.dynamodb_client();
    for table in ["market-table", "users-table"] {
        dynamodb
            .delete_table()
            .table_name(table)
            .send()
            .await
            .unwrap();
    }
    let attribute = AttributeDefinition::builder()
        .attribute_name("id")
        .attribute_type("N".into());
    let key = aws_sdk_dynamodb::types::KeySchemaElement::builder()
        .attribute_name("id")
        .key_type("HASH".into());
    let request = dynamodb
        .create_table()
        .table_name("market-table")
        .billing_mode("PAY_PER_REQUEST".into())
        .attribute_definitions(attribute.build().unwrap())
        .key_schema(key.build().unwrap());
    request.send().await.unwrap();
    aws.stop().await.unwrap();
    let said = doctor(&dir, &[]);
    assert_eq!(said.code, Some(1), "{said:?}");
    for words in [
        "FAIL  tables         market-table: its key is (id:N) instead of (pk:S, sk:S)",
        "its items expire by never instead of expires_at",
        "FAIL  tables         users-table: it is missing",
    ] {
        assert!(said.out.contains(words), "{words}: {said:?}");
    }
    line(&said, "ok", "queues");
}

#[tokio::test]
async fn queues_that_differ_and_dead_letters_are_named() {
    let parent = tempfile::tempdir().unwrap();
    let dir = data_dir(&parent);
    let up = Up::start(&dir, &[], &[]);
    let sqs = clients::sqs(&up.running.gateway_url, AccountId::EMBEDDED);
    let url = |queue: &str| format!("{}/000000000000/{queue}", up.running.gateway_url);
    let dead = sqs.send_message().queue_url(url("fills-dead-letters"));
    dead.message_body("poison").send().await.unwrap();
    let longer = sqs.set_queue_attributes().queue_url(url("orders-queue"));
    let longer = longer.attributes("VisibilityTimeout".into(), "7");
    longer.send().await.unwrap();
    sqs.delete_queue()
        .queue_url(url("exits-dead-letters"))
        .send()
        .await
        .unwrap();
    let said = doctor(&dir, &[]);
    assert_eq!(said.code, Some(1), "{said:?}");
    for words in [
        "orders-queue: VisibilityTimeout is `7` instead of `120`",
        "exits-dead-letters is missing",
    ] {
        assert!(said.out.contains(words), "{words}: {said:?}");
    }
    let put_aside = line(&said, "warn", "dead letters");
    assert!(put_aside.contains("fills-dead-letters has 1"), "{said:?}");
    assert!(put_aside.contains("parallax trace"), "{said:?}");
    up.interrupt();
}

#[test]
fn secrets_are_judged_and_never_shown() {
    let parent = tempfile::tempdir().unwrap();
    let dir = made(&parent);
    let file = dir.join("secrets.json");
    let kept = std::fs::read_to_string(&file).unwrap();
    let mut secrets: Value = serde_json::from_str(&kept).unwrap();
    let long = secrets["webhook-secret"]["current"]["value"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(!doctor(&dir, &[]).out.contains(&long));
    secrets["webhook-secret"]["current"]["value"] = "hunter2".into();
    std::fs::write(&file, secrets.to_string()).unwrap();
    let said = doctor(&dir, &[]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(
        line(&said, "FAIL", "secrets").contains("only 7 characters"),
        "{said:?}"
    );
    assert!(!said.out.contains("hunter2"), "{said:?}");
    std::fs::write(&file, "{").unwrap();
    assert!(line(&doctor(&dir, &[]), "FAIL", "secrets").contains("secrets.json"));
}

#[test]
fn a_recording_tells_where_its_clock_is() {
    let parent = tempfile::tempdir().unwrap();
    let (dir, bars) = (data_dir(&parent), parent.path().join("bars"));
    std::fs::create_dir(&bars).unwrap();
    let lines = "date,open,high,low,close,volume\n2026-07-29,1,1,1,1,1\n2026-07-30,2,2,2,2,1\n";
    std::fs::write(bars.join("AAPL.csv"), lines).unwrap();
    let market = format!("recorded:{}", text(&bars));
    let said = doctor(&dir, &[("MARKET", &market)]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(
        line(&said, "ok", "recording").contains("0 % of the way"),
        "{said:?}"
    );
    let late = ["--market", &market, "--clock", "2026-08-03T10:00:00-04:00"];
    let up = Up::start(&dir, &late, &[]);
    let said = doctor(&dir, &[]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(
        line(&said, "warn", "recording").contains("another --data-dir"),
        "{said:?}"
    );
    assert!(
        line(&said, "warn", "market hours").contains("the recording ended"),
        "{said:?}"
    );
    up.interrupt();
    let others = [("MARKET", market.as_str()), ("ALLOWED_SYMBOLS", "SPY")];
    let said = doctor(&dir, &others);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(
        line(&said, "FAIL", "quote").contains("ALLOWED_SYMBOLS"),
        "{said:?}"
    );
    let missing = doctor(&dir, &[("MARKET", "recorded:nowhere")]);
    assert!(
        line(&missing, "FAIL", "market").contains("recorded:DIR"),
        "{missing:?}"
    );
}
