//! What a backtest came to, in short.

use std::collections::BTreeMap;
use std::fmt::Write;

use backtest::Backtest;
use decisions::experiment::{EngineOutcome, Fate};
use domain::{Engine, Usd};
use serde_json::{Value as Json, json};

/// One engine's figures.
#[derive(Default)]
struct Figures {
    signals: usize,
    fates: BTreeMap<String, usize>,
    closed: usize,
    won: usize,
    net: Usd,
    fees: Usd,
    equity: Option<Usd>,
}

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
        let it = figures(done, *engine);
        let _ = writeln!(
            text,
            "Engine {engine}: {} signals, {} closed positions ({} won), net {}, fees {}, worth {}",
            it.signals,
            it.closed,
            it.won,
            it.net,
            it.fees,
            it.equity
                .map_or_else(|| "unknown".to_owned(), |usd| usd.to_string())
        );
        for (fate, count) in &it.fates {
            let _ = writeln!(text, "  {count:>6}  {fate}");
        }
    }
    text
}

/// Everything, for programs.
pub(super) fn json(done: &Backtest, seconds: f64) -> Json {
    let engines = done.observed.accounts.iter().map(|(engine, account)| {
        let it = figures(done, *engine);
        let figures = json!({
            "signals": it.signals, "fates": it.fates, "closed": it.closed, "won": it.won,
            "net_usd": it.net, "fees_usd": it.fees, "equity_usd_by_day": account.equity_usd_by_day,
        });
        (engine.to_string(), figures)
    });
    json!({
        "counts": done.counts,
        "seconds": seconds,
        "engines": engines.collect::<BTreeMap<_, _>>(),
        "positions": done.positions,
    })
}

fn figures(done: &Backtest, engine: Engine) -> Figures {
    let mut figures = Figures::default();
    for signal in &done.observed.signals {
        if let Some(outcome) = signal.by_engine.get(&engine) {
            figures.add(outcome);
        }
    }
    let account = done.observed.accounts.get(&engine);
    let days = account.map(|account| &account.equity_usd_by_day);
    figures.equity = days.and_then(|days| days.values().last().copied());
    figures
}

impl Figures {
    fn add(&mut self, outcome: &EngineOutcome) {
        self.signals += 1;
        let fate = match outcome.fate {
            Fate::Pending => "undecided".to_owned(),
            Fate::Open => "still held".to_owned(),
            Fate::Rejected(reason) => format!("rejected: {reason}"),
            Fate::Closed(trade) => {
                self.closed += 1;
                self.won += usize::from(trade.net_usd > Usd::ZERO);
                self.net = self.net + trade.net_usd;
                self.fees = self.fees + trade.fees_usd;
                format!("closed: {}", trade.exit_reason)
            }
        };
        *self.fates.entry(fate).or_default() += 1;
    }
}
