//! Which contract an entry buys, from an option chain: filters that nothing may fail, then a score
//! of what is left. The chain gives a shortlist, and fresh quotes of the shortlist decide.
//!
//! The same chain in any order, the same quotes and the same settings give the same choice. It
//! knows nothing of who decided to enter: both engines buy by it.

mod figures;
mod filters;
mod ranking;
mod refusals;
mod score;
mod terms;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::quote::OptionQuote;
use domain::selection::{ContractRejection, RunnerUp, ScoredSelection};
use domain::{
    Contracts, ListedOption, OptionChain, OptionContract, OptionRight, Price, Rejection, Settings,
    Symbol,
};

use crate::contract_choice::{CANDIDATES_MAX, Choice, NoChoice, first_weekly};
use filters::{Refused, fit};
use ranking::{Ranked, ranked};
use refusals::Refusals;
use terms::Terms;

/// Contracts whose fresh quotes decide.
pub const SHORTLIST_MAX: usize = CANDIDATES_MAX;
/// Contracts that are told beside the chosen one.
const RUNNERS_UP_MAX: usize = 3;

/// What is wanted of a contract.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Call or put.
    pub right: OptionRight,
    /// What a share of the underlying stands at, in US dollars.
    pub underlying_price: Price,
    /// Contracts that the alert asked for; the settings' sizing where absent.
    pub asked_for: Option<Contracts>,
    /// The settings in force.
    pub settings: &'a Settings,
    /// Now.
    pub now: DateTime<Utc>,
}

/// The contracts that pass by what the chain says of them, best first, and what became of the
/// others.
#[derive(Debug, Clone)]
pub struct Shortlist {
    underlying: Symbol,
    rows: Vec<ListedOption>,
    expiration: NaiveDate,
    considered: u32,
    refusals: Refusals,
    chain_from: String,
    chain_at: DateTime<Utc>,
}

/// A choice with its reasons.
#[derive(Debug, Clone, PartialEq)]
pub struct Selected {
    /// What is bought.
    pub chosen: Choice,
    /// Why this, and not another.
    pub reasons: ScoredSelection,
}

impl Shortlist {
    /// The contracts whose fresh quotes are to be asked for, at most [`SHORTLIST_MAX`].
    pub fn contracts(&self) -> Vec<OptionContract> {
        self.rows.iter().map(|row| row.contract.clone()).collect()
    }
}

/// The contracts of a chain that are worth a fresh quote. How old the chain's quotes are isn't
/// asked: they only tell whose quotes to ask for.
///
/// # Errors
///
/// `not_listed` where no weekly expiration of the wanted days has a standard contract,
/// `no_suitable_contract` where all of them fail the filters, and `unaffordable` where the price
/// is all that stands in the way.
pub fn shortlist(chain: &OptionChain, wanted: &Wanted<'_>) -> Result<Shortlist, Rejection> {
    let Some((expiration, rows)) = wanted_rows(chain, wanted) else {
        return Err(refusals::not_listed(&chain.underlying, wanted));
    };
    let terms = Terms::of(&chain.underlying, wanted);
    let mut refusals = Refusals::default();
    let mut fits = Vec::new();
    for row in without_duplicates(&rows, &mut refusals) {
        match fit(row, &terms) {
            Ok(fit) => fits.push(fit),
            Err(refused) => refusals.add(&row.contract, refused),
        }
    }
    if fits.is_empty() {
        return Err(refusals.rejection(wanted, expiration));
    }
    let best = ranked(fits, &terms).into_iter().take(SHORTLIST_MAX);
    Ok(Shortlist {
        underlying: chain.underlying.clone(),
        rows: best.map(|it| it.fit.row).collect(),
        expiration,
        considered: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        refusals,
        chain_from: chain.provenance.provider.clone(),
        chain_at: chain.provenance.at,
    })
}

