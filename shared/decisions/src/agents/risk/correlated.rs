//! What is already at stake on the same move: the premium in the signal's underlying, and in
//! those that move with it.
//!
//! Which way each position goes isn't looked at: a call and a put on what moves together count
//! alike.

use std::collections::BTreeSet;

use domain::{Percent, Symbol, Usd};
use rust_decimal::Decimal;

use crate::case::Case;

/// The premium that counts, and what couldn't be told.
pub(super) struct Correlated<'a> {
    pub(super) premium_usd: Usd,
    /// Underlyings in the book of which nobody knows how they move with the signal's.
    pub(super) unknown: Vec<&'a Symbol>,
}

impl<'a> Correlated<'a> {
    /// Of the book of a case. What is pending isn't known by underlying: all of it counts as soon
    /// as any underlying that counts has an entry in the book, which errs on the safe side.
    pub(super) fn of(case: &Case<'a>) -> Self {
        let knowledge = case.knowledge;
        let least = Percent::whole(case.settings.committee.correlated_from_percent.into()).share();
        let (mut counted, mut unknown) = (vec![&case.signal.symbol], Vec::new());
        for symbol in others(case) {
            let known = knowledge.correlations.get(symbol);
            match known.and_then(|known| known.coefficient) {
                None => unknown.push(symbol),
                Some(coefficient) if coefficient >= least => counted.push(symbol),
                Some(_) => (),
            }
        }
        Self {
            premium_usd: premium(case, &counted),
            unknown,
        }
    }
}

/// The other underlyings that the engine holds or is about to hold.
fn others<'a>(case: &Case<'a>) -> BTreeSet<&'a Symbol> {
    let knowledge = case.knowledge;
    let counts = knowledge.book.count_by_symbol.iter();
    let in_book = counts.filter(|held| *held.1 > 0).map(|held| held.0);
    let premiums = knowledge.premium_usd_by_symbol.iter();
    let open = premiums
        .filter(|held| *held.1 > Usd::ZERO)
        .map(|held| held.0);
    in_book
        .chain(open)
        .filter(|symbol| **symbol != case.signal.symbol)
        .collect()
}

fn premium(case: &Case<'_>, counted: &[&Symbol]) -> Usd {
    let knowledge = case.knowledge;
    let open = counted
        .iter()
        .filter_map(|symbol| knowledge.premium_usd_by_symbol.get(symbol))
        .copied();
    let book = &knowledge.book;
    let is_in_book = counted.iter().any(|symbol| book.count_in(symbol) > 0);
    let pending = is_in_book.then_some(book.pending_usd);
    open.chain(pending)
        .try_fold(Decimal::ZERO, |sum, premium| sum.checked_add(premium.0))
        .map_or(Usd(Decimal::MAX), Usd)
}
