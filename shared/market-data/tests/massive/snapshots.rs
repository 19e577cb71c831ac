//! Rows as Massive sends them.

/// A page of rows.
pub(crate) fn page(rows: &[&str], next_url: Option<&str>) -> String {
    let next = next_url.map_or_else(String::new, |url| format!(r#","next_url":"{url}""#));
    let rows = rows.join(",");
    format!(r#"{{"status":"OK","request_id":"r1","results":[{rows}]{next}}}"#)
}

/// A stock with both sides.
pub(crate) const AAPL: &str = r#"{"type":"stocks","ticker":"AAPL","name":"Apple","market_status":"open","last_quote":{"ask":201.15,"ask_size":2,"bid":201.11,"bid_size":3,"last_updated":1782310522349730300,"timeframe":"REAL-TIME"},"last_trade":{"price":201.13,"size":25,"last_updated":1782310521969834000,"timeframe":"REAL-TIME"},"session":{"close":201.1,"price":201.13,"volume":5023345}}"#;

/// A contract with both sides.
pub(crate) const CALL: &str = r#"{"type":"options","ticker":"O:AAPL260717C00200000","market_status":"open","details":{"contract_type":"call","shares_per_contract":100,"strike_price":200},"greeks":{"delta":0.541,"gamma":0.031,"theta":-0.102,"vega":0.207},"implied_volatility":0.2934,"open_interest":10432,"last_quote":{"ask":"5.25","ask_size":40,"bid":5.1,"bid_size":12,"last_updated":1782310520043128576,"timeframe":"REAL-TIME"},"last_trade":{"price":5.2,"size":1,"sip_timestamp":1782310321500000000},"session":{"close":5.2,"volume":2210}}"#;

/// A chain's row.
pub(crate) const CHAIN_ROW: &str = r#"{"day":{"close":5.2,"volume":2210,"last_updated":1782273600000000000},"details":{"contract_type":"call","expiration_date":"2026-07-17","shares_per_contract":100,"strike_price":200,"ticker":"O:AAPL260717C00200000"},"greeks":{"delta":0.541,"gamma":0.031,"theta":-0.102,"vega":0.207},"implied_volatility":0.2934,"last_quote":{"ask":5.25,"ask_size":40,"bid":5.1,"bid_size":12,"last_updated":1782310520043128576,"timeframe":"REAL-TIME"},"open_interest":10432,"underlying_asset":{"last_updated":1782310521969834000,"price":201.13,"ticker":"AAPL","timeframe":"DELAYED"}}"#;

/// A chain's row of another contract, with these fields beside its details.
pub(crate) fn chain_row(ticker: &str, more: &str) -> String {
    format!(r#"{{"details":{{"ticker":"{ticker}","shares_per_contract":100}}{more}}}"#)
}
