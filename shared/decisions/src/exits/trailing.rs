//! The trailing stop: once the peak's gain is large enough, the price may give back a part of the
//! peak and no more; and once it is larger still, it may not fall to the entry's price.

use domain::{ExitReading, ExitReason, ExitRule, Percent, Price, Watch, pnl};
use rust_decimal::Decimal;

use super::limit;
use super::price::View;

/// The peak is that of the memory, this pass's price included.
pub(super) fn trailing_stop(view: &View<'_>, watch: Option<&Watch>) -> ExitReading {
    let enabled = view.rules.trailing_stop_enabled;
    let peak = watch.map(|watch| watch.peak);
    let level = peak.and_then(|peak| level(view, peak));
    let is_reached = |mid| level.is_some_and(|level| mid <= level);
    let reading = view.mid().map_or_else(
        |why| why.to_string(),
        |mid| format!("{mid}, after a peak of {}", peak.unwrap_or(mid)),
    );
    let above = level.map_or_else(
        || format!("none below a gain of {}", arms_at(view)),
        |level| format!("above {level}"),
    );
    ExitReading {
        rule: ExitRule::TrailingStop,
        reason: ExitReason::TrailingStop,
        fires: enabled && view.mid().is_ok_and(is_reached),
        reading,
        limit: limit(enabled, above),
    }
}

/// The price at which it closes, per share; absent while the peak is too low for any.
fn level(view: &View<'_>, peak: Price) -> Option<Price> {
    let entry = view.position.entry_price;
    let gained = pnl::percent(entry, peak)?;
    let is_armed = gained >= view.rules.trailing_arm_percent;
    let is_at_break_even = gained >= view.rules.trailing_break_even_percent;
    let given_back = || less(peak, view.rules.trailing_give_back_percent);
    let trailing = is_armed.then(given_back).flatten();
    trailing.max(is_at_break_even.then_some(entry))
}

fn arms_at(view: &View<'_>) -> Percent {
    let rules = view.rules;
    rules
        .trailing_arm_percent
        .min(rules.trailing_break_even_percent)
}

fn less(price: Price, percent: Percent) -> Option<Price> {
    let kept = Decimal::ONE_HUNDRED.checked_sub(percent.0)? / Decimal::ONE_HUNDRED;
    Price::new(price.decimal().checked_mul(kept)?).ok()
}
