//! (being written)
mod json_protocol;
pub mod sqs;
pub mod template;
pub mod wall_clock;
