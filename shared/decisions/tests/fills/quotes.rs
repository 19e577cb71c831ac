//! Quotes, and their prices by each model.

use decisions::fills::{Fill, NoFill, fill};
use domain::quote::OptionQuote;
use domain::settings::TradingRules;
use domain::{FillModel, Price, Side};

use crate::common::{RECEIVED_AT, option_quote, sides, utc};

pub(crate) const MODELS: [FillModel; 3] =
    [FillModel::Mid, FillModel::MidPlusFraction, FillModel::Touch];

pub(crate) fn quote(root: &str, bid_cents: u32, ask_cents: u32) -> OptionQuote {
    let name = format!("{root}260702C00600000");
    option_quote(&name, sides(bid_cents, ask_cents), utc(RECEIVED_AT))
}

pub(crate) fn filled(quote: &OptionQuote, side: Side, model: FillModel) -> Result<Fill, NoFill> {
    fill(
        quote,
        side,
        model,
        &TradingRules::default(),
        utc(RECEIVED_AT),
    )
}

/// The price by each model, from the mid to the touch.
pub(crate) fn prices(quote: &OptionQuote, side: Side) -> [Price; 3] {
    MODELS.map(|model| filled(quote, side, model).unwrap().price)
}
