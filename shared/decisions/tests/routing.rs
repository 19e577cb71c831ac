//! Which engines get a signal, and what each is to do with it.
#![cfg(test)]

mod common;

use std::collections::BTreeSet;

use decisions::routing::assignments;
use domain::experiment::{Guardrails, PlannedSample, PrimaryMetric};
use domain::{
    Assignment, Direction, Engine, Experiment, Flag, Flags, Intent, Mode, Percent, Settings,
    Signal, Task,
};
use proptest::prelude::*;

use common::{long_entry, utc};

/// What each engine is to do.
type Tasks = [Option<Task>; 2];

const WHOLE: Option<Task> = Some(Task::Whole);
const CLOSE: Option<Task> = Some(Task::CloseOnly);
const A_ONLY: Tasks = [WHOLE, None];
const B_ONLY: Tasks = [None, WHOLE];
const BOTH: Tasks = [WHOLE, WHOLE];

const ENTRY: Intent = Intent::Entry(Direction::Long);
const REVERSE: Intent = Intent::Reverse(Direction::Short);

fn signal(number: u64, intent: Intent) -> Signal {
    Signal {
        intent,
        hash: format!("{number:064x}"),
        ..long_entry()
    }
}

fn settings(mode: Mode, flags: &[Flag]) -> Settings {
    let mut settings = Settings::default();
    settings.routing.mode = mode;
    settings.flags = flags
        .iter()
        .fold(Flags::default(), |all, flag| all.with(*flag, true));
    settings
}

/// In split mode with everything that B needs, this share to A.
fn split(percentage: u8) -> Settings {
    let mut settings = settings(Mode::Split, &[Flag::VariantB, Flag::ShadowExecution]);
    settings.routing.split_percentage = percentage;
    settings
}

fn tasks(signal: &Signal, settings: &Settings) -> Tasks {
    let found = assignments(signal, settings);
    let of = |engine| {
        let its: Vec<&Assignment> = found.iter().filter(|it| it.engine == engine).collect();
        assert!(its.len() <= 1, "{engine} twice: {found:?}");
        its.first().map(|it| it.task)
    };
    [of(Engine::A), of(Engine::B)]
}

#[test]
fn modes_and_flags_say_who_judges() {
    let b = Flag::VariantB;
    let traded = Flag::ShadowExecution;
    for (name, settings, expected) in [
        ("nothing set", Settings::default(), A_ONLY),
        ("paired, B off", settings(Mode::Paired, &[]), A_ONLY),
        (
            "paired, master switch off",
            settings(Mode::Paired, &[traded]),
            A_ONLY,
        ),
        ("paired", settings(Mode::Paired, &[b]), BOTH),
        (
            "paired and traded",
            settings(Mode::Paired, &[b, traded]),
            BOTH,
        ),
        ("split, not traded", settings(Mode::Split, &[b]), A_ONLY),
        ("split, all to A", split(100), A_ONLY),
        ("split, all to B", split(0), B_ONLY),
    ] {
        for number in 0..50 {
            assert_eq!(tasks(&signal(number, ENTRY), &settings), expected, "{name}");
        }
    }
}

#[test]
fn a_split_shares_out_what_it_says() {
    for percentage in [10, 50, 90] {
        let to_a = (0..2_000)
            .filter(|number| tasks(&signal(*number, ENTRY), &split(percentage)) == A_ONLY)
            .count();
        let expected = 20 * usize::from(percentage);
        assert!(to_a.abs_diff(expected) < 80, "{percentage} %: {to_a}");
    }
}

#[test]
fn what_closes_goes_to_everyone_who_may_hold_something() {
    let b = Flag::VariantB;
    let mut switched_off = settings(Mode::Split, &[]);
    switched_off.versions.feature_flags = 3;
    for (name, settings, exit, reverse) in [
        ("B never on", Settings::default(), A_ONLY, A_ONLY),
        ("all to A", split(100), BOTH, [WHOLE, CLOSE]),
        ("all to B", split(0), BOTH, [CLOSE, WHOLE]),
        ("paired", settings(Mode::Paired, &[b]), BOTH, BOTH),
        (
            "not traded",
            settings(Mode::Split, &[b]),
            BOTH,
            [WHOLE, CLOSE],
        ),
        ("B switched off", switched_off, BOTH, [WHOLE, CLOSE]),
    ] {
        for number in 0..20 {
            let found = |intent| tasks(&signal(number, intent), &settings);
            assert_eq!(found(Intent::Exit), exit, "{name}");
            assert_eq!(found(REVERSE), reverse, "{name}");
        }
    }
}

