//! The whole chain of a modelled stock: quotes, Greeks, and how much is held and traded.

use domain::quote::Provenance;
use domain::{Greeks, ListedOption, OptionChain, OptionContract, Price};

use super::hash::{keyed_by_text, unit};
use super::options::{Underlying, inputs, quote};
use crate::request::ChainRequest;
use crate::{MarketError, validation};

/// Contracts held at the strike nearest to the price, before luck.
const OPEN_INTEREST_USUAL: f64 = 8_000.0;
/// How fast holdings fall off with a strike's distance, as a part of the price.
const OPEN_INTEREST_WIDTH: f64 = 0.06;

/// The contracts that a request means, with all that the model says of them.
pub(crate) fn chain(
    underlying: &Underlying,
    request: &ChainRequest,
    contracts: Vec<OptionContract>,
    provenance: Provenance,
) -> Result<OptionChain, MarketError> {
    let meant = contracts
        .into_iter()
        .filter(|contract| request.admits(contract.strike()));
    let options = meant.map(|contract| listed(underlying, &contract, &provenance));
    let mut options: Vec<ListedOption> = options.collect::<Result<_, _>>()?;
    options.sort_by(|a, b| a.contract.cmp(&b.contract));
    Ok(validation::chain(OptionChain {
        underlying: request.underlying.clone(),
        underlying_price: Price::from_f64(underlying.spot_usd).ok(),
        options,
        refused: 0,
        provenance,
    }))
}

fn listed(
    underlying: &Underlying,
    contract: &OptionContract,
    provenance: &Provenance,
) -> Result<ListedOption, MarketError> {
    let quote = quote(underlying, contract, provenance.clone())?;
    let inputs = inputs(underlying, contract, provenance);
    let greeks = inputs.value().ok().map(|value| Greeks {
        delta: value.delta,
        gamma: value.gamma,
        theta: value.theta,
        vega: value.vega,
        rho: Some(value.rho),
    });
    let open_interest = open_interest(underlying, contract);
    Ok(ListedOption {
        contract: quote.contract,
        sides: Some(quote.sides),
        bid_size: quote.bid_size,
        ask_size: quote.ask_size,
        quoted_at: Some(provenance.at),
        implied_volatility: Some(inputs.volatility),
        greeks,
        open_interest: Some(open_interest),
        volume: Some(open_interest / 8),
    })
}

/// Most is held near the price and at round strikes; the rest is luck that stays.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count from 0 to some ten thousand"
)]
fn open_interest(underlying: &Underlying, contract: &OptionContract) -> u64 {
    let strike = contract.strike().to_f64();
    let distance = libm::log(strike / underlying.spot_usd) / OPEN_INTEREST_WIDTH;
    let roundness = if strike % 5.0 == 0.0 { 2.0 } else { 1.0 };
    let luck = 0.2 + unit(keyed_by_text(11, &contract.to_string()));
    (OPEN_INTEREST_USUAL * libm::exp(-distance * distance / 2.0) * roundness * luck).round() as u64
}
