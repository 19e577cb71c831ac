//! A change of an engine's book as an update expression: sums, settings, and what has to hold.

use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, Update};
use chrono::NaiveDate;
use domain::{Engine, Usd};

use crate::item::{Item, number, text};
use crate::keys::Key;

/// A change of an engine's book: sums, settings, removals, and what has to hold.
pub(crate) struct BookChange {
    engine: Engine,
    adds: Vec<String>,
    sets: Vec<String>,
    removes: Vec<String>,
    conditions: Vec<String>,
    names: Vec<(String, String)>,
    values: Vec<(String, AttributeValue)>,
}

impl BookChange {
    pub(crate) fn new(engine: Engine) -> Self {
        Self {
            engine,
            adds: Vec::new(),
            sets: Vec::new(),
            removes: Vec::new(),
            conditions: vec!["attribute_exists(pk)".to_owned()],
            names: Vec::new(),
            values: Vec::new(),
        }
    }

    pub(crate) fn add(mut self, name: &str, amount: impl ToString) -> Self {
        let (name, value) = (self.name(name), self.value(number(amount)));
        self.adds.push(format!("{name} {value}"));
        self
    }

    pub(crate) fn set(mut self, name: &str, value: AttributeValue) -> Self {
        let (name, value) = (self.name(name), self.value(value));
        self.sets.push(format!("{name} = {value}"));
        self
    }

    pub(crate) fn remove(mut self, name: &str) -> Self {
        let name = self.name(name);
        self.removes.push(name);
        self
    }

    /// `name` compared with `value` by `operator`, which must hold.
    pub(crate) fn only_if(mut self, name: &str, operator: &str, value: AttributeValue) -> Self {
        let (name, value) = (self.name(name), self.value(value));
        self.conditions.push(format!("{name} {operator} {value}"));
        self
    }

    /// The same, but nothing there is fine too.
    pub(crate) fn only_if_absent_or(
        mut self,
        name: &str,
        operator: &str,
        value: AttributeValue,
    ) -> Self {
        let (name, value) = (self.name(name), self.value(value));
        self.conditions.push(format!(
            "(attribute_not_exists({name}) OR {name} {operator} {value})"
        ));
        self
    }

    /// `name` must not be there.
    pub(crate) fn only_if_absent(mut self, name: &str) -> Self {
        let name = self.name(name);
        self.conditions
            .push(format!("attribute_not_exists({name})"));
        self
    }

    pub(crate) fn build(self) -> UpdateBuilder {
        let key = Key::book(self.engine);
        let clause = |word: &str, parts: &[String]| {
            if parts.is_empty() {
                String::new()
            } else {
                format!("{word} {} ", parts.join(", "))
            }
        };
        let expression = [
            clause("ADD", &self.adds),
            clause("SET", &self.sets),
            clause("REMOVE", &self.removes),
        ]
        .concat();
        Update::builder()
            .key("pk", text(key.pk))
            .key("sk", text(key.sk))
            .update_expression(expression.trim_end())
            .condition_expression(self.conditions.join(" AND "))
            .set_expression_attribute_names(Some(self.names.into_iter().collect()))
            .set_expression_attribute_values(
                Some(self.values.into_iter().collect::<Item>()).filter(|values| !values.is_empty()),
            )
    }

    fn name(&mut self, name: &str) -> String {
        let known = self.names.iter().find(|(_, known)| known == name);
        if let Some((placeholder, _)) = known {
            return placeholder.clone();
        }
        let placeholder = format!("#n{}", self.names.len());
        self.names.push((placeholder.clone(), name.to_owned()));
        placeholder
    }

    fn value(&mut self, value: AttributeValue) -> String {
        let placeholder = format!(":v{}", self.values.len());
        self.values.push((placeholder.clone(), value));
        placeholder
    }
}

impl BookChange {
    /// What closes of `today` added must be above `floor`.
    pub(crate) fn day_above(mut self, today: NaiveDate, floor: Usd) -> Self {
        if floor < Usd::ZERO {
            let day = self.name("day");
            let pnl = self.name("day_pnl_usd");
            let (today, floor) = (
                self.value(text(today.to_string())),
                self.value(number(floor.0)),
            );
            self.conditions.push(format!(
                "(attribute_not_exists({day}) OR {day} <> {today} OR {pnl} > {floor})"
            ));
            return self;
        }
        // Open positions alone have lost the day's limit: only gains of today could outweigh it.
        self.only_if("day", "=", text(today.to_string())).only_if(
            "day_pnl_usd",
            ">",
            number(floor.0),
        )
    }
}
