//! How an agent that sees a direction counts what it sees.
//!
//! Its components' points are positive for a rise and negative for a fall, and the most that they
//! can come to is 100. The sign of their sum is the bias, its size the confidence. A component
//! without its evidence adds nothing and is named, so that what is missing lowers the confidence
//! by itself.

use domain::opinion::{Points100, Reason, Word};
use domain::{Bias, Opinion};

use super::NoEvidence;

/// From which sum on, to either side, there is a bias.
pub(super) const BIAS_FROM_POINTS: u32 = 10;

/// What an agent has seen so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    seen: Vec<Reason>,
    missing: Vec<Word>,
    told: Vec<(&'static str, Word)>,
}

impl Tally {
    /// Counts a component: its points, and the figures that led to them. A figure that isn't a
    /// finite number is left out, since it has no written form.
    pub(super) fn see(
        &mut self,
        component: &'static str,
        points: i32,
        figures: impl IntoIterator<Item = (&'static str, f64)>,
    ) {
        let finite = figures.into_iter().filter(|figure| figure.1.is_finite());
        self.seen.push(Reason {
            name: component.into(),
            points,
            figures: finite.map(|(name, value)| (name.into(), value)).collect(),
        });
    }

    /// Names what it would have looked at and couldn't.
    pub(super) fn miss(&mut self, component: &'static str) {
        self.missing.push(component.into());
    }

    /// Notes something that it tells apart, such as `trend: up`.
    pub(super) fn tell(&mut self, name: &'static str, word: impl Into<Word>) {
        self.told.push((name, word.into()));
    }

    /// What it comes to.
    pub(super) fn opinion(self) -> Result<Opinion, NoEvidence> {
        self.opinion_at(Points100::MAX)
    }

    /// The same with this percentage of the confidence, rounded down; the bias stays.
    pub(super) fn opinion_at(self, percent: Points100) -> Result<Opinion, NoEvidence> {
        if self.seen.is_empty() {
            return Err(NoEvidence(nothing_of(&self.missing)));
        }
        let sum: i32 = self.seen.iter().map(|reason| reason.points).sum();
        Ok(Opinion {
            bias: bias(sum),
            confidence: Points100::at_most(
                Points100::at_most(sum.unsigned_abs()).get() * percent.get() / 100,
            ),
            risk_score: None,
            block: None,
            reasons: self.seen,
            missing: self.missing,
            metadata: self
                .told
                .into_iter()
                .map(|(name, word)| (name.into(), word))
                .collect(),
        })
    }
}

/// Which way a sum of points goes.
fn bias(sum: i32) -> Bias {
    match sum {
        _ if sum.unsigned_abs() < BIAS_FROM_POINTS => Bias::Neutral,
        1.. => Bias::Bullish,
        _ => Bias::Bearish,
    }
}

fn nothing_of(missing: &[Word]) -> Word {
    format!("there is no {}", missing.join(", no ")).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opinion(points: &[i32], percent: u32) -> Opinion {
        let mut tally = Tally::default();
        for points in points {
            tally.see("component", *points, []);
        }
        tally.opinion_at(Points100::at_most(percent)).unwrap()
    }

    #[test]
    fn the_sum_is_bias_and_confidence() {
        for (points, percent, bias, confidence) in [
            (&[30, -10][..], 100, Bias::Bullish, 20),
            (&[-30, 10], 100, Bias::Bearish, 20),
            (&[10], 100, Bias::Bullish, 10),
            (&[9], 100, Bias::Neutral, 9),
            (&[-10], 100, Bias::Bearish, 10),
            (&[-9], 100, Bias::Neutral, 9),
            (&[0], 100, Bias::Neutral, 0),
            (&[70, 70], 100, Bias::Bullish, 100),
            (&[35], 50, Bias::Bullish, 17),
            (&[-35], 0, Bias::Bearish, 0),
        ] {
            let found = opinion(points, percent);
            assert_eq!(
                (found.bias, found.confidence.get()),
                (bias, confidence),
                "{points:?}"
            );
        }
    }

    #[test]
    fn who_has_seen_nothing_has_no_opinion() {
        let mut tally = Tally::default();
        tally.miss("chain");
        tally.miss("bars");
        assert_eq!(
            tally.opinion(),
            Err(NoEvidence("there is no chain, no bars".into()))
        );
    }

    #[test]
    fn a_figure_that_is_no_number_is_left_out() {
        let mut tally = Tally::default();
        tally.see("component", 20, [("one", 1.0), ("none", f64::NAN)]);
        tally.tell("trend", "up");
        let found = tally.opinion().unwrap();
        assert_eq!(found.reasons[0].figures, [("one".into(), 1.0)].into());
        assert_eq!(found.metadata, [("trend".into(), "up".into())].into());
    }
}
