//! A chain that is easy to change, and what is chosen of it.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use decisions::contract_choice::NoChoice;
use decisions::strike_selection::{Selected, Shortlist, Wanted, choose, shortlist};
use domain::quote::OptionQuote;
use domain::selection::ContractRejection;
use domain::{
    Contracts, Greeks, ListedOption, OptionChain, OptionContract, OptionRight, Price, Rejection,
    Settings,
};

use crate::common::{contract, option_quote, provenance, sides, symbol, utc};

/// 11:15 Eastern time on a Wednesday: the session isn't young any more.
pub(crate) const NOW: &str = "2026-06-24T15:15:00Z";
/// The expiration that is bought then.
pub(crate) const EXPIRES: &str = "260702";

/// What is wanted, and the chain that it is wanted of.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) right: OptionRight,
    pub(crate) now: DateTime<Utc>,
    pub(crate) asked_for: Option<Contracts>,
    pub(crate) settings: Settings,
    pub(crate) chain: OptionChain,
}

/// The name of a call on a company with this strike in dollars.
pub(crate) fn call(strike: u32) -> String {
    format!("AAPL{EXPIRES}C{:08}", strike * 1_000)
}

/// A contract that passes every filter: a mid of $4.00, a delta of 0.45.
pub(crate) fn good(name: &str) -> ListedOption {
    let contract = contract(name);
    let sign = match contract.right() {
        OptionRight::Call => 1.0,
        OptionRight::Put => -1.0,
    };
    ListedOption {
        contract,
        sides: Some(sides(390, 410)),
        bid_size: 10,
        ask_size: 10,
        quoted_at: Some(utc(NOW)),
        implied_volatility: Some(0.3),
        greeks: Some(greeks(0.45 * sign)),
        open_interest: Some(2_000),
        volume: Some(400),
    }
}

pub(crate) fn greeks(delta: f64) -> Greeks {
    Greeks {
        delta,
        gamma: 0.02,
        theta: -0.2,
        vega: 0.1,
        rho: None,
    }
}

/// A world with these rows, on shares at $255.
pub(crate) fn world(options: Vec<ListedOption>) -> World {
    World {
        right: OptionRight::Call,
        now: utc(NOW),
        asked_for: None,
        settings: Settings::default(),
        chain: OptionChain {
            underlying: symbol("AAPL"),
            underlying_price: None,
            options,
            refused: 0,
            provenance: provenance(utc(NOW)),
        },
    }
}

/// A world with one good row, changed.
pub(crate) fn changed(change: impl FnOnce(&mut ListedOption)) -> World {
    let mut row = good(&call(255));
    change(&mut row);
    world(vec![row])
}

impl World {
    pub(crate) fn wanted(&self) -> Wanted<'_> {
        Wanted {
            right: self.right,
            underlying_price: Price::cents(25_500),
            asked_for: self.asked_for,
            settings: &self.settings,
            now: self.now,
        }
    }

    pub(crate) fn shortlist(&self) -> Result<Shortlist, Rejection> {
        shortlist(&self.chain, &self.wanted())
    }

    /// The chain's quotes, a second later.
    pub(crate) fn quotes(&self) -> BTreeMap<OptionContract, OptionQuote> {
        let rows = self.chain.options.iter();
        let quoted = rows.filter_map(|row| {
            let at = self.now - TimeDelta::seconds(1);
            let quote = option_quote(&row.contract.to_string(), row.sides?, at);
            Some((row.contract.clone(), quote))
        });
        quoted.collect()
    }

    /// What is chosen if the market stays as the chain tells it.
    pub(crate) fn select(&self) -> Result<Selected, Rejection> {
        let listed = self.shortlist()?;
        match choose(&listed, &self.quotes(), &self.wanted()) {
            Ok(selected) => Ok(selected),
            Err(NoChoice::Final(rejection)) => Err(rejection),
            Err(NoChoice::NoQuotes) => panic!("no quotes of {:?}", listed.contracts()),
        }
    }

    /// The name of what is chosen.
    pub(crate) fn chosen(&self) -> String {
        let selected = self.select().unwrap_or_else(|e| panic!("{e}"));
        selected.chosen.contract.to_string()
    }

    /// Why the row of this name isn't on the shortlist, beside one that is.
    pub(crate) fn refusal_of(mut self, name: &str) -> Option<(ContractRejection, String)> {
        let mut other = good(&call(1));
        other.open_interest = Some(1_000_000);
        self.chain.options.push(other);
        let reasons = self.select().unwrap_or_else(|e| panic!("{e}")).reasons;
        let mut found = reasons.nearest_rejected.into_iter();
        let found = found.find(|it| it.contract == contract(name))?;
        Some((found.reason, found.reading))
    }

    /// Why the one row of this world isn't bought.
    pub(crate) fn refusal(self) -> Option<(ContractRejection, String)> {
        let name = self.chain.options[0].contract.to_string();
        self.refusal_of(&name)
    }
}
