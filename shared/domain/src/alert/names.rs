//! The names that an alert gives: of its strategy, its source, its indicator.

use super::fields::{Field, Fields};

/// The longest name that is kept, in characters.
const NAME_CHARACTERS_MAX: usize = 100;

/// The names as the author writes them.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) strategy: Option<String>,
    pub(super) source: Option<String>,
    pub(super) indicator: Option<String>,
}

impl Names {
    pub(super) fn read(fields: &mut Fields<'_>) -> Self {
        // Templates put the strategy's order data into an object of the same name.
        let own_field = if fields.is_object("strategy") {
            "strategy.name"
        } else {
            "strategy"
        };
        Self {
            strategy: read_one(fields, &[own_field, "strategy_name"]),
            source: read_one(fields, &["source"]),
            indicator: read_one(fields, &["indicator"]),
        }
    }
}

fn read_one(fields: &mut Fields<'_>, names: &[&'static str]) -> Option<String> {
    let Field { name, text } = fields.first(names)?;
    if text.chars().count() > NAME_CHARACTERS_MAX {
        fields.refuse(
            name,
            format!("is longer than {NAME_CHARACTERS_MAX} characters"),
        );
        return None;
    }
    if text.chars().any(char::is_control) {
        fields.refuse(name, "holds a control character");
        return None;
    }
    Some(text)
}
