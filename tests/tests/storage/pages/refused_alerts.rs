//! Refused alerts across the days that they are kept.

use chrono::TimeDelta;
use storage::{PageRequest, WebhookEvent, WebhookOutcome};
use system_tests::fault_proxy::FaultProxy;

use super::super::support::{Tables, at, utc};
use super::{LIMITS, forged, refuses, walked};

/// The instant of the reads.
const NOW: &str = "2026-07-30T20:00:00Z";

/// An event of this many hours before [`NOW`].
fn refused(hours: i64, n: i64) -> WebhookEvent {
    WebhookEvent {
        request_id: format!("r|{hours}-{n}="),
        received_at: utc(NOW) - TimeDelta::hours(hours),
        outcome: WebhookOutcome::Invalid,
        http_status: 400,
        signal_id: None,
        problems: vec!["action: missing".to_owned()],
        summary: Some("SPY 5m".to_owned()),
        processing_time_ms: 2,
    }
}

/// Three events each at these hours before now: today, yesterday, after an empty week, at the end.
async fn record(tables: &Tables) -> Vec<WebhookEvent> {
    let hours = [0, 1, 19, 21, 200, 719];
    let events = hours.iter().flat_map(|h| [2, 1, 0].map(|n| refused(*h, n)));
    let events: Vec<_> = events.collect();
    for event in &events {
        tables.ledger.record_webhook_event(event).await.unwrap();
    }
    events
}

#[tokio::test]
async fn refused_alerts_come_newest_first_across_days() {
    let tables = Tables::start().await;
    let now = utc(NOW);
    assert_eq!(
        walked(5, async |it| tables.ledger.refused_alerts(it, now).await).await,
        []
    );
    let events = record(&tables).await;
    for limit in LIMITS {
        let found = walked(limit, async |it| {
            tables.ledger.refused_alerts(it, now).await
        })
        .await;
        assert_eq!(found, events, "{limit}");
    }
    tables.stop().await;
}

#[tokio::test]
async fn what_is_over_thirty_days_old_and_what_has_a_signal_is_not_listed() {
    let tables = Tables::start().await;
    let now = utc(NOW);
    let mut duplicate = refused(1, 0);
    duplicate.signal_id = Some(domain::SignalId::of("some"));
    for event in [refused(31 * 24, 0), duplicate] {
        tables.ledger.record_webhook_event(&event).await.unwrap();
    }
    let proxy = FaultProxy::before(tables.aws.dynamodb_url()).await;
    let ledger = tables.ledger_through(&proxy).await;
    let request = PageRequest::default();
    let page = ledger.refused_alerts(&request, now).await.unwrap();
    assert_eq!((page.items, page.next), (vec![], None));
    assert_eq!(proxy.seen("Query").len(), 31, "one for each day");
    tables.stop().await;
}

#[tokio::test]
async fn a_full_page_goes_no_further_back_than_a_few_days() {
    let tables = Tables::start().await;
    record(&tables).await;
    let proxy = FaultProxy::before(tables.aws.dynamodb_url()).await;
    let ledger = tables.ledger_through(&proxy).await;
    let request = PageRequest::first(storage::PageLimit::near(2));
    let page = ledger.refused_alerts(&request, utc(NOW)).await.unwrap();
    assert_eq!(page.items.len(), 2);
    assert!(proxy.seen("Query").len() <= 4);
    tables.stop().await;
}

#[tokio::test]
async fn a_cursor_stays_in_the_days_of_refusals() {
    let tables = Tables::start().await;
    let sk = format!("WEBHOOK#{}#r", at(0).timestamp_millis());
    let forged = [
        forged(&format!("refused_alerts|2026-07-31|{sk}")),
        forged(&format!("refused_alerts|2026-7-30|{sk}")),
        forged("refused_alerts|2026-07-30|SIGNAL"),
        forged("refused_alerts|2026-07-30"),
        forged(&format!("signals|2026-07-30|{sk}")),
    ];
    refuses(forged, async |it| {
        tables.ledger.refused_alerts(it, utc(NOW)).await
    })
    .await;
    tables.stop().await;
}

#[tokio::test]
async fn a_cursor_whose_day_has_passed_out_of_the_list_ends_it() {
    let tables = Tables::start().await;
    record(&tables).await;
    let old = forged("refused_alerts|2026-05-01|WEBHOOK#1#r");
    let request = PageRequest {
        after: Some(old),
        ..PageRequest::default()
    };
    let page = tables.ledger.refused_alerts(&request, utc(NOW)).await;
    let page = page.unwrap();
    assert_eq!((page.items, page.next), (vec![], None));
    tables.stop().await;
}
