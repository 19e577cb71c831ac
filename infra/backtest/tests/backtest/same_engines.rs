//! The A/A test, in small.

use backtest::same_engines::{SameEnginesPlan, one_run, run_many};
use domain::{Percent, Settings};

use crate::world::MONDAY;

fn plan() -> SameEnginesPlan {
    SameEnginesPlan {
        runs: 4,
        seed: 1,
        from: MONDAY.parse().unwrap(),
        sessions: 21,
        per_session: 4,
        step: "1h".parse().unwrap(),
        expected_effect_percent: Percent::whole(10),
        alpha: 0.05,
        settings: Settings::default(),
    }
}

#[test]
fn the_result_doesn_t_depend_on_how_many_threads_there_are() {
    let mut told = Vec::new();
    let one = run_many(&plan(), 1, |done| told.push(done)).unwrap();
    let two = run_many(&plan(), 2, |_| {}).unwrap();
    assert_eq!(one, two);
    assert_eq!(told, [1, 2, 3, 4]);
    assert_eq!((one.runs, one.sequential.of), (4, 4));
    let [a, b] = one.signals;
    assert_eq!(
        a + b,
        4 * 21 * 4,
        "each signal is in one copy, and has come to its end"
    );
    assert!(!one.is_broken(0.05));
}

#[test]
fn runs_differ_and_each_can_be_repeated() {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_time().build().unwrap();
    let run = |number| runtime.block_on(one_run(&plan(), number)).unwrap();
    let (first, second) = (run(0), run(1));
    assert_eq!(first, run(0));
    assert_ne!(first.verdict, second.verdict);
    assert!(first.positions > 10 && first.verdict.p_welch.is_some());
}
