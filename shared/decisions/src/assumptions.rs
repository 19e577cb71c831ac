//! What option pricing needs and no provider tells: one assumption for everything that is
//! compared, so that figures of different moments differ by the market alone.

/// Interest per year, continuously compounded: 4 %.
pub const RATE: f64 = 0.04;
/// Dividends per year as a share of the price, paid continuously: none. The options that are held
/// are short, near the money and bought, where a percent of it moves delta in the third digit.
pub const DIVIDEND_YIELD: f64 = 0.0;
