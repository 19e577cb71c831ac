//! `parallax backtest`: both engines over alerts and bars, on simulated time.

mod market;
mod summary;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use backtest::{Backtest, Generated, Judge, Plan, Progress, SentAlert, alerts_file, experiment};
use chrono::{DateTime, NaiveDate, Utc};
use clap::{Args, Parser};
use decisions::experiment::{ReportOptions, report};
use domain::calendar::{eastern, trading_date};
use domain::settings::SettingsProblem;
use domain::{Engine, Flag, Flags, Percent, Settings, Symbol, Timeframe};
use runtime::{Configuration, Environment};
use rust_decimal::Decimal;

use super::Outcome;
use super::experiment::ModeArgument;
use market::Played;

/// How often a long run tells how far it is.
const BETWEEN_LINES: Duration = Duration::from_secs(5);
/// The first day of made-up alerts on a made-up market.
const FIRST_DAY: &str = "2026-01-05";
/// Sessions of made-up alerts, where no last day is given.
const SESSIONS: u32 = 20;

/// What a backtest is called as an experiment; it salts the routing.
const NAME: &str = "backtest";
const HYPOTHESIS: &str = "The committee makes more than the rules.";

/// Options of `backtest`.
///
/// Rules, limits and fees are those of the environment (docs/configuration.md); the settings
/// table isn't read. docs/backtest.md tells what is modelled, and what isn't.
#[derive(Debug, Parser)]
pub(super) struct Arguments {
    #[command(flatten)]
    alerts: AlertsArguments,
    /// Where prices come from: `simulated` or `simulated:SEED` (a formula), `recorded:DIR` (the
    /// CSV files of a directory), or `recorded:SYMBOL=DIR` where their names tell no symbol.
    #[arg(long, value_name = "MARKET", default_value = "simulated")]
    market: String,
    /// The first day, a New York date; alerts before it are left out. [default: that of the first
    /// alert]
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,
    /// The last day. [default: the one on which nothing is held any more]
    #[arg(long, value_name = "DATE")]
    to: Option<NaiveDate>,
    /// How far time advances between two looks at what is held, such as 1m or 5m. [default: the
    /// market's shortest bars]
    #[arg(long, value_name = "LENGTH", value_parser = Timeframe::parse)]
    step: Option<Timeframe>,
    /// Which engine gets an alert.
    #[arg(long, value_enum, default_value = "paired")]
    mode: ModeArgument,
    /// A JSON file with the feature flags, such as `{"enable_variant_b": true}`; those that it
    /// doesn't name are off. [default: all of them on]
    #[arg(long, value_name = "FILE")]
    flags: Option<PathBuf>,
    /// The difference that the sequential test is tuned to, in percent of the premium for each
    /// signal.
    #[arg(long, value_name = "PERCENT", default_value = "10")]
    expected_effect: Decimal,
    /// Print everything as one JSON document, every position included.
    #[arg(long)]
    json: bool,
}

/// Where alerts come from: one of the two.
#[derive(Debug, Args)]
struct AlertsArguments {
    /// The alerts: a `.csv` file with columns `time,action,ticker`, or JSON lines, each
    /// `{"at": "2026-07-30T09:35:00-04:00", "alert": {…}}` or an alert's body with its own time.
    #[arg(long, value_name = "FILE", required_unless_present = "generate")]
    alerts: Option<PathBuf>,
    /// Make up so many alerts for each session instead, in symbols that the market has.
    #[arg(long, value_name = "COUNT", conflicts_with = "alerts")]
    generate: Option<u32>,
    /// What alerts are made up from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(super) async fn run(arguments: Arguments) -> Outcome {
    let played = Played::open(&arguments.market)?;
    let plan = plan(&arguments, &played)?;
    tell_coarse_bars(&played, plan.step);
    let started = Instant::now();
    let mut told_at = started;
    let done = backtest::run(&plan, |progress| {
        if told_at.elapsed() >= BETWEEN_LINES {
            told_at = Instant::now();
            eprintln!("{}", how_far(progress));
        }
    });
    let done = Box::pin(done).await?;
    let seconds = started.elapsed().as_secs_f64();
    tell_refusals(&done);
    let report = report(&done.observed, &ReportOptions::default());
    if arguments.json {
        let document = summary::json(&done, &report, played.sentence(), seconds);
        println!("{}", serde_json::to_string_pretty(&document)?);
    } else {
        print!(
            "{}{report}",
            summary::text(&done, played.sentence(), seconds)
        );
    }
    Ok(ExitCode::SUCCESS)
}

type AnyError = Box<dyn std::error::Error + Send + Sync>;

