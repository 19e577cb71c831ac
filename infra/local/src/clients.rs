//! SDK clients for an AWS at some address of this machine. Its keys open nothing.

use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};

use crate::template::REGION;

fn keys() -> Credentials {
    Credentials::new("local", "local", None, None, "local")
}

macro_rules! client {
    ($(#[$doc:meta])* $name:ident, $sdk:ident) => {
        $(#[$doc])*
        pub fn $name(endpoint: &str) -> $sdk::Client {
            let config = $sdk::Config::builder()
                .behavior_version(BehaviorVersion::latest())
                .region(Region::from_static(REGION))
                .credentials_provider(keys())
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
    /// A Secrets Manager client.
    secrets_manager,
    aws_sdk_secretsmanager
);
