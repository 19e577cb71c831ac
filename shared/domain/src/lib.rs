//! What Parallax talks about: signals, contracts, orders, trades, positions, money, the calendar.
//!
//! Nothing here does I/O, is async, reads a clock or draws a random number. Time is passed in.

pub mod calendar;
pub mod contract;
pub mod engine;
pub mod expiration;
pub mod ids;
pub mod money;
pub mod option_hours;
pub mod quote;
pub mod signal;
pub mod symbol;
pub mod timeframe;

pub use calendar::{DayStatus, Session};
pub use contract::{ContractError, OptionContract, OptionRight};
pub use engine::{Engine, Leg, WorkKey};
pub use ids::{OrderId, PositionId, SignalId, TradeId};
pub use money::{Contracts, Percent, Price, Usd};
pub use signal::{Direction, Intent, Signal, TimestampOrigin};
pub use symbol::Symbol;
pub use timeframe::Timeframe;
