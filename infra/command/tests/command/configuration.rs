//! A stack with a wrong configuration doesn't start, and says everything that is wrong at once.

use crate::program::{Said, run_in};

fn refused(variables: &[(&str, &str)]) -> Said {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("data");
    let said = run_in(
        &["up", "--port", "0", "--data-dir", dir.to_str().unwrap()],
        variables,
    );
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(
        !said.err.contains("panicked") && said.out.is_empty(),
        "{said:?}"
    );
    assert!(!dir.exists(), "a data directory was made");
    said
}

#[test]
fn every_wrong_variable_is_named_at_once() {
    let wrong = [
        ("APP_MODE", "LIVE"),
        ("STOP_LOSS_PCT", "101"),
        ("PROFIT_TARGET_PCT", "half"),
        ("MAX_HOLD_DAYS", "0"),
        ("MAX_OPEN_POSITIONS", "many"),
        ("ALLOWED_SYMBOLS", "SPY,ES1!"),
        ("FILL_MODEL", "best"),
        ("PORT", "70000"),
        ("LOG_LEVEL", "loud=="),
        ("TRADINGVIEW_WEBHOOK_SECRET", "hunter2"),
        ("WEBHOOK_SOURCE_ADDRESSES", "somewhere"),
        ("ALLOW_UNSIGNED_WEBHOOKS", "perhaps"),
        ("ENABLE_VARIANT_B", "perhaps"),
        ("MARKET", "alpaca"),
    ];
    let said = refused(&wrong);
    for (name, _) in wrong {
        assert_eq!(
            said.err.matches(&format!("\n  {name}: ")).count(),
            1,
            "{name}: {}",
            said.err
        );
    }
    assert!(!said.err.contains("hunter2"), "{}", said.err);
}

#[test]
fn live_trading_is_refused() {
    for mode in ["LIVE", "live", "Live", "REAL"] {
        let said = refused(&[("APP_MODE", mode)]);
        assert!(
            said.err.contains("APP_MODE") && said.err.contains("PAPER"),
            "{}",
            said.err
        );
    }
}

#[test]
fn values_that_only_together_are_wrong_are_named_too() {
    let said = refused(&[("ENTRY_DTE_MIN", "1"), ("TIME_STOP_DTE", "1")]);
    assert!(
        said.err.contains("entry_dte_min") || said.err.contains("ENTRY_DTE_MIN"),
        "{}",
        said.err
    );
}
