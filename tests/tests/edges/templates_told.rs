//! What alerts of every template come to, from the HTTP request to the ledger.

use chrono::TimeDelta;
use domain::{AssignmentState, Engine, OptionRight, Position, SignalId};
use system_tests::Harness;

use crate::steps::Told::{Added, Closed, Opened, Reversed};
use crate::steps::{
    ADD, ENTER_LONG, ENTER_SHORT, EXIT_LONG, EXIT_SHORT, REDUCE, REVERSE, REVERSE_BACK, Step,
};
use crate::templates::{
    MARKED, MARKET_POSITIONS, OCTO_BOT, OCTO_BOT_LINE, OPEN_ALGO, OWN, ROBSWC, STRATEGY,
    THREE_COMMAS, TRADERS_POST, Template, send,
};

/// A template with the steps that it can tell.
type Case = (&'static Template, &'static [Step]);

const ENTRIES: &[Step] = &[ENTER_LONG, ENTER_SHORT];
const WORDS: &[Step] = &[ENTER_LONG, ENTER_SHORT, EXIT_LONG, EXIT_SHORT];
const ALL: &[Step] = &[
    ENTER_LONG,
    ENTER_SHORT,
    EXIT_LONG,
    EXIT_SHORT,
    REVERSE,
    REVERSE_BACK,
    ADD,
    REDUCE,
];
const NO_REVERSAL: &[Step] = &[ENTER_LONG, ENTER_SHORT, EXIT_LONG, EXIT_SHORT, ADD, REDUCE];

/// Runs every step of every template, each with a symbol of its own.
async fn check(cases: &[Case]) {
    let symbols: Vec<String> = ('A'..='Z').map(|letter| format!("Q{letter}K")).collect();
    let allowed: &'static str = symbols.join(",").leak();
    let harness = Harness::with_environment(&[
        ("ALLOWED_SYMBOLS", allowed),
        ("MAX_OPEN_POSITIONS", "100"),
        ("MAX_POSITION_USD", "5000"),
        ("MAX_TOTAL_EXPOSURE", "50000"),
        ("MAX_EXPOSURE_PERCENT", "100"),
    ])
    .await;
    let steps = cases
        .iter()
        .flat_map(|(template, steps)| steps.iter().map(move |step| (template, step)));
    for ((template, step), symbol) in steps.zip(&symbols) {
        let (action, (before, after)) = (step.order.0, step.position);
        let what = format!("{}: {action} from {before} to {after}", template.name);
        tell(&harness, template, step, symbol, &what).await;
    }
    harness.stop().await;
}

async fn tell(harness: &Harness, template: &Template, step: &Step, symbol: &str, what: &str) {
    let held = match step.entry_before() {
        Some(entry) => Some(entered(harness, template, &entry, symbol, what).await),
        None => None,
    };
    harness.advance(TimeDelta::seconds(1));
    let id = accepted(harness, template, step, symbol, what).await;
    match step.told {
        Opened(right) => assert_bought(harness, id, symbol, right, what).await,
        Closed => assert_closed(harness, &held.unwrap(), what).await,
        Reversed(right) => {
            assert_closed(harness, &held.unwrap(), what).await;
            assert_bought(harness, id, symbol, right, what).await;
        }
        Added => assert_left_alone(harness, id, &held.unwrap(), what).await,
    }
}

async fn accepted(
    harness: &Harness,
    template: &Template,
    step: &Step,
    symbol: &str,
    what: &str,
) -> SignalId {
    let (status, answer) = send(harness, template, &step.values(harness, symbol)).await;
    assert_eq!(
        (status, answer["status"].as_str()),
        (200, Some("accepted")),
        "{what}: {answer}"
    );
    answer["signal_id"].as_str().unwrap().parse().unwrap()
}

async fn entered(
    harness: &Harness,
    template: &Template,
    entry: &Step,
    symbol: &str,
    what: &str,
) -> Position {
    let id = accepted(harness, template, entry, symbol, what).await;
    harness.position(id, "open").await
}

async fn assert_bought(
    harness: &Harness,
    id: SignalId,
    symbol: &str,
    right: OptionRight,
    what: &str,
) {
    harness.assignment(id, "ordered").await;
    let position = harness.position(id, "open").await;
    let bought = (position.symbol.as_str(), position.contract.right());
    assert_eq!(bought, (symbol, right), "{what}");
}

async fn assert_closed(harness: &Harness, held: &Position, what: &str) {
    let closed = harness.position(held.signal_id, "closed").await;
    assert!(
        format!("{:?}", closed.state).contains("ExitAlert"),
        "{what}: {closed:?}"
    );
}

async fn assert_left_alone(harness: &Harness, id: SignalId, held: &Position, what: &str) {
    let trace = harness.assignment(id, "rejected").await;
    let state = &trace.assignment(Engine::A).unwrap().state;
    let AssignmentState::Rejected { rejection } = state else {
        panic!("{what}: {state:?}");
    };
    assert_eq!(rejection.reason.to_string(), "pyramiding_off", "{what}");
    let left = harness.position(held.signal_id, "open").await;
    assert_eq!(left.quantity, held.quantity, "{what}");
}

#[tokio::test]
async fn templates_that_only_have_words() {
    check(&[
        (&OWN, WORDS),
        (&ROBSWC, WORDS),
        (&TRADERS_POST, NO_REVERSAL),
        (&OCTO_BOT, ENTRIES),
        (&OCTO_BOT_LINE, ENTRIES),
        (&MARKED, ENTRIES),
    ])
    .await;
}

#[tokio::test]
async fn templates_that_tell_the_strategy_s_position() {
    check(&[(&STRATEGY, ALL), (&MARKET_POSITIONS, ALL)]).await;
}

#[tokio::test]
async fn templates_of_other_services_that_tell_it() {
    check(&[(&THREE_COMMAS, ALL), (&OPEN_ALGO, ALL)]).await;
}

#[tokio::test]
async fn symbols_that_cannot_be_traded_are_taken_and_rejected() {
    let harness = Harness::with_environment(&[("ALLOWED_SYMBOLS", "SPY,ZZTOP")]).await;
    for (symbol, reason) in [("QQQ", "symbol_not_allowed"), ("ZZTOP", "not_listed")] {
        let (status, answer) = send(
            &harness,
            &TRADERS_POST,
            &ENTER_LONG.values(&harness, symbol),
        )
        .await;
        assert_eq!(status, 200, "{answer}");
        let id = answer["signal_id"].as_str().unwrap().parse().unwrap();
        let trace = harness.assignment(id, "rejected").await;
        let state = &trace.assignment(Engine::A).unwrap().state;
        let AssignmentState::Rejected { rejection } = state else {
            panic!("{state:?}");
        };
        assert_eq!(rejection.reason.to_string(), reason, "{symbol}");
        assert!(
            trace.positions.is_empty() && trace.trades.is_empty(),
            "{symbol}"
        );
    }
    assert_eq!(harness.book().await.open_count, 0);
    harness.stop().await;
}
