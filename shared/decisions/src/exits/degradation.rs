//! The fourth tier: the Greeks are no longer those that were bought. A single reading may be an
//! accident of one quote, so each rule fires only once enough readings in a row, far enough apart,
//! have said the same. A reading that can't be trusted says why, and neither counts nor breaks the
//! row.

use domain::{ExitReading, MarkedGreeks, Watch};

use super::greeks::{Compared, GREEK_RULES, GreekRule};
use super::limit;
use super::memory::confirmed;
use super::price::{FreshPrice, NoPrice, View};

/// Why the Greeks can't be compared with the entry's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
enum NoComparison {
    #[error(transparent)]
    Price(#[from] NoPrice),
    #[error("no Greeks of the {0}")]
    Missing(&'static str),
    #[error("the Greeks of the {0} are not reliable")]
    Unreliable(&'static str),
}

/// Without a memory there is no fresh price either, and nothing to note.
pub(super) fn readings(view: &View<'_>, mut watch: Option<&mut Watch>) -> Vec<ExitReading> {
    let compared = compared(view);
    let each = GREEK_RULES.iter();
    each.map(|rule| reading(rule, view, &compared, watch.as_deref_mut()))
        .collect()
}

fn reading(
    rule: &GreekRule,
    view: &View<'_>,
    compared: &Result<(Compared<'_>, FreshPrice), NoComparison>,
    watch: Option<&mut Watch>,
) -> ExitReading {
    let enabled = (rule.enabled)(view.rules);
    let (fires, reading) = match (compared, watch) {
        (Ok((compared, price)), Some(watch)) => judged(rule, compared, *price, watch),
        (Ok(_), None) => (false, NoPrice::Unmarked.to_string()),
        (Err(why), _) => (false, why.to_string()),
    };
    ExitReading {
        rule: rule.rule,
        reason: rule.reason,
        fires: enabled && fires,
        reading,
        limit: limit(enabled, (rule.limit)(view.rules)),
    }
}

/// Whether the limit is reached now, and was often enough before.
fn judged(
    rule: &GreekRule,
    compared: &Compared<'_>,
    price: FreshPrice,
    watch: &mut Watch,
) -> (bool, String) {
    let rules = compared.rules;
    let (reached, reading) = ((rule.reached)(compared), (rule.reading)(compared));
    let count = confirmed(watch, rule.rule, reached, price.at, rules);
    if !reached {
        return (false, reading);
    }
    let needed = rules.exit_confirmations;
    let reading = format!("{reading}; beyond its limit {count} of {needed} times");
    (count >= needed, reading)
}

fn compared<'a>(view: &View<'a>) -> Result<(Compared<'a>, FreshPrice), NoComparison> {
    let price = view.price?;
    let compared = Compared {
        entry: trusted(view.position.entry_greeks, "entry")?,
        now: trusted(view.mark.and_then(|mark| mark.greeks), "mark")?,
        entry_price: view.position.entry_price,
        mid: price.mid,
        gain: view.gain()?,
        rules: view.rules,
    };
    Ok((compared, price))
}

fn trusted(
    greeks: Option<MarkedGreeks>,
    whose: &'static str,
) -> Result<MarkedGreeks, NoComparison> {
    let greeks = greeks.ok_or(NoComparison::Missing(whose))?;
    let rounded = greeks.rounded();
    let reliable = rounded.filter(|it| it.reliable && it.implied_volatility > 0.0);
    reliable.ok_or(NoComparison::Unreliable(whose))
}
