//! `parallax up`: the whole stack, until Ctrl-C.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use clap::Parser;
use domain::Symbol;
use market_data::Recording;
use runtime::configuration::MarketChoice;
use runtime::{Clock, Configuration, Entropy, Environment, telemetry};
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::{DATA_DIR, DataDirArgument, HOSTING, Outcome, TEMPLATE, user};
use local_stack::aws::AwsChoice;
use local_stack::data_dir::{DataDir, Running};
use local_stack::site::SiteOptions;
use local_stack::stack::{Stack, StackOptions, own_variables};
use local_stack::stack_clock::{ClockError, ClockOptions, KEEP_EVERY, StackClock};
use local_stack::wire::{Failpoint, Failpoints, Interposer};

/// Where the build puts the dashboard's pages.
const SITE_DIR: &str = "dashboard/dist";

/// Options of `up`.
#[derive(Debug, Parser)]
pub(super) struct Arguments {
    /// Port of the HTTP API on 127.0.0.1; 0 takes a free one. [default: PORT, or 3000]
    #[arg(long)]
    port: Option<u16>,
    #[command(flatten)]
    data_dir: DataDirArgument,
    /// The built pages of the dashboard, served beside the API.
    #[arg(long, value_name = "DIR", default_value = SITE_DIR)]
    site: PathBuf,
    /// Where prices come from: `simulated` (a formula), `providers` (real prices, from those to
    /// which there is a key), `recorded:DIR` (the CSV files of a directory), or
    /// `recorded:SYMBOL=DIR` where their names tell no symbol. [default: MARKET, or providers
    /// where there is a key, or simulated]
    #[arg(long, value_name = "MARKET")]
    market: Option<String>,
    /// Start the stack's clock here, such as 2026-07-30T10:00:00-04:00; a recording starts with
    /// its first bar. The clock is kept across restarts and never goes back: a data directory
    /// that was later already goes on from there.
    #[arg(long, value_name = "INSTANT", visible_alias = "start")]
    clock: Option<DateTime<Utc>>,
    /// Let the stack's clock run so many times as fast as real time (up to 3600).
    #[arg(long, value_name = "FACTOR")]
    speed: Option<f64>,
    /// Kill this program at this point, such as `after engine-a/SendMessage orders`: for tests of
    /// what a crash leaves behind.
    #[arg(long, value_name = "FAILPOINT", hide = true)]
    die_at: Option<Failpoint>,
}

pub(super) async fn run(arguments: Arguments) -> Outcome {
    let market = arguments.market.map(|market| ("MARKET".to_owned(), market));
    let environment = Environment::ambient().with(market);
    telemetry::start_text(&environment);
    let configuration = Configuration::parse(&environment)?;
    let market = market_data::offline(&configuration)?;
    if market.is_none() && (arguments.clock.is_some() || arguments.speed.is_some()) {
        return Err("real prices need the real time: leave out --clock and --speed".into());
    }
    let recording = market.as_ref().and_then(|market| market.source().recording);
    let data_dir = DataDir::take(&arguments.data_dir.data_dir)?;
    let options = ClockOptions {
        start: arguments
            .clock
            .or(recording.map(|recording| recording.plays_from)),
        speed: arguments.speed,
    };
    let clock = StackClock::open(options, Some(data_dir.path().join("clock.json")))?;
    let clock = Arc::new(clock);
    let mut variables = own_variables(&environment);
    if matches!(configuration.market, MarketChoice::Providers(_)) {
        // The keys that say so aren't written down.
        variables.insert("MARKET".to_owned(), "providers".to_owned());
    }
    let starting = Stack::start(StackOptions {
        template: TEMPLATE.to_owned(),
        aws: AwsChoice::over(data_dir.path()),
        port: arguments.port.unwrap_or(configuration.port),
        environment,
        clock: clock.clone(),
        entropy: Entropy::ambient(),
        schedules: true,
        interposer: arguments.die_at.map(dying_at),
        market,
        site: Some(SiteOptions {
            directory: arguments.site.clone(),
            hosting: HOSTING.to_owned(),
        }),
    });
    let stack = Box::pin(starting).await?;
    data_dir.announce(&Running {
        port: stack.port(),
        dynamodb_url: stack.aws().dynamodb_url().to_owned(),
        gateway_url: stack.aws().gateway_url().to_owned(),
        variables,
    })?;
    let end_signals = EndSignals::listen()?;
    greet(&stack, &clock, &data_dir, &arguments.site);
    println!("{}", user::how_to_sign_in(stack.surroundings()).await);
    println!("End it with Ctrl-C.");
    end_signals.wait(&clock).await?;
    eprintln!("Ending: finishing what is under way …");
    stack.stop().await?;
    clock.keep_exactly()?;
    eprintln!(
        "Ended. Everything is kept in {}.",
        data_dir.path().display()
    );
    Ok(ExitCode::SUCCESS)
}

/// Lets the process die as by `kill -9` when this point is passed.
fn dying_at(point: Failpoint) -> Interposer {
    let die = || {
        let _ =
            rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
        std::process::abort();
    };
    let failpoints = Failpoints::new(point, 1, Arc::new(die));
    Arc::new(move |wire| failpoints.before(wire))
}

fn greet(stack: &Stack, clock: &StackClock, data_dir: &DataDir, site: &Path) {
    let url = stack.url();
    let now = domain::calendar::eastern(clock.now()).format("%A %Y-%m-%d %H:%M:%S %Z");
    println!("Parallax is up. Paper trading only.");
    println!("  pages    {}", pages(&url, site));
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
    let recording = stack.market().recording.as_ref();
    if recording.is_some_and(|recording| recording.ends_at <= clock.now()) {
        println!("  note     the recording is over here; another --data-dir plays it again");
    }
    println!(
        "Try: cargo run -- alert{} --symbol {} --direction long",
        option(data_dir.path()),
        example_symbol(recording)
    );
}

/// Where the dashboard's pages are, or what is missing for them.
fn pages(url: &str, site: &Path) -> String {
    if site.join("index.html").is_file() {
        return format!("{url}/");
    }
    format!("none: nothing is built in {}", site.display())
}

/// A symbol that has prices.
fn example_symbol(recording: Option<&Recording>) -> &str {
    recording
        .and_then(|recording| recording.symbols.first())
        .map_or("SPY", Symbol::as_str)
}

/// What other commands have to be told to find this stack.
fn option(data_dir: &Path) -> String {
    if data_dir == Path::new(DATA_DIR) {
        return String::new();
    }
    format!(" --data-dir {}", data_dir.display())
}

/// What asks a stack to end. One that was asked between two looks still ends.
struct EndSignals {
    interrupt: Signal,
    terminate: Signal,
}

impl EndSignals {
    fn listen() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// Waits for Ctrl-C or a request to terminate, keeping the clock meanwhile.
    async fn wait(mut self, clock: &StackClock) -> Result<(), ClockError> {
        let mut keep = tokio::time::interval(KEEP_EVERY);
        loop {
            tokio::select! {
                _ = self.interrupt.recv() => return Ok(()),
                _ = self.terminate.recv() => return Ok(()),
                _ = keep.tick() => clock.keep()?,
            }
        }
    }
}
