//! Files of alerts: each form, and what is said of lines that are wrong.

use backtest::alerts_file::{AlertsFileError, from_csv, from_json_lines, read};
use tempfile::TempDir;

use crate::world::{MONDAY, at};

#[test]
fn json_lines_hold_dated_alerts_and_plain_bodies() {
    let text = r#"{"at": "2026-06-01T10:00:05-04:00", "alert": {"ticker": "SPY", "action": "buy"}}

{"ticker": "QQQ", "action": "sell", "timenow": "2026-06-01T14:05:00Z"}
{"ticker": "IWM", "action": "sell", "interval": "5", "time": "2026-06-01T14:05:00Z"}
"#;
    let alerts = from_json_lines(text).unwrap();
    let times: Vec<_> = alerts.iter().map(|alert| alert.at).collect();
    assert_eq!(
        times,
        ["10:00:05", "10:05:00", "10:10:00"].map(|time| at(MONDAY, time))
    );
    let lines: Vec<_> = alerts.iter().map(|alert| alert.line).collect();
    assert_eq!(lines, [Some(1), Some(3), Some(4)]);
    assert_eq!(alerts[0].body, r#"{"ticker": "SPY", "action": "buy"}"#);
}

#[test]
fn csv_columns_are_fields_and_empty_cells_aren_t_there() {
    let text = "Time,Action,Ticker,interval,strategy\n\
                2026-06-01 10:00:05,buy,SPY,5,\n\
                2026-06-01T14:05:00Z,sell,QQQ,5,\"orb, fast\"\n";
    let alerts = from_csv(text).unwrap();
    let times: Vec<_> = alerts.iter().map(|alert| alert.at).collect();
    assert_eq!(times, ["10:00:05", "10:05:00"].map(|time| at(MONDAY, time)));
    let signals: Vec<_> = alerts
        .iter()
        .map(|alert| domain::alert::read(alert.body.as_bytes(), alert.at).unwrap())
        .collect();
    assert_eq!(signals[0].strategy, None);
    assert_eq!(signals[1].strategy.as_deref(), Some("orb, fast"));
    assert_eq!(signals[0].timeframe.to_string(), "5m");
}

#[test]
fn every_wrong_line_is_told_with_its_number() {
    let json = "{\"ticker\": \"SPY\"}\nbuy\n{\"at\": \"soon\", \"alert\": {}}\n\
                {\"at\": \"2026-06-01T10:00:00Z\", \"alert\": {}, \"and\": 1}\n";
    let faults = from_json_lines(json).unwrap_err();
    let lines: Vec<_> = faults.told().iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [1, 2, 3, 4]);
    assert!(
        faults
            .to_string()
            .contains("line 1: the alert tells no time"),
        "{faults}"
    );
    let csv = "time,action,ticker\nsoon,buy,SPY\n2026-06-01 10:00,buy,SPY\n2026-06-01 10:00,buy\n";
    let faults = from_csv(csv).unwrap_err();
    let lines: Vec<_> = faults.told().iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [2, 4], "{faults}");
    let faults = from_csv("time,ticker\n").unwrap_err();
    assert!(
        faults.to_string().contains("no column `action`"),
        "{faults}"
    );
}

#[test]
fn many_faults_are_told_in_part() {
    let faults = from_json_lines(&"buy\n".repeat(25)).unwrap_err();
    assert_eq!(faults.told().len(), 10);
    assert!(
        faults.to_string().ends_with("and 15 lines more"),
        "{faults}"
    );
}

#[test]
fn a_file_is_read_by_its_name() {
    let directory = TempDir::new().unwrap();
    let write = |name: &str, text: &str| {
        let file = directory.path().join(name);
        std::fs::write(&file, text).unwrap();
        read(&file)
    };
    let csv = "time,action,ticker\n2026-06-01 10:00,buy,SPY\n";
    assert_eq!(write("alerts.csv", csv).unwrap().len(), 1);
    let json = r#"{"at": "2026-06-01T10:00:00-04:00", "alert": {}}"#;
    assert_eq!(
        write("alerts.jsonl", json).unwrap()[0].at,
        at(MONDAY, "10:00:00")
    );
    assert!(matches!(
        write("alerts.txt", csv),
        Err(AlertsFileError::Lines { .. })
    ));
    let absent = directory.path().join("absent.csv");
    assert!(matches!(read(&absent), Err(AlertsFileError::File { .. })));
}
