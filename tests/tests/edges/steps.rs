//! What a strategy does on the chart, and what its author means by it.

use chrono::{SecondsFormat, TimeDelta};
use domain::OptionRight;
use system_tests::Harness;

use Told::{Added, Closed, Opened, Reversed};

/// What the author of an alert means to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// A position comes about.
    Opened(OptionRight),
    /// The one there is ends.
    Closed,
    /// It ends, and the other one comes about.
    Reversed(OptionRight),
    /// Nothing: adding and reducing aren't done here.
    Added,
}

/// A strategy's step.
pub(crate) struct Step {
    /// The order's action and its size.
    pub(crate) order: (&'static str, u32),
    /// The signed position before the order, and after it.
    pub(crate) position: (i32, i32),
    /// The words that templates without positions use: a plain one, and two of `TradersPost`.
    words: [&'static str; 3],
    /// What is meant.
    pub(crate) told: Told,
}

const fn step(
    order: (&'static str, u32),
    position: (i32, i32),
    words: [&'static str; 3],
    told: Told,
) -> Step {
    Step {
        order,
        position,
        words,
        told,
    }
}

pub(crate) const ENTER_LONG: Step = step(
    ("buy", 1),
    (0, 1),
    ["long", "buy", "bullish"],
    Opened(OptionRight::Call),
);
pub(crate) const ENTER_SHORT: Step = step(
    ("sell", 1),
    (0, -1),
    ["short", "sell", "bearish"],
    Opened(OptionRight::Put),
);
pub(crate) const EXIT_LONG: Step = step(("sell", 1), (1, 0), ["exit", "exit", "bullish"], Closed);
pub(crate) const EXIT_SHORT: Step = step(("buy", 1), (-1, 0), ["flat", "sell", "flat"], Closed);
pub(crate) const REVERSE: Step = step(("sell", 2), (1, -1), NO_WORDS, Reversed(OptionRight::Put));
pub(crate) const REVERSE_BACK: Step =
    step(("buy", 2), (-1, 1), NO_WORDS, Reversed(OptionRight::Call));
pub(crate) const ADD: Step = step(("buy", 1), (1, 2), ["", "add", "bullish"], Added);
pub(crate) const REDUCE: Step = step(("sell", 1), (2, 1), ["", "sell", "bullish"], Added);
/// Only positions can tell a reversal.
const NO_WORDS: [&str; 3] = ["", "", ""];

impl Step {
    /// The placeholders that `TradingView` fills in, and the words that the author writes.
    pub(crate) fn values(&self, harness: &Harness, symbol: &str) -> Vec<(&'static str, String)> {
        let ((action, contracts), (before, after)) = (self.order, self.position);
        let [word, traders_post, sentiment] = self.words;
        let now = harness.now();
        let bar = now - TimeDelta::seconds(now.timestamp() % 300);
        let stand =
            |size: i32| ["short", "flat", "long"][usize::try_from(size.signum() + 1).unwrap()];
        vec![
            ("ticker", symbol.to_owned()),
            ("exchange", "NASDAQ".to_owned()),
            ("interval", "5".to_owned()),
            ("timenow", harness.timenow()),
            ("time", bar.to_rfc3339_opts(SecondsFormat::Secs, true)),
            ("open", "101.25".to_owned()),
            ("close", "101.5".to_owned()),
            ("strategy", "Supertrend".to_owned()),
            ("strategy.order.action", action.to_owned()),
            ("strategy.order.contracts", contracts.to_string()),
            ("strategy.position_size", after.to_string()),
            ("strategy.market_position", stand(after).to_owned()),
            ("strategy.market_position_size", after.abs().to_string()),
            ("strategy.prev_market_position", stand(before).to_owned()),
            (
                "strategy.prev_market_position_size",
                before.abs().to_string(),
            ),
            ("word", word.to_owned()),
            ("action", traders_post.to_owned()),
            ("sentiment", sentiment.to_owned()),
            ("ACTION", action.to_uppercase()),
        ]
    }

    /// The step that led to the position before this one.
    pub(crate) fn entry_before(&self) -> Option<Self> {
        match self.position.0.signum() {
            1 => Some(ENTER_LONG),
            -1 => Some(ENTER_SHORT),
            _ => None,
        }
    }
}
