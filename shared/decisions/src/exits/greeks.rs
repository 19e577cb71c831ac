//! What each of the Greeks' rules compares. Figures are compared in billionths, as they are kept,
//! so that what is exactly at its limit is found there.

use domain::marked_greeks::billionths;
use domain::settings::ExitRules;
use domain::{ExitReason, ExitRule, MarkedGreeks, Percent, Price};
use rust_decimal::Decimal;

/// Vega is told for a point of volatility, of which a whole has so many.
const POINTS: f64 = 100.0;

/// The Greeks at the entry and now, each in billionths and reliable, at a price.
#[derive(Debug, Clone, Copy)]
pub(super) struct Compared<'a> {
    pub(super) entry: MarkedGreeks,
    pub(super) now: MarkedGreeks,
    pub(super) entry_price: Price,
    pub(super) mid: Price,
    pub(super) gain: Percent,
    pub(super) rules: &'a ExitRules,
}

/// One rule on the Greeks.
pub(super) struct GreekRule {
    pub(super) rule: ExitRule,
    pub(super) reason: ExitReason,
    pub(super) enabled: fn(&ExitRules) -> bool,
    pub(super) limit: fn(&ExitRules) -> String,
    pub(super) reached: fn(&Compared<'_>) -> bool,
    pub(super) reading: fn(&Compared<'_>) -> String,
}

pub(super) const GREEK_RULES: [GreekRule; 4] =
    [DELTA_DROP, VOLATILITY_COLLAPSE, GAMMA_DROP, THETA_DECAY];

const DELTA_DROP: GreekRule = GreekRule {
    rule: ExitRule::DeltaDrop,
    reason: ExitReason::DeltaDrop,
    enabled: |rules| rules.delta_drop_enabled,
    limit: |rules| {
        let (part, least) = (rules.delta_drop_percent, rules.delta_min_percent.share());
        format!("at least {part} of the entry's, and at least {least}")
    },
    reached: |c| {
        let (entry, now) = (c.entry.greeks.delta.abs(), c.now.greeks.delta.abs());
        is_below(now, entry * c.rules.delta_drop_percent.share())
            || is_below(now, c.rules.delta_min_percent.share())
    },
    reading: |c| {
        let (entry, now) = (c.entry.greeks.delta, c.now.greeks.delta);
        format!("{now:.4}, after {entry:.4} at the entry")
    },
};

const VOLATILITY_COLLAPSE: GreekRule = GreekRule {
    rule: ExitRule::VolatilityCollapse,
    reason: ExitReason::VolatilityCollapse,
    enabled: |rules| rules.volatility_collapse_enabled,
    limit: |rules| {
        let (part, loss) = (
            rules.volatility_collapse_percent,
            rules.volatility_loss_percent,
        );
        format!("in loss, above {part} of the entry's, at a cost of at most {loss} of the premium")
    },
    reached: |c| {
        let is_lower = c.now.implied_volatility
            <= limit_of(
                c.entry.implied_volatility,
                c.rules.volatility_collapse_percent,
            );
        let is_costly = billionths(volatility_cost(c)).is_some_and(|cost| {
            cost > limit_of(c.entry_price.to_f64(), c.rules.volatility_loss_percent)
        });
        c.gain.0 < Decimal::ZERO && (is_lower || is_costly)
    },
    reading: |c| {
        let (entry, now) = (c.entry.implied_volatility, c.now.implied_volatility);
        let (cost, gain) = (volatility_cost(c), c.gain);
        format!("{now:.4}, after {entry:.4} at the entry: a cost of {cost:.4} per share, at {gain}")
    },
};

const GAMMA_DROP: GreekRule = GreekRule {
    rule: ExitRule::GammaDrop,
    reason: ExitReason::GammaDrop,
    enabled: |rules| rules.gamma_drop_enabled,
    limit: |rules| {
        format!(
            "in gain, at least {} of the entry's",
            rules.gamma_drop_percent
        )
    },
    reached: |c| {
        let (entry, now) = (c.entry.greeks.gamma, c.now.greeks.gamma);
        c.gain.0 > Decimal::ZERO && is_below(now, entry * c.rules.gamma_drop_percent.share())
    },
    reading: |c| {
        let (entry, now) = (c.entry.greeks.gamma, c.now.greeks.gamma);
        format!("{now:.4}, after {entry:.4} at the entry, at {}", c.gain)
    },
};

const THETA_DECAY: GreekRule = GreekRule {
    rule: ExitRule::ThetaDecay,
    reason: ExitReason::ThetaDecay,
    enabled: |rules| rules.theta_decay_enabled,
    limit: |rules| {
        let (most, quiet) = (rules.theta_decay_percent, rules.theta_quiet_percent);
        format!("while gain or loss is below {quiet}, at most {most} of the mid a day")
    },
    reached: |c| {
        let a_day = c.now.greeks.theta.abs();
        let is_quiet = c.gain.0.abs() < c.rules.theta_quiet_percent.0;
        is_quiet && a_day > limit_of(c.mid.to_f64(), c.rules.theta_decay_percent)
    },
    reading: |c| {
        let (theta, mid, gain) = (c.now.greeks.theta, c.mid, c.gain);
        format!("{theta:.4} a day of {mid}, at {gain}")
    },
};

/// What the change of the volatility since the entry has cost, in US dollars per share: the
/// entry's vega times the points lost. Negative where the volatility has risen.
fn volatility_cost(c: &Compared<'_>) -> f64 {
    let lost = c.entry.implied_volatility - c.now.implied_volatility;
    c.entry.greeks.vega * lost * POINTS
}

/// A part of a figure, in billionths; not a number, which nothing reaches, where it is too large.
fn limit_of(figure: f64, part: Percent) -> f64 {
    billionths(figure * part.share()).unwrap_or(f64::NAN)
}

fn is_below(figure: f64, limit: f64) -> bool {
    billionths(limit).is_some_and(|limit| figure < limit)
}
