//! `parallax ledger`: what one stack wrote is in another one, item by item, or it is refused.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::ledger::assert_adds_up;
use crate::program::{Said, Up, answers, run, text, until_says};

/// Exit rules so wide that none is reached.
const WIDE: [(&str, &str); 2] = [("PROFIT_TARGET_PCT", "1000"), ("STOP_LOSS_PCT", "100")];

fn at<'a>(dir: &'a Path, arguments: &[&'a str]) -> Vec<&'a str> {
    [arguments, &["--data-dir", text(dir)]].concat()
}

fn ledger(dir: &Path, arguments: &[&str]) -> Said {
    let said = run(&at(dir, &[&["ledger"], arguments].concat()));
    assert!(!said.err.contains("panicked"), "{said:?}");
    said
}

fn ledger_json(dir: &Path, arguments: &[&str]) -> Value {
    let said = ledger(dir, &[arguments, &["--json"]].concat());
    serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"))
}

fn succeeds(said: &Said) {
    assert_eq!(said.code, Some(0), "{said:?}");
}

/// A stack that has traded and ended, and its export.
struct Traded {
    parent: TempDir,
    signals: Vec<String>,
}

impl Traded {
    fn dir(&self, name: &str) -> PathBuf {
        self.parent.path().join(name)
    }

    /// One open position, one closed, one alert refused, and settings of its own.
    fn new() -> Self {
        let parent = tempfile::tempdir().unwrap();
        let dir = parent.path().join("first");
        let up = Up::start(&dir, &[], &WIDE);
        let sent = run(&at(&dir, &["alert", "--symbol", "SPY,QQQ", "--count", "2"]));
        let signals = answers(&sent.out).into_iter();
        let signals: Vec<String> = signals
            .map(|it| it["signal_id"].as_str().unwrap().to_owned())
            .collect();
        for signal in &signals {
            until_says(&at(&dir, &["trace", signal]), "position open");
        }
        succeeds(&run(&at(&dir, &["close", &signals[0]])));
        until_says(&at(&dir, &["trace", &signals[0]]), "position closed");
        succeeds(&run(&at(
            &dir,
            &["settings", "set", "committee", "enter_at_points=61"],
        )));
        run(&at(&dir, &["alert", "--timeframe", "7x"]));
        up.interrupt();
        Self { parent, signals }
    }

    fn exported(&self, options: &[&str]) -> PathBuf {
        let file = self.dir("ledger.jsonl.zst");
        succeeds(&ledger(
            &self.dir("first"),
            &[&["export", text(&file)], options].concat(),
        ));
        file
    }
}

fn lines(file: &Path) -> Vec<String> {
    let bytes = zstd::stream::decode_all(std::fs::File::open(file).unwrap()).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn write_lines(file: &Path, lines: &[String]) {
    let text = lines.join("\n") + "\n";
    std::fs::write(file, zstd::stream::encode_all(text.as_bytes(), 0).unwrap()).unwrap();
}

#[tokio::test]
async fn an_export_becomes_the_same_ledger_in_an_empty_stack() {
    let traded = Traded::new();
    let (first, second) = (traded.dir("first"), traded.dir("second"));
    let file = traded.exported(&[]);
    let again = ledger(&first, &["export", text(&file)]);
    assert_eq!(again.code, Some(1), "{again:?}");
    assert!(again.err.contains("exists already"), "{again:?}");

    let imported = ledger_json(&second, &["import", text(&file)]);
    assert_eq!(
        (&imported["same"], &imported["kept"]),
        (&json!(0), &json!([])),
        "{imported}"
    );
    for dir in [&first, &second] {
        let compared = ledger_json(dir, &["compare", text(&file)]);
        assert_eq!(compared["equal"], true, "{compared}");
        let items = lines(&file).len() - 2;
        assert_eq!(compared["same"], json!(items), "{compared}");
    }
    for signal in &traded.signals {
        let told = |dir| run(&at(dir, &["trace", signal])).out;
        assert_eq!(told(&second), told(&first));
    }
    let ids: Vec<_> = traded
        .signals
        .iter()
        .map(|id| id.parse().unwrap())
        .collect();
    assert_adds_up(&second, &ids).await;

    // The new stack shows the same and goes on with it.
    let up = Up::start(&second, &[], &WIDE);
    let settings = run(&at(&second, &["settings", "show", "committee"]));
    assert!(
        settings.out.contains("\"enter_at_points\": 61"),
        "{settings:?}"
    );
    let refused = ledger(&second, &["import", text(&file), "--into-existing"]);
    assert!(
        refused.err.contains("a stack runs on this directory"),
        "{refused:?}"
    );
    succeeds(&run(&at(&second, &["close", &traded.signals[1]])));
    until_says(
        &at(&second, &["trace", &traded.signals[1]]),
        "position closed",
    );
    up.interrupt();
    assert_adds_up(&second, &ids).await;
    let compared = ledger(&second, &["compare", text(&file)]);
    assert_eq!(compared.code, Some(1), "{compared:?}");
    assert!(compared.out.contains("different: "), "{compared:?}");
    assert!(compared.out.contains("only in the stack: "), "{compared:?}");
}

#[test]
fn an_import_that_was_cut_off_is_run_again() {
    let traded = Traded::new();
    let (file, second) = (traded.exported(&[]), traded.dir("second"));
    let died = ledger(&second, &["import", text(&file), "--die-after", "20"]);
    assert_eq!(died.code, None, "it should have been killed: {died:?}");
    let refused = ledger(&second, &["import", text(&file)]);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(refused.err.contains("--into-existing"), "{refused:?}");
    let half = ledger_json(&second, &["compare", text(&file)]);
    assert!(
        !half["only_in_file"].as_array().unwrap().is_empty(),
        "{half}"
    );
    let rest = ledger_json(&second, &["import", text(&file), "--into-existing"]);
    assert!(rest["same"].as_u64().unwrap() >= 20, "{rest}");
    assert_eq!(rest["kept"], json!([]), "{rest}");
    succeeds(&ledger(&second, &["compare", text(&file)]));
    let once_more = ledger_json(&second, &["import", text(&file), "--into-existing"]);
    assert_eq!(once_more["new"], json!({}), "{once_more}");
}

#[test]
fn what_is_there_is_never_overwritten() {
    let traded = Traded::new();
    let (file, first) = (traded.exported(&[]), traded.dir("first"));
    let up = Up::start(&first, &[], &WIDE);
    succeeds(&run(&at(&first, &["close", &traded.signals[1]])));
    until_says(
        &at(&first, &["trace", &traded.signals[1]]),
        "position closed",
    );
    up.interrupt();
    let before = run(&at(&first, &["trace", &traded.signals[1], "--json"])).out;
    let imported = ledger(&first, &["import", text(&file), "--into-existing"]);
    succeeds(&imported);
    assert!(imported.out.contains("stay as they are"), "{imported:?}");
    assert!(imported.out.contains("RISK#A / BOOK"), "{imported:?}");
    assert_eq!(
        run(&at(&first, &["trace", &traded.signals[1], "--json"])).out,
        before
    );
}

#[test]
fn users_go_along_where_that_is_asked_for() {
    let traded = Traded::new();
    let file = traded.exported(&["--with-users"]);
    let users = lines(&file)
        .iter()
        .filter(|line| line.contains("UsersTable"))
        .count();
    assert!(users > 2, "header, footer and a user");
    let (without, with) = (traded.dir("without"), traded.dir("with"));
    let import = ["import", text(&file)];
    assert_eq!(
        ledger_json(&without, &import)["new"]["UsersTable"],
        Value::Null
    );
    let imported = ledger_json(&with, &[&import[..], &["--with-users"]].concat());
    assert!(
        imported["new"]["UsersTable"].as_u64().unwrap() > 0,
        "{imported}"
    );
    succeeds(&ledger(&with, &["compare", text(&file)]));
    assert_eq!(ledger(&without, &["compare", text(&file)]).code, Some(1));
}

#[test]
fn a_file_that_was_cut_or_altered_is_refused_and_nothing_is_made() {
    let traded = Traded::new();
    let (file, second) = (traded.exported(&[]), traded.dir("second"));
    let (whole, all) = (std::fs::read(&file).unwrap(), lines(&file));
    let bad = traded.dir("bad.jsonl.zst");
    let refused = |what: &str| {
        let said = ledger(&second, &["import", text(&bad)]);
        assert_eq!(said.code, Some(1), "{what}: {said:?}");
        assert!(said.err.contains("bad.jsonl.zst"), "{what}: {said:?}");
        assert!(!second.exists(), "{what}: something was made");
        said.err
    };
    for length in [0, 3, whole.len() / 2, whole.len() - 1] {
        std::fs::write(&bad, &whole[..length]).unwrap();
        refused(&format!("{length} bytes"));
    }
    write_lines(&bad, &all[..all.len() - 1]);
    assert!(refused("no footer").contains("ends before its footer"));
    write_lines(&bad, &[&all[..3], &all[4..]].concat());
    assert!(refused("an item less").contains("was altered"));
    let mut other = all.clone();
    other[1] = other[1].replacen("\"N\":\"1\"", "\"N\":\"2\"", 1);
    assert_ne!(other, all);
    write_lines(&bad, &other);
    assert!(refused("another digit").contains("SHA-256"));
    write_lines(&bad, &[&all[..], &all[1..2]].concat());
    assert!(refused("something behind").contains("follows its footer"));
    write_lines(&bad, &["{\"some\":\"thing\"}".to_owned()]);
    assert!(refused("no export").contains("no export of a ledger"));
    write_lines(
        &bad,
        &[all[0].replace("\"schema_version\":1", "\"schema_version\":9")],
    );
    assert!(refused("a newer one").contains("newer program"));
}

/// Items of a version that nobody knows are refused as a whole, before anything is written.
#[test]
fn an_item_of_an_unknown_version_is_refused() {
    let traded = Traded::new();
    let (file, second) = (traded.exported(&[]), traded.dir("second"));
    let mut all = lines(&file);
    let last_item = all.len() - 2;
    assert!(
        all[last_item].contains("\"version\":{\"N\":\"1\"}"),
        "{}",
        all[last_item]
    );
    all[last_item] =
        all[last_item].replace("\"version\":{\"N\":\"1\"}", "\"version\":{\"N\":\"9\"}");
    let mut footer: Value = serde_json::from_str(&all[all.len() - 1]).unwrap();
    footer["footer"]["sha256"] = json!(sum(&all[..all.len() - 1]));
    *all.last_mut().unwrap() = footer.to_string();
    write_lines(&file, &all);
    let said = ledger(&second, &["import", text(&file)]);
    assert_eq!((said.code, second.exists()), (Some(1), false), "{said:?}");
    assert!(said.err.contains("has schema version 9"), "{said:?}");
}

fn sum(lines: &[String]) -> String {
    use sha2::Digest as _;
    let text = lines.join("\n") + "\n";
    hex::encode(sha2::Sha256::digest(text.as_bytes()))
}
