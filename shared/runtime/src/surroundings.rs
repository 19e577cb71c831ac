//! What a function finds around it when it starts.

use crate::aws::AwsClients;
use crate::clock::{self, SharedClock};
use crate::configuration::{Configuration, ConfigurationError};
use crate::entropy::Entropy;
use crate::environment::{Environment, MissingVariable};
use crate::telemetry;

/// Environment, configuration, AWS, time and randomness.
#[derive(Clone)]
pub struct Surroundings {
    /// The environment, for the names of tables and queues.
    pub environment: Environment,
    /// What the environment settles, checked.
    pub configuration: Configuration,
    /// The AWS clients.
    pub aws: AwsClients,
    /// Domain time.
    pub clock: SharedClock,
    /// Jitter and tokens.
    pub entropy: Entropy,
}

/// Why a function could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Variables that can't be used.
    #[error(transparent)]
    Configuration(#[from] ConfigurationError),
    /// A table or queue that isn't named.
    #[error(transparent)]
    Variable(#[from] MissingVariable),
    /// No market to ask.
    #[error("there is no market")]
    Market(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// No way to tell who sends alerts.
    #[error(
        "there is no webhook secret: set TRADINGVIEW_WEBHOOK_SECRET or WEBHOOK_SECRET_ID, \
         or ALLOW_UNSIGNED_WEBHOOKS=true to accept alerts from anybody"
    )]
    NoWebhookSecret,
}

impl Surroundings {
    /// The surroundings of a deployed function. Starts logging; ends the process with every
    /// problem named if the configuration can't be used.
    pub async fn ambient() -> Self {
        let environment = Environment::ambient();
        telemetry::start_json(&environment);
        let configuration = or_exit(Configuration::parse(&environment));
        Self {
            configuration,
            environment,
            aws: AwsClients::ambient().await,
            clock: clock::system(),
            entropy: Entropy::ambient(),
        }
    }
}

/// The value, or the end of the process with the error in words and a non-zero exit code.
pub fn or_exit<T, E: Into<StartError>>(result: Result<T, E>) -> T {
    result.unwrap_or_else(|error| {
        let error: StartError = error.into();
        tracing::error!(error = telemetry::chain(&error), "the function can't start");
        std::process::exit(1)
    })
}
