//! The local AWS as a whole: `DynamoDB`, SQS and Secrets Manager, in memory or in a directory.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::clients;
use crate::dynamodb::{DynamoDb, DynamoDbError};
use crate::gateway::Gateway;
use crate::queues::{QueuesError, create_queues};
use crate::secrets::{Secrets, SecretsError};
use crate::sqs::{Sqs, SqsError};
use crate::tables::{TablesError, create_tables};
use crate::template::Template;
use crate::wall_clock::{SystemWallClock, WallClock};

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
}

/// A running local AWS.
#[derive(Debug)]
pub struct LocalAws {
    dynamodb: DynamoDb,
    gateway: Gateway,
    secrets: Arc<Secrets>,
}

impl LocalAws {
    /// Starts it over what this directory keeps, or in memory.
    pub async fn start(data_dir: Option<&Path>) -> Result<Self, LocalAwsError> {
        Self::start_at(data_dir, Arc::new(SystemWallClock)).await
    }

    /// The same, with a clock for the timing of queues and the dates of secrets.
    pub async fn start_at(
        data_dir: Option<&Path>,
        clock: Arc<dyn WallClock>,
    ) -> Result<Self, LocalAwsError> {
        data_dir.map(std::fs::create_dir_all).transpose()?;
        let file =
            |name: &str| -> Option<PathBuf> { data_dir.map(|directory| directory.join(name)) };
        let dynamodb = DynamoDb::start(file("dynamodb.sqlite").as_deref())?;
        let sqs = Sqs::open(file("sqs.sqlite").as_deref(), Arc::clone(&clock)).await?;
        let secrets = Arc::new(Secrets::open(file("secrets.json").as_deref(), clock)?);
        let gateway = Gateway::start(sqs, Arc::clone(&secrets)).await?;
        Ok(Self {
            dynamodb,
            gateway,
            secrets,
        })
    }

    /// Creates the tables and queues of this template. Its secrets are made by who knows what
    /// they should be, through [`Self::secrets`].
    pub async fn create(&self, template: &Template) -> Result<(), LocalAwsError> {
        create_tables(&self.dynamodb_client(), &template.tables).await?;
        create_queues(&self.sqs_client(), &template.queues).await?;
        Ok(())
    }

    /// The endpoint of `DynamoDB`.
    pub fn dynamodb_url(&self) -> &str {
        self.dynamodb.url()
    }

    /// The endpoint of SQS and Secrets Manager.
    pub fn gateway_url(&self) -> &str {
        self.gateway.url()
    }

    /// The secrets, for the stack itself.
    pub fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// A client of its `DynamoDB`.
    pub fn dynamodb_client(&self) -> aws_sdk_dynamodb::Client {
        clients::dynamodb(self.dynamodb_url())
    }

    /// A client of its SQS.
    pub fn sqs_client(&self) -> aws_sdk_sqs::Client {
        clients::sqs(self.gateway_url())
    }

    /// A client of its Secrets Manager.
    pub fn secrets_client(&self) -> aws_sdk_secretsmanager::Client {
        clients::secrets_manager(self.gateway_url())
    }

    /// Ends it: all files are closed when this returns.
    pub async fn stop(self) -> Result<(), LocalAwsError> {
        self.gateway.stop().await;
        self.dynamodb.stop().await?;
        Ok(())
    }
}
