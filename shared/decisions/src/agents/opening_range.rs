//! The opening range specialist: the first close outside the range of a session's first half hour.

use domain::opinion::Word;
use domain::studies::{OpeningRangeStudy, RangeBreakout, RangeWidth, Way};
use domain::{AgentKind, AgentName, Flag, Opinion};

use super::setup::{Setup, figure, studies};
use super::{Agent, NoEvidence};
use crate::case::Case;

/// There is a breakout that isn't void.
const BREAKOUT_POINTS: i32 = 30;
/// Its volume confirms it.
const VOLUME_POINTS: i32 = 25;
/// The newest close is still outside.
const OUTSIDE_POINTS: i32 = 15;
/// The last target is still ahead: all while it is further than the one before it, else half.
const ROOM_POINTS: i32 = 16;
/// The range is neither noise nor the whole day.
const WIDTH_POINTS: i32 = 14;

/// The targets whose distances tell how much room there is, in widths beyond the broken side.
const NEAR_TARGET_WIDTHS: f64 = 1.0;
const FAR_TARGET_WIDTHS: f64 = 2.0;

/// The agent.
pub(super) struct OpeningRange;

impl Agent for OpeningRange {
    fn name(&self) -> AgentName {
        AgentName::of("orb")
    }

    fn kind(&self) -> AgentKind {
        AgentKind::Specialist
    }

    fn weight(&self) -> u32 {
        10
    }

    fn flag(&self) -> Option<Flag> {
        Some(Flag::OrbSpecialist)
    }

    fn opinion(&self, case: &Case<'_>) -> Result<Opinion, NoEvidence> {
        let studies = studies(case)?;
        let range = studies.opening_range.known()?;
        if !range.is_over {
            let why = "the opening range isn't over yet";
            return Err(NoEvidence(Word::Borrowed(why)));
        }
        let mut setup = Setup::new();
        see_breakout(&mut setup, range, studies.close);
        if case.now > range.entries_until {
            setup.withhold("past_last_entry", &[]);
        }
        if range.is_gap_wide == Some(true) {
            setup.halve("wide_gap", &gap_figures(range));
        }
        setup.opinion(case.signal.intent.direction())
    }
}

fn see_breakout(setup: &mut Setup, range: &OpeningRangeStudy, close: f64) {
    let width = range.high - range.low;
    let figures = [("high", range.high), ("low", range.low)];
    if !range.is_complete {
        setup.withhold("range_incomplete", &figures);
    } else if width <= 0.0 {
        setup.withhold("range_without_width", &figures);
    }
    match &range.breakout {
        None => setup.withhold("no_breakout", &[("close", close), figures[0], figures[1]]),
        Some(breakout) if breakout.is_false => {
            setup.tell("breakout", "false");
            let bars_ago = ("bars_ago", figure(breakout.bars_ago));
            setup.withhold("false_breakout", &[bars_ago, ("close", close)]);
        }
        Some(breakout) => {
            setup.tell("breakout", breakout.way.name());
            see_standing(setup, range, breakout, close);
        }
    }
}

/// A breakout that stands, by everything that speaks for it.
fn see_standing(
    setup: &mut Setup,
    range: &OpeningRangeStudy,
    breakout: &RangeBreakout,
    close: f64,
) {
    let way = breakout.way;
    let level = match way {
        Way::Up => range.high,
        Way::Down => range.low,
    };
    let bars_ago = ("bars_ago", figure(breakout.bars_ago));
    setup.see(
        "breakout",
        way.signed(BREAKOUT_POINTS),
        &[("level", level), bars_ago],
    );
    if !breakout.is_in_time {
        setup.withhold("breakout_too_late", &[bars_ago]);
    }
    see_volume(setup, breakout);
    let beyond = way.beyond(close, level);
    let figures = [("close", close), ("level", level)];
    if beyond > 0.0 {
        setup.see("outside", way.signed(OUTSIDE_POINTS), &figures);
    } else {
        setup.halve("back_inside", &figures);
    }
    see_room(setup, way, beyond, range.high - range.low);
    see_width(setup, way, range);
}

/// An unknown volume confirms nothing.
fn see_volume(setup: &mut Setup, breakout: &RangeBreakout) {
    let points = if breakout.is_confirmed {
        VOLUME_POINTS
    } else {
        0
    };
    let points = breakout.way.signed(points);
    match breakout.relative_volume {
        Some(volume) => setup.see("volume", points, &[("relative_volume", volume)]),
        None => setup.miss("volume"),
    }
    if !breakout.is_confirmed {
        setup.halve("not_confirmed", &[]);
    }
}

fn see_room(setup: &mut Setup, way: Way, beyond: f64, width: f64) {
    let points = if beyond <= NEAR_TARGET_WIDTHS * width {
        ROOM_POINTS
    } else if beyond < FAR_TARGET_WIDTHS * width {
        ROOM_POINTS / 2
    } else {
        0
    };
    setup.see(
        "room",
        way.signed(points),
        &[("beyond", beyond), ("width", width)],
    );
    if points == 0 {
        setup.withhold("targets_reached", &[]);
    }
}

fn see_width(setup: &mut Setup, way: Way, range: &OpeningRangeStudy) {
    let Some((width, day_true_range)) = range.width.zip(range.day_true_range) else {
        setup.miss("width");
        return;
    };
    let figures = [
        ("width", range.high - range.low),
        ("day_true_range", day_true_range),
    ];
    match width {
        RangeWidth::Fair => setup.see("width", way.signed(WIDTH_POINTS), &figures),
        RangeWidth::Narrow => setup.withhold("range_narrow", &figures),
        RangeWidth::Wide => setup.withhold("range_wide", &figures),
    }
}

fn gap_figures(range: &OpeningRangeStudy) -> [(&'static str, f64); 2] {
    let or_none = |figure: Option<f64>| figure.unwrap_or(f64::NAN);
    [
        ("gap", or_none(range.gap)),
        ("day_true_range", or_none(range.day_true_range)),
    ]
}
