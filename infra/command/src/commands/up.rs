//! `parallax up`: the whole stack, until Ctrl-C.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use clap::{Parser, ValueEnum};
use runtime::{Clock, Configuration, Entropy, Environment, telemetry};
use tokio::signal;

use super::{DATA_DIR, DataDirArgument, Outcome};
use local_stack::aws::AwsChoice;
use local_stack::data_dir::{DataDir, Running};
use local_stack::stack::{Stack, StackOptions};
use local_stack::stack_clock::{ClockOptions, KEEP_EVERY, StackClock};

/// The template that this program was built with.
const TEMPLATE: &str = include_str!("../../../../template.yaml");

/// Which market to trade on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MarketArgument {
    /// Made-up prices: a pure function of seed, symbol and time (`SIMULATED_SEED`).
    Simulated,
}

/// Options of `up`.
#[derive(Debug, Parser)]
pub(super) struct Arguments {
    /// Port of the HTTP API on 127.0.0.1; 0 takes a free one. [default: PORT, or 3000]
    #[arg(long)]
    port: Option<u16>,
    #[command(flatten)]
    data_dir: DataDirArgument,
    /// Where prices come from.
    #[arg(long, value_enum, default_value = "simulated")]
    market: MarketArgument,
    /// Start the stack's clock here, such as 2026-07-30T10:00:00-04:00. It is kept across
    /// restarts and never goes back: a data directory that was later already goes on from there.
    #[arg(long, value_name = "INSTANT")]
    clock: Option<DateTime<Utc>>,
    /// Let the stack's clock run so many times as fast as real time (up to 3600).
    #[arg(long, value_name = "FACTOR")]
    speed: Option<f64>,
}

pub(super) async fn run(arguments: Arguments) -> Outcome {
    let environment = Environment::ambient();
    telemetry::start_text(&environment);
    let configuration = Configuration::parse(&environment)?;
    let data_dir = DataDir::take(&arguments.data_dir.data_dir)?;
    let options = ClockOptions {
        start: arguments.clock,
        speed: arguments.speed,
    };
    let clock = StackClock::open(options, Some(data_dir.path().join("clock.json")))?;
    let clock = Arc::new(clock);
    let MarketArgument::Simulated = arguments.market;
    let stack = Stack::start(StackOptions {
        template: TEMPLATE.to_owned(),
        aws: AwsChoice::over(data_dir.path()),
        port: arguments.port.unwrap_or(configuration.port),
        environment,
        clock: clock.clone(),
        entropy: Entropy::ambient(),
        schedules: true,
        market: None,
    })
    .await?;
    data_dir.announce(&Running {
        port: stack.port(),
        dynamodb_url: stack.aws().dynamodb_url().to_owned(),
        gateway_url: stack.aws().gateway_url().to_owned(),
    })?;
    greet(&stack, &clock, &data_dir);
    until_asked_to_end(&clock).await?;
    eprintln!("Ending: finishing what is under way …");
    stack.stop().await?;
    clock.keep_exactly()?;
    eprintln!(
        "Ended. Everything is kept in {}.",
        data_dir.path().display()
    );
    Ok(ExitCode::SUCCESS)
}

fn greet(stack: &Stack, clock: &StackClock, data_dir: &DataDir) {
    let url = stack.url();
    let now = domain::calendar::eastern(clock.now()).format("%A %Y-%m-%d %H:%M:%S %Z");
    println!("Parallax is up. Paper trading only.");
    println!(
        "  alerts   POST {url}/webhook  (signed, or with the secret as {url}/webhook/<secret>)"
    );
    println!(
        "  secret   in {}",
        data_dir.path().join("secrets.json").display()
    );
    println!("  market   {}", stack.market().sentence);
    println!("  clock    {now}, {}", clock.description());
    println!("  data     {}", data_dir.path().display());
    println!(
        "Try: cargo run -- alert{} --symbol SPY --direction long",
        option(data_dir.path())
    );
    println!("End it with Ctrl-C.");
}

/// What other commands have to be told to find this stack.
fn option(data_dir: &Path) -> String {
    if data_dir == Path::new(DATA_DIR) {
        return String::new();
    }
    format!(" --data-dir {}", data_dir.display())
}

/// Waits for Ctrl-C or a request to terminate, keeping the clock meanwhile.
async fn until_asked_to_end(clock: &StackClock) -> Outcome {
    let mut terminate = signal::unix::signal(signal::unix::SignalKind::terminate())?;
    let mut keep = tokio::time::interval(KEEP_EVERY);
    loop {
        tokio::select! {
            asked = signal::ctrl_c() => { asked?; return Ok(ExitCode::SUCCESS); }
            _ = terminate.recv() => return Ok(ExitCode::SUCCESS),
            _ = keep.tick() => clock.keep()?,
        }
    }
}
