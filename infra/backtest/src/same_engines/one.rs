//! One run of the A/A test.

use std::sync::Arc;

use domain::{Engine, ExperimentId, Flag, Mode, Settings};
use fastrand::Rng;
use market_data::{SimulatedHours, SimulatedMarket};

use super::judgement::{Verdict, judged};
use super::{SameEnginesError, SameEnginesPlan};
use crate::experiment::experiment;
use crate::generated::Generated;
use crate::plan::{Judge, Plan, PlanError};
use crate::run::run;

/// The seeds of runs lie so far apart that no two runs share one.
const SEED_STEP: u64 = 0x9e37_79b9_7f4a_7c15;
/// What every run would refute, if it could.
const HYPOTHESIS: &str = "Two copies of Engine A don't differ.";

/// What one run came to.
#[derive(Debug, Clone, PartialEq)]
pub struct OneRun {
    /// Which.
    pub number: u32,
    /// Positions that were opened by both.
    pub positions: usize,
    /// Looks at positions.
    pub looks: usize,
    /// What the statistics say.
    pub verdict: Verdict,
}

/// Makes one run, from nothing but the plan's seed and the run's number.
pub async fn one_run(plan: &SameEnginesPlan, number: u32) -> Result<OneRun, SameEnginesError> {
    let mut chance = Rng::with_seed(
        plan.seed
            .wrapping_add(SEED_STEP.wrapping_mul(u64::from(number) + 1)),
    );
    let (of_alerts, of_market) = (chance.u64(..), chance.u64(..));
    let alerts = Generated {
        seed: of_alerts,
        from: plan.from,
        sessions: plan.sessions,
        per_session: plan.per_session,
        symbols: Vec::new(),
    };
    let backtest = Plan {
        alerts: alerts.alerts(),
        market: Arc::new(SimulatedMarket::new(of_market, SimulatedHours::Nyse)),
        settings: settings(plan, number)?,
        judges: Engine::ALL.map(|it| (it, Judge::Rules)).into(),
        from: Some(plan.from),
        to: None,
        step: plan.step,
    };
    let done = run(&backtest, |_| {}).await?;
    let effect = plan.expected_effect_percent.share();
    Ok(OneRun {
        number,
        positions: done.positions.len(),
        looks: done.counts.looks,
        verdict: judged(&done.observed.signals, effect, plan.alpha),
    })
}

/// Both engines on, an experiment that salts the routing by the run's number, and equal limits.
fn settings(plan: &SameEnginesPlan, number: u32) -> Result<Settings, PlanError> {
    let experiment_id = format!("aa-{}-{number}", plan.seed).parse::<ExperimentId>();
    let experiment_id = experiment_id.map_err(|error| PlanError::Name(error.to_string()))?;
    let (effect, from) = (plan.expected_effect_percent, plan.from);
    let experiment = experiment(experiment_id, HYPOTHESIS, Mode::Split, effect, from);
    let flags = plan.settings.flags.with(Flag::VariantB, true);
    let settings = Settings {
        flags: flags.with(Flag::ShadowExecution, true),
        experiment: Some(Box::new(experiment)),
        ..plan.settings.clone()
    };
    Ok(settings.with_equal_limits())
}
