//! Experiments, signals and what came of them, made up by hand.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use decisions::experiment::{
    Account, ClosedTrade, EngineOutcome, Fate, Observed, Report, ReportOptions, SignalOutcome,
    report,
};
use domain::calendar::trading_day_on_or_after;
use domain::experiment::{Guardrails, PlannedSample, PrimaryMetric, RoutingRules};
use domain::signal::Direction;
use domain::{
    Engine, ExitReason, Experiment, Mode, Percent, RejectionReason, Routed, SignalId, Usd,
};

/// What is paid for every entry, so that a cent is a hundredth of a percent of it.
pub(crate) const PREMIUM_USD: i64 = 100;

pub(crate) fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The trading days from the first Monday of 2026 on, by their number from zero.
pub(crate) fn day(number: usize) -> NaiveDate {
    let mut day = "2026-01-05".parse().unwrap();
    for _ in 0..number {
        day = trading_day_on_or_after(day + TimeDelta::days(1));
    }
    day
}

/// Half past ten in New York, in winter.
pub(crate) fn morning(day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(15, 30, 0).unwrap().and_utc()
}

/// Half to A, five percent expected, a hundred signals on twenty days.
pub(crate) fn experiment(mode: Mode) -> Experiment {
    Experiment {
        experiment_id: "votes-2026".parse().unwrap(),
        hypothesis: "The committee enters better.".to_owned(),
        primary_metric: PrimaryMetric::default(),
        guardrails: Guardrails::default(),
        planned: PlannedSample::default(),
        expected_effect_percent: Percent::whole(5),
        mode,
        split_percentage: 50,
        started_at: utc("2026-01-02T21:00:00Z"),
        stopped_at: None,
        stopped_because: None,
    }
}

/// An experiment that ended after all its signals.
pub(crate) fn stopped(mode: Mode) -> Experiment {
    Experiment {
        stopped_at: Some(utc("2026-12-01T00:00:00Z")),
        ..experiment(mode)
    }
}

pub(crate) fn outcome(fate: Fate) -> EngineOutcome {
    EngineOutcome {
        fate,
        approved: Some(!matches!(fate, Fate::Rejected(_))),
        decision_latency_ms: Some(40),
        fill_latency_ms: None,
        confidence: None,
        heard: Vec::new(),
    }
}

/// A trade that brought so many cents on a hundred dollars of premium.
pub(crate) fn trade(net_cents: i64) -> ClosedTrade {
    let fees_usd = Usd::cents(130);
    ClosedTrade {
        premium_usd: Usd::dollars(PREMIUM_USD),
        gross_usd: Usd::cents(net_cents) + fees_usd,
        net_usd: Usd::cents(net_cents),
        fees_usd,
        opened_at: utc("2026-01-05T15:30:10Z"),
        closed_at: utc("2026-01-05T16:00:10Z"),
        exit_reason: ExitReason::StopLoss,
    }
}

pub(crate) fn closed(net_cents: i64) -> EngineOutcome {
    outcome(Fate::Closed(trade(net_cents)))
}

pub(crate) fn declined() -> EngineOutcome {
    outcome(Fate::Rejected(RejectionReason::LowConfidence))
}

pub(crate) fn kept_away() -> EngineOutcome {
    outcome(Fate::Rejected(RejectionReason::OpenPositionLimit))
}

/// Signals under an experiment, added one by one.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) observed: Observed,
    number: u32,
}

impl World {
    pub(crate) fn of(experiment: Experiment) -> Self {
        Self::with(Some(experiment))
    }

    pub(crate) fn with(experiment: Option<Experiment>) -> Self {
        Self {
            observed: Observed {
                experiment,
                signals: Vec::new(),
                accounts: BTreeMap::new(),
                observed_at: utc("2026-12-01T00:00:00Z"),
            },
            number: 0,
        }
    }

    /// A signal that goes to the engine that has an outcome for it, or to both.
    pub(crate) fn add(&mut self, day: NaiveDate, outcomes: &[(Engine, EngineOutcome)]) {
        let (signal_hash, routed) = self.next_for(outcomes);
        self.observed.signals.push(SignalOutcome {
            signal_id: SignalId::of(&signal_hash),
            signal_hash,
            received_at: morning(day) + TimeDelta::seconds(self.number.into()),
            day,
            direction: Direction::Long,
            routed: Some(routed),
            by_engine: outcomes.iter().cloned().collect(),
        });
    }

    pub(crate) fn a(&mut self, day: NaiveDate, outcome: EngineOutcome) {
        self.add(day, &[(Engine::A, outcome)]);
    }

    pub(crate) fn b(&mut self, day: NaiveDate, outcome: EngineOutcome) {
        self.add(day, &[(Engine::B, outcome)]);
    }

    pub(crate) fn pair(&mut self, day: NaiveDate, a: EngineOutcome, b: EngineOutcome) {
        self.add(day, &[(Engine::A, a), (Engine::B, b)]);
    }

    /// The next hash whose bucket says that exactly these engines judge it.
    fn next_for(&mut self, outcomes: &[(Engine, EngineOutcome)]) -> (String, Routed) {
        let running = self.observed.experiment.clone().map(|it| Experiment {
            stopped_at: None,
            ..it
        });
        loop {
            self.number += 1;
            let hash = format!("{:064x}", self.number);
            let routed = Routed::of(&hash, running.as_ref(), &RoutingRules::default());
            let has = |engine| outcomes.iter().any(|(one, _)| *one == engine);
            let fits = |engine| routed.reaches(engine) == has(engine);
            if fits(Engine::A) && fits(Engine::B) {
                return (hash, routed);
            }
        }
    }

    /// An account that had so many dollars at the end of each day.
    pub(crate) fn account(&mut self, engine: Engine, equity_usd: &[i64]) {
        let each = equity_usd.iter().enumerate();
        let account = Account {
            starting_capital_usd: Usd::dollars(50_000),
            equity_usd_by_day: each
                .map(|(number, usd)| (day(number), Usd::dollars(*usd)))
                .collect(),
        };
        self.observed.accounts.insert(engine, account);
    }

    pub(crate) fn report(&self) -> Report {
        report(&self.observed, &options())
    }
}

/// Few replicates, since tests don't look at the third digit.
pub(crate) fn options() -> ReportOptions {
    ReportOptions::new(7, 400, 0.95).unwrap()
}

/// A paired experiment on so many days, of which each has two pairs: `(a, b)` in cents.
pub(crate) fn pairs(days: usize, cents: impl Fn(usize) -> [(i64, i64); 2]) -> World {
    let mut world = World::of(stopped(Mode::Paired));
    for number in 0..days {
        for (a, b) in cents(number) {
            world.pair(day(number), closed(a), closed(b));
        }
    }
    world
}

#[track_caller]
pub(crate) fn assert_close(ours: f64, theirs: f64) {
    let most = 1e-12 * theirs.abs().max(1.0);
    assert!((ours - theirs).abs() <= most, "{ours} instead of {theirs}");
}
