//! The local AWS, driven by the real SDK.

#[cfg(test)]
mod event_source;
#[cfg(test)]
mod event_source_limits;
#[cfg(test)]
mod event_source_verdict;
#[cfg(test)]
mod feeding;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod sqs_attributes;
#[cfg(test)]
mod sqs_batches;
#[cfg(test)]
mod sqs_durability;
#[cfg(test)]
mod sqs_messages;
#[cfg(test)]
mod sqs_properties;
#[cfg(test)]
mod sqs_queues;
#[cfg(test)]
mod sqs_requests;
#[cfg(test)]
mod support;
#[cfg(test)]
mod tables;
#[cfg(test)]
mod template;
#[cfg(test)]
mod template_errors;
