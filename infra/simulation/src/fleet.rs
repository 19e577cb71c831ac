//! The functions of a run, several instances of each, and what all tasks of a run share.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use local_stack::functions;
use local_stack::invoke::Invoker;
use local_stack::stack::{StackError, surroundings_of};
use local_stack::template::Function;
use local_stack::wire::SharedWire;
use market_data::Market;
use runtime::{Configuration, Entropy, Environment, Surroundings};
use serde_json::Value as Json;

use crate::chance::Chance;
use crate::clients::clients;
use crate::invariants::Violation;
use crate::invocation::{Ended, Invocation};
use crate::journal::{Journal, note};
use crate::queues::Queues;
use crate::time::SimulatedClock;
use crate::weather::Weather;

/// Instances of each function: each has caches of its own.
const INSTANCES: u64 = 2;
/// A function that is told of no deadline runs until the simulation cuts it off.
const NO_DEADLINE_S: u32 = 24 * 60 * 60;

/// What instances are made of.
pub(crate) struct Fleet {
    pub(crate) functions: Vec<Function>,
    pub(crate) environment: Environment,
    pub(crate) configuration: Configuration,
    pub(crate) wire: SharedWire,
    pub(crate) market: Arc<dyn Market>,
    pub(crate) clock: SimulatedClock,
    pub(crate) seed: u64,
    pub(crate) started: AtomicU64,
}

type Instances = BTreeMap<String, Vec<Invoker>>;

impl Fleet {
    /// New instances of every function.
    fn instances(&self) -> Result<Instances, StackError> {
        let mut instances = Instances::new();
        for function in &self.functions {
            for _ in 0..INSTANCES {
                let invoker = self.instance(function)?;
                let of_function = instances.entry(function.binary.clone()).or_default();
                of_function.push(invoker);
            }
        }
        Ok(instances)
    }

    fn instance(&self, function: &Function) -> Result<Invoker, StackError> {
        let number = self.started.fetch_add(1, Ordering::Relaxed);
        // No two instances draw the same tokens, as in the cloud.
        let own = Chance::of(self.seed, &format!("instance {number}"));
        let surroundings = Surroundings {
            environment: self.environment.clone(),
            configuration: self.configuration.clone(),
            aws: clients(&function.binary, &self.wire),
            clock: Arc::new(self.clock),
            entropy: Entropy::seeded(own.between(0, u64::MAX)),
        };
        let surroundings = surroundings_of(&surroundings, function)?;
        // A deadline is real time, which has no place here: the simulation cuts off instead.
        let function = Function {
            timeout_s: NO_DEADLINE_S,
            ..function.clone()
        };
        Ok(functions::start(&function, &surroundings, &self.market)?)
    }
}

/// What all tasks of a run share.
pub(crate) struct Shared {
    fleet: Fleet,
    instances: Mutex<Instances>,
    under_way: Mutex<Vec<Invocation>>,
    paused: AtomicBool,
    faults: AtomicU64,
    violations: Mutex<Vec<Violation>>,
    chance: Chance,
    pub(crate) queues: Arc<Queues>,
    pub(crate) weather: Arc<Weather>,
    pub(crate) clock: SimulatedClock,
    pub(crate) journal: Journal,
}

impl Shared {
    pub(crate) fn new(
        fleet: Fleet,
        queues: Arc<Queues>,
        weather: Arc<Weather>,
        journal: Journal,
    ) -> Result<Self, StackError> {
        Ok(Self {
            instances: Mutex::new(fleet.instances()?),
            under_way: Mutex::default(),
            paused: AtomicBool::new(false),
            faults: AtomicU64::new(0),
            violations: Mutex::default(),
            chance: Chance::of(fleet.seed, "fleet"),
            clock: fleet.clock,
            fleet,
            queues,
            weather,
            journal,
        })
    }

    /// An invocation that a restart ends.
    pub(crate) fn begin_invocation(&self) -> Invocation {
        let invocation = Invocation::default();
        lock(&self.under_way).push(invocation.clone());
        invocation
    }

    /// Invokes one of the function's instances.
    pub(crate) async fn invoke(
        &self,
        invocation: &Invocation,
        binary: &str,
        event: Json,
        timeout: Duration,
    ) -> Ended {
        let Some(invoker) = self.instance(binary) else {
            return Ended::Failed(format!("there is no {binary}"));
        };
        let ended = invocation.run(timeout, invoker(event)).await;
        lock(&self.under_way).retain(|other| !other.is(invocation));
        self.faults
            .fetch_add(invocation.faults().into(), Ordering::Relaxed);
        if !matches!(ended, Ended::Responded(_)) {
            note!(self.journal, "{binary} ended: {ended:?}");
        }
        ended
    }

    fn instance(&self, binary: &str) -> Option<Invoker> {
        let instances = lock(&self.instances);
        let of_function = instances.get(binary).filter(|them| !them.is_empty())?;
        let last = of_function.len() as u64 - 1;
        let number = usize::try_from(self.chance.between(0, last)).ok()?;
        of_function.get(number).map(Arc::clone)
    }

    /// Every instance is replaced, and what it was at is left undone.
    pub(crate) fn restart(&self) {
        note!(self.journal, "restart");
        for invocation in lock(&self.under_way).drain(..) {
            invocation.kill();
        }
        match self.fleet.instances() {
            Ok(instances) => *lock(&self.instances) = instances,
            Err(error) => self.violated(Violation::new("restart", format!("{error:?}"))),
        }
    }

    /// Whether anything is invoked at the moment.
    pub(crate) fn is_idle(&self) -> bool {
        lock(&self.under_way).is_empty() && self.queues.is_idle()
    }

    /// Lets the schedules rest, or run again.
    pub(crate) fn pause(&self, paused: bool) {
        self.paused.store(paused, Ordering::Relaxed);
    }

    pub(crate) fn is_paused(&self) -> bool {
        self.paused.load(Ordering::Relaxed)
    }

    /// Something didn't hold.
    pub(crate) fn violated(&self, violation: Violation) {
        note!(self.journal, "VIOLATION {violation}");
        lock(&self.violations).push(violation);
    }

    pub(crate) fn violations(&self) -> Vec<Violation> {
        lock(&self.violations).clone()
    }

    /// Faults that invocations met.
    pub(crate) fn faults(&self) -> u64 {
        self.faults.load(Ordering::Relaxed)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
