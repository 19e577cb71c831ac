//! Refuses quotes and bars that can't be: the one place through which every answer of every
//! market goes before anyone sees it. It judges the numbers, not their age.

use domain::quote::{BidAsk, Candle, OptionQuote, StockQuote};

use crate::error::MarketError;

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
pub fn candles(provider: &str, candles: Vec<Candle>) -> Result<Vec<Candle>, MarketError> {
    for candle in &candles {
        refuse(candle_fault(candle), provider, &candle.start.to_rfc3339())?;
    }
    let disordered = candles
        .windows(2)
        .find(|pair| pair[0].start >= pair[1].start);
    if let Some(pair) = disordered {
        refuse(
            Some("bars out of order"),
            provider,
            &pair[1].start.to_rfc3339(),
        )?;
    }
    Ok(candles)
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
    use domain::quote::{Provenance, Timeliness};
    use domain::{OptionContract, Price, Symbol};

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
            let judged = candles("somebody", vec![candle(0, prices, volume)]);
            assert_eq!(judged.is_ok(), good, "{prices:?} {volume}");
        }
    }

    #[test]
    fn bars_come_in_order() {
        let bar = |start_s| candle(start_s, [10, 12, 9, 11], 1.0);
        assert!(candles("somebody", vec![bar(0), bar(60)]).is_ok());
        for disordered in [vec![bar(60), bar(0)], vec![bar(60), bar(60)]] {
            let refused = candles("somebody", disordered);
            assert!(
                matches!(refused, Err(MarketError::Malformed { provider, .. }) if provider == "somebody")
            );
        }
    }
}
