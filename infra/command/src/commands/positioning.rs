//! `parallax positioning`: how others stand in a symbol's options.

use std::fmt::Write;
use std::process::ExitCode;

use clap::Parser;
use domain::positioning::DealerPosition;
use domain::{GammaExposureSnapshot, OptionsFlow, Price, Symbol};
use market_data::{Asked, MarketError, Positioning};
use runtime::telemetry::chain;
use serde::Serialize;
use serde_json::json;
use storage::MarketTable;

use super::running_stack::surroundings_on;
use super::{DataDirArgument, Outcome};

/// Contracts of the flow that are shown.
const ENTRIES_SHOWN: usize = 5;

/// Options of `positioning`.
#[derive(Debug, Parser)]
pub(super) struct Arguments {
    /// What the options are on.
    #[arg(value_parser = Symbol::parse)]
    symbol: Symbol,
    /// Measure it anew, instead of showing what was measured in the last five minutes.
    #[arg(long)]
    refresh: bool,
    /// Print everything that was measured as one JSON document.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data_dir: DataDirArgument,
}

pub(super) async fn run(arguments: Arguments) -> Outcome {
    let surroundings = surroundings_on(&arguments.data_dir.data_dir).await?;
    let market = market_data::chosen(&surroundings)?;
    let table = MarketTable::new(&surroundings.aws, &surroundings.environment)?;
    let positioning = Positioning::new(market, Some(&table));
    let asked = Asked::at(surroundings.clock.now());
    let asked = if arguments.refresh {
        asked.anew()
    } else {
        asked
    };
    let symbol = &arguments.symbol;
    let exposure = positioning.gamma_exposure(symbol, asked).await;
    let flow = positioning.options_flow(symbol, asked).await;
    if arguments.json {
        let report = json!({ "gamma_exposure": told(&exposure), "options_flow": told(&flow) });
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print!(
            "{}{}",
            shown(exposure.as_ref(), exposed),
            shown(flow.as_ref(), flowed)
        );
    }
    let failed = exposure.is_err() && flow.is_err();
    Ok(if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// A record, or why there is none.
fn told<T: Serialize>(answer: &Result<T, MarketError>) -> serde_json::Value {
    match answer {
        Ok(record) => json!(record),
        Err(error) => json!({ "missing": chain(error) }),
    }
}

fn shown<T>(answer: Result<&T, &MarketError>, as_text: fn(&T) -> String) -> String {
    answer.map_or_else(|error| format!("missing: {}\n", chain(error)), as_text)
}

fn exposed(it: &GammaExposureSnapshot) -> String {
    let mut text = String::new();
    let total = &it.total;
    let _ = writeln!(
        text,
        "{} at {}, from {}",
        it.symbol, it.spot, it.provenance.provider
    );
    let _ = writeln!(
        text,
        "gamma exposure, dollars of delta for 1 % up: net {}, calls {}, puts {}",
        millions(total.net),
        millions(total.call),
        millions(total.put)
    );
    let flip = it.flip.map(|flip| flip.price);
    let _ = writeln!(
        text,
        "flip {}, call wall {}, put wall {}",
        price(flip),
        price(it.walls.call),
        price(it.walls.put)
    );
    if let Some(dealers) = &it.dealers {
        let _ = writeln!(text, "dealers: {}", dealt(dealers));
    }
    for expiration in &it.by_expiration {
        let net = millions(expiration.exposed.net);
        let pain = price(expiration.max_pain);
        let _ = writeln!(
            text,
            "  {}  net {net:>12}  max pain {pain}",
            expiration.expiration
        );
    }
    let left_out = json!(it.exclusions);
    let _ = writeln!(text, "left out: {left_out}");
    noted(&mut text, &it.caveats);
    text
}

fn flowed(it: &OptionsFlow) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "options flow (a stand-in: volume at the present mid): calls {} for {}, puts {} for {}, {}",
        it.call_volume,
        it.call_premium_usd,
        it.put_volume,
        it.put_premium_usd,
        it.sentiment.map_or_else(|| "no sentiment".to_owned(), word)
    );
    for entry in it.entries.iter().take(ENTRIES_SHOWN) {
        let (contract, volume, held) = (&entry.contract, entry.volume, entry.open_interest);
        let premium = entry.premium_usd;
        let _ = writeln!(
            text,
            "  {contract}  {volume} traded of {held} held, {premium}"
        );
    }
    noted(&mut text, &it.caveats);
    text
}

fn dealt(dealers: &DealerPosition) -> String {
    let expectation = word(dealers.volatility_expectation);
    let strength = dealers
        .strength
        .map_or_else(String::new, |it| format!("{} ", word(it)));
    let side = dealers.spot_against_flip;
    let side = side.map_or_else(String::new, |it| format!(", spot {} the flip", word(it)));
    format!(
        "{strength}{}{side}; volatility: {expectation}",
        word(dealers.side)
    )
}

/// A variant as it is written in records.
fn word<T: Serialize>(variant: T) -> String {
    let name = json!(variant);
    name.as_str().unwrap_or_default().replace('_', " ")
}

fn noted(text: &mut String, caveats: &[String]) {
    for caveat in caveats {
        let _ = writeln!(text, "  note: {caveat}");
    }
}

fn millions(usd: f64) -> String {
    format!("{:.1} M", usd / 1e6)
}

fn price(price: Option<Price>) -> String {
    price.map_or_else(|| "none".to_owned(), |price| price.to_string())
}
