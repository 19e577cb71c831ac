//! Where Alpaca is asked, and of which exchanges its prices are.

use std::time::Duration;

use domain::quote::Timeliness;
use reqwest::Url;

use crate::provider::line::REQUEST_TIMEOUT;
use crate::provider::query::fixed;

/// How Alpaca is asked.
#[derive(Debug, Clone)]
pub struct AlpacaSettings {
    /// The host of prices, the same for paper and live accounts.
    pub data_url: Url,
    /// The host of the clock and of contracts: that of paper accounts.
    pub trading_url: Url,
    /// Of which exchanges stocks' prices are.
    pub stock_feed: StockFeed,
    /// What options' prices are.
    pub option_feed: OptionFeed,
    /// How long one request may take, body included.
    pub request_timeout: Duration,
}

impl Default for AlpacaSettings {
    fn default() -> Self {
        Self {
            data_url: fixed("https://data.alpaca.markets"),
            trading_url: fixed("https://paper-api.alpaca.markets"),
            stock_feed: StockFeed::Iex,
            option_feed: OptionFeed::Indicative,
            request_timeout: REQUEST_TIMEOUT,
        }
    }
}

/// Of which exchanges stocks' prices are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StockFeed {
    /// One exchange, free of charge.
    Iex,
    /// All exchanges.
    Sip,
    /// All exchanges, a quarter of an hour late.
    DelayedSip,
}

impl StockFeed {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Iex, Self::Sip, Self::DelayedSip];

    /// Its name on the wire and in the configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Iex => "iex",
            Self::Sip => "sip",
            Self::DelayedSip => "delayed_sip",
        }
    }

    /// The feed of this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|feed| feed.as_str() == text)
    }

    /// Whether its prices are of the moment.
    pub fn timeliness(self) -> Timeliness {
        match self {
            Self::Iex | Self::Sip => Timeliness::RealTime,
            Self::DelayedSip => Timeliness::Delayed,
        }
    }
}

/// What options' prices are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionFeed {
    /// Derived from what the exchanges published: near to it, and free of charge.
    Indicative,
    /// As the exchanges published them.
    Opra,
}

impl OptionFeed {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Indicative, Self::Opra];

    /// Its name on the wire and in the configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Indicative => "indicative",
            Self::Opra => "opra",
        }
    }

    /// The feed of this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|feed| feed.as_str() == text)
    }

    /// What its prices are.
    pub fn timeliness(self) -> Timeliness {
        match self {
            Self::Indicative => Timeliness::Indicative,
            Self::Opra => Timeliness::RealTime,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_have_names_and_the_hosts_are_addresses() {
        for feed in StockFeed::ALL {
            assert_eq!(StockFeed::parse(feed.as_str()), Some(feed));
        }
        for feed in OptionFeed::ALL {
            assert_eq!(OptionFeed::parse(feed.as_str()), Some(feed));
        }
        assert_eq!(StockFeed::parse("SIP"), None);
        assert_eq!(OptionFeed::parse("sip"), None);
        let settings = AlpacaSettings::default();
        assert_eq!(settings.data_url.scheme(), "https");
        assert_eq!(settings.trading_url.scheme(), "https");
    }
}
