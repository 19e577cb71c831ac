//! What Parallax talks about: signals, contracts, orders, trades, positions, money, the calendar.
//!
//! Nothing here does I/O, is async, reads a clock or draws a random number. Time is passed in.

pub mod alert;
pub mod assignment;
pub mod book;
pub mod calendar;
pub mod candles;
pub mod contract;
pub mod decision;
pub mod engine;
pub mod evidence;
pub mod expiration;
pub mod ids;
pub mod money;
pub mod option_chain;
pub mod option_hours;
pub mod order;
pub mod pnl;
pub mod position;
pub mod positioning;
pub mod quote;
pub mod reason;
pub mod rule;
pub mod settings;
pub mod signal;
pub mod symbol;
pub mod timeframe;
pub mod trade;

pub use assignment::{Assignment, AssignmentState};
pub use book::{Book, ExitScope};
pub use calendar::{DayStatus, Session};
pub use candles::CandleSet;
pub use contract::{ContractError, OptionContract, OptionRight};
pub use decision::{Decision, Verdict};
pub use engine::{Engine, Leg, WorkKey};
pub use evidence::{Evidence, EvidenceForm, Indicators, Missing, Part};
pub use ids::{OrderId, PositionId, SignalId, TradeId};
pub use money::{Contracts, Percent, Price, Usd};
pub use option_chain::{Greeks, ListedOption, OptionChain};
pub use order::{Order, OrderState, Purpose, Side};
pub use pnl::ProfitAndLoss;
pub use position::{Outcome, Position, PositionState};
pub use positioning::{GammaExposureSnapshot, OptionsFlow};
pub use reason::{ExitReason, Rejection, RejectionClass, RejectionReason};
pub use rule::RuleReading;
pub use settings::Settings;
pub use signal::{Direction, Intent, Signal, TimestampOrigin};
pub use symbol::Symbol;
pub use timeframe::Timeframe;
pub use trade::{FillBasis, FillModel, Trade};