/// The first weekly expiration that leaves enough days, and all that the chain has of it for the
/// wanted right. Adjusted contracts stand for no expiration.
fn wanted_rows<'a>(
    chain: &'a OptionChain,
    wanted: &Wanted<'_>,
) -> Option<(NaiveDate, Vec<&'a ListedOption>)> {
    let options = chain.options.iter();
    let of_right: Vec<_> = options
        .filter(|row| row.contract.right() == wanted.right)
        .collect();
    let standard = of_right.iter().filter(|row| !row.contract.is_adjusted());
    let dates = standard.map(|row| row.contract.expiration());
    let expiration = first_weekly(dates, wanted.now, wanted.settings)?;
    let rows = of_right.into_iter();
    let rows = rows.filter(|row| row.contract.expiration() == expiration);
    Some((expiration, rows.collect()))
}

/// The best of a shortlist by its fresh quotes.
///
/// # Errors
///
/// [`NoChoice::NoQuotes`] where not one of the contracts has a quote to trade on: one may come.
/// Else what [`shortlist`] says.
pub fn choose(
    shortlist: &Shortlist,
    fresh: &BTreeMap<OptionContract, OptionQuote>,
    wanted: &Wanted<'_>,
) -> Result<Selected, NoChoice> {
    let terms = Terms::of(&shortlist.underlying, wanted);
    let mut refusals = Refusals::default();
    let mut fits = Vec::new();
    for row in &shortlist.rows {
        let quoted = requoted(row, fresh.get(&row.contract), &terms);
        match quoted.and_then(|row| fit(&row, &terms)) {
            Ok(fit) => fits.push(fit),
            Err(refused) => refusals.add(&row.contract, refused),
        }
    }
    let mut best = ranked(fits, &terms).into_iter();
    let Some(chosen) = best.next() else {
        return Err(if refusals.are_all_about_quotes() {
            NoChoice::NoQuotes
        } else {
            NoChoice::Final(refusals.rejection(wanted, shortlist.expiration))
        });
    };
    let runners_up = best.take(RUNNERS_UP_MAX).map(Ranked::runner_up).collect();
    Ok(selected(shortlist, chosen, runners_up, refusals, wanted))
}

fn selected(
    shortlist: &Shortlist,
    chosen: Ranked,
    runners_up: Vec<RunnerUp>,
    of_fresh: Refusals,
    wanted: &Wanted<'_>,
) -> Selected {
    let refusals = shortlist.refusals.clone().and(of_fresh);
    let reasons = ScoredSelection {
        score: chosen.score,
        figures: chosen.fit.figures,
        runners_up,
        considered: shortlist.considered,
        rejected: refusals.counts(),
        nearest_rejected: refusals.nearest_to(wanted.underlying_price),
        chain_from: shortlist.chain_from.clone(),
        chain_at: shortlist.chain_at,
    };
    Selected {
        chosen: chosen.fit.choice,
        reasons,
    }
}

/// Each contract once, in order. What the chain says twice and differently is nobody's to choose
/// between; what it repeats is one.
fn without_duplicates<'a>(
    rows: &[&'a ListedOption],
    refusals: &mut Refusals,
) -> Vec<&'a ListedOption> {
    let mut sorted = rows.to_vec();
    sorted.sort_by(|a, b| a.contract.cmp(&b.contract));
    let same = sorted.chunk_by(|a, b| a.contract == b.contract);
    let single = same.filter_map(|rows| {
        let (first, others) = rows.split_first()?;
        let agrees = others.iter().all(|row| row == first);
        let refused = if agrees { others } else { rows };
        for row in refused {
            refusals.add(
                &row.contract,
                Refused::without_reading(ContractRejection::Duplicate),
            );
        }
        agrees.then_some(*first)
    });
    single.collect()
}

/// The row with a fresh quote in the place of the chain's.
fn requoted(
    row: &ListedOption,
    quote: Option<&OptionQuote>,
    terms: &Terms<'_>,
) -> Result<ListedOption, Refused> {
    let quote = quote.ok_or_else(|| Refused::without_reading(ContractRejection::NoQuote))?;
    filters::age(&quote.provenance, terms)?;
    Ok(ListedOption {
        sides: Some(quote.sides),
        bid_size: quote.bid_size,
        ask_size: quote.ask_size,
        quoted_at: Some(quote.provenance.at),
        ..row.clone()
    })
}
