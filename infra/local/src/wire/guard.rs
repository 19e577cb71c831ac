//! Holds callers to their policies, as IAM does: what isn't granted is refused, and what was
//! needed is remembered.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use serde_json::json;

use super::{AwsCall, Lost, Reply, Service, SharedWire, Wire};
use crate::account::AccountId;
use crate::policy::{Permission, Policy, needs_of};

/// What each caller, by its binary's name, is seen to need.
pub type Used = BTreeMap<String, BTreeSet<Permission>>;

/// The policies of all callers.
#[derive(Debug, Clone)]
pub struct Guard {
    policies: Arc<BTreeMap<String, Policy>>,
    account: AccountId,
    used: Arc<Mutex<Used>>,
}

impl Guard {
    /// A guard over these callers. Whoever isn't among them may do nothing.
    pub fn new(policies: BTreeMap<String, Policy>, account: AccountId) -> Self {
        Self {
            policies: Arc::new(policies),
            account,
            used: Arc::default(),
        }
    }

    /// The wire, behind this guard.
    pub fn before(&self, wire: SharedWire) -> SharedWire {
        let guard = self.clone();
        Arc::new(Guarded { wire, guard })
    }

    /// What was needed so far, and granted.
    pub fn used(&self) -> Used {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.clone()
    }

    /// The first permission that the caller lacks for this call.
    fn lacking(&self, call: &AwsCall) -> Option<Permission> {
        let policy = self.policies.get(&call.caller);
        let needed = needs_of(call, self.account);
        let is_granted = |it: &Permission| policy.is_some_and(|policy| policy.allows(it));
        if let Some(lacking) = needed.iter().find(|it| !is_granted(it)) {
            return Some(lacking.clone());
        }
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.entry(call.caller.clone()).or_default().extend(needed);
        None
    }
}

#[derive(Debug)]
struct Guarded {
    wire: SharedWire,
    guard: Guard,
}

#[async_trait]
impl Wire for Guarded {
    async fn answer(&self, call: &AwsCall) -> Result<Reply, Lost> {
        match self.guard.lacking(call) {
            None => self.wire.answer(call).await,
            Some(lacking) => {
                tracing::error!(caller = call.caller, %lacking, "refused: the template doesn't grant it");
                Ok(denied(call, &lacking))
            }
        }
    }
}

/// The answer of AWS to who may not do what is asked.
fn denied(call: &AwsCall, lacking: &Permission) -> Reply {
    let kind = match call.service {
        Service::DynamoDb => "com.amazon.coral.service#AccessDeniedException",
        Service::Sqs => "com.amazon.coral.service#AccessDenied",
        Service::Secrets | Service::Events => "AccessDeniedException",
    };
    let (caller, action, resource) = (&call.caller, &lacking.action, &lacking.resource);
    let message = format!(
        "User: {caller} is not authorized to perform: {action} on resource: {resource} because no \
         identity-based policy allows the {action} action"
    );
    let error = json!({ "__type": kind, "message": message });
    Reply::json(400, error.to_string())
}
