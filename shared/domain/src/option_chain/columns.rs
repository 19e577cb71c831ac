//! A chain by columns.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{Greeks, ListedOption, OptionChain};
use crate::contract::OptionContract;
use crate::money::Price;
use crate::quote::{BidAsk, Provenance};
use crate::symbol::Symbol;

/// Columns that don't belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("has columns of different lengths, or a time that isn't one")]
pub struct ChainColumnsError;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Columns {
    underlying: Symbol,
    underlying_price: Option<Price>,
    refused: u32,
    provenance: Provenance,
    contract: Vec<OptionContract>,
    bid: Vec<Option<Price>>,
    ask: Vec<Option<Price>>,
    bid_size: Vec<u32>,
    ask_size: Vec<u32>,
    /// Milliseconds by which a quote is older than the chain's own time: small numbers.
    quoted_before_ms: Vec<Option<i64>>,
    implied_volatility: Vec<Option<f64>>,
    delta: Vec<Option<f64>>,
    gamma: Vec<Option<f64>>,
    theta: Vec<Option<f64>>,
    vega: Vec<Option<f64>>,
    rho: Vec<Option<f64>>,
    open_interest: Vec<Option<u64>>,
    volume: Vec<Option<u64>>,
}

impl From<OptionChain> for Columns {
    fn from(chain: OptionChain) -> Self {
        let options = &chain.options;
        let at = chain.provenance.at;
        let greek = |of: fn(&Greeks) -> Option<f64>| {
            let greeks = options.iter().map(|it| it.greeks.as_ref());
            greeks.map(|greeks| greeks.and_then(of)).collect()
        };
        Self {
            bid: options.iter().map(|it| it.sides.map(|s| s.bid)).collect(),
            ask: options.iter().map(|it| it.sides.map(|s| s.ask)).collect(),
            bid_size: options.iter().map(|it| it.bid_size).collect(),
            ask_size: options.iter().map(|it| it.ask_size).collect(),
            quoted_before_ms: options
                .iter()
                .map(|it| it.quoted_at.map(|quoted| (at - quoted).num_milliseconds()))
                .collect(),
            implied_volatility: options.iter().map(|it| it.implied_volatility).collect(),
            delta: greek(|greeks| Some(greeks.delta)),
            gamma: greek(|greeks| Some(greeks.gamma)),
            theta: greek(|greeks| Some(greeks.theta)),
            vega: greek(|greeks| Some(greeks.vega)),
            rho: greek(|greeks| greeks.rho),
            open_interest: options.iter().map(|it| it.open_interest).collect(),
            volume: options.iter().map(|it| it.volume).collect(),
            underlying: chain.underlying,
            underlying_price: chain.underlying_price,
            refused: chain.refused,
            provenance: chain.provenance,
            contract: chain.options.into_iter().map(|it| it.contract).collect(),
        }
    }
}

impl TryFrom<Columns> for OptionChain {
    type Error = ChainColumnsError;
    fn try_from(mut columns: Columns) -> Result<Self, ChainColumnsError> {
        if !columns.are_even() {
            return Err(ChainColumnsError);
        }
        let contracts = std::mem::take(&mut columns.contract);
        let options: Option<Vec<ListedOption>> = contracts
            .into_iter()
            .enumerate()
            .map(|(row, contract)| columns.option(row, contract))
            .collect();
        Ok(Self {
            options: options.ok_or(ChainColumnsError)?,
            underlying: columns.underlying,
            underlying_price: columns.underlying_price,
            refused: columns.refused,
            provenance: columns.provenance,
        })
    }
}

impl Columns {
    fn are_even(&self) -> bool {
        let greeks = [&self.delta, &self.gamma, &self.theta, &self.vega, &self.rho];
        let lengths = [
            self.bid.len(),
            self.ask.len(),
            self.bid_size.len(),
            self.ask_size.len(),
            self.quoted_before_ms.len(),
            self.implied_volatility.len(),
            self.open_interest.len(),
            self.volume.len(),
        ];
        let mut all = lengths.into_iter().chain(greeks.map(Vec::len));
        all.all(|length| length == self.contract.len())
    }

    /// The option of a row; nothing if its time isn't one.
    fn option(&self, row: usize, contract: OptionContract) -> Option<ListedOption> {
        let quoted_at = match self.quoted_before_ms[row] {
            Some(before_ms) => {
                let before = TimeDelta::try_milliseconds(before_ms)?;
                Some(self.provenance.at.checked_sub_signed(before)?)
            }
            None => None,
        };
        let sides = self.bid[row].zip(self.ask[row]);
        Some(ListedOption {
            contract,
            sides: sides.map(|(bid, ask)| BidAsk { bid, ask }),
            bid_size: self.bid_size[row],
            ask_size: self.ask_size[row],
            quoted_at,
            implied_volatility: self.implied_volatility[row],
            greeks: self.greeks(row),
            open_interest: self.open_interest[row],
            volume: self.volume[row],
        })
    }

    fn greeks(&self, row: usize) -> Option<Greeks> {
        Some(Greeks {
            delta: self.delta[row]?,
            gamma: self.gamma[row]?,
            theta: self.theta[row]?,
            vega: self.vega[row]?,
            rho: self.rho[row],
        })
    }
}
