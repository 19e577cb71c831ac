//! Reading fields by name, and remembering every problem on the way. Names don't depend on
//! case; a dot leads into a nested object; what TradingView left empty counts as missing.

use std::str::FromStr;

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::problem::Problem;

/// How much of a value a message repeats, in characters.
const QUOTED_CHARACTERS_MAX: usize = 40;

/// What placeholders without a value turn into, besides nothing at all.
const NO_VALUE: [&str; 3] = ["nan", "null", "na"];

/// The fields of one alert, and what was found wrong with them so far.
pub(super) struct Fields<'a> {
    body: &'a Map<String, Value>,
    problems: Vec<Problem>,
}

/// A field that has a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// Its name, dots and all.
    pub(super) name: &'static str,
    /// Its value, trimmed; a number as its digits.
    pub(super) text: String,
}

impl<'a> Fields<'a> {
    pub(super) fn new(body: &'a Map<String, Value>) -> Self {
        Self { body, problems: Vec::new() }
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    pub(super) fn refuse(&mut self, field: &str, message: impl Into<String>) {
        self.problems.push(Problem::new(field, message));
    }

    /// Whether anything was refused since there were `before` problems.
    pub(super) fn refused_since(&self, before: usize) -> bool {
        self.problems.len() > before
    }

    pub(super) fn problem_count(&self) -> usize {
        self.problems.len()
    }

    pub(super) fn is_object(&self, name: &str) -> bool {
        find(self.body, name).is_some_and(Value::is_object)
    }

    pub(super) fn is_present(&self, name: &str) -> bool {
        find(self.body, name).is_some_and(has_value)
    }

    /// The first of these fields that has a value; none either if that value is refused.
    pub(super) fn first(&mut self, names: &[&'static str]) -> Option<Field> {
        let name = names.iter().copied().find(|name| self.is_present(name))?;
        self.read(name)
    }

    /// All of these fields that have a value which isn't refused.
    pub(super) fn every(&mut self, names: &[&'static str]) -> Vec<Field> {
        names.iter().filter_map(|name| self.read(name)).collect()
    }

    /// The first of these fields that has a value, as a number.
    pub(super) fn number(&mut self, names: &[&'static str]) -> Option<(&'static str, Decimal)> {
        let Field { name, text } = self.first(names)?;
        let number = decimal(&text);
        if number.is_none() {
            self.refuse(name, format!("must be a number, and is {}", quoted(&text)));
        }
        Some((name, number?))
    }

    fn read(&mut self, name: &'static str) -> Option<Field> {
        let value = find(self.body, name).filter(|value| has_value(value))?;
        let Some(text) = scalar_text(value) else {
            self.refuse(name, "must be a text or a number");
            return None;
        };
        if let Some(placeholder) = placeholder(&text) {
            let placeholder = shortened(placeholder);
            let message = format!("holds the placeholder {placeholder} that TradingView did not fill in");
            self.refuse(name, message);
            return None;
        }
        Some(Field { name, text })
    }
}

/// The value at a path such as `strategy.order_action`. An exact name goes before one that
/// differs in case.
pub(super) fn find<'a>(fields: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    let (name, rest) = path.split_once('.').map_or((path, None), |(n, rest)| (n, Some(rest)));
    let same = |(key, _): &(&String, &Value)| key.trim().eq_ignore_ascii_case(name);
    let value = fields.get(name).or_else(|| fields.iter().find(same).map(|(_, value)| value))?;
    match rest {
        None => Some(value),
        Some(rest) => find(value.as_object()?, rest),
    }
}

/// A text, trimmed, or a number's digits.
pub(super) fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn has_value(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => {
            let text = text.trim();
            !text.is_empty() && !NO_VALUE.iter().any(|none| text.eq_ignore_ascii_case(none))
        }
        _ => true,
    }
}

/// The first `{{…}}` in a text.
fn placeholder(text: &str) -> Option<&str> {
    let (_, from) = text.split_at(text.find("{{")?);
    let end = from.find("}}")? + 2;
    from.get(..end)
}

/// A decimal, in digits or with an exponent.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    Decimal::from_str(text).or_else(|_| Decimal::from_scientific(text)).ok()
}

/// A value as a message repeats it.
pub(super) fn quoted(text: &str) -> String {
    format!("`{}`", shortened(text))
}

fn shortened(text: &str) -> String {
    let shown: String = text.chars().take(QUOTED_CHARACTERS_MAX).collect();
    if shown.len() < text.len() { format!("{shown}…") } else { shown }
}
