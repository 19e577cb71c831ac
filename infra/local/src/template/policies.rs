//! `Policies` of a function: statements that allow actions on resources. Policies by name and
//! conditions aren't needed, and so not understood.

use serde::Deserialize;
use yaml_serde::Value;

use super::error::TemplateError;
use super::intrinsics::Resolver;
use super::resources::{Resource, typed};
use crate::policy::Policy;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Document {
    #[expect(dead_code, reason = "it is always this one")]
    version: String,
    statement: Vec<Statement>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Statement {
    effect: Effect,
    action: OneOrMany,
    resource: OneOrMany,
}

#[derive(Deserialize)]
enum Effect {
    Allow,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    fn into_many(self) -> Vec<String> {
        match self {
            Self::One(one) => vec![one],
            Self::Many(many) => many,
        }
    }
}

/// What this function may do.
pub(super) fn read(resolver: &Resolver<'_>, resource: &Resource) -> Result<Policy, TemplateError> {
    let mut policy = Policy::default();
    let properties = resource.body.get("Properties");
    let Some(declared) = properties.and_then(|it| it.get("Policies")) else {
        return Ok(policy);
    };
    for statement in statements(resolver, resource, declared)? {
        let Effect::Allow = statement.effect;
        let (actions, resources) = (statement.action.into_many(), statement.resource.into_many());
        refuse_patterns(resource, actions.iter().chain(&resources))?;
        policy.add(&actions, &resources);
    }
    Ok(policy)
}

fn statements(
    resolver: &Resolver<'_>,
    resource: &Resource,
    declared: &Value,
) -> Result<Vec<Statement>, TemplateError> {
    let place = format!("{}.Policies", resource.place());
    let documents: Vec<Document> = typed(resolver, declared, &place)?;
    Ok(documents.into_iter().flat_map(|it| it.statement).collect())
}

/// A pattern grants what nobody counted.
fn refuse_patterns<'a>(
    resource: &Resource,
    mut texts: impl Iterator<Item = &'a String>,
) -> Result<(), TemplateError> {
    match texts.find(|text| text.contains(['*', '?'])) {
        None => Ok(()),
        Some(pattern) => {
            let place = format!("{}.Policies", resource.place());
            let reason = format!("`{pattern}` is a pattern; name what is meant");
            Err(TemplateError::shape(&place, reason))
        }
    }
}
