//! What the exit monitor remembers is of a position that there is, and its extremes are those of
//! one path.

use std::collections::BTreeSet;

use domain::PositionKey;

use super::{Facts, Findings, Violation};

pub(super) fn violations(facts: &Facts) -> Vec<Violation> {
    let mut findings = Findings::of("memories");
    let positions: BTreeSet<PositionKey> = facts.positions.iter().map(|it| it.key()).collect();
    for watch in &facts.watches {
        let key = watch.key();
        findings.expect(positions.contains(&key), || format!("{key} was never held"));
        findings.expect(watch.trough <= watch.peak, || {
            format!(
                "{key} had its trough at {} and its peak at {}",
                watch.trough, watch.peak
            )
        });
    }
    findings.close()
}
