//! What a seed decides: when a run begins and how long it lasts, under which settings, what
//! goes wrong, and who sends what.

use std::time::Duration;

use chrono::{DateTime, Utc};
use local_stack::wire::Service;
use serde_json::{Map, Value as Json, json};
use storage::settings::SettingsKind;

use crate::alerts::{self, PlannedAlert};
use crate::by_hand::{self, Deed};
use crate::chance::Chance;
use crate::faults::FaultRates;

/// Starts that matter: in session, before the open, before the close, before a half day's
/// close, and on an expiration Friday's afternoon.
const STARTS: [&str; 6] = [
    "2026-07-30T14:00:00Z",
    "2026-07-30T17:03:20Z",
    "2026-07-30T13:24:00Z",
    "2026-07-30T19:48:00Z",
    "2026-11-27T17:48:00Z",
    "2026-07-31T19:40:00Z",
];

/// Something that happens to the whole run.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Disturbance {
    /// Every instance of every function is replaced; what it did is left undone.
    Restart,
    /// A new version of some settings.
    Settings(SettingsKind, Map<String, Json>),
    /// A service is down for a while.
    Outage(Service, Duration),
    /// A message that isn't one of ours.
    Poison(&'static str),
}

/// A run's plan.
#[derive(Debug)]
pub(crate) struct Scenario {
    pub(crate) start: DateTime<Utc>,
    /// How long alerts and faults come.
    pub(crate) lasting: Duration,
    /// Nothing runs for so long afterwards, before everything comes to rest.
    pub(crate) pause: Duration,
    pub(crate) environment: Vec<(String, String)>,
    pub(crate) rates: FaultRates,
    pub(crate) alerts: Vec<PlannedAlert>,
    pub(crate) disturbances: Vec<(Duration, Disturbance)>,
    /// What people do.
    pub(crate) deeds: Vec<(Duration, Deed)>,
}

impl Scenario {
    /// The plan of this seed.
    pub(crate) fn drawn(seed: u64) -> Self {
        let chance = Chance::of(seed, "scenario");
        let start = chance.one_of(&STARTS);
        let start = start.parse().unwrap_or_default();
        let lasting = Duration::from_secs(60 * chance.between(2, 8));
        Self {
            start,
            lasting,
            pause: pause(&chance),
            environment: environment(&chance),
            rates: FaultRates::drawn(&chance),
            alerts: alerts::planned(&chance, start, lasting),
            disturbances: disturbances(&chance, lasting),
            deeds: by_hand::planned(seed, lasting),
        }
    }
}

/// Mostly none; sometimes until contracts have expired.
fn pause(chance: &Chance) -> Duration {
    let days = chance.one_of(&[0, 0, 0, 0, 0, 1, 3, 9]);
    Duration::from_secs(24 * 60 * 60 * days)
}

fn environment(chance: &Chance) -> Vec<(String, String)> {
    let mut variables = vec![
        ("SIMULATED_SEED", chance.between(1, 1_000_000)),
        ("MAX_OPEN_POSITIONS", chance.between(1, 8)),
        ("MAX_POSITIONS_PER_SYMBOL", chance.between(1, 4)),
        ("MAX_TOTAL_EXPOSURE", chance.between(800, 9_000)),
        ("MAX_POSITION_USD", chance.between(300, 2_500)),
        ("MAX_EXPOSURE_PERCENT", chance.between(5, 100)),
        ("MAX_DAILY_LOSS", chance.between(20, 1_000)),
        ("PROFIT_TARGET_PCT", chance.between(1, 20)),
        ("STOP_LOSS_PCT", chance.between(1, 20)),
        ("ENTRY_VALID_S", chance.between(20, 300)),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value.to_string()))
    .collect::<Vec<_>>();
    let (dte_min, dte_exit) = chance.one_of(&[("7", "1"), ("2", "1"), ("1", "0"), ("1", "0")]);
    for (name, value) in [
        ("ENTRY_DTE_MIN", dte_min),
        ("TIME_STOP_DTE", dte_exit),
        (
            "SIMULATED_HOURS",
            chance.one_of(&["nyse", "nyse", "always"]),
        ),
        (
            "FILL_MODEL",
            chance.one_of(&["mid", "mid_plus_fraction", "touch"]),
        ),
        ("STOP_FILL_MODEL", chance.one_of(&["mid", "touch"])),
    ] {
        variables.push((name.to_owned(), value.to_owned()));
    }
    variables.extend(engine_b(chance));
    variables
}

