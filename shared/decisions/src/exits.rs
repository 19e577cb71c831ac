//! When a position is closed. Every rule is evaluated and leaves its reading; the first one that
//! fires decides. The rules stand in four tiers, in this order:
//!
//! 1. hard fail: a position that can't be, an exit that failed, a wish, no price for too long.
//! 2. protection: stop, days to expiration, time held, trailing stop.
//! 3. profit: target.
//! 4. degradation: what the Greeks have become since the entry.
//!
//! Rules on prices read the mid, before fees, and only a fresh one. What has to be remembered from
//! one pass to the next is passed in and handed back; nothing is kept here.

mod decision;
mod degradation;
mod greeks;
mod hard_fail;
mod memory;
mod price;
mod profit;
mod protection;
mod soundness;
mod trailing;

use chrono::{DateTime, Utc};
use domain::quote::Mark;
use domain::settings::ExitRules;
use domain::{ExitReading, ExitReason, ExitRule, Position, Price, Watch};

pub use decision::{decision, decision_on_wish};
pub use price::MARK_AGE_MS_MAX;

use price::View;

/// What the rules look at.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// The position.
    pub position: &'a Position,
    /// Its contract's last mark.
    pub mark: Option<&'a Mark>,
    /// What is remembered of the position; absent before the first price was seen.
    pub watch: Option<&'a Watch>,
    /// The rules in force.
    pub rules: &'a ExitRules,
    /// Now; the caller makes sure that the market is open.
    pub now: DateTime<Utc>,
}

/// What the rules say at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// Every rule's reading, in the order of [`ExitRule::ALL`].
    pub readings: Vec<ExitReading>,
    /// What is to be remembered from now on; absent while no fresh price was ever seen.
    pub watch: Option<Watch>,
    /// The exit that is due, by the first rule that fires.
    pub trigger: Option<Trigger>,
}

/// An exit that a rule asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trigger {
    /// Which rule.
    pub rule: ExitRule,
    /// The reason that the exit carries.
    pub reason: ExitReason,
    /// The mid at that moment, per share; absent when no fresh price was there.
    pub price: Option<Price>,
}

/// Evaluates every rule. The same circumstances with the memory that came of them give the same
/// again, so a pass may be repeated.
pub fn evaluate(circumstances: &Circumstances<'_>) -> Evaluation {
    let view = View::of(circumstances);
    let mut watch = memory::with_price(circumstances, &view);
    let mut readings = Vec::with_capacity(ExitRule::ALL.len());
    readings.extend(hard_fail::readings(&view));
    readings.extend(protection::readings(&view, watch.as_ref()));
    readings.push(profit::target(&view));
    readings.extend(degradation::readings(&view, watch.as_mut()));
    let first = readings.iter().find(|reading| reading.fires);
    let trigger = first.map(|reading| Trigger {
        rule: reading.rule,
        reason: reading.reason,
        price: view.mid().ok(),
    });
    Evaluation {
        readings,
        watch,
        trigger,
    }
}

/// The limit of a rule, and whether reaching it closes.
fn limit(enabled: bool, limit: String) -> String {
    if enabled {
        limit
    } else {
        format!("observed only: {limit}")
    }
}
