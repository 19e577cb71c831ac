//! The providers of market data: our keys to them, where they are, and how often they may be
//! asked. What an address or a feed means is the providers' own matter.

use std::fmt;

use secrecy::SecretString;
use serde::Deserialize;

use super::reader::Reader;

/// Our keys. Absent where we have none.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE", default)]
pub struct ProviderKeys {
    /// The name of Alpaca's key.
    pub alpaca_api_key: Option<SecretString>,
    /// The key itself.
    #[serde(alias = "ALPACA_API_SECRET")]
    pub alpaca_secret_key: Option<SecretString>,
    /// Massive's, once Polygon's.
    #[serde(alias = "MASSIVE_API_KEY")]
    pub polygon_api_key: Option<SecretString>,
    /// MarketData.app's.
    #[serde(alias = "MARKETDATA_API_TOKEN")]
    pub market_data_api_key: Option<SecretString>,
    /// Twelve Data's.
    #[serde(alias = "TWELVEDATA_API_KEY")]
    pub twelve_data_api_key: Option<SecretString>,
}

/// A secret that doesn't hold keys as it should. It says nothing of what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the secret with the providers' keys isn't a JSON object of texts")]
pub struct KeysError;

impl ProviderKeys {
    /// Keys from a secret: a JSON object with the names of the variables. Empty texts are none.
    pub fn parse(text: &str) -> Result<Self, KeysError> {
        let named: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(text).map_err(|_| KeysError)?;
        let keys: Self = serde_json::from_value(named.into()).map_err(|_| KeysError)?;
        Ok(keys.without_empty())
    }

    /// Whether there is any.
    pub fn is_empty(&self) -> bool {
        let alpaca = self.alpaca_api_key.is_some() && self.alpaca_secret_key.is_some();
        let others = [
            &self.polygon_api_key,
            &self.market_data_api_key,
            &self.twelve_data_api_key,
        ];
        !alpaca && others.into_iter().all(Option::is_none)
    }

    fn without_empty(mut self) -> Self {
        use secrecy::ExposeSecret;
        for key in [
            &mut self.alpaca_api_key,
            &mut self.alpaca_secret_key,
            &mut self.polygon_api_key,
            &mut self.market_data_api_key,
            &mut self.twelve_data_api_key,
        ] {
            key.take_if(|key| key.expose_secret().trim().is_empty());
        }
        self
    }
}

/// Where one provider is, and how often it may be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderPlace {
    /// Its address; its own where absent.
    pub base_url: Option<String>,
    /// Requests a minute.
    pub requests_per_minute: u32,
}

/// All that is configured about providers.
#[derive(Clone)]
pub struct ProviderChoice {
    /// Keys from the environment; in the cloud they come from Secrets Manager.
    pub keys: ProviderKeys,
    /// The secret that holds the keys, where it isn't the environment that does.
    pub secret_id: Option<String>,
    /// Alpaca's data.
    pub alpaca: ProviderPlace,
    /// Alpaca's trading API, which has the clock and the contracts.
    pub alpaca_trading_url: Option<String>,
    /// `iex`, `sip` or `delayed_sip`.
    pub alpaca_stock_feed: String,
    /// `indicative` or `opra`.
    pub alpaca_option_feed: String,
    /// Massive.
    pub massive: ProviderPlace,
    /// MarketData.app.
    pub market_data: ProviderPlace,
    /// Twelve Data.
    pub twelve_data: ProviderPlace,
    /// How long quotes are kept, in seconds.
    pub quotes_kept_s: u32,
}

impl fmt::Debug for ProviderChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderChoice")
            .field("secret_id", &self.secret_id)
            .field("alpaca", &self.alpaca)
            .field("massive", &self.massive)
            .field("market_data", &self.market_data)
            .field("twelve_data", &self.twelve_data)
            .finish_non_exhaustive()
    }
}

/// What the environment says of providers.
pub(super) fn choice(reader: &Reader<'_>) -> ProviderChoice {
    let text = |name| reader.text(name).map(str::to_owned);
    let place = |url, rate, usual| ProviderPlace {
        base_url: text(url),
        requests_per_minute: reader.whole(rate).unwrap_or(usual),
    };
    let word = |name, usual: &str| {
        text(name)
            .unwrap_or_else(|| usual.to_owned())
            .to_ascii_lowercase()
    };
    ProviderChoice {
        keys: keys(reader),
        secret_id: text("PROVIDER_KEYS_SECRET_ID"),
        alpaca: place("ALPACA_DATA_URL", "ALPACA_REQUESTS_PER_MINUTE", 200),
        alpaca_trading_url: text("ALPACA_BASE_URL"),
        alpaca_stock_feed: word("ALPACA_STOCK_FEED", "iex"),
        alpaca_option_feed: word("ALPACA_OPTION_FEED", "indicative"),
        massive: place("POLYGON_BASE_URL", "POLYGON_REQUESTS_PER_MINUTE", 5),
        market_data: place(
            "MARKET_DATA_BASE_URL",
            "MARKET_DATA_REQUESTS_PER_MINUTE",
            100,
        ),
        twelve_data: place("TWELVE_DATA_BASE_URL", "TWELVE_DATA_REQUESTS_PER_MINUTE", 8),
        quotes_kept_s: reader.whole("QUOTE_CACHE_S").unwrap_or(5),
    }
}

fn keys(reader: &Reader<'_>) -> ProviderKeys {
    let key = |name| reader.text(name).map(SecretString::from);
    ProviderKeys {
        alpaca_api_key: key("ALPACA_API_KEY"),
        alpaca_secret_key: key("ALPACA_SECRET_KEY"),
        polygon_api_key: key("POLYGON_API_KEY"),
        market_data_api_key: key("MARKET_DATA_API_KEY"),
        twelve_data_api_key: key("TWELVE_DATA_API_KEY"),
    }
    .without_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[test]
    fn a_secret_holds_keys_by_the_names_of_variables() {
        let keys = ProviderKeys::parse(
            r#"{"ALPACA_API_KEY":"a","ALPACA_API_SECRET":"b","POLYGON_API_KEY":"","other":1}"#,
        )
        .unwrap();
        let text =
            |key: &Option<SecretString>| key.as_ref().map(|key| key.expose_secret().to_owned());
        assert_eq!(text(&keys.alpaca_secret_key).as_deref(), Some("b"));
        assert_eq!(text(&keys.polygon_api_key), None);
        assert!(!keys.is_empty());
    }

    #[test]
    fn half_a_pair_is_no_key() {
        for text in [
            "{}",
            r#"{"ALPACA_API_KEY":"a"}"#,
            r#"{"TWELVE_DATA_API_KEY":" "}"#,
        ] {
            assert!(ProviderKeys::parse(text).unwrap().is_empty(), "{text}");
        }
    }

    #[test]
    fn a_secret_of_another_shape_is_refused_without_showing_it() {
        for text in ["", "hunter2", r#"["hunter2"]"#, r#"{"POLYGON_API_KEY":7}"#] {
            let error = ProviderKeys::parse(text).unwrap_err();
            assert!(!error.to_string().contains("hunter2"));
        }
    }
}
