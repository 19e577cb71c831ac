//! Equity is the starting capital, what was realized and what isn't yet, to the cent, at every
//! step of any trade sequence.
#![cfg(test)]

#[path = "common/mod.rs"]
mod common;

use common::{RECEIVED_AT, mark, position, sides, utc};
use decisions::equity::point;
use domain::pnl::{LegPrices, ProfitAndLoss};
use domain::quote::Mark;
use domain::{Book, Contracts, Engine, Position, Price, Usd};
use proptest::prelude::*;

const CAPITAL: Usd = Usd(rust_decimal::Decimal::from_parts(50_000, 0, 0, false, 0));

#[derive(Debug, Clone)]
enum Event {
    /// Buys so many contracts at a price, for a fee.
    Open {
        cents: u32,
        count: u32,
        fee_cents: i64,
    },
    /// The n-th position has a new price.
    Mark { position: usize, cents: u32 },
    /// The n-th position is sold at a price, for a fee.
    Close {
        position: usize,
        cents: u32,
        fee_cents: i64,
    },
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        (1..2_000_u32, 1..10_u32, 0..700_i64).prop_map(|(cents, count, fee_cents)| Event::Open {
            cents,
            count,
            fee_cents
        }),
        (0..9_usize, 0..4_000_u32).prop_map(|(position, cents)| Event::Mark { position, cents }),
        (0..9_usize, 0..4_000_u32, 0..700_i64).prop_map(|(position, cents, fee_cents)| {
            Event::Close {
                position,
                cents,
                fee_cents,
            }
        }),
    ]
}

/// A book with what is held, changed as the ledger changes it.
struct Desk {
    book: Book,
    held: Vec<(Position, Option<Mark>)>,
    realized_usd: Usd,
}

impl Desk {
    fn opened() -> Self {
        Self {
            book: Book::opened_with(Engine::A, CAPITAL),
            held: Vec::new(),
            realized_usd: Usd::ZERO,
        }
    }

    fn apply(&mut self, event: &Event) {
        match *event {
            Event::Open {
                cents,
                count,
                fee_cents,
            } => self.open(cents, count, fee_cents),
            Event::Mark { position, cents } => self.mark(position, cents),
            Event::Close {
                position,
                cents,
                fee_cents,
            } => self.close(position, cents, fee_cents),
        }
    }

    fn open(&mut self, cents: u32, count: u32, fee_cents: i64) {
        let mut bought = position("SPY260702C00600000");
        bought.quantity = Contracts::try_from(count).unwrap();
        bought.entry_price = Price::cents(cents);
        bought.exposure_usd = bought.entry_price.value(bought.quantity);
        bought.entry_fee_usd = Usd::cents(fee_cents);
        self.book.cash_usd = self.book.cash_usd - bought.exposure_usd - bought.entry_fee_usd;
        self.book.exposure_usd = self.book.exposure_usd + bought.exposure_usd;
        self.held.push((bought, None));
    }

    fn mark(&mut self, index: usize, cents: u32) {
        let count = self.held.len().max(1);
        if let Some((held, newest)) = self.held.get_mut(index % count) {
            let at = utc(RECEIVED_AT) + chrono::TimeDelta::minutes(1);
            *newest = Some(mark(held, sides(cents, cents + 2), at));
        }
    }

    fn close(&mut self, index: usize, cents: u32, fee_cents: i64) {
        if self.held.is_empty() {
            return;
        }
        let (sold, _) = self.held.swap_remove(index % self.held.len());
        let (price, fee) = (Price::cents(cents), Usd::cents(fee_cents));
        self.book.cash_usd = self.book.cash_usd + price.value(sold.quantity) - fee;
        self.book.exposure_usd = self.book.exposure_usd - sold.exposure_usd;
        let leg = |fill, fee_usd| LegPrices {
            fill,
            mid: fill,
            worst: fill,
            fee_usd,
        };
        let entry = leg(sold.entry_price, sold.entry_fee_usd);
        let result = ProfitAndLoss::of(entry, leg(price, fee), sold.quantity);
        self.realized_usd = self.realized_usd + result.net_usd;
    }

    /// What held positions gained by their marks' middles, less the fees of their entries.
    fn unrealized_usd(&self) -> Usd {
        let each = self.held.iter().map(|(held, mark)| {
            let mid = mark
                .as_ref()
                .map_or(held.entry_price, |it| it.quote.sides.mid());
            mid.value(held.quantity) - held.exposure_usd - held.entry_fee_usd
        });
        each.sum()
    }
}

proptest! {
    #[test]
    fn equity_adds_up_at_every_step(events in prop::collection::vec(event(), 1..60)) {
        let (mut desk, now) = (Desk::opened(), utc("2026-06-24T15:15:04Z"));
        for event in &events {
            desk.apply(event);
            let told = point(&desk.book, &desk.held, CAPITAL, now).unwrap();
            prop_assert_eq!(told.realized_usd, desk.realized_usd);
            prop_assert_eq!(told.unrealized_usd, desk.unrealized_usd());
            let sum = CAPITAL + told.realized_usd + told.unrealized_usd;
            prop_assert_eq!(told.equity_usd, sum);
            prop_assert_eq!(told.at, utc("2026-06-24T15:15:00Z"));
            prop_assert_eq!(told.positions as usize, desk.held.len());
            let unmarked = desk.held.iter().filter(|(_, mark)| mark.is_none()).count();
            prop_assert_eq!(told.unmarked as usize, unmarked);
        }
    }
}

#[test]
fn a_book_and_positions_of_different_moments_make_no_point() {
    let mut desk = Desk::opened();
    desk.apply(&Event::Open {
        cents: 200,
        count: 1,
        fee_cents: 65,
    });
    let (now, none) = (utc(RECEIVED_AT), []);
    let error = point(&desk.book, &none, CAPITAL, now).unwrap_err();
    assert_eq!((error.book, error.found), (Usd::dollars(200), Usd::ZERO));
    // What is set aside for an order isn't held yet.
    desk.book.exposure_usd = desk.book.exposure_usd + Usd::dollars(300);
    desk.book.pending_usd = Usd::dollars(300);
    assert!(point(&desk.book, &desk.held, CAPITAL, now).is_ok());
}
