//! Combinations of bar types: which setup the last bars make, once the next one breaks a side.

use std::fmt;

use super::super::Direction;
use super::bar_type::BarType;

/// What a combination says of the move before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CombinationKind {
    /// The break goes against the bars before it.
    Reversal,
    /// The break goes on with the bars before it.
    Continuation,
    /// The break leaves an inside bar whose mother bar has no direction.
    Breakout,
    /// An inside bar was broken one way, and that bar the other way.
    RevStrat,
}

/// The bars of a setup and the bar that breaks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Combination {
    /// The bar before a setup of two bars, which the long name begins with.
    before: Option<BarType>,
    /// The first of a setup of two bars.
    first: Option<BarType>,
    /// The bar whose side is broken.
    setup: BarType,
    direction: Direction,
    kind: CombinationKind,
}

impl Combination {
    /// The combination that a break completes after bars of these types, oldest first.
    pub fn of(types: [Option<BarType>; 3], direction: Direction) -> Option<Self> {
        let [before, first, setup] = types;
        let setup = setup?;
        let of_three = |kind| (first, before, kind);
        let (first, before, kind) = match longer(first, setup, direction) {
            Some(kind) => of_three(kind),
            None => (None, None, shorter(setup, direction)?),
        };
        Some(Self {
            before,
            first,
            setup,
            direction,
            kind,
        })
    }

    /// What it says of the move before it.
    pub fn kind(&self) -> CombinationKind {
        self.kind
    }

    /// How many bars come before the one that triggers: one or two.
    pub fn setup_bars(&self) -> usize {
        if self.first.is_some() { 2 } else { 1 }
    }

    /// Whether it is traded by itself; a second break the same way only shows a trend.
    pub fn is_entry(&self) -> bool {
        self.first.is_some() || self.setup != BarType::breaking(self.direction)
    }

    /// The name that a setup of two bars has with the bar before it; the same name otherwise.
    pub fn long_name(&self) -> impl fmt::Display {
        Names([
            self.before,
            self.first,
            Some(self.setup),
            Some(BarType::breaking(self.direction)),
        ])
    }
}

/// Setups of two bars. Inside bars that are both inside come last among all, but no setup of one
/// bar begins with an inside bar, so that they can be told here.
fn longer(first: Option<BarType>, setup: BarType, direction: Direction) -> Option<CombinationKind> {
    let same = BarType::breaking(direction);
    match (first?, setup) {
        (BarType::Inside | BarType::Outside, BarType::Inside) => Some(CombinationKind::Breakout),
        (first, BarType::Inside) if first == same => Some(CombinationKind::Continuation),
        (_, BarType::Inside) => Some(CombinationKind::Reversal),
        (_, setup) if setup != BarType::breaking(direction.opposite()) => None,
        (BarType::Inside, _) => Some(CombinationKind::RevStrat),
        (BarType::Outside, _) => Some(CombinationKind::Reversal),
        _ => None,
    }
}

/// Setups of one bar.
fn shorter(setup: BarType, direction: Direction) -> Option<CombinationKind> {
    match setup {
        BarType::Inside => None,
        BarType::Outside => Some(CombinationKind::Continuation),
        setup if setup == BarType::breaking(direction) => Some(CombinationKind::Continuation),
        _ => Some(CombinationKind::Reversal),
    }
}

impl fmt::Display for Combination {
    /// As traders write it, such as `2D-1-2U`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let trigger = BarType::breaking(self.direction);
        Names([None, self.first, Some(self.setup), Some(trigger)]).fmt(formatter)
    }
}

/// Names of bar types with dashes between them; what is absent is left out.
struct Names([Option<BarType>; 4]);

impl fmt::Display for Names {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut dash = "";
        for bar_type in self.0.iter().flatten() {
            write!(formatter, "{dash}{}", bar_type.name())?;
            dash = "-";
        }
        Ok(())
    }
}
