//! What the product relies on in AWS, driven by the real SDK: tables, queues, secrets, and event
//! sources over them.

#[cfg(test)]
mod event_source;
#[cfg(test)]
mod event_source_limits;
#[cfg(test)]
mod feeding;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod sqs_attributes;
#[cfg(test)]
mod sqs_batches;
#[cfg(test)]
mod sqs_bounds;
#[cfg(test)]
mod sqs_messages;
#[cfg(test)]
mod sqs_queues;
#[cfg(test)]
mod sqs_receivers;
#[cfg(test)]
mod sqs_requests;
#[cfg(test)]
mod support;
#[cfg(test)]
mod tables;
