//! Alpaca's wire.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::ListedOption;
use market_data::Market;
use serde_json::{Map, Value, json};

use super::{Mode, Question, Shared, bare, strikes};

pub(super) async fn body(shared: &Shared, question: &Question, mode: Mode) -> Option<Value> {
    match question.path.as_str() {
        "/v2/stocks/quotes/latest" => {
            let quotes = shared.quotes(&question.names("symbols"), question).await;
            let quotes = quotes.into_iter().map(|quote| {
                let [bid, ask] = mode.sides(quote.sides.bid, quote.sides.ask);
                let at = stamp(mode.priced_at(quote.provenance.at));
                let fields = json!({ "t": at, "bx": "V", "bp": bid, "bs": 100, "ax": "V",
                    "ap": ask, "as": 100, "c": ["R"], "z": "C" });
                (quote.symbol.to_string(), fields)
            });
            Some(json!({ "quotes": quotes.collect::<Map<_, _>>() }))
        }
        "/v1beta1/options/quotes/latest" => {
            let quotes = shared
                .option_quotes(&question.names("symbols"), question)
                .await;
            let quotes = quotes.into_iter().map(|quote| {
                let [bid, ask] = mode.sides(quote.sides.bid, quote.sides.ask);
                let at = stamp(mode.priced_at(quote.provenance.at));
                let fields = json!({ "t": at, "bx": "C", "bp": bid, "bs": quote.bid_size,
                    "ax": "C", "ap": ask, "as": quote.ask_size, "c": "A" });
                (quote.contract.to_string(), fields)
            });
            Some(json!({ "quotes": quotes.collect::<Map<_, _>>() }))
        }
        "/v2/clock" => clock(shared, question).await,
        "/v2/options/contracts" => contracts(shared, question).await,
        path if path.starts_with("/v1beta1/options/snapshots/") => {
            let dates = dates(question);
            let within = strikes(question, "strike_price_gte", "strike_price_lte");
            let chain = shared
                .chain(question.last_part(), dates, within, question)
                .await?;
            let at = stamp(mode.priced_at(chain.provenance.at));
            let rows = chain
                .options
                .iter()
                .map(|it| (it.contract.to_string(), row(it, &at, mode)));
            let rows: Map<_, _> = rows.collect();
            Some(json!({ "snapshots": rows, "next_page_token": null }))
        }
        _ => None,
    }
}

/// One contract of a chain.
fn row(option: &ListedOption, at: &str, mode: Mode) -> Value {
    let sides = option.sides.map(|sides| mode.sides(sides.bid, sides.ask));
    let greeks = option.greeks.map(|greeks| {
        json!({ "delta": greeks.delta, "gamma": greeks.gamma, "theta": greeks.theta,
            "vega": greeks.vega, "rho": greeks.rho })
    });
    let quote = sides.map(|[bid, ask]| {
        json!({ "t": at, "bx": "C", "bp": bid, "bs": option.bid_size, "ax": "C", "ap": ask,
            "as": option.ask_size, "c": "A" })
    });
    json!({
        "latestQuote": quote,
        "dailyBar": { "t": at, "o": 1, "h": 1, "l": 1, "c": 1, "v": option.volume, "n": 1, "vw": 1 },
        "greeks": greeks,
        "impliedVolatility": option.implied_volatility,
    })
}

async fn clock(shared: &Shared, question: &Question) -> Option<Value> {
    let clock = shared.market.clock(question.asked()).await.ok()?;
    let closes = clock.closes_at.unwrap_or(clock.opens_at);
    Some(
        json!({ "timestamp": stamp(question.now), "is_open": clock.is_open,
        "next_open": stamp(clock.opens_at), "next_close": stamp(closes) }),
    )
}

async fn contracts(shared: &Shared, question: &Question) -> Option<Value> {
    let underlying = question.text("underlying_symbols")?;
    let chain = shared
        .chain(underlying, dates(question), None, question)
        .await?;
    let right = question.text("type");
    let rows = chain.options.iter().filter_map(|option| {
        let contract = &option.contract;
        let kind = contract.right().word();
        right.is_none_or(|right| right == kind).then(|| {
            json!({ "id": "0", "symbol": contract.to_string(), "status": "active",
                "tradable": true, "expiration_date": contract.expiration().to_string(),
                "root_symbol": contract.root(), "underlying_symbol": underlying, "type": kind,
                "style": "american", "strike_price": contract.strike().to_string(),
                "multiplier": "100", "size": "100",
                "open_interest": option.open_interest.unwrap_or(0).to_string(),
                "close_price": bare(contract.strike()) })
        })
    });
    let rows: Vec<Value> = rows.collect();
    Some(json!({ "option_contracts": rows, "next_page_token": null }))
}

fn dates(question: &Question) -> (Option<chrono::NaiveDate>, Option<chrono::NaiveDate>) {
    (
        question.date("expiration_date_gte"),
        question.date("expiration_date_lte"),
    )
}

fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}
