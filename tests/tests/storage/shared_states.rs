//! States that several instances change: nobody's change is lost, and who loses learns what is
//! there.

use chrono::TimeDelta;
use storage::MarketTable;
use storage::shared_state::{SharedState, Swapped};

use super::support::{Tables, utc as at};

const NAME: &str = "PROVIDER#somebody";

/// Adds one, however often others are faster.
async fn add(market: &MarketTable) -> u32 {
    let forget_at = at("2026-08-01T00:00:00Z");
    let mut seen: SharedState<u64> = SharedState::default();
    for lost in 0.. {
        let next = seen.state + 1;
        match market.swap(NAME, &seen, next, forget_at).await.unwrap() {
            Swapped::Ours(_) => return lost,
            Swapped::Theirs(there) => seen = there,
        }
    }
    0
}

#[tokio::test(flavor = "multi_thread")]
async fn no_change_of_many_at_once_is_lost() {
    let tables = Tables::start().await;
    let adding = (0..12).map(|_| {
        let market = tables.marks.clone();
        tokio::spawn(async move { add(&market).await })
    });
    let lost = futures::future::join_all(adding.collect::<Vec<_>>()).await;
    let lost: u32 = lost.into_iter().map(Result::unwrap).sum();
    let there: SharedState<u64> = tables.marks.shared_state(NAME).await.unwrap();
    assert_eq!(there.state, 12);
    assert!(lost >= 11, "all began with the same state: {lost}");
    tables.stop().await;
}

#[tokio::test]
async fn a_state_that_nobody_wrote_is_the_default_one() {
    let tables = Tables::start().await;
    let market = &tables.marks;
    let unwritten: SharedState<u64> = market.shared_state(NAME).await.unwrap();
    assert_eq!(unwritten, SharedState::default());
    let forget_at = at("2026-07-30T14:00:00Z") + TimeDelta::days(2);
    let Swapped::Ours(first) = market.swap(NAME, &unwritten, 7, forget_at).await.unwrap() else {
        panic!("nobody else is there");
    };
    assert_eq!(market.shared_state::<u64>(NAME).await.unwrap(), first);
    // Whoever still believes that there is none learns better, and changes nothing.
    let late = market.swap(NAME, &unwritten, 9, forget_at).await.unwrap();
    assert_eq!(late, Swapped::Theirs(first));
    tables.stop().await;
}
