//! From an exact value to the two sides that a market maker would show: whole ticks around it.

use domain::Price;
use domain::quote::BidAsk;

use super::Class;

/// Where a company's option changes from a tick of a cent to one of five, in dollars.
const NICKEL_FROM_USD: f64 = 3.0;
/// The part of a stock's price that its spread takes.
const STOCK_SPREAD: f64 = 0.000_05;
/// The part of an index fund's option premium that its spread takes.
const FUND_OPTION_SPREAD: f64 = 0.01;
/// The part of a company's option premium that its spread takes.
const COMPANY_OPTION_SPREAD: f64 = 0.025;

/// The sides of a stock worth `value_usd` per share.
pub(crate) fn stock_sides(value_usd: f64) -> BidAsk {
    let half = 0.5 * value_usd * STOCK_SPREAD;
    let bid = floor_to(value_usd - half, 1);
    let ask = ceil_to(value_usd + half, 1).max(bid + 1);
    BidAsk {
        bid: Price::cents(bid),
        ask: Price::cents(ask),
    }
}

/// The sides of an option worth `value_usd` per share. Whoever sells wants at least a tick; a
/// bid of zero says that nobody would buy.
pub(crate) fn option_sides(value_usd: f64, class: Class) -> BidAsk {
    let part = match class {
        Class::IndexFund => FUND_OPTION_SPREAD,
        Class::Company => COMPANY_OPTION_SPREAD,
    };
    let half = 0.5 * (0.01 + value_usd * part);
    let (low, high) = (value_usd - half, value_usd + half);
    let bid = floor_to(low, tick_cents(low, class));
    let ask = ceil_to(high, tick_cents(high, class)).max(bid + 1);
    BidAsk {
        bid: Price::cents(bid),
        ask: Price::cents(ask),
    }
}

/// The smallest step of an option's price at this level, in cents.
fn tick_cents(price_usd: f64, class: Class) -> u32 {
    match class {
        Class::Company if price_usd >= NICKEL_FROM_USD => 5,
        Class::Company | Class::IndexFund => 1,
    }
}

/// The highest whole tick that isn't above the price, in cents; zero for anything below.
pub(crate) fn floor_to(price_usd: f64, tick_cents: u32) -> u32 {
    whole((price_usd * 100.0 / f64::from(tick_cents)).floor()) * tick_cents
}

/// The lowest whole tick that isn't below the price, in cents.
pub(crate) fn ceil_to(price_usd: f64, tick_cents: u32) -> u32 {
    whole((price_usd * 100.0 / f64::from(tick_cents)).ceil()) * tick_cents
}

/// The nearest price in whole cents.
pub(crate) fn nearest_cent(price_usd: f64) -> Price {
    Price::cents(whole((price_usd * 100.0).round()))
}

/// A whole number of ticks; the highest is far above any price.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is whole and was brought into range"
)]
fn whole(number: f64) -> u32 {
    const MOST: f64 = 100_000_000.0;
    number.clamp(0.0, MOST) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cents(bid: u32, ask: u32) -> BidAsk {
        BidAsk {
            bid: Price::cents(bid),
            ask: Price::cents(ask),
        }
    }

    #[test]
    fn sides_lie_on_ticks_around_the_value() {
        for (value_usd, class, expected) in [
            (0.0, Class::IndexFund, cents(0, 1)),
            (0.004, Class::IndexFund, cents(0, 1)),
            (1.0, Class::IndexFund, cents(99, 101)),
            (10.004, Class::IndexFund, cents(994, 1006)),
            (2.0, Class::Company, cents(197, 203)),
            (2.985, Class::Company, cents(294, 305)),
            (10.0, Class::Company, cents(985, 1015)),
        ] {
            assert_eq!(
                option_sides(value_usd, class),
                expected,
                "{value_usd} {class:?}"
            );
        }
    }

    #[test]
    fn a_stock_is_quoted_within_cents() {
        assert_eq!(stock_sides(650.004), cents(64_998, 65_003));
        assert_eq!(stock_sides(20.0), cents(1_999, 2_001));
    }
}
