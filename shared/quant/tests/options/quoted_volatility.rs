//! The volatilities of a quote.

use quant::Right;
use quant::options::{ImpliedVolatilityError, OptionTerms, Quote, QuoteError, quoted_volatility};

fn call() -> OptionTerms {
    OptionTerms {
        spot: 100.0,
        strike: 100.0,
        years: 0.1,
        rate: 0.04,
        dividend_yield: 0.0,
        right: Right::Call,
    }
}

#[test]
fn a_wider_quote_implies_a_wider_range() {
    let quoted = quoted_volatility(Quote { bid: 2.6, ask: 2.8 }, &call()).unwrap();
    let volatilities = [
        quoted.at_bid.unwrap(),
        quoted.at_mid.unwrap(),
        quoted.at_ask,
    ];
    let [bid, mid, ask] = volatilities.map(|implied| implied.unwrap().volatility);
    assert!(bid < mid && mid < ask, "{bid}, {mid}, {ask}");
}

#[test]
fn where_nobody_bids_only_the_ask_implies_anything() {
    let quoted = quoted_volatility(Quote { bid: 0.0, ask: 2.8 }, &call()).unwrap();
    assert_eq!((quoted.at_bid, quoted.at_mid), (None, None));
    assert!(quoted.at_ask.is_ok());
}

#[test]
fn each_side_has_its_own_reason() {
    let deep = OptionTerms {
        strike: 50.0,
        ..call()
    };
    let quoted = quoted_volatility(
        Quote {
            bid: 49.0,
            ask: 100.5,
        },
        &deep,
    )
    .unwrap();
    assert_eq!(
        quoted.at_bid,
        Some(Err(ImpliedVolatilityError::BelowIntrinsic))
    );
    assert_eq!(quoted.at_ask, Err(ImpliedVolatilityError::AboveBound));
}

#[test]
fn refuses_quotes_that_are_none() {
    for (bid, ask, expected) in [
        (f64::NAN, 1.0, QuoteError::NotFinite),
        (1.0, f64::INFINITY, QuoteError::NotFinite),
        (-0.1, 1.0, QuoteError::NotPositive),
        (0.0, 0.0, QuoteError::NotPositive),
        (1.1, 1.0, QuoteError::Crossed),
    ] {
        let told = quoted_volatility(Quote { bid, ask }, &call());
        assert_eq!(told, Err(expected), "{bid} {ask}");
    }
}
