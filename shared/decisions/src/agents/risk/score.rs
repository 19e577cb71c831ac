//! The risk score: `0.4 · use of the book + 0.3 · rank of the range + 0.3 · use by correlated
//! exposure`, each from 0 to 100.
//!
//! A part that is missing is left out, and the others' weights count for the whole. Of a part
//! that is known in part, what is known counts where it raises the score, and only there.

use domain::opinion::{Points100, Reason, Word};
use domain::{Studies, Usd};

use super::correlated::Correlated;
use super::share::{used_count_percent, used_percent};
use crate::case::Case;

/// The weights of the parts, in hundredths.
const BOOK_WEIGHT: u32 = 40;
const RANGE_WEIGHT: u32 = 30;
const CORRELATED_WEIGHT: u32 = 30;

/// What is known of a part, in percent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Reading {
    Known(f64),
    AtLeast(f64),
    Absent,
}

/// A part of the score.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    pub(super) name: &'static str,
    weight: u32,
    reading: Reading,
    figures: Vec<(&'static str, f64)>,
}

impl Part {
    /// What is known of it.
    pub(super) fn percent(&self) -> Option<f64> {
        match self.reading {
            Reading::Known(percent) | Reading::AtLeast(percent) => Some(percent),
            Reading::Absent => None,
        }
    }

    fn known(&self) -> Option<f64> {
        match self.reading {
            Reading::Known(percent) => Some(percent),
            _ => None,
        }
    }

    /// As a reason: its points are those of the score while no part is missing.
    pub(super) fn reason(&self) -> Option<Reason> {
        let percent = self.percent()?;
        let points = rounded(f64::from(self.weight) * percent / 100.0);
        let figures = self.figures.iter().copied();
        Some(Reason {
            name: self.name.into(),
            points: i32::try_from(points).unwrap_or(i32::MAX),
            figures: figures
                .chain([("percent", percent)])
                .map(|(name, value)| (name.into(), value))
                .collect(),
        })
    }
}

/// The parts of a case's score, and the names of what was missing for them.
pub(super) fn parts(case: &Case<'_>, missing: &mut Vec<Word>) -> Vec<Part> {
    vec![
        book(case),
        range(case.evidence.studies.as_ref(), missing),
        correlated(case, missing),
    ]
}

fn exposure_limit(case: &Case<'_>) -> Usd {
    let capital = case.settings.trading_rules.starting_capital_usd;
    case.settings.risk_limits.exposure_limit(capital)
}

/// The larger of the uses of positions and of exposure.
fn book(case: &Case<'_>) -> Part {
    let book = &case.knowledge.book;
    let limit = case.settings.risk_limits.max_open_positions;
    let positions = used_count_percent(book.open_count, limit);
    let exposure = used_percent(book.exposure_usd, exposure_limit(case));
    Part {
        name: "book_use",
        weight: BOOK_WEIGHT,
        reading: Reading::Known(positions.max(exposure)),
        figures: vec![
            ("positions_percent", positions),
            ("exposure_percent", exposure),
        ],
    }
}

fn range(studies: Option<&Studies>, missing: &mut Vec<Word>) -> Part {
    let atr = studies.and_then(|studies| studies.technical.atr);
    let rank = atr.and_then(|atr| atr.rank);
    if rank.is_none() {
        missing.push("atr_rank".into());
    }
    Part {
        name: "atr_rank",
        weight: RANGE_WEIGHT,
        reading: rank.map_or(Reading::Absent, |rank| Reading::Known(100.0 * rank)),
        figures: atr.map(|atr| ("atr_14", atr.atr_14)).into_iter().collect(),
    }
}

fn correlated(case: &Case<'_>, missing: &mut Vec<Word>) -> Part {
    let correlated = Correlated::of(case);
    let percent = used_percent(correlated.premium_usd, exposure_limit(case));
    let unknown = correlated.unknown.iter();
    missing.extend(unknown.map(|symbol| Word::from(format!("correlation with {symbol}"))));
    Part {
        name: "correlated_exposure",
        weight: CORRELATED_WEIGHT,
        reading: if correlated.unknown.is_empty() {
            Reading::Known(percent)
        } else {
            Reading::AtLeast(percent)
        },
        figures: Vec::new(),
    }
}

/// The score of these parts, rounded once, a half up.
pub(super) fn score(parts: &[Part]) -> Points100 {
    let known = mean(parts, Part::known).unwrap_or(0.0);
    let with_bounds = |part: &Part| {
        let bound = part.percent().filter(|percent| *percent > known);
        part.known().or(bound)
    };
    let score = mean(parts, with_bounds).unwrap_or(known);
    Points100::at_most(rounded(score))
}

fn mean(parts: &[Part], percent: impl Fn(&Part) -> Option<f64>) -> Option<f64> {
    let counted = parts.iter().filter_map(|part| {
        let weight = f64::from(part.weight);
        Some((weight, weight * percent(part)?))
    });
    let (weight, sum) = counted.fold((0.0, 0.0), |sums, one| (sums.0 + one.0, sums.1 + one.1));
    (weight > 0.0).then(|| sum / weight)
}

/// How much of the weight is fully known: how sure the score is.
pub(super) fn known_weight(parts: &[Part]) -> Points100 {
    let known = parts.iter().filter(|part| part.known().is_some());
    Points100::at_most(known.map(|part| part.weight).sum())
}

/// To the nearest whole number, a half up; what is below zero, or no number, is zero.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "percentages up to 100; a cast keeps within the type's bounds"
)]
fn rounded(percent: f64) -> u32 {
    (percent + 0.5).floor() as u32
}
