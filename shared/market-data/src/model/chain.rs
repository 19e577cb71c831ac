//! The whole chain of a modelled stock: quotes, Greeks, and how much is held and traded.

use chrono::NaiveDate;
use domain::quote::Provenance;
use domain::{Greeks, ListedOption, OptionChain, OptionContract, Price};

use super::hash::unit;
use super::options::{Underlying, keyed_by_contract, priced, years_left};
use crate::request::ChainRequest;
use crate::{MarketError, validation};

/// Contracts held at the strike nearest to the price, before luck.
const OPEN_INTEREST_USUAL: f64 = 8_000.0;
/// How fast holdings fall off with a strike's distance, as a part of the price.
const OPEN_INTEREST_WIDTH: f64 = 0.06;
/// Greeks and volatilities are told in millionths: nobody needs more, and a provider's are no
/// longer either.
const MILLION: f64 = 1e6;

/// The contracts that a request means, with all that the model says of them.
pub(crate) fn chain(
    underlying: &Underlying,
    request: &ChainRequest,
    contracts: Vec<OptionContract>,
    provenance: Provenance,
) -> Result<OptionChain, MarketError> {
    let meant = contracts
        .into_iter()
        .filter(|contract| request.admits(contract));
    // Contracts come by expiration, and reading the calendar costs more than the mathematics.
    let mut last: Option<(NaiveDate, f64)> = None;
    let options = meant.map(|contract| {
        let expiration = contract.expiration();
        let known = last.filter(|(date, _)| *date == expiration);
        let years = known.map_or_else(|| years_left(&contract, provenance.at), |known| known.1);
        last = Some((expiration, years));
        listed(underlying, contract, years, &provenance)
    });
    let options: Vec<ListedOption> = options.collect::<Result<_, _>>()?;
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
    contract: OptionContract,
    years: f64,
    provenance: &Provenance,
) -> Result<ListedOption, MarketError> {
    let priced = priced(underlying, &contract, years, provenance)?;
    let open_interest = open_interest(underlying, &contract);
    let [bid_size, ask_size] = priced.sizes;
    Ok(ListedOption {
        sides: Some(priced.sides),
        bid_size,
        ask_size,
        quoted_at: Some(provenance.at),
        implied_volatility: Some(rounded(priced.volatility)),
        greeks: Some(Greeks {
            delta: rounded(priced.value.delta),
            gamma: rounded(priced.value.gamma),
            theta: rounded(priced.value.theta),
            vega: rounded(priced.value.vega),
            rho: Some(rounded(priced.value.rho)),
        }),
        open_interest: Some(open_interest),
        volume: Some(open_interest / 4),
        contract,
    })
}

fn rounded(figure: f64) -> f64 {
    (figure * MILLION).round() / MILLION
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
    let luck = 0.2 + unit(keyed_by_contract(11, contract));
    (OPEN_INTEREST_USUAL * libm::exp(-distance * distance / 2.0) * roundness * luck).round() as u64
}
