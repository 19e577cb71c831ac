//! Where an AWS on this machine answers, and whose requests these are: all that a stack has to
//! know of the AWS that it runs on.

use aws_config::{BehaviorVersion, Region, SdkConfig};
use runtime::AwsClients;
use runtime::aws::Endpoints;

use super::LocalAwsError;
use crate::account::AccountId;
use crate::buses::create_buses;
use crate::clients;
use crate::queues::create_queues;
use crate::tables::create_tables;
use crate::template::{REGION, Template, queue_arn, queue_url};

/// The addresses of an AWS, without a slash at the end, and the account that speaks to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwsEndpoints {
    /// The endpoint of `DynamoDB`.
    pub dynamodb_url: String,
    /// The endpoint of everything else.
    pub gateway_url: String,
    /// Whose everything is.
    pub account: AccountId,
}

impl AwsEndpoints {
    /// Of a stack that is elsewhere: enough to read what its template says.
    pub fn nowhere() -> Self {
        Self {
            dynamodb_url: String::new(),
            gateway_url: "http://127.0.0.1".to_owned(),
            account: AccountId::EMBEDDED,
        }
    }

    /// A client of its `DynamoDB`.
    pub fn dynamodb_client(&self) -> aws_sdk_dynamodb::Client {
        clients::dynamodb(&self.dynamodb_url, self.account)
    }

    /// A client of its SQS.
    pub fn sqs_client(&self) -> aws_sdk_sqs::Client {
        clients::sqs(&self.gateway_url, self.account)
    }

    /// A client of its Secrets Manager.
    pub fn secrets_client(&self) -> aws_sdk_secretsmanager::Client {
        clients::secrets_manager(&self.gateway_url, self.account)
    }

    /// A client of its `EventBridge`.
    pub fn events_client(&self) -> aws_sdk_eventbridge::Client {
        clients::event_bridge(&self.gateway_url, self.account)
    }

    /// The address of the queue of this name.
    pub fn queue_url(&self, name: &str) -> String {
        queue_url(&self.gateway_url, self.account, name)
    }

    /// The ARN of the queue of this name.
    pub fn queue_arn(&self, name: &str) -> String {
        queue_arn(name, self.account)
    }

    /// Creates the tables, queues and buses of this template.
    pub(super) async fn create(&self, template: &Template) -> Result<(), LocalAwsError> {
        create_tables(&self.dynamodb_client(), &template.tables).await?;
        create_queues(&self.sqs_client(), &template.queues, self.account).await?;
        create_buses(&self.events_client(), &template.buses).await?;
        Ok(())
    }

    /// The product's own clients, with its time limits, over the SDK's configuration.
    pub fn product_clients(&self, shared: &SdkConfig) -> AwsClients {
        let endpoints = Endpoints {
            dynamodb: Some(self.dynamodb_url.clone()),
            sqs: Some(self.gateway_url.clone()),
            secrets: Some(self.gateway_url.clone()),
            events: Some(self.gateway_url.clone()),
        };
        AwsClients::new(shared, &endpoints)
    }
}

/// The SDK's configuration for an AWS on this machine.
pub async fn sdk_config(account: AccountId) -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .region(Region::from_static(REGION))
        .credentials_provider(clients::keys(account))
        .load()
        .await
}
