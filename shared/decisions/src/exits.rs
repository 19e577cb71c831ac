//! When a position is closed. Four tiers, in this order; the first rule that triggers wins, and
//! every rule leaves its reading:
//!
//! 1. hard fail: the wish of an alert or of a person to be out. (Corrupt data is refused where it is read.)
//! 2. protection: stop, days to expiration, time held.
//! 3. profit: trailing (not built yet), target.
//! 4. degradation: the Greeks (not built yet).
//!
//! Price rules read the mid, before fees, and only a fresh one.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use domain::calendar::{eastern_instant, session_on, trading_date};
use domain::expiration::dte;
use domain::quote::Mark;
use domain::settings::ExitRules;
use domain::{ExitReason, ExitRequest, Percent, Position, Price, pnl};

/// A mark older than this sets off no price rule, in milliseconds.
pub const MARK_AGE_MS_MAX: i64 = 60_000;
/// The last part of a session, in which contracts near expiration are closed.
const LAST_MINUTES: i64 = 30;

/// What the rules look at.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// The position.
    pub position: &'a Position,
    /// Its contract's last mark.
    pub mark: Option<&'a Mark>,
    /// The rules in force.
    pub rules: &'a ExitRules,
    /// Now; the caller makes sure that the market is open.
    pub now: DateTime<Utc>,
}

/// One exit rule's result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExitReading {
    /// The reason that an exit by this rule carries.
    pub reason: ExitReason,
    /// Whether it asks for the exit.
    pub triggered: bool,
    /// What it read.
    pub reading: String,
    /// What it compared the reading with.
    pub limit: String,
}

/// An exit that a rule asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trigger {
    /// Which rule.
    pub reason: ExitReason,
    /// The mid at that moment, per share; absent when no fresh mark was there.
    pub price: Option<Price>,
}

/// Every rule's reading, in the order in which the first one that triggers wins.
pub fn evaluate(circumstances: &Circumstances<'_>) -> Vec<ExitReading> {
    [requested, stop_loss, min_dte, max_hold, profit_target]
        .map(|rule| rule(circumstances))
        .into()
}

/// The exit that is due now, if any.
pub fn due(circumstances: &Circumstances<'_>) -> Option<Trigger> {
    let price = fresh_mid(circumstances);
    evaluate(circumstances)
        .into_iter()
        .find(|reading| reading.triggered)
        .map(|reading| Trigger {
            reason: reading.reason,
            price,
        })
}

fn requested(c: &Circumstances<'_>) -> ExitReading {
    let request = c.position.exit_request.as_ref();
    ExitReading {
        reason: request.map_or(ExitReason::ExitAlert, ExitRequest::reason),
        triggered: request.is_some(),
        reading: request.map_or_else(|| "none".to_owned(), |request| request.by.to_string()),
        limit: "none".to_owned(),
    }
}

fn stop_loss(c: &Circumstances<'_>) -> ExitReading {
    let limit = -c.rules.stop_loss_percent;
    price_rule(
        c,
        ExitReason::StopLoss,
        |gain| gain <= limit,
        format!("above {limit}"),
    )
}

fn profit_target(c: &Circumstances<'_>) -> ExitReading {
    let limit = c.rules.profit_target_percent;
    price_rule(
        c,
        ExitReason::ProfitTarget,
        |gain| gain >= limit,
        format!("below {limit}"),
    )
}

fn price_rule(
    c: &Circumstances<'_>,
    reason: ExitReason,
    reached: impl Fn(Percent) -> bool,
    limit: String,
) -> ExitReading {
    let gain = fresh_mid(c).and_then(|mid| pnl::percent(c.position.entry_price, mid));
    ExitReading {
        reason,
        triggered: gain.is_some_and(reached),
        reading: gain.map_or_else(|| "no fresh mark".to_owned(), |gain| gain.to_string()),
        limit,
    }
}

fn min_dte(c: &Circumstances<'_>) -> ExitReading {
    let days = dte(c.now, c.position.contract.expiration());
    let starts = last_minutes_start(c.now);
    let triggered = days <= i64::from(c.rules.min_dte_exit) && c.now >= starts;
    ExitReading {
        reason: ExitReason::MinDteExit,
        triggered,
        reading: format!("{days} days left"),
        limit: format!(
            "more than {} days, from {} on",
            c.rules.min_dte_exit,
            crate::eligibility::shown(starts)
        ),
    }
}

fn max_hold(c: &Circumstances<'_>) -> ExitReading {
    let held = c.now - c.position.opened_at;
    let limit = TimeDelta::hours(i64::from(c.rules.max_hold_hours));
    ExitReading {
        reason: ExitReason::MaxHoldTime,
        triggered: held >= limit,
        reading: format!("{} h {} min", held.num_hours(), held.num_minutes() % 60),
        limit: format!("under {} h", limit.num_hours()),
    }
}

fn fresh_mid(c: &Circumstances<'_>) -> Option<Price> {
    let quote = &c.mark?.quote;
    let fresh = quote.provenance.age_ms(c.now) <= MARK_AGE_MS_MAX;
    (fresh && !quote.sides.ask.is_zero() && quote.sides.bid <= quote.sides.ask)
        .then(|| quote.sides.mid())
}

/// Half an hour before the close of the day's session; of a day without one (when the simulated
/// market is open all the same), before 16:00 Eastern time.
fn last_minutes_start(now: DateTime<Utc>) -> DateTime<Utc> {
    let today = trading_date(now);
    let usual_close =
        || eastern_instant(today, NaiveTime::from_hms_opt(16, 0, 0).unwrap_or_default());
    session_on(today).map_or_else(usual_close, |session| session.close)
        - TimeDelta::minutes(LAST_MINUTES)
}
