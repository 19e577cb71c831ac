//! The whole stack on one machine, in one process, read from `template.yaml`: DynamoDB, SQS and
//! Secrets Manager, the schedules, the HTTP API, and the same handlers as in the cloud.
//!
//! Nothing here decides about a trade, and the functions don't know that they run here.

pub mod account;
pub mod aws;
pub mod buses;
pub mod clients;
pub mod data_dir;
pub mod declared_secrets;
pub mod dynamodb;
pub mod event_source;
pub mod events;
pub mod functions;
pub mod gateway;
pub mod hosting;
pub mod http_api;
pub mod invoke;
mod json_protocol;
pub mod policy;
pub mod queues;
pub mod schedules;
pub mod secrets;
pub mod site;
pub mod sqs;
pub mod stack;
pub mod stack_clock;
pub mod table_shape;
pub mod tables;
pub mod template;
pub mod wall_clock;
pub mod wire;

pub use stack::{Stack, StackOptions};
