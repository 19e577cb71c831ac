//! The default filters find contracts on the markets that have no provider.

use chrono::{DateTime, TimeDelta, Utc};
use decisions::strike_selection::{Selected, Wanted, choose, shortlist};
use domain::settings::DEFAULT_SYMBOLS;
use domain::{OptionRight, Rejection, RejectionReason, Settings, Symbol};
use market_data::{Asked, ChainRequest, Market, SimulatedHours, SimulatedMarket};

/// What the order creator would choose.
async fn selected(
    market: &dyn Market,
    symbol: &Symbol,
    right: OptionRight,
    now: DateTime<Utc>,
) -> Result<Selected, Rejection> {
    let settings = Settings::default();
    let asked = Asked::at(now);
    let quotes = market.quotes(std::slice::from_ref(symbol), asked).await;
    let quote = &quotes.unwrap().found[symbol];
    let request = ChainRequest::around(quote, now);
    let chain = market.chain(&request, asked).await.unwrap();
    let wanted = Wanted {
        right,
        underlying_price: quote.sides.mid(),
        asked_for: None,
        settings: &settings,
        now,
    };
    let listed = shortlist(&chain, &wanted)?;
    let fresh = market.option_quotes(&listed.contracts(), asked).await;
    Ok(choose(&listed, &fresh.unwrap().found, &wanted).unwrap())
}

/// Instants on all days of a week and at all hours, over a year.
fn instants() -> impl Iterator<Item = DateTime<Utc>> {
    let first: DateTime<Utc> = "2026-01-02T00:00:00Z".parse().unwrap();
    (0..48).map(move |n| first + TimeDelta::minutes(n * 10_897))
}

/// How many of a symbol's entries of a year buy something; the others are too expensive.
async fn bought(market: &dyn Market, symbol: &Symbol) -> (u32, u32) {
    let (mut bought, mut unaffordable) = (0, 0);
    for now in instants() {
        for right in [OptionRight::Call, OptionRight::Put] {
            match selected(market, symbol, right, now).await {
                Ok(selected) => {
                    let delta = selected.reasons.figures.delta.abs();
                    assert!((0.30..=0.60).contains(&delta), "{symbol} {now}: {delta}");
                    bought += 1;
                }
                Err(rejection) => {
                    let reason = rejection.reason;
                    assert_eq!(reason, RejectionReason::Unaffordable, "{now} {rejection}");
                    unaffordable += 1;
                }
            }
        }
    }
    (bought, unaffordable)
}

#[tokio::test]
async fn every_default_symbol_can_be_bought_at_any_hour() {
    let market = SimulatedMarket::new(1, SimulatedHours::AlwaysOpen);
    for name in DEFAULT_SYMBOLS {
        let symbol = Symbol::parse(name).unwrap();
        let (bought, unaffordable) = bought(&market, &symbol).await;
        // Shares at $700, or as restless as Tesla's, have options beyond $1,000 now and then.
        let most = if ["META", "TSLA"].contains(&name) {
            5
        } else {
            0
        };
        assert!(unaffordable <= most, "{name}: {bought} and {unaffordable}");
    }
}
