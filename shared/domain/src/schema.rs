//! Describes, for the API's document, the types that are written as text. The others derive
//! their description.

use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::{AgentName, ExperimentId, Leg, OptionContract, Symbol, Timeframe, UserName};

macro_rules! text {
    ($($name:ident: $description:literal, $example:literal;)*) => {$(
        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .description(Some($description))
                    .examples([$example])
                    .into()
            }
        }
        impl ToSchema for $name {}
    )*};
}

text! {
    AgentName: "The name of an agent.", "technical";
    ExperimentId: "The name of an experiment: 1 to 40 of a-z, 0-9 and -.", "spring-2026";
    Leg: "The entry, or the n-th try to exit.", "exit:1";
    OptionContract: "An option in OCC form, unpadded.", "SPY260213C00451000";
    Symbol: "A ticker in capitals.", "SPY";
    Timeframe: "The length of a bar.", "5m";
    UserName: "The name of a user: 1 to 64 of a-z, 0-9, and . _ - @ after the first.", "ann";
}
