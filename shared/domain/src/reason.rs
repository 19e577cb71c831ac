//! Why an entry did not come about, and why a position ended.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Who said no: the engine's judgement, or the circumstances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RejectionClass {
    /// The engine looked at it and declined.
    Judgement,
    /// Limits, lateness, missing data: nothing that tells how good the engine is.
    Capacity,
}

/// Why an assignment was rejected, or an entry order failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RejectionReason {
    /// The entry's validity ended before it could be filled.
    TooLate,
    /// Entries are stopped by hand: the engine is halted, or entries are switched off.
    TradingHalted,
    /// The market is closed, or too near its close.
    MarketClosed,
    /// The symbol isn't in `allowed_symbols`.
    SymbolNotAllowed,
    /// The alert adds to, or reduces, a position; only entries, exits and reversals trade.
    PyramidingOff,
    /// This engine already entered on this bar of this strategy.
    BarAlreadyEntered,
    /// The day's loss reached its limit.
    DailyLossLimit,
    /// As many positions are open or pending as may be.
    OpenPositionLimit,
    /// As many positions in this symbol are open or pending as may be.
    SymbolPositionLimit,
    /// The premium of all positions together would exceed its limit.
    ExposureLimit,
    /// The engine's cash doesn't cover the premium and the fee.
    NotEnoughCash,
    /// No listed contract costs as little as one position may.
    Unaffordable,
    /// No option of this symbol is listed for the wanted expiration.
    NotListed,
    /// The market data that a decision needs could not be had in time.
    NoMarketData,
    /// The market data is older than a decision may use.
    StaleQuote,
    /// An exit alert for the symbol came after the entry's.
    CancelledByExit,
    /// An exit alert found nothing to close.
    NothingToClose,
    /// Contracts are listed, and none of them is fit to be bought.
    NoSuitableContract,
    /// No fill could be had in three tries.
    NoFill,
    /// The work was sent five times and nobody finished it.
    GaveUp,
    /// Too little speaks for the entry: the committee's confidence is below its threshold.
    LowConfidence,
    /// An agent refused it.
    Vetoed,
    /// No agent that counts had an opinion.
    NoOpinions,
    /// Engine B would enter, and its entries aren't to be traded.
    ExecutionOff,
}

impl RejectionReason {
    /// Who said no.
    pub fn class(self) -> RejectionClass {
        match self {
            Self::LowConfidence | Self::Vetoed => RejectionClass::Judgement,
            _ => RejectionClass::Capacity,
        }
    }
}

impl fmt::Display for RejectionReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLate => "too_late",
            Self::TradingHalted => "trading_halted",
            Self::MarketClosed => "market_closed",
            Self::SymbolNotAllowed => "symbol_not_allowed",
            Self::PyramidingOff => "pyramiding_off",
            Self::BarAlreadyEntered => "bar_already_entered",
            Self::DailyLossLimit => "daily_loss_limit",
            Self::OpenPositionLimit => "open_position_limit",
            Self::SymbolPositionLimit => "symbol_position_limit",
            Self::ExposureLimit => "exposure_limit",
            Self::NotEnoughCash => "not_enough_cash",
            Self::Unaffordable => "unaffordable",
            Self::NotListed => "not_listed",
            Self::NoMarketData => "no_market_data",
            Self::StaleQuote => "stale_quote",
            Self::CancelledByExit => "cancelled_by_exit",
            Self::NothingToClose => "nothing_to_close",
            Self::NoSuitableContract => "no_suitable_contract",
            Self::NoFill => "no_fill",
            Self::GaveUp => "gave_up",
            Self::LowConfidence => "low_confidence",
            Self::Vetoed => "vetoed",
            Self::NoOpinions => "no_opinions",
            Self::ExecutionOff => "execution_off",
        })
    }
}

/// A rejection, with its circumstances in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Rejection {
    /// Which rule said no.
    pub reason: RejectionReason,
    /// Judgement or capacity.
    pub class: RejectionClass,
    /// What a reader needs to know: the reading, the limit, the next open.
    pub detail: String,
}

impl Rejection {
    /// A rejection for this reason; `detail` is a short sentence for people.
    pub fn new(reason: RejectionReason, detail: impl Into<String>) -> Self {
        Self {
            reason,
            class: reason.class(),
            detail: detail.into(),
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.reason, self.detail)
    }
}

/// Why a position was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExitReason {
    /// An alert said so (an exit, or the first half of a reversal).
    ExitAlert,
    /// A person closed it.
    ManualClose,
    /// A person closed everything.
    Flatten,
    /// The position can't be as it is recorded.
    CorruptPosition,
    /// No price could be had for too long.
    PriceGone,
    /// The loss reached the stop.
    StopLoss,
    /// The contract is about to expire.
    MinDteExit,
    /// Held as long as a position may be.
    MaxHoldTime,
    /// The price fell back from its peak.
    TrailingStop,
    /// The gain reached the target.
    ProfitTarget,
    /// It moved too little with the underlying.
    DeltaDrop,
    /// The volatility that was paid for was gone.
    VolatilityCollapse,
    /// Its delta hardly moved any more.
    GammaDrop,
    /// It lost too much of its price each day.
    ThetaDecay,
    /// The contract expired, and was settled at its intrinsic value.
    Expired,
}

impl fmt::Display for ExitReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ExitAlert => "exit_alert",
            Self::ManualClose => "manual_close",
            Self::Flatten => "flatten",
            Self::CorruptPosition => "corrupt_position",
            Self::PriceGone => "price_gone",
            Self::StopLoss => "stop_loss",
            Self::MinDteExit => "min_dte_exit",
            Self::MaxHoldTime => "max_hold_time",
            Self::TrailingStop => "trailing_stop",
            Self::ProfitTarget => "profit_target",
            Self::DeltaDrop => "delta_drop",
            Self::VolatilityCollapse => "volatility_collapse",
            Self::GammaDrop => "gamma_drop",
            Self::ThetaDecay => "theta_decay",
            Self::Expired => "expired",
        })
    }
}
