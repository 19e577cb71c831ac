//! Reading a template: what is in the sample.

use std::collections::BTreeMap;
use std::time::Duration;

use local_stack::account::AccountId;
use local_stack::template::{
    AttributeKind, Function, Projection, QueueTrigger, Redrive, Surroundings, Template, Trigger,
};

pub(crate) const SAMPLE: &str = include_str!("../fixtures/sample.yaml");

pub(crate) fn surroundings(parameters: &[(&str, &str)]) -> Surroundings {
    let pairs = parameters
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Surroundings {
        queue_endpoint: "http://127.0.0.1:4000".to_owned(),
        account: AccountId::EMBEDDED,
        stack_name: "parallax".to_owned(),
        parameters: pairs.collect(),
    }
}

fn sample() -> Template {
    Template::parse(SAMPLE, &surroundings(&[])).unwrap()
}

fn function<'a>(template: &'a Template, logical_id: &str) -> &'a Function {
    template
        .functions
        .iter()
        .find(|each| each.logical_id == logical_id)
        .unwrap()
}

#[test]
fn tables_have_their_keys_indexes_and_expiry() {
    let tables = sample().tables;
    let names: Vec<_> = tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(names, ["ledger-table", "parallax-users"]);
    let ledger = &tables[0];
    assert_eq!(
        (ledger.key.partition.as_str(), ledger.key.sort.as_deref()),
        ("pk", Some("sk"))
    );
    assert_eq!(ledger.attributes["due"], AttributeKind::Number);
    assert_eq!(ledger.indexes[0].name, "by-work");
    let included = Projection::Include(vec!["sends".to_owned(), "state".to_owned()]);
    assert_eq!(ledger.indexes[0].projection, included);
    assert_eq!(ledger.ttl_attribute.as_deref(), Some("expires_at"));
    assert_eq!(tables[1].ttl_attribute, None);
}

#[test]
fn queues_have_their_times_and_dead_letter_queues() {
    let queues = sample().queues;
    let redrive = Redrive {
        dead_letter_queue: "parallax-orders-dead".to_owned(),
        max_receive_count: 5,
    };
    assert_eq!(queues[0].name, "orders");
    assert_eq!(
        (queues[0].visibility_timeout_s, queues[0].delay_s),
        (120, 1)
    );
    assert_eq!(queues[0].redrive, Some(redrive));
    assert_eq!(
        (queues[1].visibility_timeout_s, queues[1].retention_s),
        (30, 1_209_600)
    );
}

#[test]
fn functions_get_globals_their_own_settings_and_resolved_environments() {
    let template = sample();
    let webhook = function(&template, "WebhookFunction");
    assert_eq!(
        (
            webhook.binary.as_str(),
            webhook.timeout_s,
            webhook.memory_mib
        ),
        ("webhook", 10, 512)
    );
    let expected = [
        ("ATTEMPTS", "3"),
        ("LEDGER_TABLE", "ledger-table"),
        (
            "ORDERS_QUEUE_URL",
            "http://127.0.0.1:4000/000000000000/orders",
        ),
        ("STAGE", "local-one"),
        ("WEBHOOK_SECRET", "webhook-secret"),
    ];
    let actual: Vec<_> = webhook
        .environment
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(actual, expected);
    assert_eq!(function(&template, "OrderCreatorFunction").timeout_s, 20);
    let granted = webhook.policy.granted().iter().map(ToString::to_string);
    let orders = "arn:aws:sqs:us-east-1:000000000000:orders";
    let expected = ["GetQueueAttributes", "SendMessage"];
    let expected = expected.map(|action| format!("sqs:{action} on {orders}"));
    assert_eq!(granted.collect::<Vec<_>>(), expected);
}

#[test]
fn events_are_routes_queues_and_schedules() {
    let template = sample();
    let route = Trigger::HttpApi {
        path: "/webhook/{token}".to_owned(),
        method: "POST".to_owned(),
    };
    assert_eq!(
        function(&template, "WebhookFunction").events[0].trigger,
        route
    );
    let queue = Trigger::Queue(QueueTrigger {
        queue: "orders".to_owned(),
        batch_size: 5,
        batching_window_s: 0,
        maximum_concurrency: Some(2),
        reports_batch_item_failures: true,
        enabled: true,
    });
    let input = Some(r#"{"task":"sweep"}"#.to_owned());
    let schedule = Trigger::Schedule {
        every: Duration::from_mins(1),
        input,
        enabled: true,
    };
    let creator = function(&template, "OrderCreatorFunction");
    let triggers: Vec<_> = creator.events.iter().map(|event| &event.trigger).collect();
    assert_eq!(triggers, [&queue, &schedule]);
}

#[test]
fn given_parameters_win_over_defaults_and_decide_conditions() {
    let given = surroundings(&[
        ("Stage", "production"),
        ("OrdersTimeout", "7"),
        ("AlarmMail", "a@b.c"),
    ]);
    let template = Template::parse(SAMPLE, &given).unwrap();
    let webhook: &BTreeMap<_, _> = &function(&template, "WebhookFunction").environment;
    assert_eq!(
        (webhook["STAGE"].as_str(), webhook["MAIL"].as_str()),
        ("live", "a@b.c")
    );
    assert_eq!(function(&template, "OrderCreatorFunction").timeout_s, 7);
}
