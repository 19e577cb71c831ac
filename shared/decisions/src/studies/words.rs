//! The studies' answers in the words of their records.

use domain::studies::{
    Agreement, Compression, GateState, MomentumColour, PhaseZone, RangeWidth, SatyRangeStatus,
    StratBar, StratKind, Way,
};
use quant::indicators::Direction;
use quant::indicators::opening_range::RangeWidth as Width;
use quant::indicators::saty::{GateState as Gate, PhaseZone as Zone, RangeStatus, Trend};
use quant::indicators::squeeze::{Compression as Tightness, MomentumColour as Colour};
use quant::indicators::strat::{BarType, CombinationKind, Continuity};

pub(super) fn way(direction: Direction) -> Way {
    match direction {
        Direction::Up => Way::Up,
        Direction::Down => Way::Down,
    }
}

pub(super) fn trend(trend: Trend) -> Option<Way> {
    match trend {
        Trend::Bullish => Some(Way::Up),
        Trend::Bearish => Some(Way::Down),
        Trend::Mixed => None,
    }
}

pub(super) fn width(width: Width) -> RangeWidth {
    match width {
        Width::Narrow => RangeWidth::Narrow,
        Width::Fair => RangeWidth::Fair,
        Width::Wide => RangeWidth::Wide,
    }
}

pub(super) fn bar_type(bar_type: BarType) -> StratBar {
    match bar_type {
        BarType::Inside => StratBar::Inside,
        BarType::Up => StratBar::Up,
        BarType::Down => StratBar::Down,
        BarType::Outside => StratBar::Outside,
    }
}

pub(super) fn kind(kind: CombinationKind) -> StratKind {
    match kind {
        CombinationKind::Reversal => StratKind::Reversal,
        CombinationKind::Continuation => StratKind::Continuation,
        CombinationKind::Breakout => StratKind::Breakout,
        CombinationKind::RevStrat => StratKind::RevStrat,
    }
}

pub(super) fn agreement(continuity: Continuity) -> Agreement {
    match continuity {
        Continuity::Up => Agreement::Up,
        Continuity::Down => Agreement::Down,
        Continuity::Conflict => Agreement::Conflict,
    }
}

pub(super) fn compression(tightness: Tightness) -> Compression {
    match tightness {
        Tightness::None => Compression::None,
        Tightness::Low => Compression::Low,
        Tightness::Middle => Compression::Middle,
        Tightness::High => Compression::High,
    }
}

pub(super) fn colour(colour: Colour) -> MomentumColour {
    match colour {
        Colour::PositiveUp => MomentumColour::Cyan,
        Colour::PositiveDown => MomentumColour::Blue,
        Colour::NegativeDown => MomentumColour::Red,
        Colour::NegativeUp => MomentumColour::Yellow,
    }
}

pub(super) fn range_status(status: RangeStatus) -> SatyRangeStatus {
    match status {
        RangeStatus::Room => SatyRangeStatus::Room,
        RangeStatus::NearlySpent => SatyRangeStatus::NearlySpent,
        RangeStatus::Spent => SatyRangeStatus::Spent,
    }
}

pub(super) fn gate(gate: Gate) -> GateState {
    match gate {
        Gate::Closed => GateState::Closed,
        Gate::Open => GateState::Open,
        Gate::Completed => GateState::Completed,
        Gate::Invalid => GateState::Invalid,
    }
}

pub(super) fn zone(zone: Zone) -> PhaseZone {
    match zone {
        Zone::ExtendedUp => PhaseZone::ExtendedUp,
        Zone::Distribution => PhaseZone::Distribution,
        Zone::MarkUp => PhaseZone::MarkUp,
        Zone::LaunchBox => PhaseZone::LaunchBox,
        Zone::MarkDown => PhaseZone::MarkDown,
        Zone::Accumulation => PhaseZone::Accumulation,
        Zone::ExtendedDown => PhaseZone::ExtendedDown,
    }
}
