//! Whose an AWS resource is. An AWS on this machine may keep what different accounts have apart,
//! as the real one does, so whoever starts a stack says for which account.

use std::fmt;

/// Accounts have twelve digits.
const NUMBERS: u64 = 1_000_000_000_000;

/// An AWS account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountId(u64);

impl AccountId {
    /// The account of the embedded AWS, which has one.
    pub const EMBEDDED: Self = Self(0);

    /// The account with this number; of a longer one its last twelve digits count.
    pub fn numbered(number: u64) -> Self {
        Self(number % NUMBERS)
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012}", self.0)
    }
}
