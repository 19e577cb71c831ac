//! What a message may be, and its digest.

use md5::{Digest, Md5};

use super::error::SqsError;

/// The most bytes of a message, and of all messages of a batch: 1 MiB since August 2025.
pub(super) const LARGEST_BYTES: u32 = 1_048_576;

/// The digest of a text that SQS answers with, so that clients can compare.
pub(super) fn md5_hex(text: &str) -> String {
    hex::encode(Md5::digest(text.as_bytes()))
}

/// Whether a queue takes this body, with attributes of so many bytes.
pub(super) fn check_body(
    body: &str,
    attribute_bytes: usize,
    largest_bytes: u32,
) -> Result<(), SqsError> {
    if body.is_empty() {
        return Err(SqsError::MissingParameter("MessageBody"));
    }
    if !body.chars().all(is_allowed) {
        return Err(SqsError::InvalidMessageContents);
    }
    if body.len() + attribute_bytes > largest_bytes as usize {
        return Err(SqsError::InvalidParameterValue(format!(
            "One or more parameters are invalid. Reason: Message must be shorter than {largest_bytes} bytes."
        )));
    }
    Ok(())
}

/// The characters of XML 1.0 (<https://www.w3.org/TR/xml/#charsets>).
fn is_allowed(letter: char) -> bool {
    match letter {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        _ => letter >= ' ',
    }
}
