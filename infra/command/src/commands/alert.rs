//! `parallax alert`: sends alerts to a running stack, signed and shaped as TradingView's.

mod message;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use clap::{Parser, ValueEnum};
use domain::Symbol;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::Client;
use runtime::telemetry::chain;
use runtime::{Configuration, Environment};
use secrecy::ExposeSecret;
use serde_json::Value as Json;
use sha2::Sha256;
use tokio::sync::Semaphore;

use super::{DataDirArgument, Outcome};
use local_stack::data_dir;
use local_stack::secrets::Secrets;
use local_stack::wall_clock::SystemWallClock;
use message::{Fired, UnknownPlaceholder};

/// Alerts under way at the same time.
const CONNECTIONS_MAX: usize = 16;
/// One run sends this many at most, and each alert's time lies a second before the one before.
const COUNT_MAX: u32 = 240;
const REQUEST_TIMEOUT: Duration = Duration::from_secs(5);

/// Which way the trader expects the price to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DirectionArgument {
    Long,
    Short,
}

/// What the alert asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum IntentArgument {
    /// Open a position.
    Entry,
    /// Close what is open in the symbol.
    Exit,
    /// Close the other side, then open.
    Reverse,
    /// Add to a position (refused by the platform: pyramiding is off).
    Add,
    /// Take some off (refused likewise).
    Reduce,
}

/// Options of `alert`.
#[derive(Debug, Parser)]
pub(super) struct Arguments {
    /// The underlying; several, separated by commas, are taken in turn.
    #[arg(long, value_delimiter = ',', default_value = "SPY")]
    symbol: Vec<Symbol>,
    /// Which way.
    #[arg(long, value_enum, default_value = "long")]
    direction: DirectionArgument,
    /// What to do.
    #[arg(long, value_enum, default_value = "entry")]
    intent: IntentArgument,
    /// The chart's timeframe.
    #[arg(long, default_value = "5")]
    timeframe: String,
    /// The alert's own strategy name.
    #[arg(long)]
    strategy: Option<String>,
    /// Send this message template of TradingView's, such as one copied from the dashboard, with its
    /// placeholders filled; `-` reads it from standard input.
    #[arg(long, value_name = "FILE", conflicts_with = "strategy")]
    template: Option<PathBuf>,
    /// How many different alerts to send.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=i64::from(COUNT_MAX)))]
    count: u32,
    /// Alerts a second; 0 sends them all at once, over up to 16 connections.
    #[arg(long, default_value_t = 10)]
    rate: u32,
    /// Send the same alert each time instead of different ones.
    #[arg(long)]
    same: bool,
    /// Another stack's webhook, such as the one in the cloud. The secret then comes from
    /// `TRADINGVIEW_WEBHOOK_SECRET`.
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    #[command(flatten)]
    data_dir: DataDirArgument,
}

/// Where alerts go, and what signs them.
struct Target {
    webhook: String,
    health: String,
    secret: String,
}