/// Engine B is on in most runs, mostly paired, and enters on less than it would by default.
fn engine_b(chance: &Chance) -> Vec<(String, String)> {
    if chance.happens(0.15) {
        return Vec::new();
    }
    let mut variables = vec![
        ("ENABLE_VARIANT_B", "true".to_owned()),
        ("ENTER_AT_CONFIDENCE", chance.between(40, 62).to_string()),
        ("VETO_ABOVE_RISK_SCORE", chance.between(60, 100).to_string()),
        ("AB_SPLIT_PERCENTAGE", chance.between(0, 100).to_string()),
    ];
    let mode = chance.one_of(&["paired", "paired", "paired", "split"]);
    variables.push(("EXPERIMENT_MODE", mode.to_owned()));
    for (flag, share) in [
        ("ENABLE_SHADOW_EXECUTION", 0.9),
        ("ENABLE_ORB_SPECIALIST", 0.5),
        ("ENABLE_STRAT_SPECIALIST", 0.5),
        ("ENABLE_TTM_SPECIALIST", 0.5),
        ("ENABLE_SATYLAND_SUBAGENT", 0.5),
    ] {
        if chance.happens(share) {
            variables.push((flag, "true".to_owned()));
        }
    }
    let named = variables.into_iter();
    named
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn disturbances(chance: &Chance, lasting: Duration) -> Vec<(Duration, Disturbance)> {
    let count = chance.between(0, 5);
    let drawn = (0..count).map(|_| (chance.up_to(lasting), disturbance(chance)));
    let mut drawn: Vec<_> = drawn.collect();
    drawn.sort_by_key(|(at, _)| *at);
    drawn
}

fn disturbance(chance: &Chance) -> Disturbance {
    match chance.between(0, 9) {
        0 | 1 => Disturbance::Restart,
        2..=6 => settings(chance),
        7 | 8 => {
            let service = chance.one_of(&[Service::DynamoDb, Service::Sqs, Service::Events]);
            Disturbance::Outage(service, chance.up_to(Duration::from_secs(150)))
        }
        _ => Disturbance::Poison(chance.one_of(&[
            "engine-a",
            "engine-b",
            "order-creator",
            "paper-executor",
        ])),
    }
}

/// Exit rules of every tier, so tight that they fire within minutes.
fn exit_rules(chance: &Chance) -> Json {
    let percent = |low, high| chance.between(low, high).to_string();
    json!({
        "price_gone_minutes": chance.between(2, 10),
        "trailing_stop_enabled": chance.happens(0.7),
        "trailing_arm_percent": percent(1, 10),
        "trailing_give_back_percent": percent(1, 10),
        "trailing_break_even_percent": percent(1, 20),
        "delta_drop_percent": percent(80, 100),
        "delta_min_percent": percent(10, 40),
        "volatility_collapse_percent": percent(90, 100),
        "volatility_loss_percent": percent(1, 5),
        "gamma_drop_enabled": chance.happens(0.5),
        "gamma_drop_percent": percent(80, 100),
        "theta_decay_enabled": chance.happens(0.5),
        "theta_decay_percent": percent(1, 10),
        "theta_quiet_percent": percent(1, 20),
        "exit_confirmations": chance.between(1, 3),
        "exit_confirmation_gap_s": chance.between(1, 60),
    })
}

/// What concerns Engine B: its flags, its votes, how signals are shared out.
fn of_engine_b(chance: &Chance) -> (SettingsKind, Json) {
    match chance.between(0, 3) {
        0 => {
            let committee = json!({
                "weights": { "risk": chance.between(0, 60), "technical": chance.between(0, 60) },
                "enter_at_points": chance.between(30, 70),
                "deadline_ms": 500,
            });
            (SettingsKind::Committee, committee)
        }
        1 => {
            let routing = json!({
                "mode": chance.one_of(&["paired", "split"]),
                "split_percentage": chance.between(0, 100),
            });
            (SettingsKind::Routing, routing)
        }
        2 => (SettingsKind::Experiment, experiment(chance)),
        _ => {
            let on = chance.happens(0.7);
            let flags = json!({
                "enable_variant_b": on,
                "enable_shadow_execution": on,
                "enable_orb_specialist": on && chance.happens(0.5),
                "enable_ttm_specialist": on && chance.happens(0.5),
            });
            (SettingsKind::FeatureFlags, flags)
        }
    }
}

/// An experiment that begins, or one that has ended.
fn experiment(chance: &Chance) -> Json {
    let mut experiment = json!({
        "experiment_id": format!("seeded-{}", chance.between(1, 3)),
        "hypothesis": "the committee enters better",
        "primary_metric": "net_return_per_signal",
        "guardrails": domain::experiment::Guardrails::default(),
        "planned": domain::experiment::PlannedSample::default(),
        "expected_effect_percent": "5",
        "mode": chance.one_of(&["paired", "split"]),
        "split_percentage": chance.between(0, 100),
        "started_at": "2026-07-30T14:00:00Z",
    });
    if chance.happens(0.3) {
        experiment["stopped_at"] = json!("2026-07-30T14:05:00Z");
    }
    experiment
}

fn settings(chance: &Chance) -> Disturbance {
    let (kind, values) = match chance.between(0, 9) {
        6..=9 => of_engine_b(chance),
        0 | 5 => {
            let target = chance.between(1, 60).to_string();
            let stop = chance.between(1, 60).to_string();
            let mut rules = exit_rules(chance);
            rules["profit_target_percent"] = json!(target);
            rules["stop_loss_percent"] = json!(stop);
            (SettingsKind::ExitRules, rules)
        }
        1 | 2 => {
            let exposure = chance.between(500, 6_000).to_string();
            let limits = json!({
                "max_open_positions": chance.between(1, 6),
                "max_positions_per_symbol_a": chance.between(1, 3),
                "max_positions_per_symbol_b": chance.between(1, 3),
                "max_total_exposure_usd": exposure,
            });
            (SettingsKind::RiskLimits, limits)
        }
        3 => {
            let enabled = chance.happens(0.5);
            (
                SettingsKind::TradingRules,
                json!({ "entries_enabled": enabled }),
            )
        }
        _ => {
            let fee = format!("0.{:02}", chance.between(0, 99));
            let rules = json!({
                "fee_per_contract_usd": fee,
                "clearing_fee_usd": "0.025",
                "trading_activity_fee_usd": "0.00329",
                "sec_fee_rate": "0.0000206",
                "entry_valid_s": chance.between(20, 400),
                "sizing": { "premium_budget": chance.between(200, 2_000).to_string() },
            });
            (SettingsKind::TradingRules, rules)
        }
    };
    let values = values.as_object().cloned().unwrap_or_default();
    Disturbance::Settings(kind, values)
}
