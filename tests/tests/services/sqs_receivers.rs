//! What waiting receivers and many receivers get.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use local_stack::aws::LocalAws;
use system_tests::back_end;

use crate::support::{Stack, bodies, create, receive};

async fn waiting_receive(stack: &Stack, wait_s: i32) -> (Vec<String>, Duration) {
    let started = Instant::now();
    let request = stack
        .sqs
        .receive_message()
        .queue_url(&stack.url)
        .wait_time_seconds(wait_s);
    let messages = request.send().await.unwrap().messages.unwrap_or_default();
    (
        bodies(&messages).into_iter().map(str::to_owned).collect(),
        started.elapsed(),
    )
}

#[tokio::test]
async fn a_waiting_receiver_gets_a_message_as_soon_as_it_is_sent() {
    let stack = Stack::with(&[]).await;
    let sending = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        stack.send("now").await;
    };
    let ((received, took), ()) = tokio::join!(waiting_receive(&stack, 20), sending);
    assert_eq!(received, ["now"]);
    assert!(took < Duration::from_secs(2), "took {took:?}");
}

#[tokio::test]
async fn a_waiting_receiver_gets_a_delayed_message_when_it_becomes_visible() {
    let aws = LocalAws::start(&back_end::fresh()).await.unwrap();
    let sqs = aws.sqs_client();
    let url = create(&sqs, "orders", &[]).await;
    let send = sqs
        .send_message()
        .queue_url(&url)
        .message_body("later")
        .delay_seconds(1);
    send.send().await.unwrap();
    let started = Instant::now();
    let request = sqs.receive_message().queue_url(&url).wait_time_seconds(20);
    let messages = request.send().await.unwrap().messages.unwrap();
    assert_eq!(bodies(&messages), ["later"]);
    let took = started.elapsed();
    assert!(
        took > Duration::from_millis(900) && took < Duration::from_secs(4),
        "took {took:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_receivers_never_hold_the_same_message() {
    const RECEIVERS: usize = 16;
    const MESSAGES: usize = 200;
    let stack = Stack::with(&[]).await;
    for first in (0..MESSAGES).step_by(10) {
        let entries = (first..first + 10).map(|n| {
            let entry = SendMessageBatchRequestEntry::builder().id(n.to_string());
            entry.message_body(n.to_string()).build().unwrap()
        });
        let request = stack.sqs.send_message_batch().queue_url(&stack.url);
        request
            .set_entries(Some(entries.collect()))
            .send()
            .await
            .unwrap();
    }
    let receivers = (0..RECEIVERS).map(|_| {
        let (sqs, url) = (stack.sqs.clone(), stack.url.clone());
        tokio::spawn(async move {
            let mut held = Vec::new();
            loop {
                let messages = receive(&sqs, &url).await;
                if messages.is_empty() {
                    return held;
                }
                held.extend(messages.into_iter().map(|message| message.body.unwrap()));
            }
        })
    });
    let mut all = Vec::new();
    for receiver in receivers.collect::<Vec<_>>() {
        all.extend(receiver.await.unwrap());
    }
    assert_eq!(all.len(), MESSAGES, "each once");
    assert_eq!(
        all.into_iter().collect::<HashSet<_>>().len(),
        MESSAGES,
        "and all of them"
    );
}
