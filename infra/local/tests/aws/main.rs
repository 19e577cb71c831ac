//! The embedded AWS where it is more than an AWS: its files, its clock, its template.

#[cfg(test)]
mod event_source_verdict;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod sqs_durability;
#[cfg(test)]
mod sqs_properties;
#[cfg(test)]
mod support;
#[cfg(test)]
mod tables;
#[cfg(test)]
mod template;
#[cfg(test)]
mod template_errors;
