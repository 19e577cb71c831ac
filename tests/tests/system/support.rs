//! What several subjects share: the simulated market's own prices, queues by hand, and checks of
//! what a whole round trip leaves in the ledger.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use closing::Controls;
use domain::{Engine, Leg, OptionContract, Order, Outcome, Position, PositionState, SignalId};
use domain::{OrderState, Price, Purpose, Rejection, Usd, WorkKey};
use market_data::{Market, SimulatedHours, SimulatedMarket};
use runtime::WorkQueue;
use rust_decimal::Decimal;
use serde_json::Value;
use storage::ledger::Trace;
use system_tests::Harness;
pub(crate) use system_tests::deliveries::{by_hand, deliver};
use system_tests::harness::{Setup, WIDE};

/// The exchange's hours instead of a market that never closes.
pub(crate) const NYSE: (&str, &str) = ("SIMULATED_HOURS", "nyse");
/// The seed of the simulated market unless a variable says otherwise.
pub(crate) const SEED: u64 = 1;

/// Wide exit rules with these variables over them.
pub(crate) fn wide(own: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    WIDE.iter().chain(own).copied().collect()
}

/// An instant.
pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A stack with wide exit rules in which fills are delivered by hand.
pub(crate) async fn with_fills_by_hand(own: &[(&'static str, &'static str)]) -> Harness {
    Harness::with(Setup {
        environment: wide(own),
        template: Some(by_hand(&["FillsQueue"])),
        ..Setup::default()
    })
    .await
}

/// What a person can do to the stack, on a market that never closes.
pub(crate) fn controls(harness: &Harness) -> Controls {
    controls_at(harness, Some(false))
}

/// The same on a market that keeps the exchange's hours or never closes, or without a market.
pub(crate) fn controls_at(harness: &Harness, keeps_hours: Option<bool>) -> Controls {
    let market = keeps_hours.map(|keeps| {
        let hours = [SimulatedHours::AlwaysOpen, SimulatedHours::Nyse][usize::from(keeps)];
        Arc::new(SimulatedMarket::new(SEED, hours)) as Arc<dyn Market>
    });
    Controls::new(harness.stack.surroundings(), market).unwrap()
}

/// The key of Engine A's work on this leg.
pub(crate) fn work(signal_id: SignalId, leg: Leg) -> WorkKey {
    WorkKey {
        signal_id,
        engine: Engine::A,
        leg,
    }
}

/// A queue by the variable that names it.
pub(crate) fn queue(harness: &Harness, variable: &str) -> WorkQueue {
    let around = harness.stack.surroundings();
    WorkQueue::named(&around.aws.sqs, &around.environment, variable).unwrap()
}

/// How many messages a queue holds: waiting, in work, or delayed.
pub(crate) async fn messages_in(harness: &Harness, url: &str) -> u64 {
    let sqs = &harness.stack.surroundings().aws.sqs;
    let asked = sqs.get_queue_attributes().queue_url(url);
    let answer = asked.attribute_names("All".into()).send().await.unwrap();
    let attributes = answer.attributes.unwrap_or_default();
    let counts = attributes
        .iter()
        .filter(|(name, _)| name.as_str().starts_with("ApproximateNumberOfMessages"))
        .map(|(_, count)| count.parse::<u64>().unwrap());
    counts.sum()
}

/// Waits until these queues hold nothing.
pub(crate) async fn idle(harness: &Harness, variables: &[&str]) {
    for variable in variables {
        let environment = &harness.stack.surroundings().environment;
        let url = environment.require(variable).unwrap();
        let empty = || async { (messages_in(harness, url).await == 0).then_some(()) };
        harness.until(variable, empty).await;
    }
}

/// Sends an entry with these fields, and waits until its position is open.
pub(crate) async fn open(harness: &Harness, fields: Value) -> Position {
    let id = harness.send(fields).await;
    harness.position(id, "open").await
}

/// Why the signal's assignment was rejected, once it was.
pub(crate) async fn rejection(harness: &Harness, id: SignalId) -> Rejection {
    let trace = harness.assignment(id, "rejected").await;
    match &trace.assignment(Engine::A).unwrap().state {
        domain::AssignmentState::Rejected { rejection } => rejection.clone(),
        other => panic!("{}", other.name()),
    }
}

/// Why an order failed.
pub(crate) fn failure(order: &Order) -> &Rejection {
    match &order.state {
        OrderState::Failed { failure } => failure,
        other => panic!("{} is {}", order.leg, other.name()),
    }
}

/// How a position ended.
pub(crate) fn outcome(position: &Position) -> &Outcome {
    match &position.state {
        PositionState::Closed(outcome) => outcome,
        other => panic!("{}", other.name()),
    }
}

