//! `parallax dlq`: what was put aside is shown and stays; what is sent back gets there.

use std::path::Path;

use aws_sdk_sqs::Client;
use local_stack::aws::{AwsChoice, AwsEndpoints, LocalAws};
use local_stack::clients;
use serde_json::{Value, json};

use crate::program::{Said, Up, answers, run, run_in, text, until_says};

const QUEUE: &str = "orders-queue";
const DEAD_LETTERS: &str = "orders-dead-letters";

/// Runs `dlq` on this directory.
fn dlq(dir: &Path, arguments: &[&str]) -> Said {
    let all = [&["dlq"], arguments, &["--data-dir", text(dir)]].concat();
    let said = run(&all);
    assert!(!said.err.contains("panicked"), "{said:?}");
    said
}

fn dlq_json(dir: &Path, arguments: &[&str]) -> Value {
    let said = dlq(dir, &[arguments, &["--json"]].concat());
    serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"))
}

/// The SQS of a stack.
struct Queues {
    endpoints: AwsEndpoints,
    sqs: Client,
}

impl Queues {
    fn of(up: &Up) -> Self {
        let endpoints = up.running.aws();
        let sqs = clients::sqs(&endpoints.gateway_url, endpoints.account);
        Self { endpoints, sqs }
    }

    async fn send(&self, queue: &str, body: &str) -> String {
        let url = self.endpoints.queue_url(queue);
        let send = self.sqs.send_message().queue_url(url).message_body(body);
        send.send().await.unwrap().message_id.unwrap()
    }

    /// The bodies of what waits in a queue, sorted.
    async fn bodies(&self, queue: &str) -> Vec<String> {
        let url = self.endpoints.queue_url(queue);
        let receive = self.sqs.receive_message().queue_url(url);
        let receive = receive.max_number_of_messages(10).visibility_timeout(0);
        let messages = receive.send().await.unwrap().messages.unwrap_or_default();
        let bodies = messages.into_iter().filter_map(|message| message.body);
        let mut bodies: Vec<_> = bodies.collect();
        bodies.sort();
        bodies
    }
}

fn work(signal: &str) -> String {
    format!(r#"{{"signal_id":"{signal}","engine":"A","leg":"entry"}}"#)
}

/// Puts these bodies aside on a stack, ends it, and returns their ids.
async fn put_aside(dir: &Path, bodies: &[&str]) -> Vec<String> {
    let up = Up::start(dir, &[], &[]);
    let queues = Queues::of(&up);
    let mut ids = Vec::new();
    for body in bodies {
        ids.push(queues.send(DEAD_LETTERS, body).await);
    }
    up.interrupt();
    ids
}

/// What waits in both queues of a stack that has ended.
async fn waiting(dir: &Path) -> (Vec<String>, Vec<String>) {
    let aws = LocalAws::start(&AwsChoice::over(dir)).await.unwrap();
    let (endpoints, sqs) = (aws.endpoints().clone(), aws.sqs_client());
    let queues = Queues { endpoints, sqs };
    let both = (
        queues.bodies(DEAD_LETTERS).await,
        queues.bodies(QUEUE).await,
    );
    aws.stop().await.unwrap();
    both
}

const ONE: &str = "8b6ac077-20c5-5c8d-b1b2-7bee41c9e412";
const TWO: &str = "6e5c6c3c-1d24-5c0e-ad2b-cd0cf38b6f44";

#[tokio::test]
async fn what_was_put_aside_is_shown_and_stays() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("data");
    let secret = "not ours: password=hunter2";
    let ids = put_aside(&dir, &[&work(ONE), secret]).await;
    let listed = dlq_json(&dir, &["list"]);
    let rows = listed["queues"].as_array().unwrap();
    assert_eq!(rows.len(), 5, "{listed}");
    let row = rows.iter().find(|row| row["queue"] == QUEUE).unwrap();
    assert_eq!(
        (&row["messages"], &row["dead_letters"]),
        (&json!(2), &json!(DEAD_LETTERS))
    );
    assert!(row["oldest_age_s"].as_i64().unwrap() < 120, "{row}");
    let said = dlq(&dir, &[]);
    assert!(
        said.out
            .contains("orders-dead-letters  2 messages of orders-queue"),
        "{said:?}"
    );
    assert!(said.out.contains("fills-dead-letters  empty"), "{said:?}");

    // Both names mean the same queue; what isn't ours isn't printed unless it is asked for.
    for name in [QUEUE, DEAD_LETTERS] {
        let said = dlq(&dir, &["show", name]);
        assert!(
            said.out.contains(&format!("signal {ONE}, engine A, entry")),
            "{said:?}"
        );
        assert!(ids.iter().all(|id| said.out.contains(id)), "{said:?}");
        assert!(
            said.out.contains("not one of ours") && !said.out.contains("hunter2"),
            "{said:?}"
        );
    }
    let shown = dlq_json(&dir, &["show", QUEUE, "--raw"]);
    let messages = shown["messages"].as_array().unwrap();
    let ours = messages
        .iter()
        .find(|it| it["message_id"] == ids[0].as_str())
        .unwrap();
    assert_eq!(ours["signal_ids"], json!([ONE]));
    assert!(ours["receives"].as_u64().unwrap() >= 2, "{ours}");
    assert!(messages.iter().any(|it| it["body"] == secret), "{shown}");
    let one = dlq_json(&dir, &["show", QUEUE, "--max", "1"]);
    assert_eq!(one["messages"].as_array().map(Vec::len), Some(1), "{one}");
    let (mut aside, waits) = waiting(&dir).await;
    aside.sort();
    assert_eq!((aside.len(), waits.len()), (2, 0), "looking took something");
}

