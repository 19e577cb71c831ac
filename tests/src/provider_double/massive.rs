//! Massive's wire.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::ListedOption;
use market_data::Market;
use serde_json::{Value, json};

use super::{Mode, Question, Shared, bare, strikes};

pub(super) async fn body(shared: &Shared, question: &Question, mode: Mode) -> Option<Value> {
    match question.path.as_str() {
        "/v3/snapshot" => Some(results(&snapshots(shared, question, mode).await)),
        "/v1/marketstatus/now" => {
            let clock = shared.market.clock(question.asked()).await.ok()?;
            let word = if clock.is_open { "open" } else { "closed" };
            let at = question.now.to_rfc3339_opts(SecondsFormat::Secs, true);
            Some(
                json!({ "market": word, "afterHours": false, "earlyHours": false,
                "serverTime": at, "exchanges": { "nyse": word, "nasdaq": word } }),
            )
        }
        "/v3/reference/options/contracts" => {
            let dates = dates(question);
            let underlying = question.text("underlying_ticker")?;
            let chain = shared.chain(underlying, dates, None, question).await?;
            let right = question.text("contract_type");
            let rows = chain
                .options
                .iter()
                .filter(|it| right.is_none_or(|right| right == it.contract.right().word()));
            Some(results(
                &rows
                    .map(|it| details(it, Some(underlying)))
                    .collect::<Vec<_>>(),
            ))
        }
        path if path.starts_with("/v3/snapshot/options/") => {
            let within = strikes(question, "strike_price.gte", "strike_price.lte");
            let underlying = question.last_part();
            let chain = shared
                .chain(underlying, dates(question), within, question)
                .await?;
            let at = mode.priced_at(chain.provenance.at);
            let rows: Vec<Value> = chain.options.iter().map(|it| row(it, at, mode)).collect();
            Some(results(&rows))
        }
        _ => None,
    }
}

async fn snapshots(shared: &Shared, question: &Question, mode: Mode) -> Vec<Value> {
    let names = question.names("ticker.any_of");
    let (options, stocks): (Vec<String>, Vec<String>) =
        names.into_iter().partition(|name| name.starts_with("O:"));
    let stocks = shared
        .quotes(&stocks, question)
        .await
        .into_iter()
        .map(|quote| {
            let sides = mode.sides(quote.sides.bid, quote.sides.ask);
            json!({ "type": "stocks", "ticker": quote.symbol, "market_status": "open",
            "last_quote": last_quote(sides, [1, 1], mode.priced_at(quote.provenance.at)) })
        });
    let options = shared
        .option_quotes(&options, question)
        .await
        .into_iter()
        .map(|quote| {
            let sides = mode.sides(quote.sides.bid, quote.sides.ask);
            let sizes = [quote.bid_size, quote.ask_size];
            json!({ "type": "options", "ticker": format!("O:{}", quote.contract),
            "market_status": "open",
            "last_quote": last_quote(sides, sizes, mode.priced_at(quote.provenance.at)) })
        });
    stocks.chain(options).collect()
}

fn last_quote([bid, ask]: [Value; 2], sizes: [u32; 2], at: DateTime<Utc>) -> Value {
    json!({ "bid": bid, "ask": ask, "bid_size": sizes[0], "ask_size": sizes[1],
        "last_updated": at.timestamp_nanos_opt(), "timeframe": "REAL-TIME" })
}

fn row(option: &ListedOption, at: DateTime<Utc>, mode: Mode) -> Value {
    let sides = option.sides.map(|sides| mode.sides(sides.bid, sides.ask));
    let sizes = [option.bid_size, option.ask_size];
    let greeks = option.greeks.map(|greeks| {
        json!({ "delta": greeks.delta, "gamma": greeks.gamma, "theta": greeks.theta,
            "vega": greeks.vega })
    });
    json!({
        "day": { "volume": option.volume },
        "details": details(option, None),
        "greeks": greeks,
        "implied_volatility": option.implied_volatility,
        "last_quote": sides.map(|sides| last_quote(sides, sizes, at)),
        "open_interest": option.open_interest,
    })
}

fn details(option: &ListedOption, underlying: Option<&str>) -> Value {
    let contract = &option.contract;
    json!({ "contract_type": option.contract.right().word(), "exercise_style": "american",
        "expiration_date": contract.expiration().to_string(), "shares_per_contract": 100,
        "strike_price": bare(contract.strike()), "ticker": format!("O:{contract}"),
        "underlying_ticker": underlying })
}

fn dates(question: &Question) -> (Option<chrono::NaiveDate>, Option<chrono::NaiveDate>) {
    (
        question.date("expiration_date.gte"),
        question.date("expiration_date.lte"),
    )
}

fn results(rows: &[Value]) -> Value {
    json!({ "request_id": "a1", "status": "OK", "results": rows })
}
