//! The Satyland sub-agent: the day's levels say which side is an idea, and the phase, the ribbon
//! and the golden gate whether it is a good one.

use domain::studies::{
    GateState, GoldenGates, PhaseZone, SatyLevels, SatyPhase, SatyRangeStatus, SatyRibbon, Study,
    Way,
};
use domain::{AgentKind, AgentName, Flag, Opinion};

use super::setup::{Setup, studies};
use super::{Agent, NoEvidence};
use crate::case::Case;

/// The close is beyond a trigger.
const LEVEL_POINTS: i32 = 30;
/// The averages are stacked.
const STACK_POINTS: i32 = 15;
/// The side of the conviction.
const CONVICTION_POINTS: i32 = 10;
/// The phase turned back from an extreme,
const TURN_POINTS: i32 = 25;
/// or is marking up or down, or so far extended that it should return.
const ZONE_POINTS: i32 = 15;
/// A golden gate is open.
const GATE_POINTS: i32 = 20;

/// The agent.
pub(super) struct Satyland;

impl Agent for Satyland {
    fn name(&self) -> AgentName {
        AgentName::of("satyland")
    }

    fn kind(&self) -> AgentKind {
        AgentKind::Subagent
    }

    fn weight(&self) -> u32 {
        5
    }

    fn flag(&self) -> Option<Flag> {
        Some(Flag::SatylandSubagent)
    }

    fn opinion(&self, case: &Case<'_>) -> Result<Opinion, NoEvidence> {
        let studies = studies(case)?;
        let (saty, close) = (&studies.saty, studies.close);
        let mut setup = Setup::new();
        see(&mut setup, "levels", &saty.levels, |setup, levels| {
            see_levels(setup, levels, close);
        });
        see(&mut setup, "ribbon", &saty.ribbon, see_ribbon);
        see(&mut setup, "phase", &saty.phase, see_phase);
        see(&mut setup, "golden_gate", &saty.golden_gates, see_gates);
        setup.opinion(case.signal.intent.direction())
    }
}

fn see<T: Copy>(
    setup: &mut Setup,
    component: &'static str,
    study: &Study<T>,
    look: impl FnOnce(&mut Setup, T),
) {
    match study.known() {
        Ok(study) => look(setup, *study),
        Err(_) => setup.miss(component),
    }
}

fn see_levels(setup: &mut Setup, levels: SatyLevels, close: f64) {
    let figures = [
        ("close", close),
        ("upper_trigger", levels.upper_trigger),
        ("lower_trigger", levels.lower_trigger),
    ];
    match levels.bias {
        Some(way) => setup.see("levels", way.signed(LEVEL_POINTS), &figures),
        None => setup.withhold("between_triggers", &figures),
    }
    let Some(used) = &levels.range_used else {
        setup.miss("range_used");
        return;
    };
    setup.tell("range", used.status.name());
    let figures = [("range_used_percent", used.percent)];
    match used.status {
        SatyRangeStatus::Room => setup.see("range_used", 0, &figures),
        SatyRangeStatus::NearlySpent => setup.halve("range_nearly_spent", &figures),
        SatyRangeStatus::Spent => setup.withhold("range_spent", &figures),
    }
}

fn see_ribbon(setup: &mut Setup, ribbon: SatyRibbon) {
    setup.tell("stack", ribbon.stack.map_or("mixed", Way::name));
    let stack = ribbon.stack.map_or(0, |way| way.signed(STACK_POINTS));
    setup.see("stack", stack, &[]);
    let is_new = f64::from(u8::from(ribbon.is_conviction_new));
    let conviction = ribbon.conviction.signed(CONVICTION_POINTS);
    setup.see("conviction", conviction, &[("is_new", is_new)]);
}

/// A compressed market will move, and nobody knows where.
fn see_phase(setup: &mut Setup, phase: SatyPhase) {
    setup.tell("phase", phase.zone.name());
    let figures = [("phase", phase.value)];
    match phase.turn {
        Some(way) => setup.see("phase_turn", way.signed(TURN_POINTS), &figures),
        None => setup.see("phase", zone_points(phase.zone), &figures),
    }
    if phase.is_compressed {
        setup.halve("compressed", &[]);
    }
}

fn zone_points(zone: PhaseZone) -> i32 {
    match zone {
        PhaseZone::MarkUp | PhaseZone::ExtendedDown => ZONE_POINTS,
        PhaseZone::MarkDown | PhaseZone::ExtendedUp => -ZONE_POINTS,
        PhaseZone::Distribution | PhaseZone::LaunchBox | PhaseZone::Accumulation => 0,
    }
}

fn see_gates(setup: &mut Setup, gates: GoldenGates) {
    let points = |state: GateState| match state {
        GateState::Open => GATE_POINTS,
        GateState::Closed | GateState::Completed | GateState::Invalid => 0,
    };
    setup.see("golden_gate", points(gates.up) - points(gates.down), &[]);
}
