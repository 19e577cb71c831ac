//! The errors of SQS, with the codes of both protocols that clients know them by.

use crate::json_protocol::Answer;

/// Both codes of an error of the service: the older one may be spelt differently.
macro_rules! sqs {
    ($name:literal) => {
        sqs!($name, $name)
    };
    ($name:literal, $older:literal) => {
        (
            concat!("com.amazonaws.sqs#", $name),
            concat!("AWS.SimpleQueueService.", $older),
        )
    };
}

/// Both codes of an error of the layer below all services.
macro_rules! coral {
    ($name:literal) => {
        (
            concat!("com.amazon.coral.service#", $name, "Exception"),
            $name,
        )
    };
}

/// Why a request failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SqsError {
    /// No queue has this name.
    #[error("The specified queue does not exist.")]
    QueueDoesNotExist,
    /// A queue of this name exists with other attributes.
    #[error("A queue already exists with the same name and a different value for {0}.")]
    QueueNameExists(String),
    /// Not a receipt handle of this queue.
    #[error("The input receipt handle is invalid.")]
    ReceiptHandleIsInvalid,
    /// The message is visible again, so its visibility can't be changed by a receiver.
    #[error("The specified message isn't in flight.")]
    MessageNotInflight,
    /// The body has a character that XML can't have.
    #[error("The message contains characters outside the allowed set.")]
    InvalidMessageContents,
    /// A batch without entries.
    #[error("The batch request doesn't contain any entries.")]
    EmptyBatchRequest,
    /// A batch with more than ten entries.
    #[error("The batch request contains more entries than permissible.")]
    TooManyEntriesInBatchRequest,
    /// Two entries of a batch have this id.
    #[error("Two or more batch entries in the request have the same Id: {0}.")]
    BatchEntryIdsNotDistinct(String),
    /// The id of an entry is empty, too long or has other characters than letters, digits, - and _.
    #[error("The Id of a batch entry in a batch request doesn't abide by the specification.")]
    InvalidBatchEntryId,
    /// The bodies of a batch are too large together.
    #[error("The length of all the messages put together is more than the limit.")]
    BatchRequestTooLong,
    /// No such attribute of a queue.
    #[error("Unknown Attribute {0}.")]
    InvalidAttributeName(String),
    /// An attribute of a queue can't have this value.
    #[error("Invalid value for the parameter {0}.")]
    InvalidAttributeValue(String),
    /// A parameter can't have this value.
    #[error("{0}")]
    InvalidParameterValue(String),
    /// The request lacks this parameter.
    #[error("The request must contain the parameter {0}.")]
    MissingParameter(&'static str),
    /// The request isn't the JSON that it should be.
    #[error("{0}")]
    Serialization(String),
    /// Not an operation served here.
    #[error("The operation {0} is not known.")]
    UnknownOperation(String),
    /// The database failed, or the service is closed.
    #[error("The queues can't be reached: {0}")]
    Internal(String),
}

impl SqsError {
    /// `__type` of the JSON protocol, and the code of the query protocol.
    fn codes(&self) -> (&'static str, &'static str) {
        match self {
            Self::QueueDoesNotExist => sqs!("QueueDoesNotExist", "NonExistentQueue"),
            Self::QueueNameExists(_) => ("com.amazonaws.sqs#QueueNameExists", "QueueAlreadyExists"),
            Self::ReceiptHandleIsInvalid => (
                "com.amazonaws.sqs#ReceiptHandleIsInvalid",
                "ReceiptHandleIsInvalid",
            ),
            Self::MessageNotInflight => sqs!("MessageNotInflight"),
            Self::InvalidMessageContents => (
                "com.amazonaws.sqs#InvalidMessageContents",
                "InvalidMessageContents",
            ),
            Self::EmptyBatchRequest => sqs!("EmptyBatchRequest"),
            Self::TooManyEntriesInBatchRequest => sqs!("TooManyEntriesInBatchRequest"),
            Self::BatchEntryIdsNotDistinct(_) => sqs!("BatchEntryIdsNotDistinct"),
            Self::InvalidBatchEntryId => sqs!("InvalidBatchEntryId"),
            Self::BatchRequestTooLong => sqs!("BatchRequestTooLong"),
            Self::InvalidAttributeName(_) => (
                "com.amazonaws.sqs#InvalidAttributeName",
                "InvalidAttributeName",
            ),
            Self::InvalidAttributeValue(_) => (
                "com.amazonaws.sqs#InvalidAttributeValue",
                "InvalidAttributeValue",
            ),
            Self::InvalidParameterValue(_) => coral!("InvalidParameterValue"),
            Self::MissingParameter(_) => (
                "com.amazon.coral.service#MissingRequiredParameterException",
                "MissingParameter",
            ),
            Self::Serialization(_) => coral!("Serialization"),
            Self::UnknownOperation(_) => coral!("UnknownOperation"),
            Self::Internal(_) => ("com.amazonaws.sqs#InternalFailure", "InternalFailure"),
        }
    }

    /// The code of the query protocol, which entries of batches carry too.
    pub(super) fn code(&self) -> &'static str {
        self.codes().1
    }

    /// Whether the sender is to blame, not the service.
    pub(super) fn is_senders_fault(&self) -> bool {
        !matches!(self, Self::Internal(_))
    }

    /// The error as an answer.
    pub(super) fn answer(&self) -> Answer {
        let (kind, code) = self.codes();
        let (status, fault) = if self.is_senders_fault() {
            (400, "Sender")
        } else {
            (500, "Receiver")
        };
        let query_error = Some(format!("{code};{fault}"));
        Answer {
            query_error,
            ..Answer::failure(status, kind, &self.to_string())
        }
    }
}

impl From<rusqlite::Error> for SqsError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Internal(error.to_string())
    }
}
