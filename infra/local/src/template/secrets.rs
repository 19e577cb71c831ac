//! `AWS::SecretsManager::Secret`. Where no value is declared, the stack makes one up.

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
    /// Its value, where it is declared.
    pub text: Option<String>,
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
            let properties = resource.body.get("Properties");
            let text = properties.and_then(|it| it.get("SecretString")?.as_str());
            Ok(Secret {
                logical_id: resource.logical_id.clone(),
                name,
                text: text.map(str::to_owned),
            })
        })
        .collect()
}
