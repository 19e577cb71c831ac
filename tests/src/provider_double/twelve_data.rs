//! Twelve Data's wire: stocks only, numbers as texts, one shape for one symbol and another for
//! several.

use market_data::Market;
use serde_json::{Map, Value, json};

use super::{Mode, Question, Shared};

pub(super) async fn body(shared: &Shared, question: &Question, mode: Mode) -> Option<Value> {
    match question.path.as_str() {
        "/quote" => {
            let names = question.names("symbol");
            let quotes = shared.quotes(&names, question).await;
            let mut rows: Map<String, Value> = quotes
                .into_iter()
                .map(|quote| {
                    let [price, _] = mode.sides(quote.sides.mid(), quote.sides.mid());
                    let price = if mode == Mode::Nonsense {
                        json!("-1.0")
                    } else {
                        price
                    };
                    let at = mode.priced_at(quote.provenance.at).timestamp();
                    let row = json!({ "symbol": quote.symbol, "close": price.to_string(),
                        "timestamp": at, "last_quote_at": at, "is_market_open": true });
                    (quote.symbol.to_string(), row)
                })
                .collect();
            match names.as_slice() {
                [one] => rows.remove(one),
                _ => Some(rows.into()),
            }
        }
        "/market_state" => {
            let clock = shared.market.clock(question.asked()).await.ok()?;
            let until = |at: chrono::DateTime<chrono::Utc>| {
                let left_s = (at - question.now).num_seconds().max(0);
                format!(
                    "{:02}:{:02}:{:02}",
                    left_s / 3600,
                    left_s / 60 % 60,
                    left_s % 60
                )
            };
            let zero = "00:00:00".to_owned();
            let to_open = if clock.is_open {
                zero.clone()
            } else {
                until(clock.opens_at)
            };
            Some(
                json!([{ "name": "NYSE", "code": "XNYS", "country": "United States",
                "is_market_open": clock.is_open, "time_after_open": "00:45:22",
                "time_to_open": to_open,
                "time_to_close": clock.closes_at.map_or(zero, until) }]),
            )
        }
        _ => None,
    }
}
