//! What an order costs in fees: the broker's commission, and what exchanges, clearing house and
//! regulators take. Every rate is a setting, since they change from year to year.

use rust_decimal::Decimal;

use crate::money::{Contracts, Price, Usd};
use crate::order::Side;

/// The rates of fees. Those of one contract are in US dollars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeeSchedule {
    /// The broker's commission on a contract.
    pub commission_usd: Usd,
    /// The exchanges' options regulatory fee on a contract.
    pub options_regulatory_usd: Usd,
    /// The clearing house's fee on a contract.
    pub clearing_usd: Usd,
    /// The consolidated audit trail's fee on a contract.
    pub audit_trail_usd: Usd,
    /// FINRA's trading activity fee on a contract that is sold.
    pub trading_activity_usd: Usd,
    /// The SEC's share of the proceeds of a sale: 0.0000206 is $20.60 of a million.
    pub sec_rate: Decimal,
}

impl FeeSchedule {
    /// The fees of one whole order that fills at `price`, rounded half up to the cent once.
    /// A settlement is no order and has none.
    ///
    /// ```
    /// use domain::fees::FeeSchedule;
    /// use domain::{Contracts, Price, Side, Usd};
    /// let fees = FeeSchedule::commission(Usd::cents(65));
    /// assert_eq!(fees.of_order(Side::Buy, Contracts::ONE, Price::cents(120)), Usd::cents(65));
    /// ```
    pub fn of_order(&self, side: Side, quantity: Contracts, price: Price) -> Usd {
        let either_side = self.commission_usd
            + self.options_regulatory_usd
            + self.clearing_usd
            + self.audit_trail_usd;
        let (per_contract, of_proceeds) = match side {
            Side::Buy => (either_side, Decimal::ZERO),
            Side::Sell => (either_side + self.trading_activity_usd, self.sec_rate),
        };
        let contracts = Decimal::from(quantity.count());
        let proceeds = price.value(quantity);
        Usd(per_contract.0 * contracts + of_proceeds * proceeds.0).rounded_to_cent()
    }

    /// A commission and nothing else.
    pub fn commission(commission_usd: Usd) -> Self {
        Self {
            commission_usd,
            options_regulatory_usd: Usd::ZERO,
            clearing_usd: Usd::ZERO,
            audit_trail_usd: Usd::ZERO,
            trading_activity_usd: Usd::ZERO,
            sec_rate: Decimal::ZERO,
        }
    }
}

impl Default for FeeSchedule {
    /// A commission of $0.65 a contract.
    fn default() -> Self {
        Self::commission(Usd::cents(65))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn schedule() -> FeeSchedule {
        FeeSchedule {
            commission_usd: Usd::cents(65),
            options_regulatory_usd: Usd(Decimal::new(2, 2)),
            clearing_usd: Usd(Decimal::new(25, 3)),
            audit_trail_usd: Usd(Decimal::new(3, 4)),
            trading_activity_usd: Usd(Decimal::new(329, 5)),
            sec_rate: Decimal::new(206, 7),
        }
    }

    fn contracts(count: u32) -> Contracts {
        Contracts::try_from(count).unwrap()
    }

    #[test]
    fn only_a_sale_pays_on_its_proceeds() {
        let (one, dear) = (Contracts::ONE, Price::cents(500_000));
        // 0.6953 to buy; a sale adds 0.00329, and 10.30 on $500,000.
        for (side, cents) in [(Side::Buy, 70), (Side::Sell, 1_100)] {
            assert_eq!(
                schedule().of_order(side, one, dear),
                Usd::cents(cents),
                "{side:?}"
            );
        }
        let sale = schedule().of_order(Side::Sell, one, Price::ZERO);
        assert_eq!(sale, Usd::cents(70));
    }

    #[test]
    fn an_order_is_rounded_once_and_half_a_cent_up() {
        let half = FeeSchedule::commission(Usd(Decimal::new(5, 3)));
        for (count, cents) in [(1, 1), (2, 1), (3, 2), (100, 50)] {
            let fee = half.of_order(Side::Buy, contracts(count), Price::ZERO);
            assert_eq!(fee, Usd::cents(cents), "{count} contracts");
        }
    }

    proptest! {
        #[test]
        fn a_sale_costs_at_least_what_buying_does(cents in 0_u32..500_000, count in 1_u32..500) {
            let fee = |side| schedule().of_order(side, contracts(count), Price::cents(cents));
            prop_assert!(fee(Side::Sell) >= fee(Side::Buy));
            prop_assert_eq!(fee(Side::Sell), fee(Side::Sell).rounded_to_cent());
        }

        #[test]
        fn a_mere_commission_is_the_same_at_every_price(cents in 0_u32..500_000, count in 1_u32..500) {
            let fee = |side| FeeSchedule::default().of_order(side, contracts(count), Price::cents(cents));
            prop_assert_eq!(fee(Side::Buy), Usd::cents(65 * i64::from(count)));
            prop_assert_eq!(fee(Side::Sell), fee(Side::Buy));
        }
    }
}
