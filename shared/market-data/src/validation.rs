//! Refuses quotes and bars that can't be: the one place through which every answer of every
//! market goes before anyone sees it. It judges the numbers, not their age.

use chrono::SubsecRound;
use domain::quote::{BidAsk, Candle, OptionQuote, StockQuote};
use domain::{CandleSet, Greeks, ListedOption, OptionChain, OptionRight};

use crate::error::MarketError;

/// Volatility per year above which nothing real trades: 10 is 1000 %.
const VOLATILITY_MAX: f64 = 10.0;
/// By how much a provider's rounding may take a Greek beyond its bounds.
const ROUNDING: f64 = 1e-3;

/// The quote, if both its sides are above zero and the bid doesn't exceed the ask.
pub fn stock_quote(quote: StockQuote) -> Result<StockQuote, MarketError> {
    let fault = if quote.sides.bid.is_zero() {
        Some("a stock's bid of zero")
    } else {
        sides_fault(quote.sides)
    };
    refuse(fault, &quote.provenance.provider, quote.symbol.as_str())?;
    Ok(quote)
}

/// The quote, if its ask is above zero and not below its bid. The bid may be zero: that says
/// that nobody would buy the contract.
pub fn option_quote(quote: OptionQuote) -> Result<OptionQuote, MarketError> {
    let fault = sides_fault(quote.sides);
    refuse(
        fault,
        &quote.provenance.provider,
        &quote.contract.to_string(),
    )?;
    Ok(quote)
}

/// The bars, if each is possible and each starts after the one before.
pub fn candles(set: CandleSet) -> Result<CandleSet, MarketError> {
    let provider = &set.provenance.provider;
    for candle in &set.candles {
        refuse(candle_fault(candle), provider, &candle.start.to_rfc3339())?;
    }
    let mut pairs = set.candles.windows(2);
    let disordered = pairs.find(|pair| pair[0].start >= pair[1].start);
    if let Some(pair) = disordered {
        let starts = pair[1].start.to_rfc3339();
        refuse(Some("bars out of order"), provider, &starts)?;
    }
    Ok(set)
}

/// The chain in order, each contract once, without the values that can't be; those are counted.
/// One bad row costs no other.
/// Times of quotes are cut to the millisecond: evidence holds no more, and it has to hold what
/// was decided on.
#[must_use]
pub fn chain(mut chain: OptionChain) -> OptionChain {
    let mut refused = 0;
    chain.options.sort_by(|a, b| a.contract.cmp(&b.contract));
    chain.options.dedup_by(|a, b| a.contract == b.contract);
    chain.provenance.at = chain.provenance.at.trunc_subsecs(3);
    for option in &mut chain.options {
        option.quoted_at = option.quoted_at.map(|at| at.trunc_subsecs(3));
        refused += refuse_in(option);
    }
    chain.refused += refused;
    chain
}

/// Takes from an option what can't be, and tells how many values that were.
fn refuse_in(option: &mut ListedOption) -> u32 {
    let right = option.contract.right();
    let mut refused = 0;
    if option
        .sides
        .take_if(|sides| sides_fault(*sides).is_some())
        .is_some()
    {
        (option.bid_size, option.ask_size) = (0, 0);
        refused += 1;
    }
    let bad_greeks = option.greeks.take_if(|greeks| !are_possible(greeks, right));
    let bad_volatility = option
        .implied_volatility
        .take_if(|volatility| !(*volatility > 0.0 && *volatility <= VOLATILITY_MAX));
    refused + u32::from(bad_greeks.is_some()) + u32::from(bad_volatility.is_some())
}

/// Whether Greeks can be those of a call or a put, but for rounding.
fn are_possible(greeks: &Greeks, right: OptionRight) -> bool {
    let deltas = match right {
        OptionRight::Call => -ROUNDING..=1.0 + ROUNDING,
        OptionRight::Put => -1.0 - ROUNDING..=ROUNDING,
    };
    deltas.contains(&greeks.delta)
        && greeks.gamma >= -ROUNDING
        && greeks.vega >= -ROUNDING
        && [greeks.gamma, greeks.theta, greeks.vega]
            .into_iter()
            .chain(greeks.rho)
            .all(f64::is_finite)
}

fn sides_fault(sides: BidAsk) -> Option<&'static str> {
    if sides.ask.is_zero() {
        Some("an ask of zero")
    } else if sides.bid > sides.ask {
        Some("a bid above the ask")
    } else {
        None
    }
}

fn candle_fault(candle: &Candle) -> Option<&'static str> {
    let body = [candle.open, candle.close];
    if candle.low.is_zero() {
        Some("a price of zero")
    } else if body.into_iter().any(|price| price > candle.high) || candle.low > candle.high {
        Some("a high below another price")
    } else if body.into_iter().any(|price| price < candle.low) {
        Some("a low above another price")
    } else if !(candle.volume.is_finite() && candle.volume >= 0.0) {
        Some("a volume that can't be")
    } else {
        None
    }
}

