//! `parallax flags`: what of Engine B is on, who turned it on, and turning it on or off.

use std::fmt::Write;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::{Parser, Subcommand, ValueEnum};
use domain::{Flag, FlagOverrides, Flags};
use serde_json::{Map, Value, json};
use storage::settings::{SettingsKind, SettingsVersion};
use storage::{PageLimit, PageRequest};

use super::running_stack::{ByArgument, SettingsAt, settings_at};
use super::{DataDirArgument, Outcome};

/// Options of `flags`.
#[derive(Debug, Parser)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
    /// Print one JSON document.
    #[arg(long, global = true)]
    json: bool,
    #[command(flatten)]
    data_dir: DataDirArgument,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show every flag (the default).
    Show,
    /// Turn flags on or off, all at once. One that needs another is refused without it.
    Set {
        /// The flags, such as `enable_variant_b enable_shadow_execution`.
        #[arg(value_name = "FLAG", required = true, num_args = 1.., value_parser = named)]
        flags: Vec<Flag>,
        /// On or off.
        state: State,
        #[command(flatten)]
        by: ByArgument,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum State {
    On,
    Off,
}

fn named(name: &str) -> Result<Flag, String> {
    let names = Flag::ALL.map(Flag::name).join(", ");
    Flag::named(name).ok_or_else(|| format!("there is none of that name; there are {names}"))
}

pub(super) async fn run(arguments: Arguments) -> Outcome {
    let at = settings_at(&arguments.data_dir.data_dir).await?;
    if let Some(Action::Set { flags, state, by }) = arguments.action {
        set(&at, &flags, state == State::On, &by.name).await?;
    }
    let flags = at.table.current().await?.flags;
    let asked = PageRequest::first(PageLimit::near(1));
    let newest = at.table.history(SettingsKind::FeatureFlags, &asked);
    let newest = newest.await?.items;
    if arguments.json {
        let report = report(flags, at.flags, newest.first());
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print!("{}", table(flags, at.flags, newest.first()));
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes all flags as the table has them, with these of them changed.
async fn set(
    at: &SettingsAt,
    flags: &[Flag],
    on: bool,
    by: &str,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let fixed = flags.iter().find(|flag| at.flags.get(**flag) == Some(!on));
    if let Some(fixed) = fixed {
        let (name, state) = (fixed.name().to_ascii_uppercase(), word(!on));
        return Err(
            format!("the environment has it {state} ({name}), which beats the table").into(),
        );
    }
    let table = flags_of(at.in_force(SettingsKind::FeatureFlags).await?)?;
    let table = flags
        .iter()
        .fold(table, |table, flag| table.with(*flag, on));
    let kind = SettingsKind::FeatureFlags;
    at.put(kind, &table, by).await.map(drop)
}

/// The flags that a version sets; those that it doesn't name are off.
fn flags_of(values: Map<String, Value>) -> Result<Flags, serde_json::Error> {
    let mut whole = serde_json::to_value(Flags::default())?;
    if let Some(object) = whole.as_object_mut() {
        object.extend(values);
    }
    serde_json::from_value(whole)
}

fn word(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

/// Where a flag's state comes from.
fn source(flag: Flag, overrides: FlagOverrides, version: Option<&SettingsVersion>) -> &'static str {
    let in_table = version.is_some_and(|version| version.values.contains_key(flag.name()));
    match overrides.get(flag) {
        Some(_) => "environment",
        None if in_table => "table",
        None => "default",
    }
}

fn table(flags: Flags, overrides: FlagOverrides, version: Option<&SettingsVersion>) -> String {
    let mut text = String::new();
    for flag in Flag::ALL {
        let needs = if flags.is_set(flag) && !flags.is_on(flag) {
            "  (without effect: enable_variant_b is off)"
        } else {
            ""
        };
        let (name, state) = (flag.name(), word(flags.is_set(flag)));
        let source = source(flag, overrides, version);
        let _ = writeln!(text, "{name:<26} {state:<4} {source}{needs}");
    }
    if let Some(version) = version {
        let (by, at) = (&version.changed_by, &version.changed_at);
        let _ = writeln!(text, "version {} by {by} at {at}", version.number);
    }
    text
}

fn report(flags: Flags, overrides: FlagOverrides, version: Option<&SettingsVersion>) -> Value {
    let each: Map<String, Value> = Flag::ALL
        .into_iter()
        .map(|flag| {
            let source = source(flag, overrides, version);
            let told =
                json!({ "set": flags.is_set(flag), "on": flags.is_on(flag), "source": source });
            (flag.name().to_owned(), told)
        })
        .collect();
    let changed: Option<(u32, &str, Option<DateTime<Utc>>)> = version.map(|it| {
        (
            it.number,
            it.changed_by.as_str(),
            it.changed_at.parse().ok(),
        )
    });
    let changed =
        changed.map(|(version, by, at)| json!({ "version": version, "by": by, "at": at }));
    json!({ "flags": each, "changed": changed })
}
