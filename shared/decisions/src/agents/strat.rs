//! The Strat specialist: a setup of a few bars that was just triggered, in the direction in which
//! all timeframes go.

use domain::studies::{ContinuityStudy, SetupEnd, StratBar, StratSetup, StratStudy};
use domain::{AgentKind, AgentName, Flag, Opinion};

use super::setup::{Setup, figure, studies};
use super::{Agent, NoEvidence};
use crate::case::Case;

/// A setup was triggered, and nothing has ended it.
const SETUP_POINTS: i32 = 35;
/// The newest close is beyond its trigger.
const IN_FORCE_POINTS: i32 = 15;
/// All timeframes point one way.
const CONTINUITY_POINTS: i32 = 34;
/// The newest bar broke one side and closed with it; against it counts the other way.
const BAR_POINTS: i32 = 16;

/// For how many bars a setup counts.
const SETUP_BARS: u32 = 3;

/// The agent.
pub(super) struct Strat;

impl Agent for Strat {
    fn name(&self) -> AgentName {
        AgentName::of("strat")
    }

    fn kind(&self) -> AgentKind {
        AgentKind::Specialist
    }

    fn weight(&self) -> u32 {
        5
    }

    fn flag(&self) -> Option<Flag> {
        Some(Flag::StratSpecialist)
    }

    fn opinion(&self, case: &Case<'_>) -> Result<Opinion, NoEvidence> {
        let studies = studies(case)?;
        let strat = studies.strat.known()?;
        let mut setup = Setup::new();
        setup.tell("bars", names(&strat.bar_types));
        see_triggered(&mut setup, strat.setup.as_ref(), studies.close);
        match strat.continuity.known() {
            Ok(continuity) => see_continuity(&mut setup, continuity, strat.setup.as_ref()),
            Err(_) => setup.miss("continuity"),
        }
        see_bar(&mut setup, strat);
        setup.opinion(case.signal.intent.direction())
    }
}

/// Types as traders write them, the oldest first.
fn names(bar_types: &[StratBar]) -> String {
    let names: Vec<_> = bar_types.iter().map(|bar| bar.name()).collect();
    names.join("-")
}

fn see_triggered(setup: &mut Setup, triggered: Option<&StratSetup>, close: f64) {
    let Some(triggered) = triggered else {
        setup.withhold("no_setup", &[]);
        return;
    };
    setup.tell("combination", triggered.combination.clone());
    setup.tell("kind", triggered.kind.name());
    let way = triggered.way;
    let bars_ago = ("bars_ago", figure(triggered.bars_ago));
    let ended = triggered.end.map(|end| match end {
        SetupEnd::Stopped => "setup_stopped",
        SetupEnd::TargetReached => "target_reached",
    });
    let is_old = triggered.bars_ago > SETUP_BARS;
    if let Some(reason) = ended.or(is_old.then_some("setup_old")) {
        setup.withhold(reason, &[bars_ago]);
        return;
    }
    setup.see("setup", way.signed(SETUP_POINTS), &levels(triggered));
    let figures = [("close", close), ("trigger", triggered.trigger)];
    if way.beyond(close, triggered.trigger) > 0.0 {
        setup.see("in_force", way.signed(IN_FORCE_POINTS), &figures);
    } else {
        setup.halve("not_in_force", &figures);
    }
}

/// Blue sky has no figure.
fn levels(triggered: &StratSetup) -> [(&'static str, f64); 4] {
    [
        ("trigger", triggered.trigger),
        ("stop", triggered.stop),
        ("target", triggered.target.unwrap_or(f64::NAN)),
        ("bars_ago", figure(triggered.bars_ago)),
    ]
}

/// Candles that began together agree by construction, and their agreement is worth half.
fn see_continuity(setup: &mut Setup, continuity: &ContinuityStudy, triggered: Option<&StratSetup>) {
    setup.tell("continuity", continuity.by_open.name());
    let Some(way) = continuity.by_open.way() else {
        setup.withhold("continuity_conflict", &[]);
        return;
    };
    let is_coupled = continuity.frames.iter().any(|frame| frame.is_coupled);
    let points = CONTINUITY_POINTS / if is_coupled { 2 } else { 1 };
    let frames = continuity.frames.len();
    let frames = u32::try_from(frames).map_or(f64::NAN, figure);
    let coupled = f64::from(u8::from(is_coupled));
    setup.see(
        "continuity",
        way.signed(points),
        &[("frames", frames), ("coupled", coupled)],
    );
    if triggered.is_some_and(|triggered| triggered.way != way) {
        setup.withhold("against_continuity", &[]);
    }
}

fn see_bar(setup: &mut Setup, strat: &StratStudy) {
    let broke = strat.bar_types.last().and_then(|bar| bar.way());
    let points = broke
        .and(strat.closed)
        .map_or(0, |closed| closed.signed(BAR_POINTS));
    let name = if strat.is_failed_break {
        "failed_break"
    } else {
        "newest_bar"
    };
    let figures = [
        ("higher_lows", figure(strat.higher_lows)),
        ("lower_highs", figure(strat.lower_highs)),
    ];
    setup.see(name, points, &figures);
}
