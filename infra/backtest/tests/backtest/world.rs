//! A small world to test in: recorded bars that were made up, alerts by hand, a run.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use backtest::{Backtest, Generated, Judge, Plan, SentAlert, run};
use chrono::{DateTime, Utc};
use decisions::experiment::{EngineOutcome, Fate};
use domain::calendar::session_on;
use domain::{Engine, Flag, Mode, Settings, Timeframe};
use market_data::{ModelledMarket, RecordedMarket, SimulatedHours, SimulatedMarket};
use serde_json::json;
use tempfile::TempDir;

/// A Monday, and the New York dates after it.
pub(crate) const MONDAY: &str = "2026-06-01";

/// An instant in New York's summer.
pub(crate) fn at(date: &str, time: &str) -> DateTime<Utc> {
    let text = format!("{date}T{time}-04:00");
    DateTime::parse_from_rfc3339(&text).unwrap().to_utc()
}

/// An alert that comes in when it says so.
pub(crate) fn alert(at: DateTime<Utc>, ticker: &str, intent: Intent) -> SentAlert {
    let (action, position, previous) = match intent {
        Intent::Long => ("buy", "long", "flat"),
        Intent::Short => ("sell", "short", "flat"),
        Intent::Exit => ("sell", "flat", "long"),
        Intent::ReverseToShort => ("sell", "short", "long"),
    };
    let body = json!({
        "ticker": ticker, "interval": "1", "timenow": at.to_rfc3339(), "action": action,
        "market_position": position, "prev_market_position": previous,
    });
    SentAlert {
        at,
        body: body.to_string(),
        line: None,
    }
}

#[derive(Clone, Copy)]
pub(crate) enum Intent {
    Long,
    Short,
    Exit,
    ReverseToShort,
}

/// Both engines on, with equal limits.
pub(crate) fn settings(mode: Mode) -> Settings {
    let mut settings = Settings::default();
    settings.flags = Flag::ALL
        .into_iter()
        .fold(settings.flags, |flags, flag| flags.with(flag, true));
    settings.routing.mode = mode;
    settings.risk_limits.max_positions_per_symbol_b = 1;
    settings
}

/// A plan for Engine A alone.
pub(crate) fn rules_alone(market: Arc<dyn ModelledMarket>, alerts: Vec<SentAlert>) -> Plan {
    Plan {
        alerts,
        market,
        settings: Settings::default(),
        judges: [(Engine::A, Judge::Rules)].into(),
        from: None,
        to: None,
        step: Timeframe::MINUTE,
    }
}

/// A plan for two engines that judge like this.
pub(crate) fn both(
    market: Arc<dyn ModelledMarket>,
    alerts: Vec<SentAlert>,
    mode: Mode,
    judge_b: Judge,
) -> Plan {
    Plan {
        settings: settings(mode),
        judges: [(Engine::A, Judge::Rules), (Engine::B, judge_b)].into(),
        ..rules_alone(market, alerts)
    }
}

pub(crate) fn simulated(seed: u64) -> Arc<dyn ModelledMarket> {
    Arc::new(SimulatedMarket::new(seed, SimulatedHours::Nyse))
}

pub(crate) fn generated(seed: u64, sessions: u32, per_session: u32) -> Vec<SentAlert> {
    let generated = Generated {
        seed,
        from: MONDAY.parse().unwrap(),
        sessions,
        per_session,
        symbols: Vec::new(),
    };
    generated.alerts()
}

/// Runs a plan to its end.
pub(crate) fn done(plan: &Plan) -> Backtest {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_time().build().unwrap();
    runtime.block_on(run(plan, |_| {})).unwrap()
}

/// What came of the only signal in an engine.
pub(crate) fn outcome(done: &Backtest, engine: Engine) -> EngineOutcome {
    assert_eq!(done.observed.signals.len(), 1);
    done.observed.signals[0].by_engine[&engine].clone()
}

/// The fate of every signal in Engine A, in order.
pub(crate) fn fates(done: &Backtest) -> Vec<Fate> {
    let signals = done.observed.signals.iter();
    signals.map(|it| it.by_engine[&Engine::A].fate).collect()
}

/// A minute of the session, with its high, low and close.
type Special = (usize, [f64; 3]);

/// Bars of a minute in SPY, at a price until something is said of one.
pub(crate) struct Bars {
    /// Date, first price, and the minutes that aren't flat.
    days: Vec<(&'static str, f64, Vec<Special>)>,
    minutes: usize,
}

impl Bars {
    /// A session at `price` but for some minutes: which of the session, high, low and close. A
    /// close stands from then on.
    pub(crate) fn day(date: &'static str, price: f64, minutes: &[Special]) -> Self {
        Self {
            days: vec![(date, price, minutes.to_vec())],
            minutes: 390,
        }
    }

    pub(crate) fn and(mut self, date: &'static str, price: f64, minutes: &[Special]) -> Self {
        self.days.push((date, price, minutes.to_vec()));
        self
    }

    /// A recording of them, after thirty days that make a usual volatility known.
    pub(crate) fn market(&self) -> Arc<dyn ModelledMarket> {
        let directory = TempDir::new().unwrap();
        self.write(directory.path());
        Arc::new(RecordedMarket::open(directory.path(), None).unwrap())
    }

    /// Thirty sessions that end at the first one's price, each a little up or down.
    fn write_days_before(&self, directory: &Path) {
        let mut text = "date,open,high,low,close,volume\n".to_owned();
        let (first, price, _) = &self.days[0];
        let first: chrono::NaiveDate = first.parse().unwrap();
        let before = first.iter_days().rev().skip(1);
        let mut dates: Vec<_> = before
            .filter(|it| session_on(*it).is_some())
            .take(30)
            .collect();
        dates.reverse();
        for (number, date) in dates.iter().enumerate() {
            let close = if number % 2 == 0 {
                price * 1.012
            } else {
                *price
            };
            writeln!(text, "{date},{close},{close},{close},{close},1000").unwrap();
        }
        std::fs::write(directory.join("SPY-1d.csv"), text).unwrap();
    }

    fn write(&self, directory: &Path) {
        self.write_days_before(directory);
        let mut text = "datetime,open,high,low,close,volume\n".to_owned();
        for (date, price, special) in &self.days {
            let (mut last, mut time) = (*price, at(date, "09:30:00"));
            for minute in 0..self.minutes {
                let told = special.iter().find(|(which, _)| *which == minute);
                let [high, low, close] = told.map_or([last; 3], |(_, prices)| *prices);
                let (high, low) = (high.max(last), low.min(last));
                let start = time.to_rfc3339();
                writeln!(text, "{start},{last},{high},{low},{close},1000").unwrap();
                last = close;
                time += chrono::TimeDelta::minutes(1);
            }
        }
        std::fs::write(directory.join("SPY-1m.csv"), text).unwrap();
    }
}
