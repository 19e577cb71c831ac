//! Which verdict is given, and when none is.

use decisions::experiment::{Comparison, Lack, Outlook, Report, Verdict};
use domain::experiment::PlannedSample;
use domain::{Engine, Experiment, Mode};

use crate::world::{
    World, assert_close, closed, day, declined, experiment, kept_away, pairs, stopped,
};

fn lacks(report: &Report) -> &[Lack] {
    match &report.comparison {
        Comparison::NotEnoughData { why, .. } => why,
        other => panic!("{other:?}"),
    }
}

fn verdict(report: &Report) -> Verdict {
    match &report.comparison {
        Comparison::Measured { verdict, .. } => *verdict,
        other => panic!("{other:?}"),
    }
}

fn outlook(report: &Report) -> Outlook {
    report.comparison.reading().unwrap().outlook
}

/// A difference that is so many cents, give or take three dollars.
fn around(cents: i64) -> impl Fn(usize) -> [(i64, i64); 2] {
    move |number| {
        let wave = i64::try_from(number * 7 % 13).unwrap() * 50 - 300;
        [(wave, cents), (0, cents - wave)]
    }
}

#[test]
fn no_data_at_all_is_not_enough() {
    for mode in [Mode::Split, Mode::Paired] {
        let report = World::of(experiment(mode)).report();
        assert!(lacks(&report).contains(&Lack::FewSignals {
            compared: [0, 0],
            needed: 20
        }));
        let outlook = outlook(&report);
        assert_eq!(
            (outlook.detectable, outlook.more_signals_per_engine),
            (None, None)
        );
        assert_eq!(report.study.sessions, 0);
    }
}

#[test]
fn a_small_sample_is_not_enough_however_large_the_difference() {
    let report = pairs(9, around(5_000)).report();
    let found = lacks(&report);
    let few = [
        Lack::FewSignals {
            compared: [18, 18],
            needed: 20,
        },
        Lack::BelowPlannedSignals {
            compared: [18, 18],
            planned: 100,
        },
        Lack::BelowPlannedSessions {
            sessions: 9,
            planned: 20,
        },
    ];
    assert_eq!(found[..3], few);
    assert!(matches!(found[3], Lack::NoSequentialTest { .. }));
}

#[test]
fn an_engine_with_nothing_is_not_enough() {
    let mut world = World::of(Experiment {
        split_percentage: 100,
        ..stopped(Mode::Split)
    });
    for number in 0..40 {
        world.a(day(number), closed(300));
    }
    let report = world.report();
    assert_eq!(
        lacks(&report)[0],
        Lack::FewSignals {
            compared: [40, 0],
            needed: 20
        }
    );
    let reading = report.comparison.reading().unwrap();
    assert_eq!(reading.primary.estimate, None);
    assert_eq!(reading.performance[&Engine::B].trades, 0);
}

#[test]
fn what_everybody_declines_shows_nothing() {
    let mut world = World::of(stopped(Mode::Paired));
    for number in 0..60 {
        world.pair(day(number), declined(), kept_away());
        world.pair(day(number), declined(), declined());
    }
    let report = world.report();
    assert!(matches!(lacks(&report), [Lack::NoSequentialTest { why }] if why.contains("differ")));
    let reading = report.comparison.reading().unwrap();
    assert_eq!(reading.primary.estimate, Some(0.0));
    assert_eq!(
        (reading.primary.standard_error(), reading.outlook.detectable),
        (None, None)
    );
}

#[test]
fn outside_an_experiment_nothing_is_judged() {
    let mut world = World::with(None);
    for number in 0..120 {
        world.a(day(number % 60), closed(i64::try_from(number).unwrap()));
        world.b(day(number % 60), closed(5_000));
    }
    let report = world.report();
    assert_eq!(lacks(&report), [Lack::NoExperiment]);
    assert_eq!(outlook(&report).expected_effect, None);
    assert!(outlook(&report).detectable.is_some());
}

#[test]
fn a_difference_is_told_for_the_engine_that_has_it() {
    let better = pairs(60, around(800)).report();
    assert_eq!(verdict(&better), Verdict::BIsBetter);
    let worse = pairs(60, around(-800)).report();
    assert_eq!(verdict(&worse), Verdict::AIsBetter);
}

