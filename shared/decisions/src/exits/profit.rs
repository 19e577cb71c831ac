//! The third tier: gains.

use domain::{ExitReading, ExitReason, ExitRule};

use super::price::View;

pub(super) fn target(view: &View<'_>) -> ExitReading {
    let (gain, limit) = (view.gain(), view.rules.profit_target_percent);
    ExitReading {
        rule: ExitRule::ProfitTarget,
        reason: ExitReason::ProfitTarget,
        fires: gain.is_ok_and(|gain| gain >= limit),
        reading: gain.map_or_else(|why| why.to_string(), |gain| gain.to_string()),
        limit: format!("below {limit}"),
    }
}
