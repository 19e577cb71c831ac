//! What option pricing needs and no provider tells: one assumption for everything that is
//! compared, so that figures of different moments differ by the market alone.

/// Interest per year, continuously compounded: 4 %. One percent more or less moves a gamma near the
/// money by next to nothing.
pub const RATE: f64 = 0.04;
/// Dividends per year as a share of the price, paid continuously: 1 %, about what broad index funds
/// pay. Near the money and within weeks, a percent of it moves a delta in the third digit.
pub const DIVIDEND_YIELD: f64 = 0.01;
