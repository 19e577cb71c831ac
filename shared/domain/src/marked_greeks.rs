//! How an option's value moves with the market, as our own model reads it off a price. A fill and
//! every mark are read by the same model, so that they may be compared.

use serde::{Deserialize, Serialize};

use crate::money::Price;
use crate::option_chain::Greeks;

/// Digits after the point that are kept: more mean nothing, and the ledger's numbers have an end.
const KEPT: f64 = 1e9;

/// The Greeks of a contract at one price of it and of its underlying.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MarkedGreeks {
    /// What the underlying stood at, in US dollars per share.
    pub underlying_price: Price,
    /// Volatility per year that the mid implies: 0.2 is 20 %.
    pub implied_volatility: f64,
    /// Whether the mid tells the volatility well enough to act on what follows from it.
    pub reliable: bool,
    /// The Greeks at that volatility.
    #[serde(flatten)]
    pub greeks: Greeks,
}

impl MarkedGreeks {
    /// The same, in billionths. Absent where a figure is infinite or not a number.
    pub fn rounded(self) -> Option<Self> {
        let greeks = Greeks {
            delta: billionths(self.greeks.delta)?,
            gamma: billionths(self.greeks.gamma)?,
            theta: billionths(self.greeks.theta)?,
            vega: billionths(self.greeks.vega)?,
            rho: self.greeks.rho.and_then(billionths),
        };
        Some(Self {
            implied_volatility: billionths(self.implied_volatility)?,
            greeks,
            ..self
        })
    }
}

/// A figure in billionths, as the Greeks are kept, so that it can be compared with them. Absent
/// where it is infinite or not a number, or too large to be told so.
pub fn billionths(figure: f64) -> Option<f64> {
    // Adding zero makes of a negative zero a plain one, as the ledger does.
    let rounded = (figure * KEPT).round() / KEPT + 0.0;
    rounded.is_finite().then_some(rounded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(figure: f64) -> MarkedGreeks {
        MarkedGreeks {
            underlying_price: Price::cents(45_000),
            implied_volatility: 0.2,
            reliable: true,
            greeks: Greeks {
                delta: figure,
                gamma: 1.0,
                theta: -1.0,
                vega: 1.0,
                rho: None,
            },
        }
    }

    #[test]
    fn what_no_ledger_can_hold_is_rounded_away() {
        for (figure, kept) in [
            (1e-200, Some(0.0)),
            (-1e-200, Some(0.0)),
            (0.123_456_789_12, Some(0.123_456_789)),
            (f64::NAN, None),
            (f64::INFINITY, None),
            (f64::MAX, None),
        ] {
            let rounded = at(figure).rounded().map(|it| it.greeks.delta);
            assert_eq!(
                rounded.map(f64::to_bits),
                kept.map(f64::to_bits),
                "{figure}"
            );
        }
    }
}
