//! What an alert says: by itself, or as a message template of TradingView's whose placeholders are
//! filled as TradingView fills them.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::json;

/// What a placeholder of a price or volume gives here: nobody asks the market for it.
const MADE_UP_PRICE: &str = "100";

/// A placeholder that this program can't fill.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the template has {{{{{0}}}}}, which can't be filled here; docs/tradingview.md lists what can"
)]
pub(super) struct UnknownPlaceholder(String);

/// What happened on the chart.
#[derive(Debug, Clone)]
pub(super) struct Fired {
    pub(super) symbol: String,
    pub(super) timeframe: String,
    pub(super) at: DateTime<Utc>,
    /// `buy` or `sell`.
    pub(super) action: &'static str,
    /// `long`, `short` or `flat`, now and before.
    pub(super) position: &'static str,
    pub(super) position_before: &'static str,
}

impl Fired {
    /// The message of a strategy, with the name that the alert gives it.
    pub(super) fn message(&self, strategy: Option<&str>) -> String {
        let mut alert = json!({
            "ticker": self.symbol,
            "exchange": "AMEX",
            "interval": self.timeframe,
            "timenow": self.time(),
            "action": self.action,
            "market_position": self.position,
            "prev_market_position": self.position_before,
            "source": "parallax-alert",
        });
        if let Some(strategy) = strategy {
            alert["strategy"] = json!(strategy);
        }
        alert.to_string()
    }

    /// The template with its placeholders filled.
    pub(super) fn filled(&self, template: &str) -> Result<String, UnknownPlaceholder> {
        let (mut message, mut rest) = (String::new(), template);
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((name, after)) = after.split_once("}}") else {
                break;
            };
            message.push_str(before);
            message.push_str(&self.value(name.trim())?);
            rest = after;
        }
        message.push_str(rest);
        Ok(message)
    }

    fn value(&self, placeholder: &str) -> Result<String, UnknownPlaceholder> {
        let size = |position: &str| if position == "flat" { "0" } else { "1" };
        let text = match placeholder {
            "ticker" => &self.symbol,
            "exchange" => "AMEX",
            "interval" => &self.timeframe,
            "time" | "timenow" => return Ok(self.time()),
            "open" | "high" | "low" | "close" | "volume" | "strategy.order.price" => MADE_UP_PRICE,
            "strategy.order.action" => self.action,
            "strategy.order.contracts" => "1",
            "strategy.order.id" | "strategy.order.comment" | "strategy.order.alert_message" => "",
            "strategy.market_position" => self.position,
            "strategy.prev_market_position" => self.position_before,
            "strategy.market_position_size" | "strategy.position_size" => size(self.position),
            "strategy.prev_market_position_size" => size(self.position_before),
            unknown => return Err(UnknownPlaceholder(unknown.to_owned())),
        };
        Ok(text.to_owned())
    }

    fn time(&self) -> String {
        self.at.to_rfc3339_opts(SecondsFormat::Secs, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fired() -> Fired {
        Fired {
            symbol: "SPY".to_owned(),
            timeframe: "5".to_owned(),
            at: "2026-07-30T14:00:00Z".parse().unwrap(),
            action: "buy",
            position: "long",
            position_before: "flat",
        }
    }

    #[test]
    fn placeholders_are_filled_and_everything_else_stays() {
        for (template, message) in [
            ("{{ticker}} {{ interval }}", "SPY 5"),
            (
                r#"{"at": "{{timenow}}"}"#,
                r#"{"at": "2026-07-30T14:00:00Z"}"#,
            ),
            (
                "{{strategy.order.action}} {{strategy.market_position}} {{strategy.market_position_size}}",
                "buy long 1",
            ),
            ("{{strategy.prev_market_position_size}}", "0"),
            (
                "no placeholder, {one} brace, {{ not closed",
                "no placeholder, {one} brace, {{ not closed",
            ),
        ] {
            assert_eq!(fired().filled(template).as_deref(), Ok(message));
        }
    }

    #[test]
    fn what_can_t_be_filled_is_named() {
        let refused = fired().filled("{{ticker}} {{plot_0}}");
        assert_eq!(refused, Err(UnknownPlaceholder("plot_0".to_owned())));
        let said = refused.unwrap_err().to_string();
        assert!(said.contains("{{plot_0}}"), "{said}");
    }
}
