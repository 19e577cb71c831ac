//! How many contracts an entry buys, and whether one position may cost them.

use domain::quote::BidAsk;
use domain::settings::Sizing;
use domain::{Contracts, OptionContract, Price, Rejection, RejectionReason, Settings, Usd};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::contract_choice::Choice;

/// The choice of this contract, if one position may cost it at the ask.
pub(crate) fn affordable(
    contract: &OptionContract,
    sides: BidAsk,
    asked_for: Option<Contracts>,
    settings: &Settings,
) -> Option<Choice> {
    let quantity = quantity(sides.ask, asked_for, settings)?;
    let cost_usd = sides.ask.value(quantity);
    let fits = cost_usd <= settings.risk_limits.max_position_usd;
    fits.then(|| Choice {
        contract: contract.clone(),
        quantity,
        sides,
        cost_usd,
    })
}

fn quantity(ask: Price, asked_for: Option<Contracts>, settings: &Settings) -> Option<Contracts> {
    let most = settings.risk_limits.max_position_size;
    let wanted = match (asked_for, settings.trading_rules.sizing) {
        (Some(contracts), _) | (None, Sizing::Quantity(contracts)) => contracts.count(),
        (None, Sizing::PremiumBudget(budget)) => contracts_for(budget, ask, most),
    };
    Contracts::try_from(wanted.min(most)).ok()
}

/// As many as the budget buys, but at least one: what a position may cost is another limit.
fn contracts_for(budget: Usd, ask: Price, most: u32) -> u32 {
    let bought = budget.0.checked_div(ask.value(Contracts::ONE).0);
    let bought = bought.unwrap_or_default().floor();
    bought
        .clamp(Decimal::ONE, Decimal::from(most.max(1)))
        .to_u32()
        .unwrap_or(1)
}

/// That not even the cheapest of the contracts fits into a position.
pub(crate) fn too_expensive(
    cheapest_ask: Price,
    asked_for: Option<Contracts>,
    settings: &Settings,
) -> Rejection {
    let wanted = quantity(cheapest_ask, asked_for, settings).unwrap_or(Contracts::ONE);
    let cost = cheapest_ask.value(wanted);
    let limit = settings.risk_limits.max_position_usd;
    let detail = format!(
        "the cheapest contract asks {cheapest_ask} a share, so {wanted} of it cost {cost}; \
         a position may cost {limit}"
    );
    Rejection::new(RejectionReason::Unaffordable, detail)
}