fn plan(arguments: &Arguments, played: &Played) -> Result<Plan, AnyError> {
    let alerts = alerts(arguments, played)?;
    let first = alerts.iter().map(|alert| alert.at).min();
    let first = first.ok_or("there are no alerts")?;
    let from = arguments.from.unwrap_or_else(|| trading_date(first));
    let settings = settings(arguments, from)?;
    Ok(Plan {
        alerts,
        market: played.market(),
        judges: [(Engine::A, Judge::Rules), (Engine::B, Judge::Committee)].into(),
        from: Some(from),
        to: arguments.to,
        step: arguments.step.unwrap_or_else(|| played.shortest_step()),
        settings,
    })
}

/// What the environment says, under an experiment: so both engines have the same limits.
fn settings(arguments: &Arguments, from: NaiveDate) -> Result<Settings, AnyError> {
    let configured = Configuration::parse(&Environment::ambient())?.settings;
    let flags = match &arguments.flags {
        Some(file) => flags_of(file)?,
        None => Flag::ALL
            .into_iter()
            .fold(Flags::default(), |flags, flag| flags.with(flag, true)),
    };
    let mode = arguments.mode.into();
    let effect = Percent(arguments.expected_effect);
    let stands_for = experiment(NAME.parse()?, HYPOTHESIS, mode, effect, from);
    let settings = Settings {
        flags,
        experiment: Some(Box::new(stands_for)),
        ..configured
    };
    let problems = settings.problems_where_set();
    if problems.is_empty() {
        Ok(settings.with_equal_limits())
    } else {
        Err(listed(&problems).into())
    }
}

/// The flags of a file; those that it doesn't name are off.
fn flags_of(file: &Path) -> Result<Flags, AnyError> {
    let at = |error: &dyn std::error::Error| format!("{}: {error}", file.display());
    let text = std::fs::read_to_string(file).map_err(|error| at(&error))?;
    let set: std::collections::BTreeMap<String, bool> =
        serde_json::from_str(&text).map_err(|error| at(&error))?;
    set.into_iter()
        .try_fold(Flags::default(), |flags, (name, on)| {
            let flag = Flag::named(&name);
            let flag =
                flag.ok_or_else(|| format!("{}: there is no flag `{name}`", file.display()))?;
            Ok(flags.with(flag, on))
        })
}

fn listed(problems: &[SettingsProblem]) -> String {
    let each = problems.iter();
    let each = each.map(ToString::to_string);
    each.collect::<Vec<_>>().join("\n")
}

fn alerts(arguments: &Arguments, played: &Played) -> Result<Vec<SentAlert>, AnyError> {
    let AlertsArguments {
        alerts,
        generate,
        seed,
    } = &arguments.alerts;
    if let Some(file) = alerts {
        return Ok(alerts_file::read(file)?);
    }
    let from = match arguments.from.or(played.first_day()) {
        Some(day) => day,
        None => FIRST_DAY.parse()?,
    };
    let to = arguments.to.or(played.last_day());
    let generated = Generated {
        seed: *seed,
        from,
        sessions: to.map_or(SESSIONS, |to| sessions_between(from, to)),
        per_session: generate.unwrap_or(0),
        symbols: played.symbols(),
    };
    Ok(generated.alerts())
}

fn sessions_between(from: NaiveDate, to: NaiveDate) -> u32 {
    let days = from.iter_days().take_while(|day| *day <= to);
    let sessions = days.filter_map(domain::calendar::session_on).count();
    u32::try_from(sessions).unwrap_or(u32::MAX)
}

fn how_far(progress: &Progress) -> String {
    let Progress {
        at,
        alerts,
        alerts_in_all,
        bars,
        held,
    } = progress;
    let day = trading_date(*at);
    format!("{day}: {alerts} of {alerts_in_all} alerts, {bars} bars, {held} positions held")
}

/// What stands still between two closes has no extremes that could be looked at.
fn tell_coarse_bars(played: &Played, step: Timeframe) {
    let coarse = played.coarser_than(step);
    if !coarse.is_empty() {
        let names: Vec<&str> = coarse.into_iter().map(Symbol::as_str).collect();
        eprintln!(
            "note: the bars of {} are longer than {step}: only their closes are looked at",
            names.join(" ")
        );
    }
}

/// What was wrong with alerts goes to where it doesn't disturb the report.
fn tell_refusals(done: &Backtest) {
    let counts = &done.counts;
    for refused in &counts.refusals {
        let place = refused.line.map_or_else(
            || shown(refused.at),
            |line| format!("line {line} ({})", shown(refused.at)),
        );
        eprintln!("refused: {place}: {}", refused.why);
    }
    let more = counts.refused - counts.refusals.len();
    if more > 0 {
        eprintln!("refused: and {more} more");
    }
}

fn shown(at: DateTime<Utc>) -> String {
    eastern(at).format("%Y-%m-%d %H:%M:%S %Z").to_string()
}