#[tokio::test]
async fn a_redrive_moves_what_it_is_told_to_and_nothing_without_yes() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("data");
    let (one, two) = (work(ONE), work(TWO));
    let ids = put_aside(&dir, &[&one, &two, "third"]).await;
    let planned = dlq(&dir, &["redrive", QUEUE]);
    assert_eq!(planned.code, Some(0), "{planned:?}");
    assert!(
        planned
            .out
            .contains("3 would go from orders-dead-letters to orders-queue"),
        "{planned:?}"
    );
    assert_eq!(waiting(&dir).await.1, Vec::<String>::new());

    let said = dlq(&dir, &["redrive", QUEUE, "--message", &ids[1], "--yes"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.err.contains(&format!("moved {}", ids[1])), "{said:?}");
    assert!(said.out.contains("1 went from"), "{said:?}");
    let (aside, waits) = waiting(&dir).await;
    assert_eq!((aside.len(), waits), (2, vec![two.clone()]));
    let gone = dlq(&dir, &["redrive", QUEUE, "--message", &ids[1], "--yes"]);
    assert_eq!(gone.code, Some(1), "{gone:?}");
    assert!(gone.err.contains("there is no message"), "{gone:?}");

    let moved = dlq_json(&dir, &["redrive", DEAD_LETTERS, "--max", "1", "--yes"]);
    assert_eq!(moved["moved"].as_array().map(Vec::len), Some(1), "{moved}");
    let moved = dlq_json(&dir, &["redrive", DEAD_LETTERS, "--yes"]);
    assert_eq!(moved["moved"].as_array().map(Vec::len), Some(1), "{moved}");
    assert_eq!(moved["failed"], json!([]));
    let (aside, waits) = waiting(&dir).await;
    assert_eq!(
        (aside.len(), waits),
        (0, vec!["third".to_owned(), two, one]),
        "everything is back"
    );
}

