//! What may befall a call, and how likely that is in a run. Most runs have a little of
//! everything, some none at all, some a lot of one thing.

use std::time::Duration;

use crate::chance::Chance;

/// What befalls a call to AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Another transaction is in the way.
    Conflict,
    /// The service is asked too much.
    Throttle,
    /// The connection breaks before the call arrives.
    LoseRequest,
    /// The connection breaks after the call was carried out.
    LoseAnswer,
    /// The answer takes long.
    Slow,
    /// The caller's computer dies before the call.
    CrashBefore,
    /// The caller's computer dies after the call.
    CrashAfter,
}

/// How likely each fault is, for a call that it can befall.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct FaultRates {
    pub(crate) conflict: f64,
    pub(crate) throttle: f64,
    pub(crate) lose_request: f64,
    pub(crate) lose_answer: f64,
    pub(crate) slow: f64,
    pub(crate) crash: f64,
    /// Of a message.
    pub(crate) duplicate: f64,
    /// Of a message.
    pub(crate) late: f64,
    /// Of a message that was dealt with: it isn't deleted all the same.
    pub(crate) undeleted: f64,
    /// Of a question to the market.
    pub(crate) market: f64,
    /// How far behind an index may be.
    pub(crate) index_lag: Duration,
    /// The longest that an ordinary call takes.
    pub(crate) latency: Duration,
}

/// Nothing goes wrong, and nothing takes long.
pub(crate) const NONE: FaultRates = FaultRates {
    conflict: 0.0,
    throttle: 0.0,
    lose_request: 0.0,
    lose_answer: 0.0,
    slow: 0.0,
    crash: 0.0,
    duplicate: 0.0,
    late: 0.0,
    undeleted: 0.0,
    market: 0.0,
    index_lag: Duration::ZERO,
    latency: Duration::from_millis(8),
};

/// A little of everything.
const MILD: FaultRates = FaultRates {
    conflict: 0.02,
    throttle: 0.005,
    lose_request: 0.005,
    lose_answer: 0.01,
    slow: 0.002,
    crash: 0.004,
    duplicate: 0.05,
    late: 0.02,
    undeleted: 0.01,
    market: 0.02,
    index_lag: Duration::from_millis(500),
    latency: Duration::from_millis(30),
};

impl FaultRates {
    /// What a run of this chance has to bear.
    pub(crate) fn drawn(chance: &Chance) -> Self {
        match chance.between(0, 9) {
            0 => NONE,
            1..=4 => MILD,
            5 | 6 => MILD.times(4.0),
            _ => Self::one_kind(chance),
        }
    }

    fn times(self, factor: f64) -> Self {
        Self {
            conflict: self.conflict * factor,
            throttle: self.throttle * factor,
            lose_request: self.lose_request * factor,
            lose_answer: self.lose_answer * factor,
            slow: self.slow * factor,
            crash: self.crash * factor,
            duplicate: self.duplicate * factor,
            late: self.late * factor,
            undeleted: self.undeleted * factor,
            market: self.market * factor,
            index_lag: self.index_lag.mul_f64(factor),
            latency: self.latency,
        }
    }

    /// A lot of one thing, and of that alone.
    fn one_kind(chance: &Chance) -> Self {
        let mut rates = Self {
            latency: MILD.latency,
            ..NONE
        };
        match chance.between(0, 7) {
            0 => rates.conflict = 0.3,
            1 => rates.throttle = 0.1,
            2 => rates.lose_request = 0.08,
            3 => rates.lose_answer = 0.12,
            4 => rates.crash = 0.05,
            5 => (rates.duplicate, rates.late, rates.undeleted) = (0.5, 0.2, 0.2),
            6 => rates.index_lag = Duration::from_secs(20),
            _ => rates.market = 0.25,
        }
        rates
    }

    /// What befalls a call; `may_conflict` tells whether a conflict can.
    pub(crate) fn draw(&self, chance: &Chance, may_conflict: bool) -> Option<Fault> {
        let conflict = if may_conflict { self.conflict } else { 0.0 };
        let faults = [
            (conflict, Fault::Conflict),
            (self.throttle, Fault::Throttle),
            (self.lose_request, Fault::LoseRequest),
            (self.lose_answer, Fault::LoseAnswer),
            (self.slow, Fault::Slow),
            (self.crash / 2.0, Fault::CrashBefore),
            (self.crash / 2.0, Fault::CrashAfter),
        ];
        let drawn = faults
            .iter()
            .find(|(probability, _)| chance.happens(*probability));
        drawn.map(|(_, fault)| *fault)
    }
}
