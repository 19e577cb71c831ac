//! The last failures of one account or address: at most five instants, whatever happens.

use std::net::{IpAddr, Ipv6Addr};

use chrono::{DateTime, Utc};
use domain::UserName;
use serde::{Deserialize, Serialize};

use super::{FAILURES_MAX, WINDOW};
use crate::item::Record;
use crate::keys::Key;

/// One home or office has so many bits of IPv6 in common; the others are its own to choose.
const IPV6_NETWORK_BITS: u32 = 64;

/// Whose failures: an account's, or an address's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Subject(String);

impl Subject {
    pub(super) fn account(name: &UserName) -> Self {
        Self(format!("ACCOUNT#{name}"))
    }

    /// An address of unknown senders is one address.
    pub(super) fn address(address: Option<IpAddr>) -> Self {
        let network = match address.map(|it| it.to_canonical()) {
            None => "unknown".to_owned(),
            Some(IpAddr::V4(address)) => address.to_string(),
            Some(IpAddr::V6(address)) => network_of(address).to_string(),
        };
        Self(format!("ADDRESS#{network}"))
    }
}

fn network_of(address: Ipv6Addr) -> Ipv6Addr {
    Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << (128 - IPV6_NETWORK_BITS)))
}

/// The failures of a subject, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Failures {
    pub(super) subject: Subject,
    failed_at: Vec<DateTime<Utc>>,
    last_attempt_at: DateTime<Utc>,
}

impl Failures {
    pub(super) fn none(subject: Subject) -> Self {
        Self {
            subject,
            failed_at: Vec::new(),
            last_attempt_at: DateTime::UNIX_EPOCH,
        }
    }

    /// When the next attempt may be made, if it may not be made now.
    pub(super) fn refused_until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let failed = self.counting(now);
        let first = failed.len().checked_sub(FAILURES_MAX)?;
        failed.get(first).map(|at| *at + WINDOW)
    }

    pub(super) fn with(&self, at: DateTime<Utc>) -> Self {
        let mut failed_at = self.counting(at);
        failed_at.push(at);
        let surplus = failed_at.len().saturating_sub(FAILURES_MAX);
        failed_at.drain(..surplus);
        Self {
            last_attempt_at: at,
            ..self.having(failed_at)
        }
    }

    pub(super) fn holds(&self, at: DateTime<Utc>) -> bool {
        self.failed_at.contains(&at)
    }

    pub(super) fn without(&self, at: DateTime<Utc>) -> Self {
        let mut failed_at = self.failed_at.clone();
        if let Some(place) = failed_at.iter().position(|failed| *failed == at) {
            failed_at.remove(place);
        }
        self.having(failed_at)
    }

    /// Those that still count, since the table forgets late.
    fn counting(&self, now: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        let recent = |at: &&DateTime<Utc>| **at + WINDOW > now;
        self.failed_at.iter().filter(recent).copied().collect()
    }

    fn having(&self, failed_at: Vec<DateTime<Utc>>) -> Self {
        Self {
            failed_at,
            ..self.clone()
        }
    }
}

impl Record for Failures {
    const KIND: &'static str = "FAILURES";

    fn key(&self) -> Key {
        Key::new(format!("LOGIN#{}", self.subject.0), Self::KIND)
    }

    fn expires_at_s(&self) -> Option<i64> {
        // A second more: the table's own deletion never comes first.
        Some((self.last_attempt_at + WINDOW).timestamp() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Subject {
        Subject::address(Some(text.parse().unwrap()))
    }

    #[test]
    fn addresses_of_one_network_are_one() {
        assert_eq!(address("::ffff:192.0.2.7"), address("192.0.2.7"));
        assert_eq!(address("2001:db8::1"), address("2001:db8::ffff:1"));
        assert_ne!(address("2001:db8::1"), address("2001:db8:0:1::1"));
        assert_ne!(address("192.0.2.7"), address("192.0.2.8"));
    }
}
