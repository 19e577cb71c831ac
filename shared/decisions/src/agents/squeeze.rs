//! The squeeze specialist: a market that was quiet long enough has let go, and momentum grows in
//! that direction.

use domain::studies::{SqueezeFired, SqueezeMomentum, SqueezeStudy, Way};
use domain::{AgentKind, AgentName, Flag, Opinion};
use quant::indicators::squeeze::SqueezeEntryRules;

use super::setup::{Setup, figure, studies};
use super::{Agent, NoEvidence};
use crate::case::Case;

/// A ripe squeeze has fired, not long ago.
const FIRED_POINTS: i32 = 40;
/// The side of zero that momentum is on.
const MOMENTUM_POINTS: i32 = 30;
/// Momentum moves away from zero.
const GROWTH_POINTS: i32 = 30;

/// At so many bars of weakening momentum in a row one stands down.
const WEAKENING_BARS_MAX: u32 = 2;

/// The agent.
pub(super) struct Squeeze;

impl Agent for Squeeze {
    fn name(&self) -> AgentName {
        AgentName::of("ttm")
    }

    fn kind(&self) -> AgentKind {
        AgentKind::Specialist
    }

    fn weight(&self) -> u32 {
        5
    }

    fn flag(&self) -> Option<Flag> {
        Some(Flag::TtmSpecialist)
    }

    fn opinion(&self, case: &Case<'_>) -> Result<Opinion, NoEvidence> {
        let studies = studies(case)?;
        let squeeze = studies.squeeze.known()?;
        let mut setup = Setup::new();
        setup.tell("compression", squeeze.compression.name());
        let fired = see_fired(&mut setup, squeeze);
        match &squeeze.momentum {
            Some(momentum) => see_momentum(&mut setup, momentum, fired),
            None => miss_momentum(&mut setup),
        }
        setup.opinion(case.signal.intent.direction())
    }
}

/// The way in which a squeeze fired, if that may be traded.
fn see_fired(setup: &mut Setup, squeeze: &SqueezeStudy) -> Option<Way> {
    if squeeze.is_on {
        setup.withhold("squeeze_on", &[("bars", figure(squeeze.bars))]);
        return None;
    }
    let Some(fired) = &squeeze.fired else {
        setup.withhold("no_squeeze", &[]);
        return None;
    };
    let figures = [
        ("bars_ago", figure(fired.bars_ago)),
        ("squeeze_bars", figure(fired.squeeze_bars)),
    ];
    if let Some(reason) = fault(fired) {
        setup.withhold(reason, &figures);
        return None;
    }
    let way = fired.way?;
    setup.tell("fired", way.name());
    setup.see("fired", way.signed(FIRED_POINTS), &figures);
    Some(way)
}

fn fault(fired: &SqueezeFired) -> Option<&'static str> {
    let rules = SqueezeEntryRules::default();
    if fired.bars_ago > rules.lifetime_bars {
        Some("fired_long_ago")
    } else if fired.squeeze_bars < rules.squeeze_bars_min {
        Some("squeeze_not_ripe")
    } else if fired.way.is_none() {
        Some("fired_without_direction")
    } else {
        None
    }
}

/// Without momentum there is no direction, whatever has fired.
fn miss_momentum(setup: &mut Setup) {
    setup.miss("momentum");
    setup.withhold("no_momentum", &[]);
}

fn see_momentum(setup: &mut Setup, momentum: &SqueezeMomentum, fired: Option<Way>) {
    let value = [("momentum", momentum.value)];
    let Some(way) = momentum.way else {
        setup.withhold("momentum_without_direction", &value);
        return;
    };
    setup.see("momentum", way.signed(MOMENTUM_POINTS), &value);
    if fired.is_some_and(|fired| fired != way) {
        setup.withhold("momentum_against_squeeze", &value);
    }
    see_growth(setup, way, momentum);
}

fn see_growth(setup: &mut Setup, way: Way, momentum: &SqueezeMomentum) {
    let Some(colour) = momentum.colour else {
        setup.miss("growth");
        setup.halve("growth_unknown", &[]);
        return;
    };
    setup.tell("momentum", colour.name());
    if colour.is_growing() {
        setup.see("growth", way.signed(GROWTH_POINTS), &[]);
        return;
    }
    let weakening_bars = momentum.weakening_bars;
    let bars = [("weakening_bars", figure(weakening_bars))];
    setup.see("growth", 0, &bars);
    if weakening_bars >= WEAKENING_BARS_MAX {
        setup.withhold("momentum_weakens", &bars);
    } else {
        setup.halve("momentum_pauses", &bars);
    }
}
