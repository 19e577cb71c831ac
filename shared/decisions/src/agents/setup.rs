//! How a specialist makes its opinion: it knows one way of trading, and where its setup isn't
//! there, it has looked and sees no trade.
//!
//! What its way of trading calls no trade withholds the whole confidence, and what it trades with
//! half the size halves it; both are told as reasons without points of their own.

use domain::opinion::{Points100, Word};
use domain::signal::Direction;
use domain::vote::Action;
use domain::{Opinion, Studies};

use super::NoEvidence;
use super::tally::Tally;
use crate::case::Case;

/// From which confidence on a specialist that agrees with a signal recommends to enter.
pub(super) const ENTER_FROM_POINTS: u32 = 50;

/// The name under which its recommendation is told.
const RECOMMENDATION: &str = "recommendation";

/// A setup that is being looked at.
#[derive(Debug)]
pub(super) struct Setup {
    tally: Tally,
    /// The percentage of the confidence that is left, where something takes of it.
    percent: Option<u32>,
}

/// The figures of a reason, by their names.
pub(super) type Figures<'a> = &'a [(&'static str, f64)];

impl Setup {
    pub(super) fn new() -> Self {
        Self {
            tally: Tally::default(),
            percent: None,
        }
    }

    /// Counts a component.
    pub(super) fn see(&mut self, component: &'static str, points: i32, figures: Figures<'_>) {
        self.tally.see(component, points, figures.iter().copied());
    }

    /// Names what it would have looked at and couldn't.
    pub(super) fn miss(&mut self, component: &'static str) {
        self.tally.miss(component);
    }

    /// Notes something that it tells apart.
    pub(super) fn tell(&mut self, name: &'static str, word: impl Into<Word>) {
        self.tally.tell(name, word);
    }

    /// There is no trade, for this reason.
    pub(super) fn withhold(&mut self, reason: &'static str, figures: Figures<'_>) {
        self.see(reason, 0, figures);
        self.percent = Some(0);
    }

    /// It is worth half, for this reason.
    pub(super) fn halve(&mut self, reason: &'static str, figures: Figures<'_>) {
        self.see(reason, 0, figures);
        self.percent = Some(self.percent.unwrap_or(100) / 2);
    }

    /// What it comes to for a signal of this direction: it recommends to enter if its bias agrees
    /// and its confidence is high enough.
    pub(super) fn opinion(self, signal: Option<Direction>) -> Result<Opinion, NoEvidence> {
        let mut opinion = match self.percent {
            None => self.tally.opinion()?,
            Some(percent) => self.tally.opinion_at(Points100::at_most(percent))?,
        };
        let agrees = signal.and_then(|direction| opinion.bias.agrees_with(direction));
        let is_sure = opinion.confidence.get() >= ENTER_FROM_POINTS;
        let action = match agrees {
            Some(true) if is_sure => Action::Enter,
            _ => Action::Skip,
        };
        let recommendation = (RECOMMENDATION.into(), action.name().into());
        opinion.metadata.extend([recommendation]);
        Ok(opinion)
    }
}

/// What the bars of a case say, or that nobody has read them.
pub(super) fn studies<'a>(case: &Case<'a>) -> Result<&'a Studies, NoEvidence> {
    let studies = case.evidence.studies.as_ref();
    studies.ok_or(NoEvidence(Word::Borrowed("there are no studies of bars")))
}

/// A count of bars as a figure.
pub(super) fn figure(bars: u32) -> f64 {
    f64::from(bars)
}
