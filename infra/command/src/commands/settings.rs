//! `parallax settings`: rules, limits, weights and routing: what is in force, what was before, and
//! setting them. What is out of range is refused here, before anybody uses it.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use serde_json::{Map, Value, json};
use storage::settings::{SettingsKind, in_form_of};
use storage::{PageLimit, PageRequest};

use super::running_stack::{ByArgument, settings_at};
use super::{DataDirArgument, Outcome};

/// Versions that a history shows.
const HISTORY: PageLimit = PageLimit::near(20);

/// Options of `settings`.
#[derive(Debug, Parser)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
    #[command(flatten)]
    data_dir: DataDirArgument,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Print what is in force, as JSON: all kinds, or one.
    Show {
        /// The kind, such as `committee` or `risk_limits`.
        #[arg(value_parser = kind)]
        kind: Option<SettingsKind>,
    },
    /// Print the newest versions of a kind, as JSON: who changed what, and when.
    History {
        /// The kind.
        #[arg(value_parser = kind)]
        kind: SettingsKind,
    },
    /// Set fields of a kind, and leave what else the table sets as it is.
    Set {
        /// The kind.
        #[arg(value_parser = kind)]
        kind: SettingsKind,
        /// `field=value`, where the value is JSON or a word: `enter_at_points=65`,
        /// `weights.technical=30`, `stop_loss_percent=40`.
        #[arg(required = true, value_name = "FIELD=VALUE", value_parser = assignment)]
        fields: Vec<(String, Value)>,
        #[command(flatten)]
        by: ByArgument,
    },
}

fn kind(name: &str) -> Result<SettingsKind, String> {
    let settable = |kind: &SettingsKind| {
        !matches!(kind, SettingsKind::FeatureFlags | SettingsKind::Experiment)
    };
    let kinds = SettingsKind::ALL.into_iter().filter(settable);
    let names: Vec<_> = kinds.clone().map(SettingsKind::name).collect();
    let found = kinds.into_iter().find(|kind| kind.name() == name);
    found.ok_or_else(|| {
        let names = names.join(", ");
        format!("there is no such kind; there are {names}; flags and experiments have their own commands")
    })
}

fn assignment(text: &str) -> Result<(String, Value), String> {
    let (field, value) = text.split_once('=').ok_or("it is written FIELD=VALUE")?;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_.".contains(&byte);
    if field.is_empty() || !field.bytes().all(is_name) {
        return Err(format!("`{field}` can't be the name of a field"));
    }
    let word = || Value::String(value.to_owned());
    let value = serde_json::from_str(value).unwrap_or_else(|_| word());
    Ok((field.to_owned(), value))
}

pub(super) async fn run(arguments: Arguments) -> Outcome {
    let at = settings_at(&arguments.data_dir.data_dir).await?;
    let shown = match arguments.action {
        Action::Show { kind } => {
            let settings = at.table.current().await?;
            let all = serde_json::to_value(&settings)?;
            kind.map_or(all.clone(), |kind| all[kind.name()].clone())
        }
        Action::History { kind } => {
            let asked = PageRequest::first(HISTORY);
            history(at.table.history(kind, &asked).await?.items)
        }
        Action::Set { kind, fields, by } => {
            let mut values = at.in_force(kind).await?;
            let current = serde_json::to_value(at.table.current().await?)?;
            for (field, value) in fields {
                let value = in_form_of(&current[kind.name()][&field], value);
                put(&mut values, &field, value);
            }
            let number = at.put(kind, &values, &by.name).await?;
            json!({ "kind": kind.name(), "version": number, "values": values })
        }
    };
    println!("{}", serde_json::to_string_pretty(&shown)?);
    Ok(ExitCode::SUCCESS)
}

/// Sets `field`, or `field.part` within it.
fn put(values: &mut Map<String, Value>, field: &str, value: Value) {
    match field.split_once('.') {
        None => {
            values.insert(field.to_owned(), value);
        }
        Some((outer, inner)) => {
            let whole = values.entry(outer).or_insert_with(|| json!({}));
            if let Some(object) = whole.as_object_mut() {
                put(object, inner, value);
            }
        }
    }
}

fn history(versions: Vec<storage::SettingsVersion>) -> Value {
    let versions = versions.into_iter().map(|it| {
        json!({
            "version": it.number,
            "enabled": it.enabled,
            "changed_by": it.changed_by,
            "changed_at": it.changed_at,
            "values": it.values,
        })
    });
    Value::Array(versions.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_json_or_words_and_laid_into_their_places() {
        let mut values = Map::new();
        for text in [
            "enter_at_points=65",
            "weights.technical=30",
            "weights.risk=0",
            "mode=paired",
        ] {
            let (field, value) = assignment(text).unwrap();
            put(&mut values, &field, value);
        }
        let expected = json!({
            "enter_at_points": 65,
            "weights": { "technical": 30, "risk": 0 },
            "mode": "paired",
        });
        assert_eq!(Value::Object(values), expected);
        for wrong in ["enter_at_points", "=5", "a b=1"] {
            assert!(assignment(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_amount_is_written_as_text() {
        let current = json!({ "stop_loss_percent": "50", "max_hold_hours": 120 });
        let amount = in_form_of(&current["stop_loss_percent"], json!(40.5));
        assert_eq!(amount, json!("40.5"));
        let hours = in_form_of(&current["max_hold_hours"], json!(48));
        assert_eq!(hours, json!(48));
    }
}
