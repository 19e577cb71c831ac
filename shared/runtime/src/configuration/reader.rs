//! Reads variables by their declared form, and collects everything that is wrong with them.

use rust_decimal::Decimal;

use super::market;
use super::table::VARIABLES;
use super::variables::{Fate, Form, Variable};
use crate::environment::Environment;
use crate::telemetry::is_log_level;

/// A variable whose value can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The variable.
    pub variable: String,
    /// What is wrong, without the value of a secret.
    pub message: String,
}

/// Reads an environment that has been checked against [`VARIABLES`].
#[derive(Debug)]
pub(super) struct Reader<'a> {
    environment: &'a Environment,
}

impl<'a> Reader<'a> {
    /// Checks every declared variable; all problems come at once.
    pub(super) fn checked(environment: &'a Environment) -> (Self, Vec<Problem>) {
        let reader = Self { environment };
        let problems = VARIABLES
            .iter()
            .filter_map(|variable| reader.check(variable))
            .collect();
        (reader, problems)
    }

    /// The value of a declared variable, under either spelling.
    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        let variable = VARIABLES.iter().find(|variable| variable.name == name)?;
        self.value(variable)
    }

    /// The value of a flag that was checked.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        self.text(name).and_then(parse_flag)
    }

    /// The value of a whole number that was checked.
    pub(super) fn whole(&self, name: &str) -> Option<u32> {
        self.text(name)?.parse().ok()
    }

    /// The value of a decimal number that was checked.
    pub(super) fn amount(&self, name: &str) -> Option<Decimal> {
        self.text(name)?.parse().ok()
    }

    fn value(&self, variable: &Variable) -> Option<&'a str> {
        let alias = || variable.alias.and_then(|alias| self.environment.get(alias));
        self.environment.get(variable.name).or_else(alias)
    }

    fn check(&self, variable: &Variable) -> Option<Problem> {
        if variable.fate == Fate::Replaced {
            return None;
        }
        let message = complaint(variable.form, self.value(variable)?)?;
        let message = match variable.fate {
            Fate::Later => format!("{message} ({})", variable.meaning),
            _ => message,
        };
        Some(Problem {
            variable: variable.name.to_owned(),
            message,
        })
    }
}

fn complaint(form: Form, value: &str) -> Option<String> {
    match form {
        Form::Flag => parse_flag(value)
            .is_none()
            .then(|| format!("`{value}` is neither `true` nor `false`")),
        Form::Whole(low, high) => {
            let fits = value
                .parse()
                .is_ok_and(|number: u32| (low..=high).contains(&number));
            (!fits).then(|| format!("`{value}` is no whole number from {low} to {high}"))
        }
        Form::Amount(low, high) => {
            let (low, high) = (Decimal::from(low), Decimal::from(high));
            let fits = value
                .parse()
                .is_ok_and(|number| (low..=high).contains(&number));
            (!fits).then(|| format!("`{value}` is no number from {low} to {high}"))
        }
        Form::Choice(words) => {
            let fits = words.iter().any(|word| word.eq_ignore_ascii_case(value));
            (!fits).then(|| format!("`{value}` is not possible; only {}", words.join(", ")))
        }
        Form::Market => market::complaint(value),
        Form::Url => {
            let fits = ["https://", "http://"].iter().any(|start| {
                value
                    .strip_prefix(start)
                    .is_some_and(|rest| !rest.is_empty())
            });
            (!fits).then(|| "is no address; one looks like https://data.example.com".to_owned())
        }
        Form::LogLevel => (!is_log_level(value)).then(|| {
            format!("`{value}` is none of error, warn, info, debug and trace, and no filter")
        }),
        Form::Text | Form::Secret => None,
    }
}

fn parse_flag(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Some(true),
        "false" | "0" | "no" | "off" => Some(false),
        _ => None,
    }
}
