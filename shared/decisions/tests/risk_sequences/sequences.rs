//! Sequences of events, any and chosen.

use domain::Usd;
use proptest::prelude::*;

use crate::account::Account;
use crate::events::{Event, event};

proptest! {
    #[test]
    fn no_limit_is_ever_exceeded(events in prop::collection::vec(event(), 1..80)) {
        let mut account = Account::opened();
        for event in &events {
            account.apply(event)?;
            account.check()?;
        }
    }
}

/// An entry in a symbol at once.
fn entry(symbol: usize, cost_usd: i64) -> Event {
    Event::Entry {
        symbol,
        cost_usd,
        books_ago: 0,
    }
}

/// A round trip in the third symbol that loses an amount, while nothing else is held.
fn loss(usd: i64) -> [Event; 3] {
    let (order, position) = (0, 0);
    [
        entry(2, 900),
        Event::Fill {
            order,
            saved_usd: 0,
        },
        Event::Close {
            position,
            gain_usd: -usd,
        },
    ]
}

/// The sequences above are of use only if they can run into every limit.
#[test]
fn sequences_meet_every_limit() {
    use domain::RejectionReason as Reason;
    let [first, second] = [loss(900), loss(200)].map(Vec::from);
    for (events, reason) in [
        (vec![entry(0, 100); 3], Reason::SymbolPositionLimit),
        (
            [0, 0, 1, 1, 2].map(|symbol| entry(symbol, 9)).to_vec(),
            Reason::OpenPositionLimit,
        ),
        (vec![entry(0, 700), entry(1, 600)], Reason::ExposureLimit),
        (
            [&first[..], &[entry(1, 400)]].concat(),
            Reason::NotEnoughCash,
        ),
        ([first, second].concat(), Reason::DailyLossLimit),
        (
            vec![Event::ExitAlert { symbol: 0 }],
            Reason::CancelledByExit,
        ),
    ] {
        let mut account = Account::opened();
        for event in &events {
            account.apply(event).unwrap();
        }
        let bounds = account.bounds("SPY", Usd::dollars(800), 0);
        let refusal = bounds.refusal(account.book());
        assert_eq!(refusal.map(|refusal| refusal.reason), Some(reason));
    }
}
