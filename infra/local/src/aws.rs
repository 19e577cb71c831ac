//! The AWS that a stack runs on: `DynamoDB`, SQS, Secrets Manager and `EventBridge`. Either the
//! embedded one, in memory or in a directory, or one that somebody else serves; here alone it is
//! decided which.

mod embedded;
mod endpoints;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use aws_config::SdkConfig;

use crate::account::AccountId;
use crate::buses::BusesError;
use crate::dynamodb::DynamoDbError;
use crate::events::TakenEvent;
use crate::queues::QueuesError;
use crate::secrets::SecretsError;
use crate::sqs::SqsError;
use crate::tables::TablesError;
use crate::template::Template;
use crate::wall_clock::{SystemWallClock, WallClock};
use embedded::Embedded;

pub use endpoints::{AwsEndpoints, sdk_config};

/// Why the local AWS can't be started, filled or stopped.
#[derive(Debug, thiserror::Error)]
pub enum LocalAwsError {
    /// The data directory or a port can't be had.
    #[error("the local AWS can't be served")]
    Io(#[from] std::io::Error),
    /// `DynamoDB`.
    #[error(transparent)]
    DynamoDb(#[from] DynamoDbError),
    /// SQS.
    #[error(transparent)]
    Sqs(#[from] SqsError),
    /// Secrets Manager.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// A table.
    #[error(transparent)]
    Tables(#[from] TablesError),
    /// A queue.
    #[error(transparent)]
    Queues(#[from] QueuesError),
    /// An event bus.
    #[error(transparent)]
    Buses(#[from] BusesError),
}

/// Which AWS a stack runs on.
#[derive(Debug, Clone)]
pub enum AwsChoice {
    /// The embedded one, started and ended with the stack.
    Embedded {
        /// Where to keep everything; absent: in memory.
        data_dir: Option<PathBuf>,
    },
    /// One that runs already, and that goes on when the stack ends.
    At(AwsEndpoints),
}

impl AwsChoice {
    /// The embedded one that keeps nothing.
    pub fn in_memory() -> Self {
        Self::Embedded { data_dir: None }
    }

    /// The embedded one over this directory.
    pub fn over(data_dir: &Path) -> Self {
        Self::Embedded {
            data_dir: Some(data_dir.to_owned()),
        }
    }
}

/// An AWS on this machine, ready for requests.
#[derive(Debug)]
pub struct LocalAws {
    endpoints: AwsEndpoints,
    embedded: Option<Embedded>,
}

impl LocalAws {
    /// Starts the embedded one, or takes the one that runs.
    pub async fn start(choice: &AwsChoice) -> Result<Self, LocalAwsError> {
        match choice {
            AwsChoice::Embedded { data_dir } => {
                Self::start_at(data_dir.as_deref(), Arc::new(SystemWallClock)).await
            }
            AwsChoice::At(endpoints) => Ok(Self {
                endpoints: endpoints.clone(),
                embedded: None,
            }),
        }
    }

    /// Starts the embedded one, with a clock for the timing of queues and the dates of secrets.
    pub async fn start_at(
        data_dir: Option<&Path>,
        clock: Arc<dyn WallClock>,
    ) -> Result<Self, LocalAwsError> {
        let embedded = Embedded::start(data_dir, clock).await?;
        let endpoints = AwsEndpoints {
            dynamodb_url: embedded.dynamodb_url().to_owned(),
            gateway_url: embedded.gateway_url().to_owned(),
            account: AccountId::EMBEDDED,
        };
        Ok(Self {
            endpoints,
            embedded: Some(embedded),
        })
    }

    /// Creates the tables, queues and buses of this template. Its secrets are made by who knows what
    /// they should be.
    pub async fn create(&self, template: &Template) -> Result<(), LocalAwsError> {
        self.endpoints.create(template).await
    }

    /// Where it answers, and to whom.
    pub fn endpoints(&self) -> &AwsEndpoints {
        &self.endpoints
    }

    /// The SDK's configuration for it.
    pub async fn sdk_config(&self) -> SdkConfig {
        sdk_config(self.endpoints.account).await
    }

    /// The endpoint of `DynamoDB`.
    pub fn dynamodb_url(&self) -> &str {
        &self.endpoints.dynamodb_url
    }

    /// The endpoint of everything else.
    pub fn gateway_url(&self) -> &str {
        &self.endpoints.gateway_url
    }

    /// A client of its `DynamoDB`.
    pub fn dynamodb_client(&self) -> aws_sdk_dynamodb::Client {
        self.endpoints.dynamodb_client()
    }

    /// A client of its SQS.
    pub fn sqs_client(&self) -> aws_sdk_sqs::Client {
        self.endpoints.sqs_client()
    }

    /// A client of its Secrets Manager.
    pub fn secrets_client(&self) -> aws_sdk_secretsmanager::Client {
        self.endpoints.secrets_client()
    }

    /// The last events that its buses took, if it is the embedded one.
    pub fn taken_events(&self) -> Vec<TakenEvent> {
        let embedded = self.embedded.as_ref();
        embedded.map_or_else(Vec::new, |it| it.events().taken())
    }

    /// Ends it, if it is the embedded one: all files are closed when this returns.
    pub async fn stop(self) -> Result<(), LocalAwsError> {
        match self.embedded {
            Some(embedded) => embedded.stop().await,
            None => Ok(()),
        }
    }
}
