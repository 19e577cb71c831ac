//! How numbers are shown.

use crate::experiment::figures::{Range, Share};
use crate::experiment::samples::Metric;

/// What stands for a number that isn't there.
pub(super) const ABSENT: &str = "-";

/// A number by its own form, or the dash.
pub(super) fn or_dash<T>(value: Option<T>, show: impl Fn(T) -> String) -> String {
    value.map_or_else(|| ABSENT.to_owned(), show)
}

/// A share with its sign, in percent: a return, or a difference.
pub(super) fn signed_percent(share: f64) -> String {
    format!("{:+.2} %", share * 100.0)
}

/// A share without a sign, in percent.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

pub(super) fn dollars(usd: f64) -> String {
    let sign = if usd < 0.0 { "-" } else { "" };
    format!("{sign}${:.2}", usd.abs())
}

pub(super) fn two_digits(value: f64) -> String {
    format!("{value:.2}")
}

pub(super) fn milliseconds(ms: f64) -> String {
    format!("{ms:.0} ms")
}

pub(super) fn minutes(minutes: f64) -> String {
    format!("{minutes:.1} min")
}

pub(super) fn probability(p: f64) -> String {
    if p < 0.000_1 {
        "< 0.0001".to_owned()
    } else {
        format!("{p:.4}")
    }
}

/// The same within a sentence.
pub(super) fn probability_is(p: f64) -> String {
    let shown = probability(p);
    let equals = if shown.starts_with('<') { "" } else { "= " };
    format!("p {equals}{shown}")
}

/// An interval of returns.
pub(super) fn percent_range(range: Range) -> String {
    format!(
        "{} to {}",
        signed_percent(range.low),
        signed_percent(range.high)
    )
}

/// A share with its interval and what it is made of.
pub(super) fn share(share: Share) -> String {
    format!(
        "{} ({:.0} to {:.0} %)",
        percent(share.share),
        share.wilson.low * 100.0,
        share.wilson.high * 100.0
    )
}

/// A number of something: `1 day`, `2 days`.
pub(super) fn counted(number: usize, one: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {one}{s}")
}

/// A metric's name.
pub(super) fn name(metric: Metric) -> &'static str {
    match metric {
        Metric::NetReturnPerSignal => "net return per signal",
        Metric::NetReturnWithoutCapacity => "net return per signal, without capacity rejections",
        Metric::NetUsdPerSignal => "net dollars per signal",
        Metric::NetUsdPerTrade => "net dollars per trade",
        Metric::WinRate => "win rate of trades",
        Metric::EntryRate => "signals that became a trade",
    }
}

/// A value of a metric, in its own unit.
pub(super) fn of_metric(metric: Metric, value: f64) -> String {
    match metric {
        Metric::NetUsdPerSignal | Metric::NetUsdPerTrade => dollars(value),
        Metric::WinRate | Metric::EntryRate => percent(value),
        _ => signed_percent(value),
    }
}
