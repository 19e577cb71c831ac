//! Whatever comes after an instant changes nothing at it.

use std::fmt::Write;

use chrono::{DateTime, TimeDelta, Utc};
use domain::Timeframe;
use domain::calendar::session_on;
use market_data::{CandleRequest, ChainRequest, Market, RecordedMarket};
use proptest::prelude::*;

use super::{DAYS, HEADER, answer, listed, market_of, option_quote, quote, symbol};

const BAR_MINUTES: i64 = 15;

/// The starts of all bars.
fn starts() -> Vec<DateTime<Utc>> {
    let sessions = DAYS
        .iter()
        .filter_map(|date| session_on(date.parse().unwrap()));
    let bars = sessions.flat_map(|session| {
        (0..session.minutes() / BAR_MINUTES)
            .map(move |bar| session.open + TimeDelta::minutes(bar * BAR_MINUTES))
    });
    bars.collect()
}

/// Closes by a key: the same until an instant, and others after it.
fn recording(key: u64, other: u64, changed_from: DateTime<Utc>) -> RecordedMarket {
    let mut lines = String::from(HEADER);
    for (number, start) in (1_u64..).zip(starts()) {
        let ends = start + TimeDelta::minutes(BAR_MINUTES);
        let key = if ends <= changed_from { key } else { other };
        let noise = (key ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
        let cents = 20_000 + noise % 500;
        let (close, volume) = (format!("{}.{:02}", cents / 100, cents % 100), noise % 1_000);
        let _ = writeln!(
            lines,
            "{},{close},{close},{close},{close},{volume}",
            start.to_rfc3339()
        );
    }
    market_of(&[("AAPL.csv", &lines)])
}

/// All that a market answers at an instant.
fn answers(market: &RecordedMarket, now: DateTime<Utc>) -> String {
    let mut text = format!(
        "{:?} {:?}",
        quote(market, "AAPL", now),
        answer(market.clock(now.into()))
    );
    let contracts = listed(market, "AAPL", now);
    for contract in contracts.iter().step_by(29) {
        let _ = write!(text, " {:?}", option_quote(market, contract, now));
    }
    for timeframe in ["15m", "1h", "1d", "1w"] {
        let request = CandleRequest {
            symbol: symbol("AAPL"),
            timeframe: Timeframe::parse(timeframe).unwrap(),
            count: 40,
        };
        let _ = write!(text, " {:?}", answer(market.candles(&request, now.into())));
    }
    let request = ChainRequest {
        underlying: symbol("AAPL"),
        expires_from: now.date_naive(),
        expires_to: now.date_naive() + TimeDelta::days(9),
        strikes: None,
    };
    let _ = write!(text, " {:?}", answer(market.chain(&request, now.into())));
    format!("{contracts:?} {text}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn what_comes_later_changes_nothing_now(
        key: u64,
        others in prop::array::uniform2(any::<u64>()),
        minute in 0_i64..34 * 24 * 60,
    ) {
        let now = starts()[0] + TimeDelta::minutes(minute);
        let [one, another] = others.map(|other| answers(&recording(key, other, now), now));
        prop_assert_eq!(one, another);
    }
}

#[test]
fn what_came_before_does() {
    let now = starts()[400];
    let (one, other) = (recording(1, 1, now), recording(2, 1, now));
    assert_ne!(answers(&one, now), answers(&other, now));
}
