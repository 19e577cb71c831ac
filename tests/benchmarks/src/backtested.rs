//! Backtests: how many alerts and bars a second, and how many runs of the A/A test.

use std::sync::Arc;
use std::time::Instant;

use backtest::same_engines::{SameEnginesPlan, run_many};
use backtest::{Backtest, Generated, Judge, Plan};
use domain::{Engine, Flag, Mode, Percent, Settings, Timeframe};
use market_data::{SimulatedHours, SimulatedMarket};

use crate::report::{Report, Table};
use crate::{AnyError, progress};

const SESSIONS: u32 = 20;
const PER_SESSION: u32 = 10;
const FIRST_DAY: &str = "2026-01-05";
const RUNS: u32 = 20;

const NOTES: [&str; 3] = [
    "One thread, the simulated market, ten symbols, twenty sessions with ten alerts each, and those \
     after them until nothing is held.",
    "A look is a position at one price, with every exit rule; a bar is a step of time, whatever is \
     held.",
    "The committee's evidence holds a chain of some thousands of contracts for each alert; the rules \
     alone read clock and quote.",
];

pub(crate) async fn measure() -> Result<Report, AnyError> {
    let mut table = Table::new(
        "Backtests on one core",
        &[
            "engines, step",
            "seconds",
            "alerts a second",
            "bars a second",
            "looks a second",
        ],
    );
    for (name, judge, step) in [
        ("rules and committee, 1m", Judge::Committee, "1m"),
        ("rules and committee, 5m", Judge::Committee, "5m"),
        ("rules twice, 5m", Judge::Rules, "5m"),
        ("rules twice, 30m", Judge::Rules, "30m"),
    ] {
        progress(&format!("backtest: {name}"));
        let started = Instant::now();
        let done = backtest::run(&plan(judge, step)?, |_| {}).await?;
        table.row(figures(name, &done, started.elapsed().as_secs_f64()));
    }
    Ok(Report::new(
        "backtest",
        vec![table, same_engines()?],
        &NOTES,
    ))
}

fn figures(name: &str, done: &Backtest, seconds: f64) -> [String; 5] {
    let counts = &done.counts;
    let [alerts, bars, looks] = [counts.alerts, counts.bars, counts.looks]
        .map(|count| format!("{:.0}", count as f64 / seconds));
    [
        name.to_owned(),
        format!("{seconds:.2}"),
        alerts,
        bars,
        looks,
    ]
}

fn plan(judge: Judge, step: &str) -> Result<Plan, AnyError> {
    let mut settings = Settings::default();
    settings.flags = Flag::ALL
        .into_iter()
        .fold(settings.flags, |flags, flag| flags.with(flag, true));
    settings.routing.mode = Mode::Paired;
    let generated = Generated {
        seed: 1,
        from: FIRST_DAY.parse()?,
        sessions: SESSIONS,
        per_session: PER_SESSION,
        symbols: Vec::new(),
    };
    Ok(Plan {
        alerts: generated.alerts(),
        market: Arc::new(SimulatedMarket::new(1, SimulatedHours::Nyse)),
        settings,
        judges: [(Engine::A, Judge::Rules), (Engine::B, judge)].into(),
        from: None,
        to: None,
        step: Timeframe::parse(step)?,
    })
}

fn same_engines() -> Result<Table, AnyError> {
    let plan = SameEnginesPlan {
        runs: RUNS,
        seed: 1,
        from: FIRST_DAY.parse()?,
        sessions: 40,
        per_session: 6,
        step: Timeframe::parse("30m")?,
        expected_effect_percent: Percent::whole(10),
        alpha: 0.05,
        settings: Settings::default(),
    };
    progress(&format!("backtest: {RUNS} runs of the A/A test"));
    let started = Instant::now();
    let found = run_many(&plan, 1, |_| {})?;
    let seconds = started.elapsed().as_secs_f64();
    let mut table = Table::new(
        "The A/A test on one core: 40 sessions with 6 alerts, steps of 30 minutes",
        &["what", "in all", "a second"],
    );
    let signals = found.signals.iter().sum::<usize>();
    for (name, count) in [
        ("runs", found.runs),
        ("signals", signals),
        ("looks", found.looks),
    ] {
        let rate = count as f64 / seconds;
        table.row([name.to_owned(), count.to_string(), format!("{rate:.1}")]);
    }
    Ok(table)
}
