//! What became of the contracts that aren't bought, in counts and in words.

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::NaiveDate;
use domain::selection::{ContractRejection, RejectedContract};
use domain::{OptionContract, Price, Rejection, RejectionReason, Symbol};

use super::Wanted;
use super::filters::Refused;
use crate::contract_choice::expiration_window;
use crate::sizing::too_expensive;

/// Contracts that are told with what they failed.
const SHOWN_MAX: usize = 5;

/// The refusals of one choice.
#[derive(Debug, Clone, Default)]
pub(super) struct Refusals(Vec<(OptionContract, Refused)>);

impl Refusals {
    pub(super) fn add(&mut self, contract: &OptionContract, refused: Refused) {
        self.0.push((contract.clone(), refused));
    }

    pub(super) fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// Whether only the quotes are at fault, which may be better in a moment.
    pub(super) fn are_all_about_quotes(&self) -> bool {
        let mut reasons = self.0.iter().map(|(_, refused)| refused.reason);
        reasons.all(ContractRejection::is_about_the_quote)
    }

    /// How many failed which filter first.
    pub(super) fn counts(&self) -> BTreeMap<ContractRejection, u32> {
        let mut counts = BTreeMap::new();
        for (_, refused) in &self.0 {
            *counts.entry(refused.reason).or_default() += 1;
        }
        counts
    }

    /// Those nearest to the price of the underlying, at most five.
    pub(super) fn nearest_to(&self, price: Price) -> Vec<RejectedContract> {
        let distance = |contract: &OptionContract| {
            let strike = contract.strike().decimal();
            (strike - price.decimal()).abs()
        };
        let mut nearest: Vec<_> = self.0.iter().collect();
        nearest.sort_by(|(a, _), (b, _)| (distance(a), a).cmp(&(distance(b), b)));
        let shown = nearest.into_iter().take(SHOWN_MAX);
        let shown = shown.map(|(contract, refused)| RejectedContract {
            contract: contract.clone(),
            reason: refused.reason,
            reading: refused.reading.clone(),
        });
        shown.collect()
    }

    /// Why nothing is bought of this expiration: the price where that alone stands in the way of
    /// some contract, else the counts of all reasons.
    pub(super) fn rejection(&self, wanted: &Wanted<'_>, expiration: NaiveDate) -> Rejection {
        let asks = self.0.iter().filter_map(|(_, refused)| refused.ask);
        if let Some(cheapest) = asks.min() {
            return too_expensive(cheapest, wanted.asked_for, wanted.settings);
        }
        let (count, right) = (self.0.len(), wanted.right.word());
        let counts = self.counts().into_iter();
        let counts: Vec<_> = counts.map(|(reason, n)| format!("{reason} {n}")).collect();
        let mut detail = format!(
            "of {count} {right}s that expire {expiration} none is fit: {}",
            counts.join(", ")
        );
        if let Some(nearest) = self.nearest_to(wanted.underlying_price).first() {
            let RejectedContract {
                contract,
                reason,
                reading,
            } = nearest;
            let _ = write!(detail, "; the nearest, {contract}: {reason} {reading}");
        }
        Rejection::new(RejectionReason::NoSuitableContract, detail.trim_end())
    }
}

/// That the chain has no contract of the wanted days.
pub(super) fn not_listed(underlying: &Symbol, wanted: &Wanted<'_>) -> Rejection {
    let (from, to) = expiration_window(wanted.now, wanted.settings);
    let right = wanted.right.word();
    let detail = format!("no weekly {right} on {underlying} expires from {from} to {to}");
    Rejection::new(RejectionReason::NotListed, detail)
}
