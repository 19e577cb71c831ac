//! Attributes that a sender puts on a message, and the digest of them that clients compare.
//! Texts and numbers only: bytes are refused, for nothing here sends them.

use std::collections::BTreeMap;

use md5::{Digest, Md5};
use serde::{Deserialize, Serialize};

use super::error::SqsError;

/// How the digest names a value that is written as text.
const TEXT_TRANSPORT: u8 = 1;

/// One attribute, as it is sent and received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct MessageAttribute {
    data_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    string_value: Option<String>,
}

/// Attributes by name.
pub(super) type MessageAttributes = BTreeMap<String, MessageAttribute>;

/// Whether they can be kept here.
pub(super) fn check(attributes: &MessageAttributes) -> Result<(), SqsError> {
    if attributes.len() > 10 {
        let reason = "Number of message attributes exceeds the allowed maximum 10.";
        return Err(SqsError::InvalidParameterValue(reason.to_owned()));
    }
    let wrong = attributes
        .iter()
        .find(|(_, attribute)| !attribute.is_text());
    match wrong {
        None => Ok(()),
        Some((name, _)) => Err(SqsError::InvalidParameterValue(format!(
            "The message attribute '{name}' must have a type of String or Number and a non-empty value."
        ))),
    }
}

impl MessageAttribute {
    fn is_text(&self) -> bool {
        let kind = self.data_type.split('.').next().unwrap_or_default();
        let value = self.string_value.as_deref().unwrap_or_default();
        matches!(kind, "String" | "Number") && !value.is_empty()
    }
}

/// Their bytes, which count towards the size of the message.
pub(super) fn bytes(attributes: &MessageAttributes) -> usize {
    let each = attributes.iter().map(|(name, attribute)| {
        let value = attribute.string_value.as_deref().unwrap_or_default();
        name.len() + attribute.data_type.len() + value.len()
    });
    each.sum()
}

/// The digest, as the SQS developer guide describes it: by name, each part led by its length
/// (<https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html>).
pub(super) fn md5_hex(attributes: &MessageAttributes) -> Option<String> {
    if attributes.is_empty() {
        return None;
    }
    let mut digest = Md5::new();
    for (name, attribute) in attributes {
        add(&mut digest, name);
        add(&mut digest, &attribute.data_type);
        digest.update([TEXT_TRANSPORT]);
        add(
            &mut digest,
            attribute.string_value.as_deref().unwrap_or_default(),
        );
    }
    Some(hex::encode(digest.finalize()))
}

fn add(digest: &mut Md5, text: &str) {
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
    digest.update(length.to_be_bytes());
    digest.update(text.as_bytes());
}

/// Those that a receiver asks for: `All`, names, or beginnings of names (`trace.*`).
pub(super) fn asked_for(attributes: MessageAttributes, names: &[String]) -> MessageAttributes {
    let is_asked = |attribute: &str| {
        names.iter().any(|name| match name.strip_suffix(".*") {
            Some(beginning) => attribute.starts_with(beginning),
            None => name == "All" || name == attribute,
        })
    };
    attributes
        .into_iter()
        .filter(|(name, _)| is_asked(name))
        .collect()
}
