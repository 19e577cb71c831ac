//! Profit and loss: the one implementation, used by exits, the ledger and every report.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::{Contracts, Percent, Price, Usd};

/// What a long option gained: `(exit - entry) × contracts × 100`, before fees.
///
/// ```
/// use domain::{Contracts, Price, Usd, pnl};
/// let gain = pnl::gross(Price::cents(200), Price::cents(310), Contracts::ONE);
/// assert_eq!(gain, Usd::dollars(110));
/// ```
pub fn gross(entry: Price, exit: Price, quantity: Contracts) -> Usd {
    exit.value(quantity) - entry.value(quantity)
}

/// The gain in percent of the premium paid; absent when nothing was paid, and where it is beyond
/// every number.
pub fn percent(entry: Price, exit: Price) -> Option<Percent> {
    let (paid, now) = (entry.decimal(), exit.decimal());
    let gained = (now - paid).checked_div(paid)?;
    gained.checked_mul(Decimal::ONE_HUNDRED).map(Percent)
}

/// One round trip, read three ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ProfitAndLoss {
    /// At the modelled prices, before fees.
    pub gross_usd: Usd,
    /// At the modelled prices, after the fees of both legs.
    pub net_usd: Usd,
    /// At the mids, before fees.
    pub at_mid_usd: Usd,
    /// Bought at the ask and sold at the bid, before fees.
    pub at_worst_usd: Usd,
    /// Fees of both legs.
    pub fees_usd: Usd,
    /// The gross gain in percent of the premium paid.
    pub percent: Percent,
}

/// One leg's prices, per share, and its fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LegPrices {
    /// The modelled price.
    pub fill: Price,
    /// The mid.
    pub mid: Price,
    /// The worst side.
    pub worst: Price,
    /// Fees of the whole order.
    pub fee_usd: Usd,
}

impl ProfitAndLoss {
    /// The result of buying at `entry` and selling at `exit`.
    pub fn of(entry: LegPrices, exit: LegPrices, quantity: Contracts) -> Self {
        let gross_usd = gross(entry.fill, exit.fill, quantity);
        let fees_usd = entry.fee_usd + exit.fee_usd;
        Self {
            gross_usd,
            net_usd: gross_usd - fees_usd,
            at_mid_usd: gross(entry.mid, exit.mid, quantity),
            at_worst_usd: gross(entry.worst, exit.worst, quantity),
            fees_usd,
            percent: Percent(
                percent(entry.fill, exit.fill)
                    .unwrap_or_default()
                    .0
                    .round_dp(4),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn percent_is_of_the_premium_paid() {
        for (entry, exit, expected) in [(200, 300, 50), (200, 100, -50), (200, 0, -100)] {
            let reading = percent(Price::cents(entry), Price::cents(exit));
            assert_eq!(reading, Some(Percent::whole(expected)), "{entry} to {exit}");
        }
        assert_eq!(percent(Price::ZERO, Price::cents(5)), None);
        let greatest = Price::new(Decimal::MAX).unwrap();
        assert_eq!(percent(Price::cents(1), greatest), None);
    }

    fn prices(fill: u32, half_spread: u32, fee_cents: i64, buy: bool) -> LegPrices {
        let worst = if buy {
            fill + half_spread
        } else {
            fill.saturating_sub(half_spread)
        };
        let fill = Price::cents(fill);
        LegPrices {
            fill,
            mid: fill,
            worst: Price::cents(worst),
            fee_usd: Usd::cents(fee_cents),
        }
    }

    proptest! {
        #[test]
        fn net_is_gross_less_fees_and_the_worst_side_is_never_better(
            entry in 1_u32..100_000, exit in 0_u32..100_000, half_spread in 0_u32..50,
            fee in 0_i64..1_000, count in 1_u32..=10,
        ) {
            let quantity = Contracts::try_from(count).unwrap();
            let result = ProfitAndLoss::of(
                prices(entry, half_spread, fee, true),
                prices(exit, half_spread, fee, false),
                quantity,
            );
            prop_assert_eq!(result.net_usd, result.gross_usd - Usd::cents(2 * fee));
            prop_assert!(result.at_worst_usd <= result.gross_usd);
        }

        #[test]
        fn gains_of_a_path_add_up(a in 0_u32..10_000, b in 0_u32..10_000, c in 0_u32..10_000) {
            let [a, b, c] = [a, b, c].map(Price::cents);
            let sum = gross(a, b, Contracts::ONE) + gross(b, c, Contracts::ONE);
            prop_assert_eq!(sum, gross(a, c, Contracts::ONE));
        }
    }
}
