//! Counts what passes: calls by what they do, and the capacity that they use. It asks for the
//! capacity itself, so nothing of the product has to.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use serde_json::{Value as Json, json};

use super::{AwsCall, Lost, Reply, Service, SharedWire, Wire};

/// Operations that use up read units; what others use up is write units.
const READS: [&str; 4] = ["GetItem", "Query", "BatchGetItem", "Scan"];

/// What calls of one kind came to.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Tally {
    /// Calls.
    pub calls: u64,
    /// Read units.
    pub read_units: f64,
    /// Write units.
    pub write_units: f64,
    /// Bytes of the largest request.
    pub largest_bytes: usize,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.calls += other.calls;
        self.read_units += other.read_units;
        self.write_units += other.write_units;
        self.largest_bytes = self.largest_bytes.max(other.largest_bytes);
    }
}

/// A count of everything that passes, by the name of the call.
#[derive(Debug, Clone, Default)]
pub struct Meter(Arc<Mutex<BTreeMap<String, Tally>>>);

impl Meter {
    /// The wire, watched by this meter.
    pub fn before(&self, wire: SharedWire) -> SharedWire {
        Arc::new(Metered {
            wire,
            meter: self.clone(),
        })
    }

    /// What passed so far, and counting begins anew.
    pub fn take(&self) -> BTreeMap<String, Tally> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn add(&self, name: String, tally: Tally) {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counted.entry(name).or_default() += tally;
    }
}

#[derive(Debug)]
struct Metered {
    wire: SharedWire,
    meter: Meter,
}

#[async_trait]
impl Wire for Metered {
    async fn answer(&self, call: &AwsCall) -> Result<Reply, Lost> {
        let reply = self.wire.answer(&asking_for_capacity(call)).await?;
        let used: Json = serde_json::from_slice(&reply.body).unwrap_or_default();
        self.meter.add(call.to_string(), tally(call, &used));
        Ok(reply)
    }
}

/// The same call; of a table, with the wish to be told what it used.
fn asking_for_capacity(call: &AwsCall) -> AwsCall {
    let mut asking = call.copy();
    if call.service == Service::DynamoDb {
        asking.set("ReturnConsumedCapacity", json!("TOTAL"));
    }
    asking
}

fn tally(call: &AwsCall, answer: &Json) -> Tally {
    let units = units(&answer["ConsumedCapacity"]);
    let is_read = READS.contains(&call.operation.as_str());
    Tally {
        calls: 1,
        read_units: if is_read { units } else { 0.0 },
        write_units: if is_read { 0.0 } else { units },
        largest_bytes: call.body.to_string().len(),
    }
}

/// One table's, or the sum of several.
fn units(consumed: &Json) -> f64 {
    let of_table = |table: &Json| table["CapacityUnits"].as_f64().unwrap_or_default();
    match consumed.as_array() {
        Some(tables) => tables.iter().map(of_table).sum(),
        None => of_table(consumed),
    }
}