pub(super) async fn run(arguments: Arguments) -> Outcome {
    let template = arguments.template.as_deref().map(template).transpose()?;
    let target = target(&arguments)?;
    let client = client()?;
    let now = stack_time(&client, &target.health).await?;
    let (client, target) = (Arc::new(client), Arc::new(target));
    let connections = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let mut sent = Vec::new();
    for number in 0..arguments.count {
        let body = body(&arguments, template.as_deref(), number, now)?;
        if number > 0 && arguments.rate > 0 {
            tokio::time::sleep(Duration::from_secs(1) / arguments.rate).await;
        }
        let permit = Arc::clone(&connections).acquire_owned().await?;
        let (client, target) = (Arc::clone(&client), Arc::clone(&target));
        sent.push(tokio::spawn(async move {
            let answer = send(&client, &target, &body).await;
            drop(permit);
            answer
        }));
    }
    let mut all_taken = true;
    for answer in sent {
        // One that got no answer doesn't hide what the others were answered.
        match answer.await? {
            Ok((status, body)) => {
                println!("{status} {body}");
                all_taken &= status == 200;
            }
            Err(error) => {
                eprintln!("parallax: no answer: {}", chain(error.as_ref()));
                all_taken = false;
            }
        }
    }
    Ok(if all_taken {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// A client that doesn't wait for long.
pub(super) fn client() -> reqwest::Result<Client> {
    Client::builder().timeout(REQUEST_TIMEOUT).build()
}

fn target(arguments: &Arguments) -> Result<Target, Box<dyn std::error::Error + Send + Sync>> {
    let environment = Environment::ambient();
    let given = Configuration::parse(&environment)?.webhook.secret;
    let given = given.map(|secret| secret.expose_secret().to_owned());
    if let Some(url) = &arguments.url {
        let secret = given.ok_or("set TRADINGVIEW_WEBHOOK_SECRET to the secret of that stack")?;
        let webhook = url.trim_end_matches('/').to_owned();
        let health = format!("{}/health", webhook.trim_end_matches("/webhook"));
        return Ok(Target {
            webhook,
            health,
            secret,
        });
    }
    let dir = &arguments.data_dir.data_dir;
    let running = data_dir::running(dir).ok_or_else(|| {
        format!(
            "no stack runs on {}; start one with scripts/up, or name it with --url",
            dir.display()
        )
    })?;
    let secret = match given {
        Some(secret) => secret,
        None => kept_secret(dir)?,
    };
    let base = format!("http://127.0.0.1:{}", running.port);
    Ok(Target {
        webhook: format!("{base}/webhook"),
        health: format!("{base}/health"),
        secret,
    })
}

fn kept_secret(dir: &Path) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    let secrets = Secrets::open(Some(&dir.join("secrets.json")), Arc::new(SystemWallClock))?;
    let secret = secrets.current("webhook-secret");
    secret.ok_or_else(|| "the data directory has no webhook secret yet".into())
}

/// The stack's own time: an alert is stale or early by that.
pub(super) async fn stack_time(
    client: &Client,
    health: &str,
) -> Result<DateTime<Utc>, Box<dyn std::error::Error + Send + Sync>> {
    let answer: Json = client
        .get(health)
        .send()
        .await?
        .error_for_status()?
        .json()
        .await?;
    let now = answer["now"]
        .as_str()
        .ok_or("the stack's health doesn't tell its time")?;
    Ok(now.parse()?)
}

/// The message of the alert with this number.
fn body(
    arguments: &Arguments,
    template: Option<&str>,
    number: u32,
    now: DateTime<Utc>,
) -> Result<String, UnknownPlaceholder> {
    let fired = fired(arguments, number, now);
    match template {
        Some(template) => fired.filled(template),
        None => Ok(fired.message(arguments.strategy.as_deref())),
    }
}

fn fired(arguments: &Arguments, number: u32, now: DateTime<Utc>) -> Fired {
    let back = if arguments.same { 0 } else { i64::from(number) };
    let turn = usize::try_from(number).unwrap_or_default() % arguments.symbol.len().max(1);
    let symbol = arguments.symbol.get(turn).map(Symbol::as_str);
    let (action, side, other) = match arguments.direction {
        DirectionArgument::Long => ("buy", "long", "short"),
        DirectionArgument::Short => ("sell", "short", "long"),
    };
    let opposite = if action == "buy" { "sell" } else { "buy" };
    let (action, position, position_before) = match arguments.intent {
        IntentArgument::Entry => (action, side, "flat"),
        IntentArgument::Exit => (opposite, "flat", side),
        IntentArgument::Reverse => (action, side, other),
        IntentArgument::Add => (action, side, side),
        IntentArgument::Reduce => (opposite, side, side),
    };
    Fired {
        symbol: symbol.unwrap_or_default().to_owned(),
        timeframe: arguments.timeframe.clone(),
        at: now - TimeDelta::seconds(back),
        action,
        position,
        position_before,
    }
}

/// The template, from its file or, for `-`, from standard input.
fn template(path: &Path) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    let read = if path == Path::new("-") {
        std::io::read_to_string(std::io::stdin())
    } else {
        std::fs::read_to_string(path)
    };
    read.map_err(|error| format!("the template {}: {error}", path.display()).into())
}

async fn send(
    client: &Client,
    target: &Target,
    body: &str,
) -> Result<(u16, String), Box<dyn std::error::Error + Send + Sync>> {
    let mac = Hmac::<Sha256>::new_from_slice(target.secret.as_bytes())?.chain_update(body);
    let answer = client
        .post(&target.webhook)
        .header("content-type", "application/json; charset=utf-8")
        .header("x-signature", hex::encode(mac.finalize().into_bytes()))
        .body(body.to_owned())
        .send()
        .await?;
    Ok((answer.status().as_u16(), answer.text().await?))
}
