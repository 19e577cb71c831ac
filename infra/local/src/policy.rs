//! What a function may do at AWS, as the template grants it, and what its calls need. Nothing is
//! refused here: `wire::Guard` does that.

mod needs;

use std::collections::BTreeSet;
use std::fmt;

pub use needs::needs_of;

/// An action on a resource: `dynamodb:PutItem` on the ARN of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Permission {
    /// The action, as IAM spells it.
    pub action: String,
    /// The resource: its ARN; of a secret its name, by which functions ask for it.
    pub resource: String,
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {}", self.action, self.resource)
    }
}

/// A function's policy. Only what it grants is allowed, and it grants nothing by patterns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy(BTreeSet<Permission>);

impl Policy {
    /// Whether it grants this.
    pub fn allows(&self, permission: &Permission) -> bool {
        self.0.contains(permission)
    }

    /// Everything that it grants.
    pub fn granted(&self) -> &BTreeSet<Permission> {
        &self.0
    }

    /// Each of these actions on each of these resources.
    pub(crate) fn add(&mut self, actions: &[String], resources: &[String]) {
        let pairs = actions.iter().flat_map(|action| {
            resources.iter().map(|resource| Permission {
                action: action.clone(),
                resource: resource.clone(),
            })
        });
        self.0.extend(pairs);
    }
}
