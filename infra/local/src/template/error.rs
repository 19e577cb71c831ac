//! What can be wrong with a template.

/// Why a template can't be served locally. Each names the place, so that it can be mended.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// The text isn't YAML.
    #[error("the template isn't valid YAML")]
    Yaml(#[source] yaml_serde::Error),
    /// A resource has a type that the local stack neither serves nor may leave out.
    #[error("{logical_id}: the local stack doesn't know the resource type {kind}")]
    ResourceType {
        /// The resource.
        logical_id: String,
        /// Its `Type`.
        kind: String,
    },
    /// A value has a shape that isn't understood.
    #[error("{place}: {reason}")]
    Shape {
        /// Logical id and path, such as `Orders.Properties.RedrivePolicy`.
        place: String,
        /// What is wrong there.
        reason: String,
    },
    /// An intrinsic function that isn't understood.
    #[error("{place}: the local stack doesn't know the intrinsic function {name}")]
    Intrinsic {
        /// Logical id and path.
        place: String,
        /// `Fn::Cidr`, say.
        name: String,
    },
    /// A name that is neither a parameter, nor a pseudo parameter, nor a resource that exists.
    #[error("{place}: nothing is called {name}")]
    Reference {
        /// Logical id and path.
        place: String,
        /// The name referred to.
        name: String,
    },
    /// An attribute that a resource doesn't have locally.
    #[error("{place}: {logical_id} has no attribute {attribute} locally")]
    Attribute {
        /// Logical id and path.
        place: String,
        /// The resource referred to.
        logical_id: String,
        /// The attribute asked for.
        attribute: String,
    },
    /// An event of a function that the local stack can't produce.
    #[error("{place}: the local stack doesn't know the event type {kind}")]
    EventType {
        /// Logical id and path.
        place: String,
        /// Its `Type`.
        kind: String,
    },
}

impl TemplateError {
    /// A value at `place` that isn't understood, for this reason.
    pub(super) fn shape(place: &str, reason: impl Into<String>) -> Self {
        Self::Shape {
            place: place.to_owned(),
            reason: reason.into(),
        }
    }
}
