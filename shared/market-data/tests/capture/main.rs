//! Evidence as it is captured: everything that the market says at one instant, within one
//! deadline, and what is missing by name.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod hanging;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Evidence, EvidenceForm, Part, Price, Symbol, Timeframe};
use hanging::HangingMarket;
use market_data::{
    Asked, CandleRequest, ChainRequest, Market, SimulatedHours, SimulatedMarket, capture,
};

/// What the market is asked for.
const ASKED: [Part; 5] = [
    Part::Clock,
    Part::Quote,
    Part::Candles,
    Part::DailyBars,
    Part::Chain,
];

fn now() -> DateTime<Utc> {
    "2026-07-30T14:00:00Z".parse().unwrap()
}

fn simulated() -> SimulatedMarket {
    SimulatedMarket::new(1, SimulatedHours::Nyse)
}

fn five_minutes() -> Timeframe {
    Timeframe::parse("5").unwrap()
}

async fn captured(market: &dyn Market, name: &str) -> Evidence {
    let symbol = Symbol::parse(name).unwrap();
    capture(market, &symbol, five_minutes(), now().into()).await
}

fn missing(evidence: &Evidence) -> Vec<Part> {
    let there = [
        evidence.clock.is_some(),
        evidence.quote.is_some(),
        evidence.candles.is_some(),
        evidence.daily.is_some(),
        evidence.chain.is_some(),
        evidence.gamma_exposure.is_some(),
        evidence.options_flow.is_some(),
        evidence.indicators.is_some(),
    ];
    let named: Vec<Part> = evidence
        .missing
        .iter()
        .map(|missing| missing.part)
        .collect();
    for (part, there) in Part::ALL.into_iter().zip(there) {
        assert_ne!(there, named.contains(&part), "{part}");
    }
    named
}

#[tokio::test]
async fn it_is_what_the_market_says() {
    let evidence = captured(&simulated(), "SPY").await;
    assert_eq!(missing(&evidence), []);
    assert_eq!(evidence.captured_at, now());
    assert_eq!(evidence.form, EvidenceForm::NEWEST);
    let indicators = evidence.indicators.unwrap();
    assert_eq!(indicators.timeframe, five_minutes());
    assert_eq!(indicators.candles, 200);
    assert!(indicators.ema8.is_some() && indicators.rsi.is_some());
    let (market, asked) = (simulated(), Asked::at(now()));
    let clock = market.clock(asked).await.unwrap();
    assert_eq!(evidence.clock.unwrap(), clock);
    let symbol = Symbol::parse("SPY").unwrap();
    for (timeframe, count, candles) in [
        (five_minutes(), 200, evidence.candles.unwrap()),
        (Timeframe::DAY, 250, evidence.daily.unwrap()),
    ] {
        let request = CandleRequest {
            symbol: symbol.clone(),
            timeframe,
            count,
        };
        assert_eq!(candles.candles.len(), count);
        assert_eq!(candles, market.candles(&request, asked).await.unwrap());
    }
    let batch = market.quotes(std::slice::from_ref(&symbol), asked).await;
    let quote = evidence.quote.unwrap();
    assert_eq!(quote, batch.unwrap().found[&symbol]);
    let around = |percent: f64| quote.sides.mid().to_f64() * percent / 500.0;
    let grid = |steps: f64| Price::from_f64(steps * 5.0).unwrap();
    let request = ChainRequest {
        underlying: symbol,
        expires_from: now().date_naive(),
        expires_to: now().date_naive() + TimeDelta::days(45),
        strikes: Some((grid(around(75.0).floor()), grid(around(125.0).ceil()))),
    };
    let chain = market.chain(&request, asked).await.unwrap();
    assert!(chain.options.len() > 1_000, "{}", chain.options.len());
    assert!(evidence.chain.unwrap() == chain);
}

#[tokio::test]
async fn it_reads_back_as_it_was() {
    let evidence = captured(&simulated(), "AAPL").await;
    let json = serde_json::to_string(&evidence).unwrap();
    let read: Evidence = serde_json::from_str(&json).unwrap();
    assert!(read == evidence);
    assert!(serde_json::to_string(&read).unwrap() == json);
}

#[tokio::test]
async fn a_stock_that_is_unknown_has_no_evidence() {
    let evidence = captured(&simulated(), "NODATA").await;
    assert_eq!(missing(&evidence), Part::ALL[1..]);
    let whys: Vec<&str> = evidence.missing.iter().map(|it| it.why.as_str()).collect();
    assert!(
        whys[..3]
            .iter()
            .all(|why| *why == "simulated knows no NODATA")
    );
    for (why, from) in whys[3..].iter().zip(["quote", "chain", "chain", "bars"]) {
        assert!(why.contains(from), "{why}");
    }
}

#[tokio::test]
async fn a_stock_without_options_has_an_empty_chain() {
    let evidence = captured(&simulated(), "ZZTOP").await;
    let expected = [Part::GammaExposure, Part::OptionsFlow];
    assert_eq!(missing(&evidence), expected);
    assert!(evidence.missing[0].why.starts_with("no contract has"));
    assert_eq!(evidence.chain.unwrap().options, []);
}

#[tokio::test(start_paused = true)]
async fn what_does_not_come_in_time_is_missing() {
    for (hanging, expected) in [
        (
            vec![Part::Chain],
            vec![Part::Chain, Part::GammaExposure, Part::OptionsFlow],
        ),
        (
            vec![Part::Quote],
            vec![
                Part::Quote,
                Part::Chain,
                Part::GammaExposure,
                Part::OptionsFlow,
            ],
        ),
        (
            vec![Part::Clock, Part::Candles, Part::DailyBars],
            vec![
                Part::Clock,
                Part::Candles,
                Part::DailyBars,
                Part::Indicators,
                Part::Studies,
            ],
        ),
        (ASKED.to_vec(), Part::ALL.to_vec()),
    ] {
        let market = HangingMarket::new(simulated(), hanging);
        let started = tokio::time::Instant::now();
        let patience = Duration::from_secs(3);
        let asked = Asked::at(now()).within(patience);
        let symbol = Symbol::parse("SPY").unwrap();
        let evidence = capture(&market, &symbol, five_minutes(), asked).await;
        assert_eq!(started.elapsed().as_secs(), patience.as_secs());
        assert_eq!(missing(&evidence), expected);
        let first = &evidence.missing[0];
        assert_eq!(first.why, "no answer came in time");
    }
}