/// What set the exit off.
pub(crate) fn trigger_price(order: &Order) -> Option<Price> {
    match &order.purpose {
        Purpose::Exit { trigger_price, .. } => *trigger_price,
        Purpose::Entry { .. } => panic!("an entry"),
    }
}

/// The simulated market, asked beside the stack.
pub(crate) struct Prices(SimulatedMarket);

impl Prices {
    pub(crate) fn around_the_clock() -> Self {
        Self(SimulatedMarket::new(SEED, SimulatedHours::AlwaysOpen))
    }

    pub(crate) fn in_session() -> Self {
        Self(SimulatedMarket::new(SEED, SimulatedHours::Nyse))
    }

    pub(crate) fn market(&self) -> &SimulatedMarket {
        &self.0
    }

    /// Halfway between bid and ask.
    pub(crate) async fn mid(&self, contract: &OptionContract, at: DateTime<Utc>) -> Price {
        let asked = [contract.clone()];
        let mut quotes = self.0.option_quotes(&asked, at.into()).await.unwrap();
        let sides = quotes.found.remove(contract).unwrap().sides;
        let sum = sides.bid.decimal() + sides.ask.decimal();
        Price::new(sum / Decimal::TWO).unwrap()
    }

    /// The first minute after `from`, within a week, at which the position's gain on its premium,
    /// in US dollars, is as wanted.
    pub(crate) async fn first_minute(
        &self,
        position: &Position,
        from: DateTime<Utc>,
        wanted: impl Fn(Decimal) -> bool,
    ) -> DateTime<Utc> {
        for minute in 1..7 * 1_440 {
            let at = from + TimeDelta::minutes(minute);
            let mid = self.mid(&position.contract, at).await;
            if wanted(gain(position, mid)) {
                return at;
            }
        }
        panic!("{} never gets there", position.contract)
    }
}

/// What a position gained at this price, in US dollars before fees.
pub(crate) fn gain(position: &Position, price: Price) -> Decimal {
    let per_share = price.decimal() - position.entry_price.decimal();
    per_share * Decimal::from(100 * position.quantity.count())
}

/// The gain that a percentage of the premium is.
pub(crate) fn percent_of_premium(position: &Position, percent: i64) -> Decimal {
    position.exposure_usd.0 * Decimal::from(percent) / Decimal::ONE_HUNDRED
}

/// Checks the only round trip of a stack, to the cent: result, cash, book and trace.
pub(crate) async fn assert_round_trip(
    harness: &Harness,
    closed: &Position,
    exit: Price,
    exit_fee: Usd,
) {
    let gross = Usd(gain(closed, exit));
    let fees = Usd::cents(65 * i64::from(closed.quantity.count())) + exit_fee;
    let outcome = outcome(closed);
    assert_eq!(outcome.exit_price, exit);
    assert_eq!(outcome.realized.gross_usd, gross);
    assert_eq!(outcome.realized.fees_usd, fees);
    assert_eq!(outcome.realized.net_usd, gross - fees);
    let book = harness.book().await;
    assert_eq!(book.cash_usd, Usd::dollars(50_000) + gross - fees);
    assert_empty_book(harness).await;
    assert_whole(&harness.trace(closed.signal_id).await, closed);
}

/// Nothing is open or pending.
pub(crate) async fn assert_empty_book(harness: &Harness) {
    let book = harness.book().await;
    assert_eq!((book.open_count, book.exposure_usd), (0, Usd::ZERO));
    assert_eq!(book.pending_usd, Usd::ZERO);
    assert!(book.count_by_symbol.values().all(|count| *count == 0));
}

/// The trace of a round trip without a failed order has every part once.
fn assert_whole(trace: &Trace, closed: &Position) {
    let legs: Vec<_> = trace
        .orders
        .iter()
        .map(|o| (o.leg, o.state.name()))
        .collect();
    assert_eq!(legs, [(Leg::Entry, "filled"), (Leg::Exit(1), "filled")]);
    let fills: Vec<_> = trace.trades.iter().map(|t| (t.leg, t.fill_price)).collect();
    let exit = outcome(closed).exit_price;
    assert_eq!(
        fills,
        [(Leg::Entry, closed.entry_price), (Leg::Exit(1), exit)]
    );
    assert_eq!(trace.webhook_events.len(), 1);
    assert_eq!(trace.assignment(Engine::A).unwrap().state.name(), "ordered");
    assert!(trace.evidence.is_some());
    assert_eq!((trace.decisions.len(), trace.positions.len()), (1, 1));
}
