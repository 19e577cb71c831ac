//! MarketData.app's wire: everything by columns.

use domain::{ListedOption, Price};
use market_data::Market;
use serde_json::{Map, Value, json};

use super::{Mode, Question, Shared, bare};

pub(super) async fn body(shared: &Shared, question: &Question, mode: Mode) -> Option<Value> {
    match question.path.as_str() {
        "/v1/stocks/quotes/" => {
            let quotes = shared.quotes(&question.names("symbols"), question).await;
            let rows = quotes.into_iter().map(|quote| {
                let [bid, ask] = mode.sides(quote.sides.bid, quote.sides.ask);
                let at = mode.priced_at(quote.provenance.at).timestamp();
                json!({ "symbol": quote.symbol, "bid": bid, "ask": ask, "bidSize": 1,
                    "askSize": 1, "mid": quote.sides.mid().to_f64(),
                    "last": quote.sides.mid().to_f64(), "volume": 1, "updated": at })
            });
            columns(&rows.collect::<Vec<_>>())
        }
        "/v1/markets/status/" => {
            let clock = shared.market.clock(question.asked()).await.ok()?;
            let word = if clock.is_open { "open" } else { "closed" };
            Some(json!({ "s": "ok", "date": [question.now.timestamp()], "status": [word] }))
        }
        path if path.starts_with("/v1/options/chain/") => chain(shared, question, mode).await,
        _ => None,
    }
}

async fn chain(shared: &Shared, question: &Question, mode: Mode) -> Option<Value> {
    let on = question.date("expiration");
    let dates = (on.or(question.date("from")), on.or(question.date("to")));
    let chain = shared
        .chain(question.last_part(), dates, None, question)
        .await?;
    let at = mode.priced_at(chain.provenance.at).timestamp();
    let meant = chain
        .options
        .iter()
        .filter(|option| is_meant(option, question));
    let rows: Vec<Value> = meant.map(|option| row(option, at, mode)).collect();
    if question.text("columns").is_some() {
        let symbols: Vec<&Value> = rows.iter().map(|row| &row["optionSymbol"]).collect();
        return (!symbols.is_empty()).then(|| json!({ "optionSymbol": symbols }));
    }
    columns(&rows)
}

fn is_meant(option: &ListedOption, question: &Question) -> bool {
    let side = question
        .text("side")
        .is_none_or(|side| side == option.contract.right().word());
    let Some(strikes) = question.text("strike") else {
        return side;
    };
    let price = |text: &str| Price::new(text.parse().ok()?).ok();
    let strike = option.contract.strike();
    let within = match strikes.split_once('-') {
        Some((low, high)) => price(low) <= Some(strike) && Some(strike) <= price(high),
        None => strikes.split(',').any(|text| price(text) == Some(strike)),
    };
    side && within
}

fn row(option: &ListedOption, at: i64, mode: Mode) -> Value {
    let sides = option.sides.map(|sides| mode.sides(sides.bid, sides.ask));
    let [bid, ask] = sides.unwrap_or([Value::Null, Value::Null]);
    let greek = |of: fn(&domain::Greeks) -> f64| option.greeks.as_ref().map(of);
    json!({
        "optionSymbol": option.contract.to_string(), "underlying": option.contract.root(),
        "expiration": domain::expiration::expires_at(option.contract.expiration()).timestamp(),
        "side": option.contract.right().word(), "strike": bare(option.contract.strike()), "updated": at,
        "bid": bid, "bidSize": option.bid_size, "ask": ask, "askSize": option.ask_size,
        "last": null, "openInterest": option.open_interest, "volume": option.volume,
        "iv": option.implied_volatility, "delta": greek(|it| it.delta),
        "gamma": greek(|it| it.gamma), "theta": greek(|it| it.theta), "vega": greek(|it| it.vega),
    })
}

/// Rows as columns; nothing if there are none.
fn columns(rows: &[Value]) -> Option<Value> {
    let names: Vec<String> = rows.first()?.as_object()?.keys().cloned().collect();
    let mut body = Map::from_iter([("s".to_owned(), json!("ok"))]);
    for name in names {
        let column: Vec<Value> = rows.iter().map(|row| row[&name].clone()).collect();
        body.insert(name, column.into());
    }
    Some(body.into())
}
