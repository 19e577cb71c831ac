//! The way of items from one schema version to the next. A step tells which kinds it changes;
//! every other kind keeps its form, and only its version moves on.
//!
//! The functions read and write one version and refuse every other. So items are brought forward
//! while nobody else works with them: `parallax ledger import` does it with each item that an
//! older program exported.

use crate::error::StorageError;
use crate::item::{Item, SCHEMA_VERSION, key_of, number, number_of, text_of, unreadable};

/// What makes an item of a step's old version into one of its new version. It says in words what
/// it can't deal with.
type Change = fn(Item) -> Result<Item, String>;

/// The step from a version to the next one.
struct Upgrade {
    from: u32,
    /// The kinds that change, and how.
    changes: &'static [(&'static str, Change)],
}

/// Every step that there ever was, the oldest first. Version 1 is the first that was released.
const UPGRADES: &[Upgrade] = &[];

/// The schema version that this program reads and writes.
pub fn current_version() -> u32 {
    SCHEMA_VERSION
}

/// The schema version that an item says it has.
pub fn version_of(item: &Item) -> Option<u32> {
    number_of(item, "version")
}

/// An item of this or an older version, as this version has it. One of a newer version, or of
/// none, is refused.
pub fn to_current(item: Item) -> Result<Item, StorageError> {
    brought_to(SCHEMA_VERSION, UPGRADES, item)
}

fn brought_to(current: u32, upgrades: &[Upgrade], item: Item) -> Result<Item, StorageError> {
    let mut item = item;
    loop {
        let version = version_of(&item);
        if version == Some(current) {
            return Ok(item);
        }
        let step = upgrades.iter().find(|step| Some(step.from) == version);
        item = match step {
            Some(step) => one_step(step, item)?,
            None => return Err(unknown(&item, current)),
        };
    }
}

fn one_step(step: &Upgrade, item: Item) -> Result<Item, StorageError> {
    let (key, kind) = (key_of(&item), kind_of(&item).to_owned());
    let change = step.changes.iter().find(|(changed, _)| *changed == kind);
    let mut item = match change {
        Some((_, change)) => change(item).map_err(|why| unreadable(&key, &kind, why))?,
        None => item,
    };
    item.insert("version".to_owned(), number(step.from + 1));
    Ok(item)
}

/// What an item is. Versions of settings and chunks of evidence don't say it, and only those.
fn kind_of(item: &Item) -> &str {
    let untold = || match text_of(item, "pk") {
        Some(pk) if pk.starts_with("SETTINGS#") => "SETTINGS",
        _ => "EVIDENCE_CHUNK",
    };
    text_of(item, "kind").unwrap_or_else(untold)
}

fn unknown(item: &Item, known: u32) -> StorageError {
    StorageError::UnknownVersion {
        key: key_of(item).to_string(),
        found: version_of(item).map_or_else(|| "none".to_owned(), |found| found.to_string()),
        known,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::text;

    /// The second version called the fee `fee`, and the third counts it in cents.
    const STEPS: &[Upgrade] = &[
        Upgrade {
            from: 1,
            changes: &[("TRADE", renamed)],
        },
        Upgrade {
            from: 2,
            changes: &[("TRADE", in_cents)],
        },
    ];

    fn renamed(mut item: Item) -> Result<Item, String> {
        let fee = item.remove("commission").ok_or("it has no commission")?;
        item.insert("fee".to_owned(), fee);
        Ok(item)
    }

    fn in_cents(mut item: Item) -> Result<Item, String> {
        let dollars: u32 = number_of(&item, "fee").ok_or("it has no fee")?;
        item.insert("fee".to_owned(), number(dollars * 100));
        Ok(item)
    }

    fn item(kind: &str, version: Option<u32>) -> Item {
        let mut item: Item = [
            ("pk".to_owned(), text("SIGNAL#1")),
            ("sk".to_owned(), text("X")),
            ("kind".to_owned(), text(kind)),
            ("commission".to_owned(), number(2)),
        ]
        .into();
        if let Some(version) = version {
            item.insert("version".to_owned(), number(version));
        }
        item
    }

    #[test]
    fn an_old_item_takes_every_step_and_others_only_their_version() {
        let trade = brought_to(3, STEPS, item("TRADE", Some(1))).unwrap();
        assert_eq!(trade.get("fee"), Some(&number(200)));
        assert_eq!(
            (trade.get("commission"), version_of(&trade)),
            (None, Some(3))
        );
        let order = brought_to(3, STEPS, item("ORDER", Some(1))).unwrap();
        assert_eq!(order.get("commission"), Some(&number(2)));
        assert_eq!(version_of(&order), Some(3));
    }

    #[test]
    fn what_tells_no_kind_is_known_by_its_place() {
        let of = |pk: &str| Item::from([("pk".to_owned(), text(pk))]);
        assert_eq!(kind_of(&of("SETTINGS#exit_rules")), "SETTINGS");
        assert_eq!(kind_of(&of("0a1b2c")), "EVIDENCE_CHUNK");
        assert_eq!(kind_of(&item("ORDER", None)), "ORDER");
    }

    #[test]
    fn an_item_of_this_version_stays_as_it_is() {
        let now = item("TRADE", Some(SCHEMA_VERSION));
        assert_eq!(to_current(now.clone()).unwrap(), now);
    }

    #[test]
    fn a_newer_version_none_and_one_without_a_way_are_refused() {
        for version in [Some(4), Some(0), None] {
            let refused = brought_to(3, STEPS, item("TRADE", version));
            let error = refused.unwrap_err();
            assert!(
                matches!(error, StorageError::UnknownVersion { known: 3, .. }),
                "{error}"
            );
        }
        let mut broken = item("TRADE", Some(1));
        broken.remove("commission");
        let error = brought_to(3, STEPS, broken).unwrap_err();
        assert!(matches!(error, StorageError::Unreadable { .. }), "{error}");
    }

    /// Every version before this one has its step, once.
    #[test]
    fn the_steps_lead_from_the_first_version_to_this_one() {
        let from: Vec<u32> = UPGRADES.iter().map(|step| step.from).collect();
        assert_eq!(from, (1..SCHEMA_VERSION).collect::<Vec<_>>());
    }
}
