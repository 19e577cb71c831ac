//! Evidence with a chain of a wanted size, whose figures have as many digits as they can have.

use chrono::TimeDelta;
use domain::calendar::trading_date;
use domain::{Evidence, Missing, OptionChain, Part};
use market_data::{ChainRequest, Market, SimulatedHours, SimulatedMarket};

use super::records::{at, symbol};

/// The first contracts of a simulated chain. Providers compute Greeks and pass on every digit, so
/// here none is round: that's the worst for compression.
pub(crate) async fn chain_of(contracts: usize) -> OptionChain {
    let today = trading_date(at(0));
    let request = ChainRequest {
        underlying: symbol("SPY"),
        expires_from: today,
        expires_to: today + TimeDelta::days(45),
        strikes: None,
    };
    let market = SimulatedMarket::new(1, SimulatedHours::AlwaysOpen);
    let mut chain = market.chain(&request, at(0).into()).await.unwrap();
    assert!(chain.options.len() >= contracts, "{}", chain.options.len());
    chain.options.truncate(contracts);
    for (option, row) in chain.options.iter_mut().zip(0..) {
        let factor = 1.0 + f64::from(row) * 1e-9 / 7.0;
        let greeks = option.greeks.as_mut().unwrap();
        greeks.delta *= factor;
        greeks.gamma *= factor;
        greeks.theta *= factor;
        greeks.vega *= factor;
        greeks.rho = greeks.rho.map(|rho| rho * factor);
        option.implied_volatility = option.implied_volatility.map(|it| it * factor);
    }
    chain
}

/// Evidence with this chain, and nothing else in it.
pub(crate) fn evidence_with(chain: OptionChain) -> Evidence {
    let others = Part::ALL.into_iter().filter(|part| *part != Part::Chain);
    let why = "nobody asked".to_owned();
    let underlying = chain.underlying.clone();
    Evidence {
        chain: Some(chain),
        missing: others
            .map(|part| Missing {
                part,
                why: why.clone(),
            })
            .collect(),
        ..Evidence::unasked(underlying, at(0))
    }
}
