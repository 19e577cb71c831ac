//! What is remembered of a position: how high and low its price has been, and how often in a row
//! a rule has read its limit as reached. A price counts once, however often it is looked at, and
//! one older than the newest seen changes nothing.

use chrono::{DateTime, TimeDelta, Utc};
use domain::settings::ExitRules;
use domain::{Confirmation, ExitRule, Watch};

use super::Circumstances;
use super::price::{FreshPrice, View};

/// The memory with the fresh price, if there is one.
pub(super) fn with_price(c: &Circumstances<'_>, view: &View<'_>) -> Option<Watch> {
    let Ok(price) = view.price else {
        return c.watch.cloned();
    };
    match c.watch {
        Some(watch) if price.at < watch.seen_at => Some(watch.clone()),
        Some(watch) => Some(Watch {
            peak: watch.peak.max(price.mid),
            trough: watch.trough.min(price.mid),
            seen_at: price.at,
            ..watch.clone()
        }),
        None => Some(first(c, price)),
    }
}

fn first(c: &Circumstances<'_>, price: FreshPrice) -> Watch {
    Watch {
        signal_id: c.position.signal_id,
        engine: c.position.engine,
        peak: price.mid,
        trough: price.mid,
        confirmations: std::collections::BTreeMap::new(),
        seen_at: price.at,
    }
}

/// Notes what a rule has read at a price's time. Gives how many readings in a row have now said
/// that its limit is reached.
pub(super) fn confirmed(
    watch: &mut Watch,
    rule: ExitRule,
    reached: bool,
    at: DateTime<Utc>,
    rules: &ExitRules,
) -> u32 {
    let before = watch.confirmations.get(&rule).copied();
    let is_newest = at >= watch.seen_at;
    if is_newest && !reached {
        watch.confirmations.remove(&rule);
        return 0;
    }
    let gap = TimeDelta::seconds(i64::from(rules.exit_confirmation_gap_s));
    let counts = before.is_none_or(|last| at > last.last_at && at - last.last_at >= gap);
    let count = before.map_or(0, |last| last.count);
    if !(is_newest && counts) {
        return count;
    }
    let confirmation = Confirmation {
        count: count.saturating_add(1),
        last_at: at,
    };
    watch.confirmations.insert(rule, confirmation);
    confirmation.count
}
