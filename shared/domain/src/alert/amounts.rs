//! The numbers that an alert may give: the underlying's price, and how many contracts to buy.

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::fields::Fields;
use crate::money::{Contracts, Price};

const PRICE_FIELDS: [&str; 4] = ["price", "signalPrice", "close", "trigger_price"];

/// Digits after the point that are kept of a price.
const PRICE_SCALE: u32 = 4;

/// More than any share costs, in US dollars.
const PRICE_USD_END: i64 = 10_000_000;

/// The most contracts that one alert may ask for.
const OPTION_CONTRACTS_MAX: u32 = 10;

/// The underlying's price in US dollars per share, where one is told.
pub(super) fn read_price(fields: &mut Fields<'_>) -> Option<Price> {
    let (name, number) = fields.number(&PRICE_FIELDS)?;
    let rounded =
        number.round_dp_with_strategy(PRICE_SCALE, RoundingStrategy::MidpointAwayFromZero);
    if rounded <= Decimal::ZERO || rounded >= Decimal::from(PRICE_USD_END) {
        fields.refuse(
            name,
            format!("must be more than 0 and less than {PRICE_USD_END}"),
        );
        return None;
    }
    Price::new(rounded).ok()
}

/// How many option contracts to buy, where the author asks for a number. Other quantities in
/// alerts are shares, and are not read as a size.
pub(super) fn read_option_contracts(fields: &mut Fields<'_>) -> Option<Contracts> {
    let (name, number) = fields.number(&["option_contracts"])?;
    let count = Some(number)
        .filter(Decimal::is_integer)
        .and_then(|number| number.to_u32());
    let count = count.filter(|count| (1..=OPTION_CONTRACTS_MAX).contains(count));
    if count.is_none() {
        fields.refuse(
            name,
            format!("must be a whole number from 1 to {OPTION_CONTRACTS_MAX}"),
        );
    }
    Contracts::try_from(count?).ok()
}
