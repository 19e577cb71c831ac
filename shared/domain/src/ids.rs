//! Identities. Each is a pure function of what it names, so a retry produces the same one.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::engine::{Engine, Leg};

/// The namespace of every Parallax identity: version 5 of the DNS name `parallax.invalid`.
const NAMESPACE: Uuid = Uuid::from_bytes([
    0x5d, 0x2c, 0x1b, 0x5e, 0x94, 0x1f, 0x5a, 0x0e, 0x8f, 0x5b, 0x6a, 0x3c, 0x77, 0x10, 0x42, 0xd9,
]);

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

id!(
    /// A signal: derived from its hash.
    SignalId
);
id!(
    /// An order: derived from signal, engine and leg.
    OrderId
);
id!(
    /// A trade (a fill): derived from signal, engine and leg.
    TradeId
);
id!(
    /// A position: derived from signal and engine.
    PositionId
);

id!(
    /// A domain event: derived from its kind and what it tells of.
    EventId
);

impl SignalId {
    /// The identity of the signal with this hash (64 hexadecimal digits).
    pub fn of(signal_hash: &str) -> Self {
        Self(Uuid::new_v5(
            &NAMESPACE,
            format!("signal:{signal_hash}").as_bytes(),
        ))
    }
}

impl OrderId {
    /// The identity of the one order of this leg.
    pub fn of(signal: SignalId, engine: Engine, leg: Leg) -> Self {
        Self(Uuid::new_v5(
            &NAMESPACE,
            format!("order:{signal}:{engine}:{leg}").as_bytes(),
        ))
    }
}

impl TradeId {
    /// The identity of the one trade of this leg.
    pub fn of(signal: SignalId, engine: Engine, leg: Leg) -> Self {
        Self(Uuid::new_v5(
            &NAMESPACE,
            format!("trade:{signal}:{engine}:{leg}").as_bytes(),
        ))
    }
}

impl PositionId {
    /// The identity of the one position that this engine may take from this signal.
    pub fn of(signal: SignalId, engine: Engine) -> Self {
        Self(Uuid::new_v5(
            &NAMESPACE,
            format!("position:{signal}:{engine}").as_bytes(),
        ))
    }
}

impl EventId {
    /// The identity of the one event of this kind on `subject`.
    pub fn of(kind: &str, subject: &str) -> Self {
        let name = format!("event:{kind}:{subject}");
        Self(Uuid::new_v5(&NAMESPACE, name.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_same_inputs_name_the_same_thing() {
        let signal = SignalId::of("ab");
        assert_eq!(signal, SignalId::of("ab"));
        assert_eq!(
            OrderId::of(signal, Engine::A, Leg::Entry),
            OrderId::of(signal, Engine::A, Leg::Entry)
        );
    }

    #[test]
    fn every_leg_of_every_engine_is_another_order() {
        let signal = SignalId::of("ab");
        let ids: HashSet<_> = [Engine::A, Engine::B]
            .into_iter()
            .flat_map(|engine| {
                [Leg::Entry, Leg::Exit(1), Leg::Exit(2)].map(|leg| OrderId::of(signal, engine, leg))
            })
            .collect();
        assert_eq!(ids.len(), 6);
    }
}
