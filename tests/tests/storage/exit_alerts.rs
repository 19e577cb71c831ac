//! The fence of an exit alert: entries that came before it are cancelled, at the reservation and
//! at the fill, whoever writes first.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Book, ExitScope, RejectionReason, Signal, Usd};
use futures::future::join_all;
use serde_json::json;
use storage::ledger::{EntryFilled, EntryOrdered};

use super::support::{Tables, at, roomy, signal, symbol};

fn scope(strategy: Option<&str>) -> ExitScope {
    ExitScope::of(&symbol("SPY"), strategy)
}

fn by(strategy: &str) -> Signal {
    signal(100, json!({ "strategy": strategy }))
}

async fn note(tables: &Tables, book: &Book, scope: &ExitScope, until: DateTime<Utc>) {
    let noted = tables.ledger.note_exit_alert(book, scope, until).await;
    noted.unwrap();
}

/// Scope and time of an alert, and whether it cancels an entry of `orb` received at 100 s.
const FENCES: [(Option<&str>, i64, bool); 6] = [
    (None, 99, false),
    (None, 100, true),
    (None, 160, true),
    (Some("orb"), 99, false),
    (Some("orb"), 100, true),
    (Some("squeeze"), 160, false),
];

#[tokio::test]
async fn an_alert_cancels_older_entries_at_their_reservation() {
    for (strategy, seconds, cancels) in FENCES {
        let tables = Tables::start().await;
        let entry = by("orb");
        let approved = tables.approve(&entry).await;
        note(&tables, &tables.book().await, &scope(strategy), at(seconds)).await;
        let ordered = tables.try_order(&entry, &approved, 200, &roomy()).await;
        let cancelled = matches!(&ordered, EntryOrdered::NoRoom(rejection)
            if rejection.reason == RejectionReason::CancelledByExit);
        assert_eq!(cancelled, cancels, "{strategy:?} at {seconds}: {ordered:?}");
        assert_eq!(ordered == EntryOrdered::Written, !cancels, "{ordered:?}");
        tables.stop().await;
    }
}

#[tokio::test]
async fn an_alert_cancels_older_entries_at_their_fill() {
    for (strategy, seconds, cancels) in FENCES {
        let tables = Tables::start().await;
        let entry = by("orb");
        let order = tables.order_entry(&entry, 200).await;
        note(&tables, &tables.book().await, &scope(strategy), at(seconds)).await;
        let filled = tables
            .try_fill(&entry, &order, 200, Usd::dollars(10_000))
            .await;
        let cancelled = matches!(&filled, EntryFilled::Refused(rejection)
            if rejection.reason == RejectionReason::CancelledByExit);
        assert_eq!(cancelled, cancels, "{strategy:?} at {seconds}: {filled:?}");
        assert_eq!(filled == EntryFilled::Written, !cancels, "{filled:?}");
        let opened = tables.trace(&entry).await.positions.len();
        assert_eq!(opened, usize::from(!cancels));
        tables.stop().await;
    }
}

#[tokio::test]
async fn a_fence_never_goes_back() {
    let tables = Tables::start().await;
    let scope = scope(None);
    // Everybody read the book before anybody wrote.
    let book = tables.book().await;
    let seconds = [50, 90, 10, 70, 30];
    join_all(seconds.map(|s| note(&tables, &book, &scope, at(s)))).await;
    assert_eq!(tables.book().await.exit_alerts[&scope], at(90));
    note(&tables, &book, &scope, at(20)).await;
    assert_eq!(tables.book().await.exit_alerts[&scope], at(90));
    tables.stop().await;
}

#[tokio::test]
async fn alerts_are_forgotten_when_no_entry_can_be_older() {
    let tables = Tables::start().await;
    let [orb, squeeze, all] = [scope(Some("orb")), scope(Some("squeeze")), scope(None)];
    let hours = |hours, seconds| at(seconds) + TimeDelta::hours(hours);
    for (scope, until) in [(&orb, at(0)), (&squeeze, at(60)), (&all, hours(2, 30))] {
        note(&tables, &tables.book().await, scope, until).await;
    }
    let alerts = tables.book().await.exit_alerts;
    assert_eq!(alerts, [(squeeze, at(60)), (all, hours(2, 30))].into());
    tables.stop().await;
}

#[tokio::test]
async fn what_was_noted_anew_is_not_forgotten() {
    let tables = Tables::start().await;
    let [orb, all] = [scope(Some("orb")), scope(None)];
    note(&tables, &tables.book().await, &orb, at(0)).await;
    let seen = tables.book().await;
    let later = at(0) + TimeDelta::hours(3);
    note(&tables, &seen, &orb, later).await;
    // This writer still sees the old one, and would forget it.
    note(&tables, &seen, &all, later).await;
    let alerts = tables.book().await.exit_alerts;
    assert_eq!(alerts, [(orb, later), (all, later)].into());
    tables.stop().await;
}
