//! What a backtest did, besides what the report says of the engines.

use std::collections::BTreeMap;
use std::fmt::Write;

use backtest::Backtest;
use decisions::experiment::{EngineOutcome, Fate, Report};
use domain::{Engine, Usd};
use serde_json::{Value as Json, json};

/// How often each fate came, by name.
type Fates = BTreeMap<String, usize>;

/// The summary for people.
pub(super) fn text(done: &Backtest, market: &str, seconds: f64) -> String {
    let mut text = String::new();
    let counts = &done.counts;
    let _ = writeln!(text, "{market}");
    let _ = writeln!(
        text,
        "{} alerts ({} refused, {} came before, {} left out), {} sessions, {} bars, {} looks at \
         positions, {seconds:.1} s",
        counts.alerts,
        counts.refused,
        counts.duplicates,
        counts.left_out,
        counts.sessions,
        counts.bars,
        counts.looks
    );
    for engine in done.observed.accounts.keys() {
        let worth = worth(done, *engine).map_or_else(|| "unknown".to_owned(), |it| it.to_string());
        let _ = writeln!(text, "Engine {engine}, worth {worth} at the end:");
        for (fate, count) in fates(done, *engine) {
            let _ = writeln!(text, "  {count:>6}  {fate}");
        }
    }
    text.push('\n');
    text
}

/// Everything, for programs.
pub(super) fn json(done: &Backtest, report: &Report, market: &str, seconds: f64) -> Json {
    let engines = done.observed.accounts.iter().map(|(engine, account)| {
        let equity = &account.equity_usd_by_day;
        let of_engine = json!({ "fates": fates(done, *engine), "equity_usd_by_day": equity });
        (engine.to_string(), of_engine)
    });
    json!({
        "market": market,
        "counts": done.counts,
        "seconds": seconds,
        "engines": engines.collect::<BTreeMap<_, _>>(),
        "report": report,
        "positions": done.positions,
    })
}

/// What an engine was worth at the end of the last day.
fn worth(done: &Backtest, engine: Engine) -> Option<Usd> {
    let account = done.observed.accounts.get(&engine)?;
    account.equity_usd_by_day.values().last().copied()
}

fn fates(done: &Backtest, engine: Engine) -> Fates {
    let signals = done.observed.signals.iter();
    let outcomes = signals.filter_map(|signal| signal.by_engine.get(&engine));
    let mut fates = Fates::new();
    for outcome in outcomes {
        *fates.entry(fate(outcome)).or_default() += 1;
    }
    fates
}

fn fate(outcome: &EngineOutcome) -> String {
    match outcome.fate {
        Fate::Pending => "undecided".to_owned(),
        Fate::Open => "still held".to_owned(),
        Fate::Rejected(reason) => format!("rejected: {reason}"),
        Fate::Closed(trade) => format!("closed: {}", trade.exit_reason),
    }
}
