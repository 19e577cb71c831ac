//! Reading the reference's answers, and comparing with them.

use quant::statistics::Interval;
use serde_json::Value;

/// What the reference is compared within: relative to its own size.
pub(crate) const TOLERANCE: f64 = 1e-9;

pub(crate) fn expected() -> Value {
    reference_answers::json("6_stats/expected.json")
}

/// The list at a place of the reference; one without entries would check nothing.
pub(crate) fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    let list = value[name].as_array().unwrap();
    assert!(!list.is_empty(), "{name} is empty");
    list
}

/// The results in US dollars of an arm's trades.
pub(crate) fn arm(experiment: &str, arm: &str) -> Vec<f64> {
    numbers(&reference_answers::json("6_stats/ab_trades.json")[experiment][arm])
}

pub(crate) fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

pub(crate) fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

pub(crate) fn whole(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

/// Relative to the reference, and to one part in 1e9 of `scale` where it is nearly zero.
#[track_caller]
pub(crate) fn assert_near(what: &str, ours: f64, theirs: &Value, tolerance: f64, scale: f64) {
    let theirs = number(theirs);
    let apart = (ours - theirs).abs();
    let most = tolerance * theirs.abs().max(scale * 1e-3);
    assert!(apart <= most, "{what}: {ours} instead of {theirs}");
}

/// Within one part in 1e9 of the reference.
#[track_caller]
pub(crate) fn assert_same(what: &str, ours: f64, theirs: &Value) {
    assert_near(what, ours, theirs, TOLERANCE, 1e-3);
}

/// Absent in both, or within one part in 1e9.
#[track_caller]
pub(crate) fn assert_same_or_absent(what: &str, ours: Option<f64>, theirs: &Value) {
    match ours {
        Some(ours) => assert_same(what, ours, theirs),
        None => assert!(theirs.is_null(), "{what} is absent, not {theirs}"),
    }
}

#[track_caller]
pub(crate) fn assert_interval(what: &str, ours: Interval, theirs: &Value) {
    assert_same(what, ours.low, &theirs[0]);
    assert_same(what, ours.high, &theirs[1]);
}
