//! (being written)
pub mod aws;
pub mod clients;
pub mod dynamodb;
pub mod event_source;
pub mod gateway;
pub mod invoke;
mod json_protocol;
pub mod queues;
pub mod secrets;
pub mod sqs;
pub mod table_shape;
pub mod tables;
pub mod template;
pub mod wall_clock;
