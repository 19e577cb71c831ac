//! Whether a position can be as it is recorded. Nothing sensible can be decided on one that can't.

use domain::calendar::trading_date;
use domain::money::SHARES_PER_CONTRACT;
use domain::{Position, Usd};
use rust_decimal::Decimal;

use super::price::{AHEAD_MAX, View};
use crate::eligibility::shown;

/// All that is wrong with the position, in words.
pub(super) fn faults(view: &View<'_>) -> Vec<String> {
    let position = view.position;
    let opened_at = position.opened_at;
    let expiration = position.contract.expiration();
    [
        (position.entry_price.is_zero()).then(|| "nothing was paid".to_owned()),
        (opened_at - view.now > AHEAD_MAX)
            .then(|| format!("opened in the future, {}", shown(opened_at))),
        (expiration < trading_date(opened_at))
            .then(|| format!("expired on {expiration}, before the entry")),
        (position.contract.is_adjusted())
            .then(|| format!("an adjusted contract, {}", position.contract)),
        wrong_exposure(position),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The exposure is the premium paid, and nothing else.
fn wrong_exposure(position: &Position) -> Option<String> {
    let exposure = position.exposure_usd;
    let shares = Decimal::from(position.quantity.count()) * Decimal::from(SHARES_PER_CONTRACT);
    let paid = position.entry_price.decimal().checked_mul(shares).map(Usd);
    (paid != Some(exposure)).then(|| {
        let paid = paid.map_or_else(|| "more than can be".to_owned(), |usd| usd.to_string());
        format!("{exposure} at risk, {paid} paid")
    })
}
