//! The price at which an order fills, by the model that the settings name. All or nothing.

use chrono::{DateTime, Utc};
use domain::quote::OptionQuote;
use domain::settings::TradingRules;
use domain::{ExitReason, FillBasis, FillModel, Price, Side};
use rust_decimal::Decimal;

use crate::ticks::TickClass;

/// A fill that a quote supports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fill {
    /// The modelled price, per share.
    pub price: Price,
    /// What it was read from.
    pub basis: FillBasis,
}

/// Why a quote supports none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoFill {
    /// Too old.
    #[error("the quote is {age_ms} ms old; at most {age_ms_max} ms are allowed")]
    Stale {
        /// Its age, in milliseconds.
        age_ms: i64,
        /// The limit, in milliseconds.
        age_ms_max: i64,
    },
    /// The bid exceeds the ask.
    #[error("the quote is crossed: bid {bid}, ask {ask}")]
    Crossed {
        /// The bid, per share.
        bid: Price,
        /// The ask, per share.
        ask: Price,
    },
    /// There is no bid, or no ask.
    #[error("the quote has one side only: bid {bid}, ask {ask}")]
    OneSided {
        /// The bid, per share.
        bid: Price,
        /// The ask, per share.
        ask: Price,
    },
}

/// The model for this order: exits by the stop may have their own.
pub fn model_for(rules: &TradingRules, exit: Option<ExitReason>) -> FillModel {
    match exit {
        Some(ExitReason::StopLoss) => rules.stop_fill_model,
        _ => rules.fill_model,
    }
}

/// Fills an order on this quote, or says why it can't.
pub fn fill(
    quote: &OptionQuote,
    side: Side,
    model: FillModel,
    rules: &TradingRules,
    now: DateTime<Utc>,
) -> Result<Fill, NoFill> {
    let quote_age_ms = quote.provenance.age_ms(now);
    refuse_unusable(quote, quote_age_ms, i64::from(rules.quote_age_ms_max))?;
    let sides = quote.sides;
    let worst = match side {
        Side::Buy => sides.ask,
        Side::Sell => sides.bid,
    };
    let price = match model {
        FillModel::Mid => sides.mid(),
        FillModel::MidPlusFraction => beyond_mid(quote, side, rules.fill_fraction),
        FillModel::Touch => worst,
    };
    let (quote, mid) = (quote.clone(), sides.mid());
    Ok(Fill {
        price,
        basis: FillBasis::Quote {
            model,
            quote,
            quote_age_ms,
            mid,
            worst,
        },
    })
}

fn refuse_unusable(quote: &OptionQuote, age_ms: i64, age_ms_max: i64) -> Result<(), NoFill> {
    let (bid, ask) = (quote.sides.bid, quote.sides.ask);
    if age_ms > age_ms_max {
        return Err(NoFill::Stale { age_ms, age_ms_max });
    }
    if bid.is_zero() || ask.is_zero() {
        return Err(NoFill::OneSided { bid, ask });
    }
    if bid > ask {
        return Err(NoFill::Crossed { bid, ask });
    }
    Ok(())
}

/// A share of the spread worse than the mid, rounded against the trader to the tick of that
/// price, and never beyond the touch.
fn beyond_mid(quote: &OptionQuote, side: Side, fraction: Decimal) -> Price {
    let (bid, ask) = (quote.sides.bid.decimal(), quote.sides.ask.decimal());
    let mid = quote.sides.mid().decimal();
    let away = (ask - bid) * fraction;
    let tick = |exact| {
        let at = Price::new(exact).unwrap_or(Price::ZERO);
        TickClass::of(quote.contract.root()).tick(at)
    };
    let rounded = match side {
        Side::Buy => round_up(mid + away, tick(mid + away)),
        Side::Sell => round_down(mid - away, tick(mid - away)),
    };
    // Between bid and ask, so never negative.
    Price::new(rounded.clamp(bid, ask)).unwrap_or(quote.sides.bid)
}

fn round_up(exact: Decimal, tick: Decimal) -> Decimal {
    (exact / tick).ceil() * tick
}

fn round_down(exact: Decimal, tick: Decimal) -> Decimal {
    (exact / tick).floor() * tick
}
