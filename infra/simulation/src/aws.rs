//! AWS as a run has it: `DynamoDB` in the process, the simulated queues, and between them and
//! the functions the faults that the run's chance draws.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use local_stack::wire::{AwsCall, InMemoryDynamoDb, Lost, Reply, Service, Wire, refusals};
use serde_json::json;

use crate::book_watch::BookWatch;
use crate::bus::Bus;
use crate::chance::Chance;
use crate::faults::Fault;
use crate::index_lag::IndexLag;
use crate::invocation::{crash, note_fault};
use crate::journal::{Journal, note};
use crate::partial;
use crate::queues::{Queues, Unreliability};
use crate::sender::SECRET;
use crate::weather::Weather;

/// Longer than any caller waits.
const SLOW: Duration = Duration::from_secs(6);

/// The services, and what may befall a call to them.
#[derive(Debug)]
pub(crate) struct SimulatedAws {
    pub(crate) database: InMemoryDynamoDb,
    pub(crate) queues: Arc<Queues>,
    pub(crate) bus: Arc<Bus>,
    pub(crate) weather: Arc<Weather>,
    pub(crate) watch: Arc<BookWatch>,
    pub(crate) lag: IndexLag,
    pub(crate) chance: Chance,
    pub(crate) journal: Journal,
}

#[async_trait]
impl Wire for SimulatedAws {
    async fn answer(&self, call: &AwsCall) -> Result<Reply, Lost> {
        let rates = self.weather.rates();
        tokio::time::sleep(self.chance.up_to(rates.latency)).await;
        let fault = self
            .weather
            .outage(call.service)
            .or_else(|| rates.draw(&self.chance, may_conflict(call)));
        let outcome = match fault {
            None => self.perform(call).await,
            Some(fault) => self.spoiled(call, fault).await,
        };
        tokio::time::sleep(self.chance.up_to(rates.latency / 4)).await;
        outcome
    }
}

impl SimulatedAws {
    async fn spoiled(&self, call: &AwsCall, fault: Fault) -> Result<Reply, Lost> {
        note_fault();
        note!(self.journal, "{fault:?}: {call}");
        match fault {
            Fault::Conflict => Ok(refusals::conflict(&call.body)),
            Fault::Throttle => Ok(refusals::throttled(call.service)),
            Fault::LoseRequest => Err(Lost("before the request arrived".to_owned())),
            Fault::LoseAnswer => {
                self.perform(call).await?;
                Err(Lost("before the answer arrived".to_owned()))
            }
            Fault::Slow => {
                let outcome = self.perform(call).await;
                tokio::time::sleep(SLOW).await;
                outcome
            }
            Fault::CrashBefore => {
                crash().await;
                self.perform(call).await
            }
            Fault::CrashAfter => {
                let outcome = self.perform(call).await;
                crash().await;
                outcome
            }
        }
    }

    async fn perform(&self, call: &AwsCall) -> Result<Reply, Lost> {
        if call.service == Service::Sqs {
            note!(self.journal, "{call}: {}", bodies(call));
            let rates = self.weather.rates();
            let unreliability = Unreliability {
                duplicate: rates.duplicate,
                late: rates.late,
            };
            return Ok(self.queues.answer(call, unreliability));
        }
        if call.service == Service::Secrets {
            return Ok(secret(call));
        }
        let rates = self.weather.rates();
        if call.service == Service::Events {
            note!(self.journal, "{call}");
            return Ok(self.bus.answer(call, rates.throttle));
        }
        if let Some((half, left)) =
            partial::halved(call).filter(|_| self.chance.happens(rates.throttle))
        {
            note_fault();
            note!(self.journal, "in part: {call}");
            let reply = self.database.answer(&half).await?;
            return Ok(partial::with_rest(&reply, call, left));
        }
        let longest_lag = rates.index_lag;
        let changes = self.lag.before(call, &self.database, longest_lag);
        let mut reply = self.database.answer(call).await?;
        if call.is_write() {
            note!(self.journal, "{call}: {}", outcome(&reply));
        }
        if reply.is_success() {
            self.lag.remember(changes);
            self.watch.after(call, &self.database);
            self.lag.age(call, &mut reply);
        }
        Ok(reply)
    }
}

/// What is sent: one message's body, or several.
fn bodies(call: &AwsCall) -> String {
    let entries = call.body["Entries"].as_array();
    let messages = entries.map_or_else(|| vec![&call.body], |entries| entries.iter().collect());
    let bodies = messages.into_iter().map(|it| it["MessageBody"].to_string());
    bodies.collect::<Vec<_>>().join(" ")
}

/// The webhook's secret is the only one.
fn secret(call: &AwsCall) -> Reply {
    let answer = json!({ "Name": call.body["SecretId"], "SecretString": SECRET });
    Reply::json(200, answer.to_string())
}

/// What a write came to, in few words.
fn outcome(reply: &Reply) -> String {
    if reply.is_success() {
        return "done".to_owned();
    }
    let body: serde_json::Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    let reasons = body["CancellationReasons"].as_array().into_iter().flatten();
    let codes: Vec<&str> = reasons
        .filter_map(|reason| reason["Code"].as_str())
        .collect();
    if codes.is_empty() {
        let kind = body["__type"].as_str().unwrap_or_default();
        return kind.rsplit('#').next().unwrap_or_default().to_owned();
    }
    format!("refused: {}", codes.join(", "))
}

/// A write of the ledger: a transaction, or a put that is retried by its token.
fn may_conflict(call: &AwsCall) -> bool {
    call.operation == "TransactWriteItems" || !call.body["Item"]["token"].is_null()
}
