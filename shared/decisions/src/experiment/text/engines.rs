//! What each engine did, and what it brought.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use domain::Engine;

use super::numbers::{
    dollars, milliseconds, minutes, or_dash, percent, share, signed_percent, two_digits,
};
use super::table::Table;
use crate::experiment::activity::{Activity, Latency};
use crate::experiment::performance::{EquityFigures, Performance};

/// A row's name, and what it shows of an engine.
type Row<T> = (&'static str, fn(&T) -> String);

const ACTIVITY: [Row<Activity>; 12] = [
    ("signals", |it| it.signals.to_string()),
    ("rejected by judgement", |it| {
        it.rejected.judgement.to_string()
    }),
    ("rejected by circumstances", |it| {
        it.rejected.capacity.to_string()
    }),
    ("approved", |it| it.approved.to_string()),
    ("filled", |it| it.filled.to_string()),
    ("closed", |it| it.closed.to_string()),
    ("still open (not counted yet)", |it| it.open.to_string()),
    ("pending (not counted yet)", |it| it.pending.to_string()),
    ("closed and unusable (left out)", |it| {
        it.unusable.values().sum::<usize>().to_string()
    }),
    ("alert to decision, p50 / p95", |it| {
        latency(it.decision_latency)
    }),
    ("alert to fill, p50 / p95", |it| latency(it.fill_latency)),
    ("share rejected by circumstances", |it| {
        or_dash(it.capacity_share(), percent)
    }),
];

const PERFORMANCE: [Row<Performance>; 18] = [
    ("finished signals", |it| it.per_signal.n.to_string()),
    ("net return per signal", |it| {
        or_dash(it.per_signal.net_return, signed_percent)
    }),
    ("net dollars per signal", |it| {
        or_dash(it.per_signal.net_usd, dollars)
    }),
    ("trades", |it| it.trades.to_string()),
    ("win rate", |it| or_dash(it.win_rate, share)),
    ("net result", |it| it.net_usd.to_string()),
    ("fees", |it| it.fees_usd.to_string()),
    ("expectancy per trade", |it| {
        or_dash(it.expectancy_usd, dollars)
    }),
    ("profit factor", |it| or_dash(it.profit_factor, two_digits)),
    ("payoff", |it| or_dash(it.payoff, two_digits)),
    ("system quality (SQN)", |it| or_dash(it.quality, two_digits)),
    ("held, median", |it| {
        or_dash(it.holding, |one| minutes(one.median_minutes))
    }),
    ("held, mean", |it| {
        or_dash(it.holding, |one| minutes(one.mean_minutes))
    }),
    ("Sharpe", |it| ratio(it, |of| of.sharpe)),
    ("Sortino", |it| ratio(it, |of| of.sortino)),
    ("Calmar", |it| ratio(it, |of| of.calmar)),
    ("maximum drawdown", |it| {
        or_dash(it.equity.known(), |of| percent(of.drawdown_max_share))
    }),
    ("days of equity", |it| {
        or_dash(it.equity.known(), |of| of.days.to_string())
    }),
];

/// Counts and times, then rejections by reason.
pub(super) fn activity(engines: &BTreeMap<Engine, Activity>) -> String {
    let table = two_columns(engines, &ACTIVITY).under("WHAT THE ENGINES DID");
    let reasons = by_name(engines, |it| &it.rejected.by_reason);
    joined(table, reasons, "  rejections by reason")
}

/// Results, then exits by reason.
pub(super) fn performance(engines: &BTreeMap<Engine, Performance>) -> String {
    let table = two_columns(engines, &PERFORMANCE).under("WHAT THEY BROUGHT");
    let exits = by_name(engines, |it| &it.exit_reasons);
    joined(table, exits, "  exits by reason")
}

fn joined(table: String, more: Option<Table>, title: &str) -> String {
    match more {
        None => table,
        Some(more) => format!("{table}\n{}", more.under(title)),
    }
}

fn two_columns<T>(engines: &BTreeMap<Engine, T>, rows: &[Row<T>]) -> Table {
    let shown = |engine, show: &fn(&T) -> String| or_dash(engines.get(&engine), show);
    let cells = rows.iter().map(|(name, show)| {
        let (a, b) = (shown(Engine::A, show), shown(Engine::B, show));
        vec![(*name).to_owned(), a, b]
    });
    Table::headed(&["", "A", "B"]).rows(cells)
}

/// A table of counts; none if there is nothing to count.
fn by_name<T, K: Ord + Display + Copy>(
    engines: &BTreeMap<Engine, T>,
    counts: impl Fn(&T) -> &BTreeMap<K, usize>,
) -> Option<Table> {
    let names: BTreeSet<K> = engines
        .values()
        .flat_map(|it| counts(it).keys().copied())
        .collect();
    let count = |engine, name: &K| {
        let of = engines.get(&engine).and_then(|it| counts(it).get(name));
        of.copied().unwrap_or(0).to_string()
    };
    let rows = names.iter().map(|name| {
        vec![
            name.to_string(),
            count(Engine::A, name),
            count(Engine::B, name),
        ]
    });
    (!names.is_empty()).then(|| Table::headed(&["", "A", "B"]).rows(rows))
}

fn latency(latency: Option<Latency>) -> String {
    let both = |it: Latency| format!("{} / {}", milliseconds(it.p50_ms), milliseconds(it.p95_ms));
    or_dash(latency, both)
}

fn ratio(it: &Performance, of: fn(&EquityFigures) -> Option<f64>) -> String {
    or_dash(it.equity.known().and_then(of), two_digits)
}
