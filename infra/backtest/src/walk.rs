//! One look at a position at a price of its underlying, and the search for the price at which a
//! rule first fires.

use chrono::{DateTime, Utc};
use decisions::exits::{self, Circumstances, Evaluation};
use decisions::marking;
use domain::Price;
use domain::quote::Mark;

use crate::account::Held;
use crate::bars::Point;
use crate::stage::Stage;

/// What was seen.
pub(crate) struct Look {
    pub(crate) evaluation: Evaluation,
    /// The contract's mark then.
    pub(crate) mark: Option<Mark>,
    pub(crate) now: DateTime<Utc>,
    /// Where, if at a price that was given.
    pub(crate) point: Option<Point>,
}

/// Looks at a position while its underlying stands at a price. Where the contract has no quote
/// then, the older mark stands.
pub(crate) fn look(stage: &Stage<'_>, held: &Held, older: Option<&Mark>, point: Point) -> Look {
    let contract = &held.position.contract;
    let quoted = stage
        .market
        .quote_at_price(contract, point.underlying, point.now);
    let mark = quoted.ok().map(|at_price| {
        let greeks = marking::greeks(&at_price.quote, at_price.underlying_mid);
        marking::following(at_price.quote, greeks, older)
    });
    let mark = mark.or_else(|| older.cloned());
    Look {
        point: Some(point),
        ..evaluated(stage, held, mark, point.now)
    }
}

/// Reads every exit rule.
pub(crate) fn evaluated(
    stage: &Stage<'_>,
    held: &Held,
    mark: Option<Mark>,
    now: DateTime<Utc>,
) -> Look {
    let evaluation = exits::evaluate(&Circumstances {
        position: &held.position,
        mark: mark.as_ref(),
        watch: held.watch.as_ref(),
        rules: &stage.settings.exit_rules,
        now,
    });
    Look {
        evaluation,
        mark,
        now,
        point: None,
    }
}

/// On the way from `quiet` to `until`, at which a rule fires: what is seen at the first price at
/// which one does, to the cent. None where that is the end of the way.
pub(crate) fn first_firing(
    stage: &Stage<'_>,
    held: &Held,
    older: Option<&Mark>,
    (quiet, until): (Point, Point),
) -> Option<Look> {
    let (mut quiet, mut firing) = (quiet.underlying, until.underlying);
    let mut found = None;
    while let Some(underlying) = between(quiet, firing) {
        let point = Point {
            underlying,
            ..until
        };
        let seen = look(stage, held, older, point);
        if seen.evaluation.trigger.is_some() {
            firing = underlying;
            found = Some(seen);
        } else {
            quiet = underlying;
        }
    }
    found
}

/// A price in whole cents in the middle between two others; none where no cent lies between.
fn between(one: Price, other: Price) -> Option<Price> {
    let middle = one.midpoint(other).decimal().trunc_with_scale(2);
    let middle = Price::new(middle).ok()?;
    let (low, high) = (one.min(other), one.max(other));
    (low < middle && middle < high).then_some(middle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halving_ends_at_neighbours_from_both_sides() {
        for (one, other, expected) in [
            (10_000, 10_010, Some(10_005)),
            (10_010, 10_000, Some(10_005)),
            (10_000, 10_001, None),
            (10_001, 10_000, None),
            (10_000, 10_000, None),
            (10_000, 10_002, Some(10_001)),
        ] {
            let found = between(Price::cents(one), Price::cents(other));
            assert_eq!(found, expected.map(Price::cents), "{one} to {other}");
        }
        let finer = |tenths| Price::new(rust_decimal::Decimal::new(tenths, 4)).unwrap();
        assert_eq!(between(finer(3_401_235), finer(3_401_299)), None);
        assert_eq!(
            between(finer(3_401_235), finer(3_401_401)),
            Some(finer(3_401_300))
        );
    }
}
