//! What a contract's mark becomes when a new quote of it comes in, and the Greeks that the quote
//! implies.

use chrono::{DateTime, Utc};
use domain::calendar::trading_date;
use domain::expiration::year_fraction;
use domain::quote::{BidAsk, Mark, OptionQuote, PreviousClose};
use domain::{FillBasis, Greeks, MarkedGreeks, OptionContract, OptionRight, Price};
use quant::options::{OptionTerms, implied_volatility};
use quant::{BlackScholesInputs, Right};

use crate::assumptions::{DIVIDEND_YIELD, RATE};
use crate::fills::Fill;

/// How far half the spread may move the volatility, in points, before what follows from it
/// isn't acted on.
const POINTS_UNSURE_MAX: f64 = 5.0;

/// The mark that this quote makes after `older`: the last mid of an earlier session becomes the
/// previous close.
pub fn following(quote: OptionQuote, greeks: Option<MarkedGreeks>, older: Option<&Mark>) -> Mark {
    let today = trading_date(quote.provenance.at);
    let previous_close = older.and_then(|older| {
        let date = trading_date(older.quote.provenance.at);
        if date < today {
            let mid = older.quote.sides.mid();
            Some(PreviousClose { date, mid })
        } else {
            older.previous_close
        }
    });
    Mark {
        quote,
        previous_close,
        greeks,
    }
}

/// Whether a mark may take the place of `older`: only a newer price does.
pub fn is_newer(mark: &Mark, older: Option<&Mark>) -> bool {
    older.is_none_or(|older| older.quote.provenance.at < mark.quote.provenance.at)
}

/// The Greeks that a quote's mid implies while the underlying stands at this price, by Black,
/// Scholes and Merton under the platform's assumptions. Absent where the mid implies no
/// volatility: without a bid, below intrinsic value, at the end.
pub fn greeks(quote: &OptionQuote, underlying_price: Price) -> Option<MarkedGreeks> {
    if !quote.sides.is_two_sided() {
        return None;
    }
    let terms = terms(&quote.contract, underlying_price, quote.provenance.at);
    let mid = quote.sides.mid().to_f64();
    let volatility = implied_volatility(mid, &terms).ok()?.volatility;
    let value = BlackScholesInputs {
        spot: terms.spot,
        strike: terms.strike,
        years: terms.years,
        volatility,
        rate: terms.rate,
        dividend_yield: terms.dividend_yield,
        right: terms.right,
    };
    let value = value.value().ok()?;
    let greeks = MarkedGreeks {
        underlying_price,
        implied_volatility: volatility,
        reliable: is_told_by(quote.sides, value.vega),
        greeks: Greeks {
            delta: value.delta,
            gamma: value.gamma,
            theta: value.theta,
            vega: value.vega,
            rho: Some(value.rho),
        },
    };
    greeks.rounded()
}

/// The Greeks at which a fill was made, while the underlying stood at this price; none at a
/// settlement.
pub fn greeks_at(fill: &Fill, underlying_price: Price) -> Option<MarkedGreeks> {
    match &fill.basis {
        FillBasis::Quote { quote, .. } => greeks(quote, underlying_price),
        FillBasis::Expiry { .. } => None,
    }
}

/// What a contract's worth depends on besides volatility.
pub(crate) fn terms(
    contract: &OptionContract,
    underlying_price: Price,
    at: DateTime<Utc>,
) -> OptionTerms {
    OptionTerms {
        spot: underlying_price.to_f64(),
        strike: contract.strike().to_f64(),
        years: year_fraction(at, contract.expiration()),
        rate: RATE,
        dividend_yield: DIVIDEND_YIELD,
        right: match contract.right() {
            OptionRight::Call => Right::Call,
            OptionRight::Put => Right::Put,
        },
    }
}

/// Whether half the spread moves the volatility by no more than [`POINTS_UNSURE_MAX`]: a mid
/// between wide sides, or of an option that volatility hardly moves, tells little.
fn is_told_by(sides: BidAsk, vega_usd: f64) -> bool {
    let half_spread_usd = (sides.ask.to_f64() - sides.bid.to_f64()) / 2.0;
    half_spread_usd <= vega_usd * POINTS_UNSURE_MAX
}