/// The sequential test may be believed before the planned end; a promotion waits for it.
#[test]
fn a_large_difference_is_told_early() {
    let report = pairs(30, around(2_000)).report();
    assert_eq!(verdict(&report), Verdict::BIsBetter);
    let reading = report.comparison.reading().unwrap();
    assert!(reading.primary.fewest() < 100 && !reading.promotion.may_promote);
}

#[test]
fn a_whole_sample_without_a_difference_says_what_it_could_have_seen() {
    let report = pairs(60, around(0)).report();
    assert_eq!(verdict(&report), Verdict::NoDifferenceShown);
    let reading = report.comparison.reading().unwrap();
    let error = reading.primary.standard_error().unwrap();
    // Normal quantiles of 97.5 % and 80 %.
    assert!((reading.outlook.detectable.unwrap() / error - 2.801_585).abs() < 1e-5);
    assert_eq!(reading.outlook.more_signals_per_engine, Some(0));
    assert_eq!(reading.outlook.more_sessions, Some(0));
}

#[test]
fn what_is_still_needed_grows_with_the_square_of_what_is_seen() {
    let world = |percent| {
        let mut world = pairs(15, |number| {
            let wave = i64::try_from(number * 7 % 13).unwrap() * 400 - 2_400;
            [(wave, 0), (0, wave / 2)]
        });
        world.observed.experiment = Some(Experiment {
            expected_effect_percent: domain::Percent::whole(percent),
            planned: PlannedSample {
                signals_per_engine: 20,
                sessions: 1,
            },
            ..stopped(Mode::Paired)
        });
        outlook(&world.report())
    };
    let (two, one) = (world(2), world(1));
    assert_close(two.expected_effect.unwrap(), 0.02);
    let needed = |it: Outlook| {
        let times = it.detectable.unwrap() / it.expected_effect.unwrap();
        30.0 * times * times - 30.0
    };
    for outlook in [two, one] {
        let more = outlook.more_signals_per_engine.unwrap();
        assert_eq!(
            f64::from(u32::try_from(more).unwrap()).to_bits(),
            needed(outlook).ceil().to_bits()
        );
    }
    // A test over days begins with twenty of them, whatever was planned.
    assert_eq!(world(100).more_sessions, Some(5));
    assert_eq!(world(100).more_signals_per_engine, Some(0));
}

/// What pointed one way, was found, and points the other way now is no verdict.
#[test]
fn a_finding_that_turned_is_none() {
    let turning = |number: usize| {
        let wave = i64::try_from(number * 7 % 13).unwrap() * 5 - 30;
        let level = if number < 25 { 400 } else { -1_500 };
        [(wave, level), (0, level - wave)]
    };
    let report = pairs(60, turning).report();
    let reading = report.comparison.reading().unwrap();
    let figures = reading.primary.sequential.figures.known().unwrap();
    assert!(figures.decided.unwrap().difference > 0.0 && figures.difference < 0.0);
    assert_eq!(verdict(&report), Verdict::NoDifferenceShown);
    assert!(!reading.promotion.may_promote);
}

#[test]
fn the_course_ends_in_what_the_report_says() {
    let report = pairs(60, around(0)).report();
    let reading = report.comparison.reading().unwrap();
    let sequential = &reading.primary.sequential;
    let (figures, course) = (sequential.figures.known().unwrap(), &sequential.course);
    let last = course.last().unwrap();
    assert_eq!(last.difference.to_bits(), figures.difference.to_bits());
    assert_eq!(
        (last.p.to_bits(), last.interval),
        (figures.p.to_bits(), figures.interval)
    );
    assert_eq!(course.len(), sequential.days - 19);
    assert!(
        course
            .windows(2)
            .all(|two| two[0].day < two[1].day && two[0].p >= two[1].p)
    );
}

#[test]
fn the_verdict_is_one_sentence() {
    let report = pairs(60, around(0)).report();
    let sentence = report.sentence();
    assert!(
        sentence.ends_with('.') && !sentence.contains('\n'),
        "{sentence}"
    );
    assert!(sentence.contains("leads by"), "{sentence}");
}
