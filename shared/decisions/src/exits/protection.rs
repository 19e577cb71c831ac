//! The second tier: losses and time.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use domain::calendar::{eastern_instant, session_on, trading_date};
use domain::expiration::dte;
use domain::{ExitReading, ExitReason, ExitRule, Watch};

use super::price::View;
use super::trailing::trailing_stop;
use crate::eligibility::shown;

/// The last part of a session, in which contracts near expiration are closed.
const LAST_MINUTES: i64 = 30;

pub(super) fn readings(view: &View<'_>, watch: Option<&Watch>) -> [ExitReading; 4] {
    [
        stop_loss(view),
        min_dte(view),
        max_hold(view),
        trailing_stop(view, watch),
    ]
}

fn stop_loss(view: &View<'_>) -> ExitReading {
    let (gain, limit) = (view.gain(), -view.rules.stop_loss_percent);
    ExitReading {
        rule: ExitRule::StopLoss,
        reason: ExitReason::StopLoss,
        fires: gain.is_ok_and(|gain| gain <= limit),
        reading: gain.map_or_else(|why| why.to_string(), |gain| gain.to_string()),
        limit: format!("above {limit}"),
    }
}

fn min_dte(view: &View<'_>) -> ExitReading {
    let days = dte(view.now, view.position.contract.expiration());
    let (least, starts) = (view.rules.min_dte_exit, last_minutes_start(view.now));
    ExitReading {
        rule: ExitRule::MinDte,
        reason: ExitReason::MinDteExit,
        fires: days <= i64::from(least) && view.now >= starts,
        reading: format!("{days} days left"),
        limit: format!("more than {least} days, from {} on", shown(starts)),
    }
}

fn max_hold(view: &View<'_>) -> ExitReading {
    let held = view.now - view.position.opened_at;
    let limit = TimeDelta::hours(i64::from(view.rules.max_hold_hours));
    ExitReading {
        rule: ExitRule::MaxHold,
        reason: ExitReason::MaxHoldTime,
        fires: held >= limit,
        reading: format!("{} h {} min", held.num_hours(), held.num_minutes() % 60),
        limit: format!("under {} h", limit.num_hours()),
    }
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
