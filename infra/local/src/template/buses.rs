//! `AWS::Events::EventBus`, by name.

use super::error::TemplateError;
use super::intrinsics::Resolver;
use super::resources::{Kind, Resource};

/// The names of the buses among these resources.
pub(super) fn read(
    resolver: &Resolver<'_>,
    resources: &[Resource],
) -> Result<Vec<String>, TemplateError> {
    let buses = resources.iter().filter(|it| it.kind == Kind::Bus);
    buses.map(|bus| resolver.name_of(bus)).collect()
}
