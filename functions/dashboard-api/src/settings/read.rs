//! Reading what is in force: the values of each kind, where they come from, and their limits.

use domain::settings::SettingRange;
use domain::{Engine, Flag, Settings};
use serde_json::{Map, Value};
use storage::SettingsVersion;
use storage::ledger::Switched;

use super::{
    FlagShown, KillSwitch, KindName, SettingShown, SettingsGroup, SettingsShown, SwitchShown,
    ValueSource, about, kinds,
};
use crate::problem::Problem;
use crate::sources::Shared;

/// How often a kill switch was worked, as far as is told.
const SWITCHES: u32 = 10;

/// What is in force.
pub(super) async fn shown(sources: &Shared) -> Result<SettingsShown, Problem> {
    let settings = sources.settings.current().await?;
    let mut groups = Vec::new();
    for kind in KindName::ALL {
        let version = sources.settings.version_in_force(kind.into()).await?;
        groups.push(group(sources, kind, &settings, version));
    }
    let of_flags = groups.iter().find(|it| it.kind == KindName::FeatureFlags);
    Ok(SettingsShown {
        flags: flags(sources, &settings, of_flags),
        kill_switches: kill_switches(sources).await?,
        limits_are_equal: settings.running_experiment().is_some(),
        groups,
    })
}

fn group(
    sources: &Shared,
    kind: KindName,
    settings: &Settings,
    version: Option<SettingsVersion>,
) -> SettingsGroup {
    let told = version
        .as_ref()
        .map(|it| it.values.clone())
        .unwrap_or_default();
    let layers = Layers {
        table: told,
        below: kinds::values(kind, &sources.settings_base.settings),
        defaults: kinds::values(kind, &Settings::default()),
    };
    let (words, ranges) = (about::words(kind), settings.ranges());
    let each = kinds::values(kind, settings)
        .into_iter()
        .map(|(name, value)| SettingShown {
            about: words.get(&name).cloned(),
            range: range_of(&ranges, &name),
            source: layers.source(&name),
            default: layers.defaults.get(&name).cloned().unwrap_or(Value::Null),
            value,
            name,
        });
    SettingsGroup {
        kind,
        version: version.as_ref().map_or(0, |it| it.number),
        changed_by: version.as_ref().map(|it| it.changed_by.clone()),
        changed_at: version.and_then(|it| it.changed_at.parse().ok()),
        settings: each.collect(),
    }
}

/// Where values may come from.
struct Layers {
    table: Map<String, Value>,
    below: Map<String, Value>,
    defaults: Map<String, Value>,
}

impl Layers {
    fn source(&self, name: &str) -> ValueSource {
        if self.table.contains_key(name) {
            ValueSource::Table
        } else if self.below.get(name) != self.defaults.get(name) {
            ValueSource::Environment
        } else {
            ValueSource::Default
        }
    }
}

fn range_of(ranges: &[SettingRange], name: &str) -> Option<[String; 2]> {
    let own = ranges.iter().find(|range| range.field == name)?;
    Some([own.low.to_string(), own.high.to_string()])
}

fn flags(sources: &Shared, settings: &Settings, group: Option<&SettingsGroup>) -> Vec<FlagShown> {
    let in_table = |flag: Flag| {
        let named = |it: &&SettingShown| it.name == flag.name();
        let own = group.and_then(|group| group.settings.iter().find(named));
        own.map_or(ValueSource::Default, |it| it.source)
    };
    let shown = Flag::ALL.map(|flag| FlagShown {
        flag: flag.name(),
        set: settings.flags.is_set(flag),
        on: settings.flags.is_on(flag),
        source: match sources.settings_base.flags.get(flag) {
            Some(_) => ValueSource::Environment,
            None => in_table(flag),
        },
        needs: (flag != Flag::VariantB).then(|| Flag::VariantB.name()),
    });
    shown.into()
}

async fn kill_switches(sources: &Shared) -> Result<Vec<KillSwitch>, Problem> {
    let mut switches = Vec::new();
    for engine in Engine::ALL {
        let halt = sources.ledger.halt_in_force(engine).await?;
        let newest = sources.ledger.switches(engine, SWITCHES).await?;
        switches.push(KillSwitch {
            engine,
            halt,
            newest: newest.into_iter().map(SwitchShown::from).collect(),
        });
    }
    Ok(switches)
}

impl From<Switched> for SwitchShown {
    fn from(switched: Switched) -> Self {
        let Switched {
            halted,
            by,
            at,
            why,
            ..
        } = switched;
        Self {
            halted,
            by,
            at,
            why,
        }
    }
}
