//! Alerts and messages that come more than once, out of order, or broken.

use chrono::TimeDelta;
use domain::{Engine, Leg, SignalId};
use futures::stream::{self, StreamExt};
use serde_json::{Value, json};
use storage::ledger::Trace;
use system_tests::Harness;
use system_tests::harness::{Setup, TEMPLATE};

use crate::support::{assert_empty_book, idle, messages_in, queue, wide, work};

const CONNECTIONS: usize = 16;
const QUEUES: [&str; 3] = ["ENGINE_A_QUEUE_URL", "ORDERS_QUEUE_URL", "FILLS_QUEUE_URL"];

#[tokio::test]
async fn an_alert_five_times_from_sixteen_connections_is_one_position() {
    let harness = Harness::with_environment(&wide(&[])).await;
    let alerts = ["SPY", "QQQ", "IWM"].map(|symbol| {
        json!({
            "ticker": symbol, "action": "buy", "interval": "5", "timenow": harness.timenow(),
        })
    });
    let answers: Vec<_> = stream::iter([0, 1, 2].repeat(5))
        .map(|alert: usize| {
            let body = &alerts[alert];
            let answer = harness.alert(body);
            async move { (alert, answer.await) }
        })
        .buffer_unordered(CONNECTIONS)
        .collect()
        .await;
    for alert in 0..alerts.len() {
        let own = answers.iter().filter(|(of, _)| *of == alert);
        let id = the_only_id(own.map(|(_, answer)| answer));
        harness.position(id, "open").await;
        let trace = harness.trace(id).await;
        assert_eq!(trace.webhook_events.len(), 5);
        assert_eq!(parts(&trace), (1, 1, 1, 1));
    }
    idle(&harness, &QUEUES).await;
    let open: Vec<_> = harness.ledger.open_positions().await.unwrap();
    assert_eq!(open.len(), 3);
    let exposure = open.iter().map(|position| position.exposure_usd).sum();
    let book = harness.book().await;
    assert_eq!((book.open_count, book.exposure_usd), (3, exposure));
    harness.stop().await;
}

/// Every answer is a 200 with the same id, and one alone isn't a duplicate's.
fn the_only_id<'a>(answers: impl Iterator<Item = &'a (u16, Value)>) -> SignalId {
    let answers: Vec<_> = answers.collect();
    assert!(
        answers.iter().all(|(status, _)| *status == 200),
        "{answers:?}"
    );
    let id = &answers[0].1["signal_id"];
    assert!(answers.iter().all(|(_, answer)| answer["signal_id"] == *id));
    let first = answers
        .iter()
        .filter(|(_, answer)| answer["status"] != "duplicate");
    assert_eq!(first.count(), 1, "{answers:?}");
    id.as_str().unwrap().parse().unwrap()
}

/// How many decisions, orders, trades and positions a signal has.
fn parts(trace: &Trace) -> (usize, usize, usize, usize) {
    let (orders, trades) = (trace.orders.len(), trace.trades.len());
    (trace.decisions.len(), orders, trades, trace.positions.len())
}

async fn assert_one_position(harness: &Harness, id: SignalId) {
    let trace = harness.trace(id).await;
    assert_eq!(parts(&trace), (1, 1, 1, 1));
    let position = trace.position(Engine::A).unwrap();
    let book = harness.book().await;
    assert_eq!(
        (book.open_count, book.exposure_usd),
        (1, position.exposure_usd)
    );
    let paid = position.exposure_usd + position.entry_fee_usd;
    assert_eq!(book.cash_usd + paid, domain::Usd::dollars(50_000));
}

/// Sends every message that this signal could have, in every queue, the last ones first, twice.
async fn send_all_twice(harness: &Harness, id: SignalId) {
    let legs = [Leg::Exit(2), Leg::Exit(1), Leg::Entry];
    for variable in QUEUES.iter().rev() {
        let queue = queue(harness, variable);
        for leg in legs.iter().flat_map(|leg| [leg, leg]) {
            queue.send(&work(id, *leg)).await.unwrap();
        }
    }
    idle(harness, &QUEUES).await;
}

async fn unchanged_by_messages(harness: &Harness, id: SignalId) -> Trace {
    let (before, book) = (harness.trace(id).await, harness.book().await);
    send_all_twice(harness, id).await;
    assert_eq!(harness.trace(id).await.items, before.items);
    assert_eq!(harness.book().await, book);
    before
}

#[tokio::test]
async fn messages_twice_and_out_of_order_change_nothing() {
    let harness = Harness::with_environment(&wide(&[])).await;
    let position = harness.open("SPY", "long").await;
    let id = position.signal_id;
    idle(&harness, &QUEUES).await;
    unchanged_by_messages(&harness, id).await;
    assert_one_position(&harness, id).await;
    harness.advance(TimeDelta::minutes(1));
    let exit = harness.exit("SPY").await;
    harness.position(id, "closed").await;
    harness.assignment(exit, "ordered").await;
    idle(&harness, &QUEUES).await;
    let trace = unchanged_by_messages(&harness, id).await;
    assert_eq!((trace.orders.len(), trace.trades.len()), (2, 2));
    unchanged_by_messages(&harness, exit).await;
    assert_empty_book(&harness).await;
    harness.stop().await;
}

#[tokio::test]
async fn messages_that_come_twice_while_work_goes_on_trade_once() {
    let harness = Harness::with_environment(&wide(&[])).await;
    let id = harness.enter("SPY", "long").await;
    send_all_twice(&harness, id).await;
    harness.position(id, "open").await;
    idle(&harness, &QUEUES).await;
    assert_one_position(&harness, id).await;
    harness.stop().await;
}

/// Visible again at once, so that the fifth receipt comes in seconds.
fn impatient_template() -> String {
    TEMPLATE.replacen("VisibilityTimeout: 120", "VisibilityTimeout: 1", 1)
}

#[tokio::test]
async fn a_poisoned_message_is_put_aside_and_others_go_on() {
    let harness = Harness::with(Setup {
        template: Some(impatient_template()),
        ..Setup::default()
    })
    .await;
    let around = harness.stack.surroundings();
    let url = around.environment.require("ENGINE_A_QUEUE_URL").unwrap();
    let sqs = &around.aws.sqs;
    let poison = sqs.send_message().queue_url(url);
    poison.message_body("{\"signal\": 7}").send().await.unwrap();
    harness.open("SPY", "long").await;
    let aside = url.replace("engine-a-queue", "engine-a-dead-letters");
    let is_aside = || async { (messages_in(&harness, &aside).await == 1).then_some(()) };
    harness
        .until("the poisoned message to be put aside", is_aside)
        .await;
    harness.open("QQQ", "long").await;
    let found = sqs
        .receive_message()
        .queue_url(&aside)
        .send()
        .await
        .unwrap();
    assert_eq!(found.messages()[0].body(), Some("{\"signal\": 7}"));
    harness.stop().await;
}
