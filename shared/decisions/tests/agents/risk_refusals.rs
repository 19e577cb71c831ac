//! What the Risk agent refuses: a limit by its own reason, and by its veto what is critical or too
//! much together.

use domain::{Opinion, RejectionClass, RejectionReason, Timeframe, Usd};

use crate::common::symbol;
use crate::series::{closing_at, five_minutes, steps, walk};
use crate::world::{Asked, World};

fn calm() -> World {
    let mut world = World::on(&closing_at(steps(&[1.0, -1.0], 220)));
    world.technical().atr.as_mut().unwrap().rank = Some(0.1);
    world
}

fn reason(opinion: &Opinion) -> Option<RejectionReason> {
    opinion.block.as_ref().map(|block| block.reason)
}

#[test]
fn each_limit_refuses_by_its_own_reason() {
    use RejectionReason as Reason;
    type Change = fn(&mut World);
    let cases: [(&str, Change, Reason); 4] = [
        (
            "open_positions",
            |world| world.book().open_count = 10,
            Reason::OpenPositionLimit,
        ),
        (
            "positions_in_symbol",
            |world| {
                world.book().count_by_symbol.insert(symbol("SPY"), 3);
            },
            Reason::SymbolPositionLimit,
        ),
        (
            "exposure",
            |world| world.book().exposure_usd = Usd::dollars(10_000),
            Reason::ExposureLimit,
        ),
        (
            "cash",
            |world| world.book().cash_usd = Usd::ZERO,
            Reason::NotEnoughCash,
        ),
    ];
    for (limit, change, expected) in cases {
        let mut world = calm();
        change(&mut world);
        let opinion = world.opinion("risk");
        assert_eq!(reason(&opinion), Some(expected), "{limit}");
        assert_eq!(
            opinion.block.as_ref().unwrap().class,
            RejectionClass::Capacity
        );
        assert_eq!(opinion.points(limit), Some(100), "{limit}");
        assert_eq!(opinion.told("veto"), Some("yes"), "{limit}");
        let factors = opinion.told("risk_factors").unwrap();
        assert!(factors.starts_with(limit), "{factors}");
    }
}

#[test]
fn a_score_is_refused_above_its_limit_only() {
    // Half of the positions are 20 points, the highest rank is 30.
    for (veto_above, refused) in [
        (49, true),
        (50, false),
        (51, false),
        (100, false),
        (0, true),
    ] {
        let mut world = calm();
        world.settings.committee.veto_above_points = veto_above;
        world.book().open_count = 5;
        world.technical().atr.as_mut().unwrap().rank = Some(1.0);
        let opinion = world.opinion("risk");
        assert_eq!(opinion.risk_score.unwrap().get(), 50);
        let expected = refused.then_some(RejectionReason::Vetoed);
        assert_eq!(reason(&opinion), expected, "above {veto_above}");
    }
}

#[test]
fn a_refused_score_says_how_high_it_is() {
    let mut world = calm();
    world.book().open_count = 9;
    world.book().exposure_usd = Usd::dollars(9_900);
    world.technical().atr.as_mut().unwrap().rank = Some(1.0);
    let own = world.signal.symbol.clone();
    let premiums = &mut world.knowledge.premium_usd_by_symbol;
    premiums.insert(own, Usd::dollars(4_000));
    let block = world.opinion("risk").block.unwrap();
    assert_eq!(block.detail, "a risk of 82; at most 80 is allowed");
    assert_eq!(block.class, RejectionClass::Judgement);
}

#[test]
fn a_day_that_nearly_lost_its_limit_is_critical() {
    for (result_usd, limit_usd, refused) in [
        (-900, 1_000, true),
        (-899, 1_000, false),
        (-2_000, 1_000, true),
        (900, 1_000, false),
        (-450, 500, true),
    ] {
        let mut world = calm();
        world.knowledge.day_result_usd = Usd::dollars(result_usd);
        world.settings.risk_limits.max_daily_loss_usd = Usd::dollars(limit_usd);
        let opinion = world.opinion("risk");
        let expected = refused.then_some(RejectionReason::Vetoed);
        assert_eq!(reason(&opinion), expected, "{result_usd} of {limit_usd}");
        assert_eq!(opinion.points("day_loss"), refused.then_some(100));
    }
}

#[test]
fn bars_that_are_too_wild_are_critical() {
    // Ranges of 30 dollars are 5 % of the price; bars of a day may be twice as wild.
    let bounds = [
        ("5", 0.05, 0.2),
        ("4h", 0.05, 0.2),
        ("D", 0.1, 0.4),
        ("W", 0.1, 0.4),
    ];
    for (timeframe, range_share, bandwidth) in bounds {
        for (share, width, refused) in [
            (range_share, bandwidth, None),
            (range_share + 0.001, bandwidth, Some("range")),
            (range_share, bandwidth + 0.001, Some("bandwidth")),
        ] {
            let mut world = calm();
            let studies = world.evidence.studies.as_mut().unwrap();
            studies.timeframe = Timeframe::parse(timeframe).unwrap();
            studies.technical.atr.as_mut().unwrap().atr_14 = share * studies.close;
            studies.technical.bollinger.as_mut().unwrap().bandwidth = Some(width);
            let opinion = world.opinion("risk");
            let row = format!("{timeframe}: {share} {width}");
            let expected = refused.map(|_| RejectionReason::Vetoed);
            assert_eq!(reason(&opinion), expected, "{row}");
            if let Some(factor) = refused {
                assert_eq!(opinion.points(factor), Some(100), "{row}");
                assert_eq!(opinion.told("risk_factors"), Some(factor), "{row}");
            }
        }
    }
}

#[test]
fn bars_made_wild_are_refused() {
    let wild = walk((0..220).map(|bar| if bar % 2 == 0 { 60.0 } else { -60.0 }));
    let opinion = World::on(&closing_at(wild)).opinion("risk");
    let detail = opinion.block.unwrap().detail;
    assert_eq!(
        detail,
        "the range of the bars is 10.0 % of the price; at most 5 % is allowed"
    );
}

#[test]
fn bars_that_say_nothing_of_wildness_refuse_nothing() {
    let mut world = calm();
    let flat = five_minutes(&closing_at([600.0; 10]));
    world = World {
        evidence: world.with_candles(&flat, None).evidence,
        ..World::bare()
    };
    let opinion = world.opinion("risk");
    assert_eq!(opinion.block, None);
    assert_eq!(opinion.missing, ["atr_rank", "range", "bandwidth"]);
}

#[test]
fn a_price_of_nothing_has_no_share_of_range() {
    let mut world = calm();
    world.evidence.studies.as_mut().unwrap().close = 0.0;
    assert!(world.opinion("risk").misses("range"));
}

#[test]
fn every_refusal_is_told_and_the_limit_s_comes_first() {
    let mut world = calm();
    world.book().open_count = 10;
    world.book().cash_usd = Usd::ZERO;
    world.knowledge.day_result_usd = Usd::dollars(-950);
    let opinion = world.opinion("risk");
    assert_eq!(reason(&opinion), Some(RejectionReason::OpenPositionLimit));
    assert_eq!(
        opinion.told("risk_factors"),
        Some("open_positions, cash, day_loss, book_use")
    );
}
