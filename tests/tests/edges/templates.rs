//! The message templates that alerts are written with, as `TradingView` renders them.

use system_tests::Harness;

/// How a template shows the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// By a signature: alerts that don't come from `TradingView` itself.
    Signed,
    /// As the last part of the path.
    InPath,
    /// Within the body, where `{{secret}}` stands.
    InBody,
}

/// A template, and what it is sent as.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Template {
    pub(crate) name: &'static str,
    pub(crate) shown: Shown,
    pub(crate) content_type: &'static str,
    pub(crate) text: &'static str,
}

const JSON: &str = "application/json; charset=utf-8";
const PLAIN: &str = "text/plain; charset=utf-8";

/// The older system's own payload.
pub(crate) const OWN: Template = Template {
    name: "own payload",
    shown: Shown::Signed,
    content_type: JSON,
    text: r#"{"symbol": "{{ticker}}", "direction": "{{word}}", "timeframe": "{{interval}}m",
        "timestamp": "{{timenow}}", "source": "tradingview", "indicator": "ORB",
        "strategy": "{{strategy}}", "quantity": 1, "price": {{close}}}"#,
};

pub(crate) const STRATEGY: Template = Template {
    name: "strategy with passphrase",
    shown: Shown::InBody,
    content_type: JSON,
    text: r#"{"passphrase":"{{secret}}","ticker":"{{ticker}}","exchange":"{{exchange}}",
        "interval":"{{interval}}","time":"{{timenow}}",
        "bar":{"time":"{{time}}","open":"{{open}}","close":"{{close}}"},
        "strategy":{"order_id":"L","order_action":"{{strategy.order.action}}",
        "order_contracts":"{{strategy.order.contracts}}","position_size":"{{strategy.position_size}}"}}"#,
};

pub(crate) const MARKET_POSITIONS: Template = Template {
    name: "market positions, as plain text",
    shown: Shown::InPath,
    content_type: PLAIN,
    text: r#"{"ticker": "{{ticker}}", "interval": "{{interval}}", "timenow": "{{timenow}}",
        "action": "{{strategy.order.action}}", "id": "{{ticker}}-{{timenow}}",
        "market_position": "{{strategy.market_position}}",
        "market_position_size": {{strategy.market_position_size}},
        "prev_market_position": "{{strategy.prev_market_position}}",
        "prev_market_position_size": {{strategy.prev_market_position_size}}}"#,
};

pub(crate) const TRADERS_POST: Template = Template {
    name: "TradersPost",
    shown: Shown::InPath,
    content_type: JSON,
    text: r#"{"ticker": "{{ticker}}", "action": "{{action}}", "sentiment": "{{sentiment}}",
        "signalPrice": "{{close}}", "quantity": 100, "interval": "{{interval}}",
        "time": "{{timenow}}", "takeProfit": {"percent": 10},
        "stopLoss": {"type": "stop", "percent": 5}}"#,
};

pub(crate) const THREE_COMMAS: Template = Template {
    name: "3Commas",
    shown: Shown::InBody,
    content_type: JSON,
    text: r#"{"secret": "{{secret}}", "max_lag": "300", "timestamp": "{{timenow}}",
        "trigger_price": "{{close}}", "tv_exchange": "{{exchange}}", "tv_instrument": "{{ticker}}",
        "action": "{{strategy.order.action}}", "bot_uuid": "5e2f7a10-0000-4000-8000-000000000000",
        "strategy_info": {"market_position": "{{strategy.market_position}}",
        "market_position_size": "{{strategy.market_position_size}}",
        "prev_market_position": "{{strategy.prev_market_position}}",
        "prev_market_position_size": "{{strategy.prev_market_position_size}}"},
        "order": {"amount": "{{strategy.order.contracts}}", "currency_type": "base"}}"#,
};

pub(crate) const OPEN_ALGO: Template = Template {
    name: "OpenAlgo",
    shown: Shown::InBody,
    content_type: JSON,
    text: r#"{"apikey": "{{secret}}", "strategy": "{{strategy}}", "symbol": "{{ticker}}",
        "action": "{{ACTION}}", "exchange": "NASDAQ", "pricetype": "MARKET", "product": "MIS",
        "quantity": "{{strategy.order.contracts}}", "position_size": "{{strategy.position_size}}"}"#,
};

pub(crate) const ROBSWC: Template = Template {
    name: "robswc",
    shown: Shown::InBody,
    content_type: JSON,
    text: r#"{"key": "Breakout:{{secret}}", "symbol": "{{exchange}}:{{ticker}}", "side": "{{word}}",
        "interval": "{{interval}}", "timenow": "{{timenow}}"}"#,
};

pub(crate) const OCTO_BOT: Template = Template {
    name: "OctoBot on lines",
    shown: Shown::InPath,
    content_type: PLAIN,
    text: "EXCHANGE=nasdaq\nSYMBOL={{ticker}}\nSIGNAL={{ACTION}}\n",
};

pub(crate) const OCTO_BOT_LINE: Template = Template {
    name: "OctoBot in a line",
    shown: Shown::InBody,
    content_type: PLAIN,
    text: "TOKEN={{secret}};EXCHANGE=nasdaq;SYMBOL={{ticker}};SIGNAL={{ACTION}};",
};

pub(crate) const MARKED: Template = Template {
    name: "with a byte order mark",
    shown: Shown::InPath,
    content_type: PLAIN,
    text: "\u{feff}{\"ticker\": \"{{ticker}}\", \"action\": \"{{word}}\", \"interval\": \"{{interval}}\"}\r\n",
};

/// Sends the template with these placeholders filled in, and returns the status and the answer.
pub(crate) async fn send(
    harness: &Harness,
    template: &Template,
    values: &[(&str, String)],
) -> (u16, serde_json::Value) {
    let secret = harness.stack.webhook_secret();
    let secret = ("secret", secret.to_owned());
    let body = values
        .iter()
        .chain([&secret])
        .fold(template.text.to_owned(), |text, (name, value)| {
            text.replace(&format!("{{{{{name}}}}}"), value)
        });
    assert!(!body.contains("{{"), "{body}");
    let signature = harness.signature(&body);
    let path = format!("/webhook/{}", secret.1);
    let typed = ("content-type", template.content_type);
    match template.shown {
        Shown::Signed => {
            harness
                .post("/webhook", &[typed, ("x-signature", &signature)], &body)
                .await
        }
        Shown::InPath => harness.post(&path, &[typed], &body).await,
        Shown::InBody => harness.post("/webhook", &[typed], &body).await,
    }
}
