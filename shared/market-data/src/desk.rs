//! The desk: the providers that we have keys to, put together from the configuration. Where the
//! keys lie in Secrets Manager they are read again every few minutes, so a rotated key is used
//! without a new deployment.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use reqwest::Url;
use runtime::configuration::{KeysError, ProviderChoice, ProviderKeys};
use runtime::secrets::{CachedSecret, SecretError};
use runtime::telemetry::chain;
use secrecy::{ExposeSecret, SecretString};

use crate::MarketError;
use crate::provider::Provider;
use crate::provider::alpaca::{Alpaca, AlpacaSettings, OptionFeed, StockFeed};
use crate::provider::line::Gate;
use crate::provider::market_data_app::{MarketDataApp, MarketDataAppSettings};
use crate::provider::massive::{Massive, MassiveSettings};
use crate::provider::twelve_data::{TwelveData, TwelveDataSettings};
use crate::walk::Providers;

/// Why the providers can't be put together.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// Nobody's key is there.
    #[error("there is no key to any provider; docs/market-data.md tells which to set")]
    NoKeys,
    /// An address that isn't one.
    #[error("{0} is no address")]
    Address(String),
    /// A key that can't be sent.
    #[error("a key can't be used")]
    Key(#[source] MarketError),
    /// The HTTP client can't start.
    #[error("the HTTP client can't start")]
    Http(#[source] reqwest::Error),
    /// The keys' secret can't be read.
    #[error("the providers' keys can't be read")]
    Secret(#[from] SecretError),
    /// The keys' secret holds something else.
    #[error(transparent)]
    Keys(#[from] KeysError),
}

/// What providers are made of, besides keys.
pub struct Desk {
    choice: ProviderChoice,
    http: reqwest::Client,
    gate: Arc<dyn Gate>,
    secret: Option<CachedSecret>,
    /// The text of the secret that the providers were made with.
    current: Mutex<(Option<SecretString>, Providers)>,
}

impl Desk {
    /// A desk whose providers go through this gate. The keys come from the environment if any
    /// are there, else from the secret.
    pub fn new(
        choice: ProviderChoice,
        gate: Arc<dyn Gate>,
        secret: Option<CachedSecret>,
    ) -> Result<Self, DeskError> {
        let in_environment = !choice.keys.is_empty();
        if !in_environment && secret.is_none() {
            return Err(DeskError::NoKeys);
        }
        let http = crate::provider::line::http_client().map_err(DeskError::Http)?;
        let providers = providers(&choice, &choice.keys, &http, &gate)?;
        Ok(Self {
            choice,
            http,
            gate,
            secret: secret.filter(|_| !in_environment),
            current: Mutex::new((None, providers.into())),
        })
    }

    /// The providers by the keys of this moment. While the secret can't be read or used, those
    /// of before go on.
    pub async fn providers(&self) -> Providers {
        if let Some(secret) = &self.secret
            && let Err(error) = self.refresh(secret).await
        {
            tracing::error!(
                error = chain(&error),
                "the providers' keys can't be renewed"
            );
        }
        self.current().1.clone()
    }

    /// The providers of before, without looking for newer keys.
    pub fn last_known(&self) -> Providers {
        self.current().1.clone()
    }

    async fn refresh(&self, secret: &CachedSecret) -> Result<(), DeskError> {
        let text = secret.value().await?;
        let is_same = |used: &SecretString| used.expose_secret() == text.expose_secret();
        if self.current().0.as_ref().is_some_and(is_same) {
            return Ok(());
        }
        let keys = ProviderKeys::parse(text.expose_secret())?;
        let providers = providers(&self.choice, &keys, &self.http, &self.gate)?;
        *self.current() = (Some(text), providers.into());
        Ok(())
    }

    fn current(&self) -> MutexGuard<'_, (Option<SecretString>, Providers)> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The providers to which there are keys, in the order in which they are asked.
pub fn providers(
    choice: &ProviderChoice,
    keys: &ProviderKeys,
    http: &reqwest::Client,
    gate: &Arc<dyn Gate>,
) -> Result<Vec<Arc<dyn Provider>>, DeskError> {
    let mut providers: Vec<Arc<dyn Provider>> = Vec::new();
    if let (Some(key_id), Some(secret)) = (&keys.alpaca_api_key, &keys.alpaca_secret_key) {
        let settings = alpaca(choice)?;
        let made = Alpaca::new(key_id.clone(), secret.clone(), settings, http, gate);
        providers.push(Arc::new(made.map_err(DeskError::Key)?));
    }
    if let Some(key) = &keys.polygon_api_key {
        let mut settings = MassiveSettings::default();
        place(&mut settings.base_url, choice.massive.base_url.as_deref())?;
        let made = Massive::new(key.clone(), settings, http, gate);
        providers.push(Arc::new(made.map_err(DeskError::Key)?));
    }
    if let Some(token) = &keys.market_data_api_key {
        let mut settings = MarketDataAppSettings::default();
        place(
            &mut settings.base_url,
            choice.market_data.base_url.as_deref(),
        )?;
        let made = MarketDataApp::new(token.clone(), settings, http, gate);
        providers.push(Arc::new(made.map_err(DeskError::Key)?));
    }
    if let Some(key) = &keys.twelve_data_api_key {
        let mut settings = TwelveDataSettings {
            symbols_a_call: usize::try_from(choice.twelve_data.requests_per_minute)
                .unwrap_or(usize::MAX),
            ..TwelveDataSettings::default()
        };
        place(
            &mut settings.base_url,
            choice.twelve_data.base_url.as_deref(),
        )?;
        let made = TwelveData::new(key.clone(), settings, http, gate);
        providers.push(Arc::new(made.map_err(DeskError::Key)?));
    }
    Ok(providers)
}

fn alpaca(choice: &ProviderChoice) -> Result<AlpacaSettings, DeskError> {
    let usual = AlpacaSettings::default();
    let mut settings = AlpacaSettings {
        stock_feed: StockFeed::parse(&choice.alpaca_stock_feed).unwrap_or(usual.stock_feed),
        option_feed: OptionFeed::parse(&choice.alpaca_option_feed).unwrap_or(usual.option_feed),
        ..usual
    };
    place(&mut settings.data_url, choice.alpaca.base_url.as_deref())?;
    place(
        &mut settings.trading_url,
        choice.alpaca_trading_url.as_deref(),
    )?;
    Ok(settings)
}

/// Replaces an address where another is configured.
fn place(address: &mut Url, configured: Option<&str>) -> Result<(), DeskError> {
    if let Some(text) = configured {
        *address = Url::parse(text).map_err(|_| DeskError::Address(text.to_owned()))?;
    }
    Ok(())
}
