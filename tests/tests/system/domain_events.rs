//! What happened is told on the event bus, as the schemas describe it: each thing once, where
//! nothing fails, and not before it is on record.

use aws_sdk_dynamodb::types::AttributeValue::{N, S};
use chrono::TimeDelta;
use domain::Leg;
use local_stack::events::TakenEvent;
use market_data::MarketError;
use market_data::provider::line::{Gate, Intended};
use market_data::provider::{Capability, ProviderName};
use serde_json::{Value, json};
use system_tests::Harness;
use system_tests::harness::{Setup, TEMPLATE};
use system_tests::market_instances::{gate, limits};

use crate::support::{by_hand, wide};

const REQUEST: Intended = Intended {
    provider: ProviderName::Alpaca,
    capability: Capability::Quotes,
    cost: 1,
};
const SCHEMAS: [(&str, &str); 5] = [
    (
        "position.opened",
        include_str!("../../../events/schemas/position.opened.json"),
    ),
    (
        "position.closed",
        include_str!("../../../events/schemas/position.closed.json"),
    ),
    (
        "signal.rejected",
        include_str!("../../../events/schemas/signal.rejected.json"),
    ),
    (
        "order.failed",
        include_str!("../../../events/schemas/order.failed.json"),
    ),
    (
        "breaker.opened",
        include_str!("../../../events/schemas/breaker.opened.json"),
    ),
];
const FIELDS: &str = include_str!("../../../events/schemas/fields.json");

/// The schema of this kind of event, with what it shares with others put into it.
fn schema(kind: &str) -> Value {
    let found = SCHEMAS.iter().find(|(name, _)| *name == kind);
    let (_, text) = found.unwrap_or_else(|| panic!("{kind} has no schema"));
    let text = text.replace("fields.json#/$defs/", "#/$defs/");
    let mut schema: Value = serde_json::from_str(&text).unwrap();
    let fields: Value = serde_json::from_str(FIELDS).unwrap();
    schema["$defs"] = fields["$defs"].clone();
    schema
}

/// What was told so far, all of it as its schema says.
fn told(harness: &Harness) -> Vec<TakenEvent> {
    let told = harness.stack.aws().taken_events();
    for TakenEvent { kind, detail } in &told {
        let options = jsonschema::options().should_validate_formats(true);
        let validator = options.build(&schema(kind)).unwrap();
        let wrong: Vec<_> = validator
            .iter_errors(detail)
            .map(|it| it.to_string())
            .collect();
        assert_eq!(wrong, Vec::<String>::new(), "{kind}: {detail}");
    }
    told
}

fn kinds(told: &[TakenEvent]) -> Vec<&str> {
    told.iter().map(|it| it.kind.as_str()).collect()
}

#[tokio::test]
async fn a_trade_is_told_when_it_opens_and_when_it_closes() {
    let harness = Harness::with_environment(&wide(&[])).await;
    let alert = json!({ "ticker": "SPY", "direction": "short", "strategy": "my \"best\"" });
    let id = harness.send(alert).await;
    let position = harness.position(id, "open").await;
    harness.run("sweeper").await;
    let opened = told(&harness);
    assert_eq!(kinds(&opened), ["position.opened"]);
    let detail = &opened[0].detail;
    assert_eq!(detail["signal_id"], json!(id));
    assert_eq!(detail["direction"], "short");
    assert_eq!(detail["strategy"], "my \"best\"");
    assert_eq!(detail["entry_price"], json!(position.entry_price));
    harness.advance(TimeDelta::minutes(1));
    harness.exit("SPY").await;
    let closed = harness.position(id, "closed").await;
    harness.run("sweeper").await;
    let both = told(&harness);
    assert_eq!(kinds(&both), ["position.opened", "position.closed"]);
    let domain::PositionState::Closed(outcome) = closed.state else {
        panic!("closed");
    };
    assert_eq!(both[1].detail["net_usd"], json!(outcome.realized.net_usd));
    assert_eq!(both[1].detail["exit_reason"], "exit_alert");
    harness.run("sweeper").await;
    assert_eq!(told(&harness), both, "each is told once");
    harness.stop().await;
}

#[tokio::test]
async fn what_came_to_nothing_is_told_with_its_reason() {
    let harness = Harness::with_environment(&wide(&[])).await;
    let id = harness.exit("SPY").await;
    harness.assignment(id, "rejected").await;
    harness.run("sweeper").await;
    let told = told(&harness);
    assert_eq!(kinds(&told), ["signal.rejected"]);
    assert_eq!(told[0].detail["reason"], "nothing_to_close");
    assert_eq!(told[0].detail["direction"], "flat");
    harness.stop().await;
}

