//! The specialists' seats: their kinds, weights and flags.
#![cfg(test)]

use decisions::agents::weight_of;
use domain::opinion::Absence;
use domain::settings::CommitteeRules;
use domain::{AgentKind, AgentName, Answer, Flag, Flags};

use crate::bars::{TODAY, around, calm_days, session, set};
use crate::world::{World, seated};

const SEATS: [(&str, AgentKind, u32, Option<Flag>); 5] = [
    ("orb", AgentKind::Specialist, 10, Some(Flag::OrbSpecialist)),
    (
        "strat",
        AgentKind::Specialist,
        5,
        Some(Flag::StratSpecialist),
    ),
    ("ttm", AgentKind::Specialist, 5, Some(Flag::TtmSpecialist)),
    ("gamma_flow", AgentKind::Specialist, 5, None),
    (
        "satyland",
        AgentKind::Subagent,
        5,
        Some(Flag::SatylandSubagent),
    ),
];

fn world() -> World {
    let candles = set("5", session(TODAY, &[around(600.0); 60]));
    World::on(&candles, Some(&calm_days(TODAY, 600.0, 10.0)))
}

#[test]
fn each_has_its_seat() {
    for (name, kind, weight, flag) in SEATS {
        let agent = seated(name);
        assert_eq!((agent.kind(), agent.flag()), (kind, flag), "{name}");
        let rules = CommitteeRules::default();
        assert_eq!(weight_of(&AgentName::of(name), &rules), weight, "{name}");
    }
}

#[test]
fn each_flag_switches_its_own_agent_off() {
    for (name, _, _, flag) in SEATS {
        let Some(flag) = flag else {
            continue;
        };
        let mut world = world();
        assert!(matches!(world.answer(name), Answer::Given(_)), "{name}");
        world.settings.flags = world.settings.flags.with(flag, false);
        let expected = Answer::absent(Absence::Off, format!("{} is off", flag.name()));
        assert_eq!(world.answer(name), expected);
        for (other, _, _, other_flag) in SEATS {
            let is_off = matches!(
                world.answer(other),
                Answer::Absent {
                    absence: Absence::Off,
                    ..
                }
            );
            assert_eq!(is_off, other_flag == Some(flag), "{other}");
        }
    }
}

#[test]
fn without_the_master_switch_only_gamma_flow_is_asked() {
    let mut world = world();
    world.settings.flags = world.settings.flags.with(Flag::VariantB, false);
    for (name, _, _, flag) in SEATS {
        let is_off = matches!(
            world.answer(name),
            Answer::Absent {
                absence: Absence::Off,
                ..
            }
        );
        assert_eq!(is_off, flag.is_some(), "{name}");
    }
    world.settings.flags = Flags::default();
    assert_eq!(
        world.no_evidence("gamma_flow"),
        "there is no gamma exposure"
    );
}

#[test]
fn without_studies_nobody_who_reads_bars_has_evidence() {
    let world = World::bare();
    for name in ["orb", "strat", "ttm", "satyland"] {
        assert_eq!(world.no_evidence(name), "there are no studies of bars");
    }
}
