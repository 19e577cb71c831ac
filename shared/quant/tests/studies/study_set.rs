//! All studies at once say what each says alone.
#![cfg(test)]

use quant::indicators::opening_range::OpeningRangeSettings;
use quant::indicators::saty::LevelBasis;
use quant::indicators::{
    AtrLevels, Bar, Indicator, IndicatorSet, OPENING_RANGE_MINUTES, OpeningRangeBreakout,
    PhaseOscillator, PivotRibbon, SessionBar, Squeeze, Strat, StudySet, StudyValues,
};

use crate::opening_range::session_bars;
use crate::series::{assert_near, bar};

#[test]
fn the_set_says_what_each_study_says() {
    let session_bars = session_bars();
    let mut set = StudySet::new(5);
    let ours: Vec<StudyValues> = session_bars
        .iter()
        .map(|bar| set.next(bar.session_bar, bar.relative_volume))
        .collect();
    let bars: Vec<Bar> = session_bars.iter().map(|bar| bar.session_bar.bar).collect();
    assert_eq!(
        pick(&ours, |values| values.strat),
        column(Strat::new(), &bars)
    );
    assert_eq!(
        pick(&ours, |values| values.squeeze),
        column(Squeeze::new(), &bars)
    );
    assert_eq!(
        pick(&ours, |values| values.phase),
        column(PhaseOscillator::new(), &bars)
    );
    assert_eq!(
        pick(&ours, |values| values.ribbon),
        column(PivotRibbon::new(), &bars)
    );
    let levels = column(AtrLevels::new(LevelBasis::PreviousPeriod), &bars);
    assert_eq!(pick(&ours, |values| values.levels), levels);
    for (place, minutes) in OPENING_RANGE_MINUTES.into_iter().enumerate() {
        let alone = column(opening_range(minutes), &session_bars);
        assert_eq!(pick(&ours, |values| values.opening_ranges[place]), alone);
    }
}

fn opening_range(minutes: i32) -> OpeningRangeBreakout {
    OpeningRangeBreakout::new(OpeningRangeSettings {
        minutes,
        ..OpeningRangeSettings::default()
    })
}

fn column<I: Indicator<Input: Copy>>(indicator: I, inputs: &[I::Input]) -> Vec<Option<I::Output>> {
    indicator.batch(inputs.iter().copied())
}

fn pick<T>(values: &[StudyValues], of: impl Fn(&StudyValues) -> Option<T>) -> Vec<Option<T>> {
    values.iter().map(of).collect()
}

#[test]
fn the_set_of_everything_confirms_breakouts_by_its_relative_volume() {
    let session_bars = session_bars();
    let (mut everything, mut studies) = (IndicatorSet::of_bars(5), StudySet::new(5));
    for bar in &session_bars {
        let values = everything.next(bar.session_bar).unwrap();
        let alone = studies.next(bar.session_bar, values.relative_volume_20);
        assert_eq!(values.studies, alone);
        assert_near(
            "relative volume",
            0,
            values.relative_volume_20,
            bar.relative_volume,
        );
    }
}

#[test]
fn a_window_that_is_no_multiple_of_a_bar_is_never_complete() {
    for (bar_minutes, complete) in [
        (5, [true, true, true]),
        (10, [false, false, true]),
        (390, [false; 3]),
    ] {
        let mut set = StudySet::new(bar_minutes);
        let last = whole_session(bar_minutes)
            .map(|bar| set.next(bar, None))
            .last()
            .unwrap();
        let ours = last
            .opening_ranges
            .map(|reading| reading.unwrap().range.is_complete);
        assert_eq!(ours, complete, "{bar_minutes}");
    }
}

/// A session of which no bar is missing, unlike some of the reference's.
fn whole_session(bar_minutes: i32) -> impl Iterator<Item = SessionBar> {
    let starts = (0..390).filter(move |minute| minute % bar_minutes == 0);
    starts.map(|minute| SessionBar {
        bar: Bar {
            start_s: i64::from(minute) * 60,
            ..bar(100.0, 101.0, 99.0, 100.0)
        },
        session_day: 0,
        minute,
        session_minutes: 390,
    })
}