/// Nobody fills an entry: after five sends the sweeper gives it up, and says so.
#[tokio::test]
async fn an_order_that_is_given_up_is_told() {
    let harness = Harness::with(Setup {
        environment: wide(&[]),
        template: Some(by_hand(&["FillsQueue"])),
        ..Setup::default()
    })
    .await;
    let id = harness.enter("SPY", "long").await;
    harness.assignment(id, "ordered").await;
    for _ in 0..7 {
        harness.advance(TimeDelta::minutes(20));
        harness.run("sweeper").await;
    }
    let told = told(&harness);
    assert_eq!(kinds(&told), ["order.failed"]);
    assert_eq!(told[0].detail["failure"], "gave_up");
    assert_eq!(told[0].detail["leg"], json!(Leg::Entry));
    harness.stop().await;
}

#[tokio::test]
async fn a_breaker_is_told_of_when_it_opens_and_not_while_it_stays_open() {
    let harness = Harness::start().await;
    let clock: runtime::SharedClock = harness.clock.clone();
    let gate = gate(&harness.marks, &clock, 1, &limits([100; 4]));
    let error = MarketError::Timeout {
        provider: "alpaca".to_owned(),
    };
    for _ in 0..5 {
        let pass = gate.pass(&REQUEST).await.unwrap();
        gate.report(&REQUEST, pass, Err(&error)).await;
    }
    harness.run("sweeper").await;
    let opened = told(&harness);
    assert_eq!(kinds(&opened), ["breaker.opened"]);
    assert_eq!(opened[0].detail["provider"], "alpaca");
    assert_eq!(opened[0].detail["reason"], "timeout");
    // The trial fails, and it stays open: that is no news.
    harness.advance(TimeDelta::seconds(61));
    let pass = gate.pass(&REQUEST).await.unwrap();
    gate.report(&REQUEST, pass, Err(&error)).await;
    harness.run("sweeper").await;
    assert_eq!(told(&harness), opened);
    harness.stop().await;
}

/// While the bus takes nothing, nothing is lost and nothing is counted; afterwards it is told.
#[tokio::test]
async fn what_the_bus_refuses_is_told_when_it_takes_it() {
    let template = TEMPLATE.replace("EVENT_BUS_NAME: !Ref DomainEvents", "EVENT_BUS_NAME: later");
    let template = template.replace(
        "!GetAtt DomainEvents.Arn",
        "arn:aws:events:us-east-1:000000000000:event-bus/later",
    );
    assert_ne!(template, TEMPLATE);
    let harness = Harness::with(Setup {
        environment: wide(&[]),
        template: Some(template),
        ..Setup::default()
    })
    .await;
    let ids = [
        harness.enter("SPY", "long").await,
        harness.exit("QQQ").await,
    ];
    harness.position(ids[0], "open").await;
    harness.assignment(ids[1], "rejected").await;
    let swept = harness.run("sweeper").await;
    assert_eq!(
        (&swept["told"], &swept["rolled_up"]),
        (&json!(0), &json!(1)),
        "{swept}"
    );
    let events = harness.stack.aws().endpoints().events_client();
    events
        .create_event_bus()
        .name("later")
        .send()
        .await
        .unwrap();
    harness.run("sweeper").await;
    let told = told(&harness);
    assert_eq!(kinds(&told), ["position.opened", "signal.rejected"]);
    harness.stop().await;
}

/// An entry whose position can't be read isn't taken for told: it is, once that can be read again.
#[tokio::test]
async fn an_entry_waits_for_its_position_to_be_readable() {
    let harness = Harness::with_environment(&wide(&[])).await;
    let position = harness.open("SPY", "long").await;
    let ledger = harness.stack.aws().dynamodb_client();
    for (version, told) in [("99", 0), ("1", 1), ("1", 0)] {
        let update = ledger.update_item().table_name("ledger-table");
        let update = update
            .key("pk", S(format!("SIGNAL#{}", position.signal_id)))
            .key("sk", S("POSITION#A".to_owned()))
            .update_expression("SET version = :version")
            .expression_attribute_values(":version", N(version.to_owned()));
        update.send().await.unwrap();
        let swept = harness.run("sweeper").await;
        assert_eq!(swept["told"], told, "{version}: {swept}");
    }
    harness.stop().await;
}
