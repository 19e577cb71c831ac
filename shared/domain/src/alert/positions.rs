//! What an alert tells of the strategy's own position, before and after its order.

use rust_decimal::Decimal;

use super::fields::{Field, Fields, quoted};
use super::words::Claim;
use crate::signal::Direction;

const MARKET_POSITION: [&str; 3] = [
    "market_position",
    "strategy.market_position",
    "strategy_info.market_position",
];
const PREV_MARKET_POSITION: [&str; 3] = [
    "prev_market_position",
    "strategy.prev_market_position",
    "strategy_info.prev_market_position",
];
const MARKET_POSITION_SIZE: [&str; 3] = [
    "market_position_size",
    "strategy.market_position_size",
    "strategy_info.market_position_size",
];
const PREV_MARKET_POSITION_SIZE: [&str; 3] = [
    "prev_market_position_size",
    "strategy.prev_market_position_size",
    "strategy_info.prev_market_position_size",
];
const POSITION_SIZE: [&str; 3] = [
    "position_size",
    "strategy.position_size",
    "strategy_info.position_size",
];
const ORDER_SIZE: [&str; 5] = [
    "order_contracts",
    "contracts",
    "quantity",
    "strategy.order_contracts",
    "strategy.contracts",
];

/// Where a strategy stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    Flat,
    On(Direction),
}

impl Stand {
    fn parse(text: &str) -> Option<Self> {
        match text.to_lowercase().as_str() {
            "flat" => Some(Self::Flat),
            "long" | "bull" | "bullish" => Some(Self::On(Direction::Long)),
            "short" | "bear" | "bearish" => Some(Self::On(Direction::Short)),
            _ => None,
        }
    }

    fn of_signed(size: Decimal) -> Self {
        match size {
            zero if zero.is_zero() => Self::Flat,
            size if size.is_sign_negative() => Self::On(Direction::Short),
            _ => Self::On(Direction::Long),
        }
    }
}

/// Where the strategy stands after its order and stood before it, as far as the alert tells.
#[derive(Debug)]
pub(super) struct Positions {
    pub(super) after: Option<Claim<Stand>>,
    pub(super) before: Option<Claim<Stand>>,
    /// Whether the position grew (or shrank), where both sizes are known and differ.
    pub(super) grew: Option<bool>,
}

impl Positions {
    /// `traded` is what the alert's words say was bought or sold.
    pub(super) fn read(fields: &mut Fields<'_>, traded: Option<Direction>) -> Self {
        let signed = fields.number(&POSITION_SIZE);
        let after = read_after(fields, signed);
        let prior = signed.and_then(|size| prior_size(fields, size, after, traded));
        let before =
            read_stand(fields, &PREV_MARKET_POSITION).or(prior.map(|(field, size)| Claim {
                value: Stand::of_signed(size),
                field,
            }));
        let size_after = fields.number(&MARKET_POSITION_SIZE).or(signed);
        let size_before = fields.number(&PREV_MARKET_POSITION_SIZE).or(prior);
        Self {
            after,
            before,
            grew: grew(size_before, size_after),
        }
    }
}

type Size = (&'static str, Decimal);

fn read_after(fields: &mut Fields<'_>, signed: Option<Size>) -> Option<Claim<Stand>> {
    let mut after = read_stand(fields, &MARKET_POSITION);
    if let Some(sentiment) = read_stand(fields, &["sentiment"]) {
        sentiment.keep(&mut after, fields);
    }
    if let Some((field, size)) = signed {
        let told = Claim {
            value: Stand::of_signed(size),
            field,
        };
        if !is_unsigned_short(size, after) {
            told.keep(&mut after, fields);
        }
    }
    after
}

/// Some templates fill `position_size` from the unsigned market position size.
fn is_unsigned_short(size: Decimal, after: Option<Claim<Stand>>) -> bool {
    let short = after.is_some_and(|stand| stand.value == Stand::On(Direction::Short));
    short && size > Decimal::ZERO
}

fn read_stand(fields: &mut Fields<'_>, names: &[&'static str]) -> Option<Claim<Stand>> {
    let Field { name: field, text } = fields.first(names)?;
    let Some(value) = Stand::parse(&text) else {
        let message = format!(
            "must be long, short, bullish, bearish or flat, and is {}",
            quoted(&text)
        );
        fields.refuse(field, message);
        return None;
    };
    Some(Claim { value, field })
}

/// The signed size before the order: what stands now, less what was bought, plus what was sold.
fn prior_size(
    fields: &mut Fields<'_>,
    (field, size): Size,
    after: Option<Claim<Stand>>,
    traded: Option<Direction>,
) -> Option<Size> {
    let order_size = fields.number(&ORDER_SIZE)?.1.abs();
    let signed = if is_unsigned_short(size, after) {
        -size
    } else {
        size
    };
    let prior = match traded? {
        Direction::Long => signed.checked_sub(order_size),
        Direction::Short => signed.checked_add(order_size),
    };
    if prior.is_none() {
        fields.refuse(field, "is too large");
    }
    Some((field, prior?))
}

fn grew(before: Option<Size>, after: Option<Size>) -> Option<bool> {
    let (before, after) = (before?.1.abs(), after?.1.abs());
    (before != after).then_some(after > before)
}
