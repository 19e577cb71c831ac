//! The AWS clients, with time limits that fit a function that somebody waits for.

use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, SdkConfig};

use crate::capacity::Capacity;

/// A DynamoDB call with all its retries, where nobody waits for the answer.
const DYNAMODB_TIMEOUT: Duration = Duration::from_secs(3);
/// The same for the webhook: `TradingView` hangs up after three seconds.
const DYNAMODB_TIMEOUT_HURRIED: Duration = Duration::from_secs(1);
/// An SQS call with all its retries: what wasn't sent is found by the sweeper.
const SQS_TIMEOUT: Duration = Duration::from_secs(1);
/// The same for the webhook.
const SQS_TIMEOUT_HURRIED: Duration = Duration::from_millis(500);
/// Events that weren't put are put by the next pass.
const EVENTS_TIMEOUT: Duration = Duration::from_secs(2);
/// A secret is read by the first request of an instance, and then every few minutes.
const SECRETS_TIMEOUT: Duration = Duration::from_secs(2);

/// One client for each service that the product talks to.
#[derive(Debug, Clone)]
pub struct AwsClients {
    /// The ledger and the other tables.
    pub dynamodb: aws_sdk_dynamodb::Client,
    /// The queues.
    pub sqs: aws_sdk_sqs::Client,
    /// The secrets.
    pub secrets: aws_sdk_secretsmanager::Client,
    /// What calls to the tables consumed.
    pub capacity: Capacity,
    /// The event bus, which only one function needs.
    pub events: EventsClient,
}

/// What a client of `EventBridge` is made of. It is made by who uses it, so that the programs of
/// the others hold no part of it.
#[derive(Debug, Clone)]
pub struct EventsClient(aws_sdk_eventbridge::config::Builder);

impl EventsClient {
    /// A client on `shared`, at this endpoint where one is given.
    pub fn new(shared: &SdkConfig, endpoint: Option<&str>) -> Self {
        let mut config = aws_sdk_eventbridge::config::Builder::from(shared);
        config.set_timeout_config(Some(within(EVENTS_TIMEOUT)));
        config.set_retry_config(Some(retries()));
        if let Some(endpoint) = endpoint {
            config = config.endpoint_url(endpoint);
        }
        Self(config)
    }

    /// The same with this change.
    #[must_use]
    pub fn with(
        &self,
        change: impl FnOnce(
            aws_sdk_eventbridge::config::Builder,
        ) -> aws_sdk_eventbridge::config::Builder,
    ) -> Self {
        Self(change(self.0.clone()))
    }

    /// Makes it.
    pub fn make(&self) -> aws_sdk_eventbridge::Client {
        aws_sdk_eventbridge::Client::from_conf(self.0.clone().build())
    }
}

/// Where the services answer, when neither AWS nor `AWS_ENDPOINT_URL` and its kin say so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Endpoints {
    /// The URL of `DynamoDB`.
    pub dynamodb: Option<String>,
    /// SQS's URL.
    pub sqs: Option<String>,
    /// Secrets Manager's URL.
    pub secrets: Option<String>,
    /// The URL of `EventBridge`.
    pub events: Option<String>,
}

impl AwsClients {
    /// Clients as the process's environment describes them: region, credentials, endpoints.
    pub async fn ambient() -> Self {
        let shared = aws_config::load_defaults(BehaviorVersion::latest()).await;
        Self::new(&shared, &Endpoints::default())
    }

    /// Clients on `shared`, at `endpoints` where those are given.
    pub fn new(shared: &SdkConfig, endpoints: &Endpoints) -> Self {
        let capacity = Capacity::default();
        Self {
            dynamodb: dynamodb(shared, endpoints.dynamodb.as_deref(), &capacity),
            sqs: sqs(shared, endpoints.sqs.as_deref()),
            secrets: secrets(shared, endpoints.secrets.as_deref()),
            capacity,
            events: EventsClient::new(shared, endpoints.events.as_deref()),
        }
    }
}

/// The SDK's own first wait between tries would use up most of a call's time limit.
const FIRST_BACKOFF: Duration = Duration::from_millis(25);

impl AwsClients {
    /// The same clients, with the time limits of somebody whose caller waits.
    #[must_use]
    pub fn hurried(&self) -> Self {
        let dynamodb = self.dynamodb.config().to_builder();
        let dynamodb = dynamodb
            .timeout_config(within(DYNAMODB_TIMEOUT_HURRIED))
            .build();
        let sqs = self.sqs.config().to_builder();
        let sqs = sqs.timeout_config(within(SQS_TIMEOUT_HURRIED)).build();
        Self {
            dynamodb: aws_sdk_dynamodb::Client::from_conf(dynamodb),
            sqs: aws_sdk_sqs::Client::from_conf(sqs),
            secrets: self.secrets.clone(),
            capacity: self.capacity.clone(),
            events: self.events.clone(),
        }
    }
}

fn retries() -> RetryConfig {
    RetryConfig::standard().with_initial_backoff(FIRST_BACKOFF)
}

fn within(limit: Duration) -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(limit)
        .operation_timeout(limit)
        .build()
}

fn dynamodb(
    shared: &SdkConfig,
    endpoint: Option<&str>,
    capacity: &Capacity,
) -> aws_sdk_dynamodb::Client {
    let mut config = aws_sdk_dynamodb::config::Builder::from(shared);
    config.set_timeout_config(Some(within(DYNAMODB_TIMEOUT)));
    config = config.interceptor(capacity.clone());
    config.set_retry_config(Some(retries()));
    if let Some(endpoint) = endpoint {
        config = config.endpoint_url(endpoint);
    }
    aws_sdk_dynamodb::Client::from_conf(config.build())
}

fn sqs(shared: &SdkConfig, endpoint: Option<&str>) -> aws_sdk_sqs::Client {
    let mut config = aws_sdk_sqs::config::Builder::from(shared);
    config.set_timeout_config(Some(within(SQS_TIMEOUT)));
    config.set_retry_config(Some(retries()));
    if let Some(endpoint) = endpoint {
        config = config.endpoint_url(endpoint);
    }
    aws_sdk_sqs::Client::from_conf(config.build())
}

fn secrets(shared: &SdkConfig, endpoint: Option<&str>) -> aws_sdk_secretsmanager::Client {
    let mut config = aws_sdk_secretsmanager::config::Builder::from(shared);
    config.set_timeout_config(Some(within(SECRETS_TIMEOUT)));
    config.set_retry_config(Some(retries()));
    if let Some(endpoint) = endpoint {
        config = config.endpoint_url(endpoint);
    }
    aws_sdk_secretsmanager::Client::from_conf(config.build())
}
