//! SDK clients for an AWS at some address of this machine. Its keys open nothing.

use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};

use crate::account::AccountId;
use crate::template::REGION;

/// The keys of an account: emulators of AWS read from the first whose request it is.
pub(crate) fn keys(account: AccountId) -> Credentials {
    Credentials::new(account.to_string(), "local", None, None, "local")
}

macro_rules! client {
    ($(#[$doc:meta])* $name:ident, $sdk:ident) => {
        $(#[$doc])*
        pub fn $name(endpoint: &str, account: AccountId) -> $sdk::Client {
            let config = $sdk::Config::builder()
                .behavior_version(BehaviorVersion::latest())
                .region(Region::from_static(REGION))
                .credentials_provider(keys(account))
                .endpoint_url(endpoint)
                .build();
            $sdk::Client::from_conf(config)
        }
    };
}

client!(
    /// A `DynamoDB` client.
    dynamodb,
    aws_sdk_dynamodb
);
client!(
    /// An SQS client.
    sqs,
    aws_sdk_sqs
);
client!(
    /// An `EventBridge` client.
    event_bridge,
    aws_sdk_eventbridge
);
client!(
    /// A Secrets Manager client.
    secrets_manager,
    aws_sdk_secretsmanager
);
