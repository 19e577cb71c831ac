//! The SDK's clients of one function, over the simulated AWS.

use aws_config::retry::RetryConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_runtime::client::retries::{RetryPartition, TokenBucket};
use local_stack::template::REGION;
use local_stack::wire::{SharedWire, WireClient};
use runtime::AwsClients;
use runtime::aws::Endpoints;

/// Where everything seems to be.
const ENDPOINT: &str = "http://aws.simulated";

/// The clients of this function.
pub(crate) fn clients(caller: &str, wire: &SharedWire) -> AwsClients {
    let credentials = Credentials::new("simulated", "simulated", None, None, "simulated");
    let shared = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static(REGION))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
        .http_client(WireClient::new(caller, wire.clone()))
        .build();
    let endpoint = Some(ENDPOINT.to_owned());
    let endpoints = Endpoints {
        dynamodb: endpoint.clone(),
        sqs: endpoint.clone(),
        secrets: endpoint.clone(),
        events: endpoint,
    };
    with_own_retries(&AwsClients::new(&shared, &endpoints))
}

/// The SDK counts retries for all clients of a computer together, and draws the jitter of their
/// waits from the thread's generator, which its log lines draw from too when some other thread
/// listens to them. Runs of one computer must not feel each other: each has a count of its own,
/// and waits without jitter.
fn with_own_retries(clients: &AwsClients) -> AwsClients {
    let own = || {
        RetryPartition::custom("simulated")
            .token_bucket(TokenBucket::default())
            .build()
    };
    let steady = |config: Option<&RetryConfig>| {
        let config = config.cloned().unwrap_or_else(RetryConfig::standard);
        config.with_use_static_exponential_base(true)
    };
    let (dynamodb, sqs, secrets) = (
        clients.dynamodb.config(),
        clients.sqs.config(),
        clients.secrets.config(),
    );
    let dynamodb = dynamodb
        .to_builder()
        .retry_config(steady(dynamodb.retry_config()))
        .retry_partition(own());
    let sqs = sqs
        .to_builder()
        .retry_config(steady(sqs.retry_config()))
        .retry_partition(own());
    let secrets = secrets
        .to_builder()
        .retry_config(steady(secrets.retry_config()))
        .retry_partition(own());
    AwsClients {
        dynamodb: aws_sdk_dynamodb::Client::from_conf(dynamodb.build()),
        sqs: aws_sdk_sqs::Client::from_conf(sqs.build()),
        secrets: aws_sdk_secretsmanager::Client::from_conf(secrets.build()),
        capacity: clients.capacity.clone(),
        events: clients.events.with(|events| {
            let partition = events.retry_partition(own());
            partition.retry_config(steady(None))
        }),
    }
}
