//! Each alarm on a metric of ours is set off by what the system itself says when that happens.
//! Which metric, dimensions and threshold those are is read from `infra/observability.yaml`.

use std::cell::RefCell;
use std::io::Write;
use std::sync::{Arc, Mutex, Once, PoisonError};

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::TimeDelta;
use domain::Leg;
use market_data::SimulatedHours;
use reqwest::Method;
use runtime::metrics::MetricsLayer;
use serde_json::{Value, json};
use system_tests::Harness;
use system_tests::harness::{Setup, TEMPLATE};
use system_tests::market::FlakyMarket;
use system_tests::samples::{MESSAGES, SCHEDULED, parsed};
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;

use crate::support::{SEED, by_hand, deliver, wide, work};

const ALARMS: &str = include_str!("../../../infra/observability.yaml");

thread_local! {
    /// Where the metrics of this thread's test go.
    static HEARD: RefCell<Option<Metrics>> = const { RefCell::new(None) };
}

/// What was written of the embedded metric format.
#[derive(Clone, Default)]
struct Metrics(Arc<Mutex<Vec<u8>>>);

/// Gives each line to the test on whose thread it was told.
struct ByThread;

impl Write for ByThread {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        HEARD.with_borrow(|metrics| {
            if let Some(Metrics(written)) = metrics {
                let mut written = written.lock().unwrap_or_else(PoisonError::into_inner);
                written.extend_from_slice(bytes);
            }
        });
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Metrics {
    /// Those of this test's thread from now on: all functions of its stack run there. One listener
    /// serves all tests, since whether anybody listens is settled for the whole process.
    fn of_this_thread() -> Self {
        static LISTENING: Once = Once::new();
        LISTENING.call_once(|| {
            let layer = MetricsLayer::new("parallax", runtime::clock::system(), ByThread);
            let layer = layer.with_filter(LevelFilter::INFO);
            let subscriber = tracing_subscriber::registry().with(layer);
            tracing::subscriber::set_global_default(subscriber).unwrap();
        });
        let metrics = Self::default();
        HEARD.set(Some(metrics.clone()));
        metrics
    }

    fn lines(&self) -> Vec<Value> {
        let written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let text = String::from_utf8(written.clone()).unwrap();
        text.lines().map(parsed).collect()
    }

    /// The values of a metric with these dimensions beside the stack.
    fn values(&self, metric: &str, dimensions: &[(&str, &str)]) -> Vec<f64> {
        let lines = self.lines().into_iter();
        let bears = |line: &Value| dimensions.iter().all(|(name, value)| line[*name] == *value);
        lines
            .filter(bears)
            .filter_map(|line| line[metric].as_f64())
            .collect()
    }
}

/// An alarm, as the template declares it.
struct Alarm(&'static str);

impl Alarm {
    fn named(logical_id: &str) -> Self {
        let heading = format!("\n  {logical_id}:\n    Type: AWS::CloudWatch::Alarm\n");
        let (_, rest) = ALARMS
            .split_once(&heading)
            .unwrap_or_else(|| panic!("no {logical_id}"));
        Self(rest.split("\n\n").next().unwrap())
    }

    fn property(&self, name: &str) -> &'static str {
        let (_, rest) = self.0.split_once(&format!("{name}: ")).unwrap();
        rest.lines().next().unwrap()
    }

    /// The dimensions beside the stack's.
    fn dimensions(&self) -> Vec<(&'static str, &'static str)> {
        let listed = self.property("Dimensions").split("Name: ").skip(1);
        let pairs = listed.filter_map(|it| it.split_once(", Value: "));
        let pairs = pairs.map(|(name, rest)| (name, rest.split(" }").next().unwrap()));
        pairs.filter(|(name, _)| *name != "Stack").collect()
    }

    /// Whether these metrics, all of one period, set it off.
    fn is_set_off_by(&self, metrics: &Metrics) -> bool {
        let values = metrics.values(self.property("MetricName"), &self.dimensions());
        let value: f64 = match self.property("Statistic") {
            "Sum" => values.iter().sum(),
            "Maximum" => values.into_iter().fold(0.0, f64::max),
            other => panic!("{other} isn't known here"),
        };
        let threshold: f64 = self.property("Threshold").parse().unwrap();
        match self.property("ComparisonOperator") {
            "GreaterThanThreshold" => value > threshold,
            "GreaterThanOrEqualToThreshold" => value >= threshold,
            "LessThanThreshold" => value < threshold,
            other => panic!("{other} isn't known here"),
        }
    }
}

async fn with_template(template: String) -> Harness {
    assert_ne!(template, TEMPLATE);
    let environment = wide(&[]);
    let template = Some(template);
    Harness::with(Setup {
        environment,
        template,
        ..Setup::default()
    })
    .await
}

/// A stack whose functions don't find the ledger.
async fn without_a_ledger() -> Harness {
    let own = "LEDGER_TABLE: !Ref LedgerTable";
    with_template(TEMPLATE.replace(own, "LEDGER_TABLE: nowhere")).await
}

/// With fills by hand, and an open position.
async fn on_flaky_market() -> (Harness, Arc<FlakyMarket>, domain::SignalId) {
    let market = FlakyMarket::new(SEED, SimulatedHours::AlwaysOpen);
    let harness = Harness::with(Setup {
        environment: wide(&[]),
        market: Some(market.clone()),
        template: Some(by_hand(&["FillsQueue", "ExitsQueue"])),
        ..Setup::default()
    })
    .await;
    let id = harness.enter("SPY", "long").await;
    harness.assignment(id, "ordered").await;
    deliver(&harness, "paper-executor", work(id, Leg::Entry)).await;
    harness.position(id, "open").await;
    (harness, market, id)
}

const HEARTBEATS: [(&str, &str); 3] = [
    ("position-refresher", "PositionRefresherHeartbeat"),
    ("exit-monitor", "ExitMonitorHeartbeat"),
    ("sweeper", "SweeperHeartbeat"),
];

#[tokio::test]
async fn a_pass_that_goes_well_is_a_heartbeat_and_one_that_fails_is_none() {
    let (well, failing) = (Harness::start().await, without_a_ledger().await);
    let metrics = Metrics::of_this_thread();
    for (binary, alarm) in HEARTBEATS {
        assert!(
            Alarm::named(alarm).is_set_off_by(&metrics),
            "{alarm}: silence"
        );
        let function = failing.stack.function(binary).unwrap();
        assert!(function(json!({})).await.is_err(), "{binary}");
        assert!(
            Alarm::named(alarm).is_set_off_by(&metrics),
            "{alarm}: a failure"
        );
        well.run(binary).await;
        assert!(
            !Alarm::named(alarm).is_set_off_by(&metrics),
            "{alarm}: a pass"
        );
    }
    well.stop().await;
    failing.stop().await;
}

#[tokio::test]
async fn every_function_says_that_an_invocation_failed() {
    let template = TEMPLATE.replace("LEDGER_TABLE: !Ref LedgerTable", "LEDGER_TABLE: nowhere");
    let template = template.replace("USERS_TABLE: !Ref UsersTable", "USERS_TABLE: nowhere");
    let harness = with_template(template).await;
    let metrics = Metrics::of_this_thread();
    let alert = json!({ "ticker": "SPY", "direction": "long", "timenow": harness.timenow() });
    assert_eq!(harness.alert(&alert).await.0, 503);
    assert!(Alarm::named("SignalUnanswered").is_set_off_by(&metrics));
    for sample in MESSAGES {
        let function = harness.stack.function(sample.binary()).unwrap();
        let answer = function(sample.event()).await.unwrap();
        let failures = answer["batchItemFailures"].as_array().unwrap();
        assert_eq!(failures.len(), 1, "{}: {answer}", sample.name);
    }
    for sample in SCHEDULED {
        let function = harness.stack.function(sample.binary()).unwrap();
        assert!(function(sample.event()).await.is_err(), "{}", sample.name);
    }
    let sign_in = json!({ "name": "ann", "password": "correct horse battery" });
    let url = format!("{}/api/token", harness.stack.url());
    let asked = reqwest::Client::new()
        .request(Method::POST, url)
        .json(&sign_in);
    assert!(asked.send().await.unwrap().status().is_server_error());
    // The other two fail as Lambda counts it, which their answers above say.
    let (_, alarm) = ALARMS.split_once("\n  InvocationFailed:\n").unwrap();
    let watched = alarm.split("\n\n").next().unwrap();
    let watched = watched.split("Name: Function, Value: ").skip(1);
    let watched: Vec<_> = watched.map(|it| it.split(" }").next().unwrap()).collect();
    assert_eq!(watched.len(), 7);
    for binary in watched {
        let values = metrics.values("InvocationFailed", &[("Function", binary)]);
        assert!(!values.is_empty(), "{binary}");
    }
    harness.stop().await;
}

#[tokio::test]
async fn old_marks_are_told_by_the_age_of_the_oldest() {
    let (harness, market, _) = on_flaky_market().await;
    let metrics = Metrics::of_this_thread();
    let alarm = Alarm::named("OldestMark");
    harness.minute().await;
    assert!(!alarm.is_set_off_by(&metrics));
    market.refuse_option_quotes(true);
    harness.advance(TimeDelta::seconds(181));
    harness.run("exit-monitor").await;
    assert!(alarm.is_set_off_by(&metrics));
    harness.stop().await;
}

#[tokio::test]
async fn an_exit_that_fails_for_the_third_time_is_stuck() {
    let (harness, market, id) = on_flaky_market().await;
    let metrics = Metrics::of_this_thread();
    let alarm = Alarm::named("ExitStuck");
    market.refuse_option_quotes(true);
    harness.advance(TimeDelta::seconds(1));
    harness.exit("SPY").await;
    for exit in 1..=3 {
        assert!(!alarm.is_set_off_by(&metrics), "before exit {exit}");
        harness.position(id, "closing").await;
        for _ in 0..3 {
            deliver(&harness, "paper-executor", work(id, Leg::Exit(exit))).await;
        }
        harness.position(id, "open").await;
        harness.run("exit-monitor").await;
    }
    assert!(alarm.is_set_off_by(&metrics));
    harness.stop().await;
}

#[tokio::test]
async fn work_that_is_given_up_is_an_alarm() {
    let harness = with_template(by_hand(&["FillsQueue"])).await;
    let id = harness.enter("SPY", "long").await;
    harness.assignment(id, "ordered").await;
    let metrics = Metrics::of_this_thread();
    let alarm = Alarm::named("GaveUp");
    for _ in 0..5 {
        assert!(!alarm.is_set_off_by(&metrics));
        harness.advance(TimeDelta::minutes(20));
        harness.run("sweeper").await;
    }
    harness.advance(TimeDelta::minutes(20));
    harness.run("sweeper").await;
    assert!(alarm.is_set_off_by(&metrics));
    harness.stop().await;
}

#[tokio::test]
async fn an_item_that_cannot_be_read_is_an_alarm() {
    let harness = Harness::with_environment(&wide(&[])).await;
    let position = harness.open("SPY", "long").await;
    let metrics = Metrics::of_this_thread();
    harness.minute().await;
    assert!(!Alarm::named("UnreadableItem").is_set_off_by(&metrics));
    let key = AttributeValue::S(format!("SIGNAL#{}", position.signal_id));
    let changed = harness.stack.aws().dynamodb_client().update_item();
    let changed = changed
        .table_name("ledger-table")
        .key("pk", key)
        .key("sk", AttributeValue::S("POSITION#A".to_owned()))
        .update_expression("SET version = :other")
        .expression_attribute_values(":other", AttributeValue::N("99".to_owned()));
    changed.send().await.unwrap();
    harness.run("exit-monitor").await;
    assert!(Alarm::named("UnreadableItem").is_set_off_by(&metrics));
    harness.stop().await;
}

#[tokio::test]
async fn events_that_nobody_takes_are_an_alarm() {
    let template = TEMPLATE.replace(
        "EVENT_BUS_NAME: !Ref DomainEvents",
        "EVENT_BUS_NAME: nowhere",
    );
    let harness = with_template(template).await;
    harness.open("SPY", "long").await;
    let metrics = Metrics::of_this_thread();
    harness.run("sweeper").await;
    assert!(Alarm::named("EventsUntold").is_set_off_by(&metrics));
    harness.stop().await;
}

/// No alarm on a metric of ours is without a test here.
#[test]
fn these_are_all_alarms_on_our_metrics() {
    let ours = |section: &&str| section.contains("\n      Namespace: Parallax\n");
    let names = ALARMS.split("\n\n").filter(ours).map(|section| {
        let heading = section
            .lines()
            .find(|line| line.starts_with("  ") && !line.starts_with("   "));
        heading.unwrap().trim().trim_end_matches(':')
    });
    let own = include_str!("alarms.rs");
    for name in names.chain(["InvocationFailed"]) {
        assert!(own.contains(&format!("\"{name}\"")), "{name} has no test");
    }
}
