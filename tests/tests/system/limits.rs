//! Limits under fire: twenty alerts at once, and the book never holds more than it may.

use std::collections::BTreeMap;

use domain::{Book, Engine, Leg, OrderState, Purpose, SignalId, Symbol, Usd};
use futures::stream::{self, StreamExt};
use serde_json::json;
use storage::ledger::Trace;
use system_tests::Harness;

use crate::support::wide;

const CONNECTIONS: usize = 16;
const SYMBOLS: [&str; 10] = [
    "SPY", "QQQ", "IWM", "AAPL", "MSFT", "NVDA", "AMZN", "META", "GOOGL", "TSLA",
];

/// What the book may hold.
#[derive(Clone, Copy)]
struct Limits {
    open: u32,
    in_symbol: u32,
    exposure: Usd,
}

impl Limits {
    fn hold(&self, book: &Book) {
        assert!(book.open_count <= self.open, "{book:?}");
        assert!(book.exposure_usd <= self.exposure, "{book:?}");
        assert!(book.pending_usd <= book.exposure_usd, "{book:?}");
        let counts = &book.count_by_symbol;
        assert!(counts.values().all(|n| *n <= self.in_symbol), "{book:?}");
        assert_eq!(counts.values().sum::<u32>(), book.open_count, "{book:?}");
    }
}

/// Two strategies' alerts in each of ten symbols, all at once.
async fn send_twenty(harness: &Harness) -> Vec<SignalId> {
    let alerts = SYMBOLS
        .iter()
        .flat_map(|symbol| ["orb", "squeeze"].map(|strategy| (*symbol, strategy)));
    stream::iter(alerts)
        .map(|(ticker, strategy)| {
            harness.send(json!({ "ticker": ticker, "action": "buy", "strategy": strategy }))
        })
        .buffer_unordered(CONNECTIONS)
        .collect()
        .await
}

fn is_finished(trace: &Trace) -> bool {
    let pending = |state: &OrderState| *state == OrderState::PendingExecution;
    let state = trace.assignment(Engine::A).unwrap().state.name();
    let over = ["ordered", "rejected"].contains(&state);
    over && !trace.orders.iter().any(|order| pending(&order.state))
}

/// Looks at the book again and again until nothing moves any more.
async fn watch(harness: &Harness, ids: &[SignalId], limits: Limits) -> Vec<Trace> {
    let settled = || async {
        limits.hold(&harness.book().await);
        let mut traces = Vec::new();
        for id in ids {
            traces.push(harness.trace(*id).await);
        }
        traces.iter().all(is_finished).then_some(traces)
    };
    harness.until("all alerts to be dealt with", settled).await
}

/// Exposure and counts by symbol, as positions and pending orders say.
fn added_up(traces: &[Trace]) -> (Usd, BTreeMap<Symbol, u32>) {
    let (mut exposure, mut counts) = (Usd::ZERO, BTreeMap::new());
    for trace in traces {
        let order = trace.order(Engine::A, Leg::Entry);
        let reserved = order.and_then(|order| match (&order.state, &order.purpose) {
            (OrderState::PendingExecution, Purpose::Entry { reserved_usd, .. }) => {
                Some(*reserved_usd)
            }
            _ => None,
        });
        let paid = trace.position(Engine::A).map(|p| p.exposure_usd);
        if let Some(amount) = paid.or(reserved) {
            exposure = exposure + amount;
            *counts.entry(trace.signal.symbol.clone()).or_default() += 1;
        }
    }
    (exposure, counts)
}

async fn twenty_at_once(variables: &[(&'static str, &'static str)], limits: Limits) -> Book {
    let harness = Harness::with_environment(&wide(variables)).await;
    let first_look = async {
        for _ in 0..20 {
            limits.hold(&harness.book().await);
            tokio::task::yield_now().await;
        }
    };
    let (ids, ()) = futures::join!(send_twenty(&harness), first_look);
    assert_eq!(ids.len(), 20);
    let traces = watch(&harness, &ids, limits).await;
    let book = harness.book().await;
    let (exposure, mut counts) = added_up(&traces);
    assert_eq!((book.exposure_usd, book.pending_usd), (exposure, Usd::ZERO));
    let mut counted = book.count_by_symbol.clone();
    counted.retain(|_, count| *count > 0);
    counts.retain(|_, count| *count > 0);
    assert_eq!(counted, counts);
    let spent: Usd = traces
        .iter()
        .flat_map(|trace| &trace.trades)
        .map(|trade| trade.fill_price.value(trade.quantity) + trade.fee_usd)
        .sum();
    assert_eq!(book.cash_usd, Usd::dollars(50_000) - spent);
    harness.stop().await;
    book
}

#[tokio::test]
async fn no_more_positions_than_may_be_open() {
    let limits = Limits {
        open: 3,
        in_symbol: 1,
        exposure: Usd::dollars(10_000),
    };
    let book = twenty_at_once(&[("MAX_OPEN_POSITIONS", "3")], limits).await;
    assert_eq!(book.open_count, 3);
}

#[tokio::test]
async fn no_more_positions_in_a_symbol_than_may_be() {
    let limits = Limits {
        open: 100,
        in_symbol: 1,
        exposure: Usd::dollars(10_000),
    };
    let book = twenty_at_once(&[("MAX_OPEN_POSITIONS", "100")], limits).await;
    assert_eq!(book.open_count, 10);
}

#[tokio::test]
async fn no_more_premium_than_may_be_at_risk() {
    let limits = Limits {
        open: 100,
        in_symbol: 2,
        exposure: Usd::dollars(2_000),
    };
    let variables = [
        ("MAX_OPEN_POSITIONS", "100"),
        ("MAX_POSITIONS_PER_SYMBOL", "2"),
        ("MAX_TOTAL_EXPOSURE", "2000"),
    ];
    let book = twenty_at_once(&variables, limits).await;
    assert!(book.open_count > 1 && book.open_count < 20, "{book:?}");
}
