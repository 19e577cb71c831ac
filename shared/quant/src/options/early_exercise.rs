//! Which options are worth more than their European price because exercise before expiry may pay,
//! so that they need [`super::american_price`]. For all others the European price is near enough.

use super::{OptionTerms, Right};

/// Why exercise before expiry may pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EarlyExercise {
    /// A call in the money has an ex-date before it: exercise catches the dividend.
    Dividend,
    /// A put in the money has less time value than the interest on its strike until expiry.
    Interest,
}

/// Whether an option needs the tree, and why.
///
/// `price` is the option's, in dollars per share: a market's, or the European one.
/// `has_ex_date` tells whether the underlying goes ex-dividend before the option expires.
pub fn early_exercise(terms: &OptionTerms, price: f64, has_ex_date: bool) -> Option<EarlyExercise> {
    let payoff = terms.right.payoff(terms.spot, terms.strike);
    if payoff <= 0.0 || terms.years <= 0.0 {
        return None;
    }
    let interest = terms.rate * terms.strike * terms.years;
    match terms.right {
        Right::Call => has_ex_date.then_some(EarlyExercise::Dividend),
        Right::Put => (interest > price - payoff).then_some(EarlyExercise::Interest),
    }
}
