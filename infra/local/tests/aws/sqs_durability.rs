//! What the end of the process does to messages, and when they are dropped.

use std::time::{Duration, Instant};

use crate::support::{Stack, bodies};

#[tokio::test]
async fn messages_and_their_state_survive_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let stack = Stack::over(Some(directory.path()), &[("VisibilityTimeout", "60")]).await;
    stack.send("held").await;
    let held = stack.receive().await;
    stack.send("waiting").await;
    let first_url = stack.url.clone();
    stack.aws.stop().await.unwrap();

    let stack = Stack::over(Some(directory.path()), &[("VisibilityTimeout", "60")]).await;
    assert_ne!(stack.url, first_url, "another port");
    assert_eq!(bodies(&stack.receive().await), ["waiting"]);
    // The URL of before, and the receipt of before, still name the same things.
    let request = stack.sqs.delete_message().queue_url(first_url);
    request
        .receipt_handle(held[0].receipt_handle().unwrap())
        .send()
        .await
        .unwrap();
    stack.clock.advance(Duration::from_mins(1));
    assert_eq!(bodies(&stack.receive().await), ["waiting"]);
}

#[tokio::test]
async fn an_acknowledged_message_is_on_the_disk_already() {
    let directory = tempfile::tempdir().unwrap();
    let stack = Stack::over(Some(directory.path()), &[]).await;
    stack.send("kept").await;
    // A copy of the files as they are now is what a killed process leaves.
    let copy = tempfile::tempdir().unwrap();
    for name in ["sqs.sqlite", "sqs.sqlite-wal"] {
        std::fs::copy(directory.path().join(name), copy.path().join(name)).unwrap();
    }
    let other = Stack::over(Some(copy.path()), &[]).await;
    assert_eq!(bodies(&other.receive().await), ["kept"]);
}

#[tokio::test]
async fn stopping_ends_a_waiting_receive() {
    let stack = Stack::in_memory(&[]).await;
    let (sqs, url) = (stack.sqs.clone(), stack.url.clone());
    let waiting = tokio::spawn(async move {
        sqs.receive_message()
            .queue_url(url)
            .wait_time_seconds(20)
            .send()
            .await
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    let started = Instant::now();
    stack.aws.stop().await.unwrap();
    assert!(started.elapsed() < Duration::from_secs(1));
    assert!(waiting.await.unwrap().unwrap().messages().is_empty());
}

#[tokio::test]
async fn a_message_is_dropped_when_it_is_too_old() {
    let stack = Stack::in_memory(&[("MessageRetentionPeriod", "60")]).await;
    stack.send("old").await;
    stack.clock.advance(Duration::from_secs(30));
    stack.send("younger").await;
    stack.clock.advance(Duration::from_secs(30));
    assert_eq!(bodies(&stack.receive().await), ["younger"]);
}
