//! What may happen to an engine's book.

use proptest::prelude::*;

/// Something that happens to an engine's book.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    /// An entry whose bounds were computed from the book of some events ago.
    Entry {
        symbol: usize,
        cost_usd: i64,
        books_ago: usize,
    },
    /// The n-th pending order fills, for less than was set aside.
    Fill { order: usize, saved_usd: i64 },
    /// The n-th pending order fails.
    Fail { order: usize },
    /// The n-th position closes.
    Close { position: usize, gain_usd: i64 },
    /// A person stops entries, or lets them go on.
    Halt { stands: bool },
    /// Exit alerts cancel everything received so far in a symbol.
    ExitAlert { symbol: usize },
}

pub(crate) fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        6 => (0..3_usize, 1..900_i64, 0..4_usize).prop_map(|(symbol, cost_usd, books_ago)| {
            Event::Entry { symbol, cost_usd, books_ago }
        }),
        4 => (0..9_usize, 0..50_i64)
            .prop_map(|(order, saved_usd)| Event::Fill { order, saved_usd }),
        1 => (0..9_usize).prop_map(|order| Event::Fail { order }),
        3 => (0..9_usize, -900..300_i64)
            .prop_map(|(position, gain_usd)| Event::Close { position, gain_usd }),
        1 => any::<bool>().prop_map(|stands| Event::Halt { stands }),
        1 => (0..3_usize).prop_map(|symbol| Event::ExitAlert { symbol }),
    ]
}
