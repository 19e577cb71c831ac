//! Until when the options on an underlying are quoted.
//!
//! Options on shares keep the exchange's hours. Options on some funds and on indices are quoted
//! a quarter of an hour longer, to 16:15 Eastern time (13:15 when the session ends early), so
//! marks may still move then. **Entries use the exchange's own session**
//! ([`crate::calendar::session_on`]), which ends at 16:00: nothing is bought while the
//! underlying no longer trades.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::calendar::{Session, session_on};
use crate::symbol::Symbol;

/// How much longer than the shares the late options are quoted.
const LATE_QUOTES: TimeDelta = TimeDelta::minutes(15);

/// Funds whose options are quoted late. The exchanges' lists differ at the edges.
const LATE_FUNDS: [&str; 28] = [
    "DIA", "EEM", "EFA", "FXI", "IWM", "IYR", "KRE", "LQD", "MDY", "OEF", "QQQ", "SPY", "TLT",
    "UNG", "UVXY", "VXX", "XHB", "XLB", "XLE", "XLF", "XLI", "XLK", "XLP", "XLU", "XLV", "XLY",
    "XME", "XRT",
];

/// Indices whose options are quoted late.
const LATE_INDICES: [&str; 5] = ["NDX", "RUT", "SPX", "VIX", "XSP"];

/// Whether the options on an underlying are quoted for a quarter of an hour after the close.
pub fn quotes_late(underlying: &Symbol) -> bool {
    let name = underlying.as_str();
    LATE_FUNDS.contains(&name) || LATE_INDICES.contains(&name)
}

/// When the options on an underlying are quoted on a New York date; none when the exchange is
/// closed. On the day on which a contract expires [`last_trading_instant`] rules instead.
pub fn option_session_on(underlying: &Symbol, date: NaiveDate) -> Option<Session> {
    let shares = session_on(date)?;
    let late = if quotes_late(underlying) {
        LATE_QUOTES
    } else {
        TimeDelta::zero()
    };
    Some(Session {
        close: shares.close + late,
        ..shares
    })
}

/// The first instant at which a contract can't be traded any more; none when the exchange is
/// closed on that date.
///
/// It is the close of the exchange (16:00, or 13:00) for every underlying, also where quotes go
/// on until 16:15: whether a contract is exercised is decided by the price at the close, and
/// brokers stop trading in it there. Index options that settle in the morning (`SPX` on third
/// Fridays) end the day before; they aren't told apart here, since they are never entered.
pub fn last_trading_instant(underlying: &Symbol, expiration: NaiveDate) -> Option<DateTime<Utc>> {
    let options = option_session_on(underlying, expiration)?;
    let shares = session_on(expiration)?;
    Some(options.close.min(shares.close))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The end of quotes, and of trading in what expires that day, on New York's clock.
    fn ends(underlying: &str, date: &str) -> Option<(String, String)> {
        let (symbol, date) = (Symbol::parse(underlying).unwrap(), date.parse().unwrap());
        let shown = |at| crate::calendar::eastern(at).format("%H:%M").to_string();
        let session = option_session_on(&symbol, date)?;
        Some((
            shown(session.close),
            shown(last_trading_instant(&symbol, date)?),
        ))
    }

    #[test]
    fn some_options_are_quoted_longer_but_expire_at_the_close() {
        for (underlying, date, quotes, trading) in [
            ("SPY", "2026-07-06", "16:15", "16:00"),
            ("QQQ", "2026-07-06", "16:15", "16:00"),
            ("IWM", "2026-01-05", "16:15", "16:00"),
            ("XLK", "2026-01-05", "16:15", "16:00"),
            ("SPX", "2026-01-05", "16:15", "16:00"),
            ("AAPL", "2026-07-06", "16:00", "16:00"),
            ("GLD", "2026-07-06", "16:00", "16:00"),
            ("SPY", "2026-11-27", "13:15", "13:00"),
            ("TSLA", "2026-11-27", "13:00", "13:00"),
        ] {
            let expected = Some((quotes.to_owned(), trading.to_owned()));
            assert_eq!(ends(underlying, date), expected, "{underlying} {date}");
        }
    }

    #[test]
    fn nothing_is_quoted_when_the_exchange_is_closed() {
        for date in ["2026-07-03", "2026-07-04"] {
            assert_eq!(ends("SPY", date), None, "{date}");
        }
    }

    #[test]
    fn options_open_with_the_shares() {
        let (spy, date) = (Symbol::parse("SPY").unwrap(), "2026-07-06".parse().unwrap());
        let options = option_session_on(&spy, date).unwrap();
        assert_eq!(
            Some(options.open),
            session_on(date).map(|shares| shares.open)
        );
        assert_eq!(options.minutes(), 405);
    }
}