fn refuse(fault: Option<&str>, provider: &str, what: &str) -> Result<(), MarketError> {
    fault.map_or(Ok(()), |fault| {
        Err(MarketError::Malformed {
            provider: provider.to_owned(),
            detail: format!("{fault} ({what})"),
        })
    })
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use domain::quote::{Provenance, QuoteBasis, Timeliness};
    use domain::{OptionContract, Price, Symbol, Timeframe};

    use super::*;

    fn provenance() -> Provenance {
        Provenance {
            provider: "somebody".to_owned(),
            timeliness: Timeliness::RealTime,
            at: DateTime::UNIX_EPOCH,
            received_at: DateTime::UNIX_EPOCH,
        }
    }

    fn sides(bid: u32, ask: u32) -> BidAsk {
        BidAsk {
            bid: Price::cents(bid),
            ask: Price::cents(ask),
        }
    }

    #[test]
    fn quotes_are_judged_by_their_sides() {
        for (sides, good_stock, good_option) in [
            (sides(100, 101), true, true),
            (sides(100, 100), true, true),
            (sides(101, 100), false, false),
            (sides(0, 1), false, true),
            (sides(100, 0), false, false),
            (sides(0, 0), false, false),
        ] {
            let stock = StockQuote {
                symbol: Symbol::parse("SPY").unwrap(),
                sides,
                basis: QuoteBasis::Sides,
                provenance: provenance(),
            };
            let option = OptionQuote {
                contract: OptionContract::parse("SPY260213C00451000").unwrap(),
                sides,
                bid_size: 1,
                ask_size: 1,
                provenance: provenance(),
            };
            assert_eq!(stock_quote(stock).is_ok(), good_stock, "{sides:?}");
            assert_eq!(option_quote(option).is_ok(), good_option, "{sides:?}");
        }
    }

    fn candle(start_s: i64, [open, high, low, close]: [u32; 4], volume: f64) -> Candle {
        Candle {
            start: DateTime::UNIX_EPOCH + TimeDelta::seconds(start_s),
            open: Price::cents(open),
            high: Price::cents(high),
            low: Price::cents(low),
            close: Price::cents(close),
            volume,
        }
    }

    fn set(candles: Vec<Candle>) -> CandleSet {
        CandleSet {
            symbol: Symbol::parse("SPY").unwrap(),
            timeframe: Timeframe::MINUTE,
            candles,
            provenance: provenance(),
        }
    }

    #[test]
    fn bars_are_judged_by_their_prices_and_volume() {
        for (prices, volume, good) in [
            ([10, 12, 9, 11], 5.0, true),
            ([10, 10, 10, 10], 0.0, true),
            ([10, 9, 9, 9], 5.0, false),
            ([10, 12, 11, 12], 5.0, false),
            ([10, 10, 9, 11], 5.0, false),
            ([10, 12, 10, 9], 5.0, false),
            ([0, 12, 0, 9], 5.0, false),
            ([10, 12, 9, 11], -1.0, false),
            ([10, 12, 9, 11], f64::NAN, false),
            ([10, 12, 9, 11], f64::INFINITY, false),
        ] {
            let judged = candles(set(vec![candle(0, prices, volume)]));
            assert_eq!(judged.is_ok(), good, "{prices:?} {volume}");
        }
    }

    #[test]
    fn bars_come_in_order() {
        let bar = |start_s| candle(start_s, [10, 12, 9, 11], 1.0);
        assert!(candles(set(vec![bar(0), bar(60)])).is_ok());
        for disordered in [vec![bar(60), bar(0)], vec![bar(60), bar(60)]] {
            let refused = candles(set(disordered));
            assert!(
                matches!(refused, Err(MarketError::Malformed { provider, .. }) if provider == "somebody")
            );
        }
    }

    #[test]
    fn what_can_t_be_is_taken_out_of_a_chain_and_counted() {
        let contract = |text| OptionContract::parse(text).unwrap();
        let greeks = |delta, gamma| Greeks {
            delta,
            gamma,
            theta: -0.1,
            vega: 0.2,
            rho: None,
        };
        let (call, put) = ("SPY260213C00451000", "SPY260213P00451000");
        for (contract_text, quoted, greeks, volatility, refused) in [
            (call, sides(100, 101), greeks(0.5, 0.01), 0.2, 0),
            (put, sides(0, 101), greeks(-0.5, 0.01), 0.2, 0),
            (call, sides(102, 101), greeks(0.5, 0.01), 0.2, 1),
            (call, sides(100, 101), greeks(-0.5, 0.01), 0.2, 1),
            (put, sides(100, 101), greeks(0.5, 0.01), 0.2, 1),
            (call, sides(100, 101), greeks(1.2, 0.01), 0.2, 1),
            (call, sides(100, 101), greeks(0.5, -0.01), 0.0, 2),
            (call, sides(102, 101), greeks(f64::NAN, 0.01), 11.0, 3),
        ] {
            let option = ListedOption {
                contract: contract(contract_text),
                sides: Some(quoted),
                bid_size: 1,
                ask_size: 1,
                quoted_at: None,
                implied_volatility: Some(volatility),
                greeks: Some(greeks),
                open_interest: None,
                volume: None,
            };
            let judged = chain(OptionChain {
                underlying: Symbol::parse("SPY").unwrap(),
                underlying_price: None,
                options: vec![option],
                refused: 0,
                provenance: provenance(),
            });
            assert_eq!(
                judged.refused, refused,
                "{contract_text} {quoted:?} {greeks:?}"
            );
            assert_eq!(judged.options.len(), 1);
        }
    }
}
