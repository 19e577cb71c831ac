//! `AWS::SecretsManager::Secret`. Only that it exists: the stack makes up its value.

use super::error::TemplateError;
use super::intrinsics::Resolver;
use super::resources::{Kind, Resource};

/// A declared secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// Its name in the template.
    pub logical_id: String,
    /// Its name in Secrets Manager.
    pub name: String,
}

/// The secrets among these resources.
pub(super) fn read(
    resolver: &Resolver<'_>,
    resources: &[Resource],
) -> Result<Vec<Secret>, TemplateError> {
    let secrets = resources
        .iter()
        .filter(|resource| resource.kind == Kind::Secret);
    secrets
        .map(|resource| {
            let name = resolver.name_of(resource)?;
            Ok(Secret {
                logical_id: resource.logical_id.clone(),
                name,
            })
        })
        .collect()
}