fn experiment(id: &str, mode: Mode) -> Experiment {
    Experiment {
        experiment_id: id.parse().unwrap(),
        hypothesis: "B earns more".to_owned(),
        primary_metric: PrimaryMetric::default(),
        guardrails: Guardrails::default(),
        planned: PlannedSample::default(),
        expected_effect_percent: Percent::whole(5),
        mode,
        split_percentage: 50,
        started_at: utc("2026-06-01T12:00:00Z"),
        stopped_at: None,
        stopped_because: None,
    }
}

#[test]
fn a_running_experiment_goes_before_the_routing() {
    let mut settings = split(100);
    settings.experiment = Some(Box::new(experiment("one", Mode::Paired)));
    assert_eq!(tasks(&signal(1, ENTRY), &settings), BOTH);
    let found = assignments(&signal(1, ENTRY), &settings);
    let routed = found[0].routed.as_ref().unwrap();
    assert_eq!(routed.experiment_id, Some("one".parse().unwrap()));
    assert_eq!(routed.mode, Mode::Paired);
    let ended = settings.experiment.as_mut().unwrap();
    ended.stopped_at = Some(utc("2026-06-20T12:00:00Z"));
    assert_eq!(tasks(&signal(1, ENTRY), &settings), A_ONLY);
}

/// Else the signals of one experiment's arm would meet again in an arm of the next.
#[test]
fn each_experiment_shares_out_anew() {
    let shares = |id| -> BTreeSet<u64> {
        let mut settings = split(50);
        settings.experiment = Some(Box::new(experiment(id, Mode::Split)));
        let goes_to_a = |number: &u64| tasks(&signal(*number, ENTRY), &settings) == A_ONLY;
        (0..1_000).filter(goes_to_a).collect()
    };
    let both = shares("one").intersection(&shares("two")).count();
    assert!(both.abs_diff(250) < 50, "{both}");
}

fn any_intent() -> impl Strategy<Value = Intent> {
    let way = prop_oneof![Just(Direction::Long), Just(Direction::Short)];
    (0..5_u8, way).prop_map(|(kind, way)| match kind {
        0 => Intent::Entry(way),
        1 => Intent::Add(way),
        2 => Intent::Reduce(way),
        3 => Intent::Reverse(way),
        _ => Intent::Exit,
    })
}

proptest! {
    #[test]
    fn a_split_entry_has_exactly_one_task(number: u64, percentage in 0_u8..=100) {
        let found = tasks(&signal(number, ENTRY), &split(percentage));
        prop_assert!(found == A_ONLY || found == B_ONLY);
    }

    #[test]
    fn however_often_it_comes_it_goes_the_same_way(
        number: u64, intent in any_intent(), percentage in 0_u8..=100, later_s in 0_i64..300,
    ) {
        let first = signal(number, intent);
        let again = Signal {
            received_at: first.received_at + chrono::TimeDelta::seconds(later_s),
            ..first.clone()
        };
        let settings = split(percentage);
        prop_assert_eq!(tasks(&first, &settings), tasks(&again, &settings));
    }

    #[test]
    fn raising_a_s_share_takes_nothing_from_it(number: u64, less in 0_u8..=100, more in 0_u8..=100) {
        let (less, more) = (less.min(more), less.max(more));
        let to_a = |percentage| tasks(&signal(number, ENTRY), &split(percentage)) == A_ONLY;
        prop_assert!(!to_a(less) || to_a(more));
    }

    #[test]
    fn somebody_always_gets_it_and_a_first(
        number: u64, intent in any_intent(), paired: bool, b: bool, traded: bool,
    ) {
        let flags: Vec<Flag> = [(Flag::VariantB, b), (Flag::ShadowExecution, traded)]
            .into_iter()
            .filter_map(|(flag, on)| on.then_some(flag))
            .collect();
        let mode = if paired { Mode::Paired } else { Mode::Split };
        let found = assignments(&signal(number, intent), &settings(mode, &flags));
        let engines: Vec<Engine> = found.iter().map(|it| it.engine).collect();
        let expected = [&[Engine::A][..], &[Engine::B], &[Engine::A, Engine::B]];
        prop_assert!(expected.contains(&&engines[..]), "{:?}", engines);
        prop_assert!(found.iter().any(|it| it.task == Task::Whole));
        prop_assert!(found.iter().all(|it| it.routed.is_some()));
    }
}