/// A redrive that is cut off after it has sent leaves a message in both queues. The second of two
/// changes nothing in the ledger.
#[tokio::test]
async fn work_that_is_sent_back_twice_is_done_once() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("data");
    let up = Up::start(&dir, &[], &[]);
    let at = ["--data-dir", text(&dir)];
    let sent = run(&["alert", "--symbol", "SPY", at[0], at[1]]);
    let id = answers(&sent.out)[0]["signal_id"]
        .as_str()
        .unwrap()
        .to_owned();
    until_says(&["trace", &id, at[0], at[1]], "position open");
    let queues = Queues::of(&up);
    for queue in [QUEUE, DEAD_LETTERS] {
        queues.send(queue, &work(&id)).await;
    }
    let said = dlq(&dir, &["redrive", QUEUE, "--yes"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    until_says(&["dlq", at[0], at[1]], "orders-dead-letters  empty");
    until_says(&["doctor", at[0], at[1]], "orders-queue 0");
    let trace = run(&["trace", &id, "--json", at[0], at[1]]);
    let items: Vec<Value> = serde_json::from_str(&trace.out).unwrap();
    for kind in ["ORDER", "POSITION", "SELECTION"] {
        assert_eq!(
            items.iter().filter(|item| item["kind"] == kind).count(),
            1,
            "{kind}"
        );
    }
    up.interrupt();
}

#[test]
fn what_cannot_be_done_is_said_in_words() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("data");
    let nothing = dlq(&dir, &["list"]);
    assert_eq!(
        (nothing.code, dir.exists()),
        (Some(1), false),
        "{nothing:?}"
    );
    assert!(nothing.err.contains("holds no ledger"), "{nothing:?}");
    let up = Up::start(&dir, &[], &[]);
    let unknown = dlq(&dir, &["show", "no-queue"]);
    assert_eq!(unknown.code, Some(1), "{unknown:?}");
    assert!(
        unknown.err.contains("there are engine-a-dead-letters"),
        "{unknown:?}"
    );
    let empty = dlq(&dir, &["redrive", QUEUE, "--yes"]);
    assert_eq!(
        (empty.code, empty.out.starts_with("0 went")),
        (Some(0), true),
        "{empty:?}"
    );
    for wrong in [&["show"][..], &["redrive"], &["show", QUEUE, "--max", "0"]] {
        assert_eq!(dlq(&dir, wrong).code, Some(2), "{wrong:?}");
    }
    up.interrupt();
}

/// Queues as `CloudFormation` names them, among those of a stack whose name begins alike.
#[tokio::test(flavor = "multi_thread")]
async fn a_stack_in_an_account_is_reached_by_its_name() {
    let aws = LocalAws::start(&AwsChoice::in_memory()).await.unwrap();
    let sqs = aws.sqs_client();
    let mut orders = Vec::new();
    for stack in ["parallax-dev", "parallax-dev-two"] {
        for engine in ["EngineA", "EngineB", "Orders", "Fills", "Exits"] {
            for kind in ["Queue", "DeadLetters"] {
                let name = format!("{stack}-{engine}{kind}-1A2B3C");
                let made = sqs.create_queue().queue_name(&name).send().await.unwrap();
                if engine == "Orders" {
                    orders.push(made.queue_url.unwrap());
                }
            }
        }
    }
    let [queue, dead_letters, ..] = orders.as_slice() else {
        panic!("{orders:?}");
    };
    let put = sqs.send_message().queue_url(dead_letters);
    put.message_body(work(ONE)).send().await.unwrap();
    let account = [
        ("AWS_ENDPOINT_URL", aws.gateway_url()),
        ("AWS_ACCESS_KEY_ID", "a-key"),
        ("AWS_SECRET_ACCESS_KEY", "of-nobody"),
        ("AWS_REGION", "us-east-1"),
    ];
    let dlq = |arguments: &[&str]| {
        let all = [&["dlq"], arguments, &["--stack", "parallax-dev"]].concat();
        run_in(&all, &account)
    };
    let listed = dlq(&[]);
    assert!(
        listed
            .out
            .contains("orders-dead-letters  1 message of orders-queue"),
        "{listed:?}"
    );
    let moved = dlq(&["redrive", QUEUE, "--yes"]);
    assert_eq!(moved.code, Some(0), "{moved:?}");
    let receive = sqs.receive_message().queue_url(queue).send().await.unwrap();
    assert_eq!(receive.messages.unwrap_or_default().len(), 1);
    let nowhere = run_in(&["dlq", "--stack", "parallax-prod"], &account);
    assert!(
        nowhere.err.contains("the stack parallax-prod has no queue"),
        "{nowhere:?}"
    );
    aws.stop().await.unwrap();
}
