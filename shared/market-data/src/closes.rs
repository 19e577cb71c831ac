//! Asks a market for the close that a contract is settled at.

use domain::calendar::trading_date;
use domain::expiration::expires_at;
use domain::{OptionContract, Price, Symbol, Timeframe};

use crate::{Asked, CandleRequest, Market, MarketError};

/// Days of closes that are searched for the expiration's.
const DAYS_BACK: usize = 15;

/// The close of `underlying` on the date on which a contract expired; none while nobody has it.
pub async fn close_at_expiration(
    market: &dyn Market,
    contract: &OptionContract,
    underlying: &Symbol,
    asked: Asked,
) -> Result<Option<Price>, MarketError> {
    let request = CandleRequest {
        symbol: underlying.clone(),
        timeframe: Timeframe::DAY,
        count: DAYS_BACK,
    };
    let days = market.candles(&request, asked).await?;
    let expiration = trading_date(expires_at(contract.expiration()));
    let mut days = days.candles.iter();
    let day = days.find(|day| trading_date(day.start) == expiration);
    Ok(day.map(|day| day.close))
}
