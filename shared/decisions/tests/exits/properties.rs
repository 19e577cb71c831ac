//! What holds for every position, mark, memory and setting, also for impossible ones.
#![cfg(test)]

use chrono::TimeDelta;
use domain::ExitRule;
use proptest::prelude::*;

use crate::arbitrary::{any_mark, any_world, mark};
use crate::world::World;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn readings_are_complete_and_in_order_and_the_first_that_fires_decides(world in any_world()) {
        let evaluation = world.evaluate();
        let rules: Vec<_> = evaluation.readings.iter().map(|it| it.rule).collect();
        prop_assert_eq!(&rules[..], &ExitRule::ALL[..]);
        for reading in &evaluation.readings {
            prop_assert!(!reading.reading.is_empty() && !reading.limit.is_empty());
            prop_assert!(!reading.reading.contains("NaN"), "{}", reading.reading);
        }
        let first = evaluation.readings.iter().find(|it| it.fires);
        let decided = evaluation.trigger.map(|it| (it.rule, it.reason));
        prop_assert_eq!(decided, first.map(|it| (it.rule, it.reason)));
    }

    #[test]
    fn evaluating_the_same_mark_again_changes_nothing(world in any_world()) {
        let once = world.evaluate();
        let again = World { watch: once.watch.clone(), ..world }.evaluate();
        prop_assert_eq!(again, once);
    }

    #[test]
    fn the_memory_only_ever_widens(world in any_world(), marks in proptest::collection::vec(any_mark(), 1..6)) {
        let mut world = world;
        for (sides, at_ms, greeks) in marks {
            world.mark = Some(mark(&world, sides, at_ms, greeks));
            let after = world.evaluate().watch;
            if let (Some(before), Some(after)) = (&world.watch, &after) {
                prop_assert!(after.peak >= before.peak && after.trough <= before.trough);
                prop_assert!(after.seen_at >= before.seen_at);
            }
            prop_assert!(world.watch.is_none() || after.is_some());
            world.watch = after;
            world.now += TimeDelta::seconds(20);
        }
    }

    #[test]
    fn a_mark_that_is_not_fresh_fires_no_rule_on_prices(world in any_world(), late_ms in 1_i64..1_000_000) {
        let mut world = world;
        let Some(mark) = world.mark.as_mut() else { return Ok(()) };
        mark.quote.provenance.at = world.now - TimeDelta::milliseconds(60_000 + late_ms);
        for reading in world.evaluate().readings {
            let needs_price = matches!(
                reading.rule,
                ExitRule::StopLoss
                    | ExitRule::TrailingStop
                    | ExitRule::ProfitTarget
                    | ExitRule::DeltaDrop
                    | ExitRule::VolatilityCollapse
                    | ExitRule::GammaDrop
                    | ExitRule::ThetaDecay
            );
            prop_assert!(!(needs_price && reading.fires), "{}", reading.rule);
        }
        prop_assert_eq!(world.evaluate().watch, world.watch);
    }
}
