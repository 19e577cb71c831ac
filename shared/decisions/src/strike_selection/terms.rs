//! The settings as one choice needs them: for this underlying, at this hour.

use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::session_at;
use domain::settings::StrikeSelection;
use domain::{Settings, Symbol};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Wanted;

/// What a contract is judged by.
pub(super) struct Terms<'a> {
    pub(super) wanted: &'a Wanted<'a>,
    pub(super) rules: &'a StrikeSelection,
    pub(super) open_interest_min: u64,
    pub(super) volume_min: u64,
}

impl<'a> Terms<'a> {
    pub(super) fn of(underlying: &Symbol, wanted: &'a Wanted<'a>) -> Self {
        let rules = &wanted.settings.strike_selection;
        Self {
            wanted,
            rules,
            open_interest_min: rules.open_interest_min_of(underlying).into(),
            volume_min: volume_min(rules, wanted.now).into(),
        }
    }

    pub(super) fn settings(&self) -> &'a Settings {
        self.wanted.settings
    }
}

/// What has to have been traded by now. While no session runs, the volume is that of the last
/// one, which was a whole one.
fn volume_min(rules: &StrikeSelection, now: DateTime<Utc>) -> u32 {
    let early = TimeDelta::minutes(rules.early_minutes.into());
    match session_at(now) {
        Some(session) if now < session.open + early => rules.volume_min_early,
        _ => rules.volume_min,
    }
}

/// A setting on the mathematics' side; every such decimal has a nearest `f64`.
pub(super) fn figure(setting: Decimal) -> f64 {
    setting.to_f64().unwrap_or(f64::NAN)
}
