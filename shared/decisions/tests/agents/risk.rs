//! The Risk agent's score: its three parts, what is missing of them, and how they are rounded.

use domain::{Bias, Usd};

use crate::common::symbol;
use crate::series::{closing_at, steps};
use crate::world::{Asked, World};

/// A world whose average range has this rank.
fn ranked(rank: Option<f64>) -> World {
    let mut world = World::on(&closing_at(steps(&[1.0, -1.0], 220)));
    world.technical().atr.as_mut().unwrap().rank = rank;
    world
}

fn score(world: &World) -> u32 {
    world.opinion("risk").risk_score.unwrap().get()
}

#[test]
fn an_empty_book_on_calm_bars_has_next_to_no_risk() {
    let opinion = ranked(Some(0.05)).opinion("risk");
    // 0.3 · 5 is 1.5.
    assert_eq!(opinion.risk_score.unwrap().get(), 2);
    assert_eq!(
        (opinion.bias, opinion.confidence.get()),
        (Bias::Neutral, 100)
    );
    assert_eq!(opinion.block, None);
    assert_eq!(opinion.told("veto"), Some("no"));
    assert_eq!(opinion.told("risk_factors"), Some("none"));
    assert_eq!(opinion.missing, [""; 0]);
}

#[test]
fn the_score_weighs_its_parts() {
    // Positions of ten, exposure of $10,000, rank in percent, correlated premium in dollars.
    for (positions, exposure, rank, correlated, expected) in [
        (0, 0, 0.0, 0, 0),
        (5, 0, 0.0, 0, 20),
        (0, 5_000, 0.0, 0, 20),
        (5, 2_500, 0.0, 0, 20),
        (2, 5_000, 0.0, 0, 20),
        (0, 0, 1.0, 0, 30),
        (0, 0, 0.0, 10_000, 30),
        (0, 0, 0.0, 20_000, 30),
        (9, 9_999, 1.0, 10_000, 100),
        (5, 5_000, 0.5, 5_000, 50),
        (0, 0, 0.35, 0, 11),
        (1, 0, 0.04, 0, 5),
        (1, 0, 0.01, 50, 4),
        (1, 0, 0.01, 100, 5),
    ] {
        let mut world = ranked(Some(rank));
        world.book().open_count = positions;
        world.book().exposure_usd = Usd::dollars(exposure);
        let own = world.signal.symbol.clone();
        let premiums = &mut world.knowledge.premium_usd_by_symbol;
        premiums.insert(own, Usd::dollars(correlated));
        let row = format!("{positions}, {exposure}, {rank}, {correlated}");
        assert_eq!(score(&world), expected, "{row}");
    }
}

#[test]
fn what_moves_with_the_underlying_counts_as_one() {
    // Percent from which on, the coefficient with QQQ, and the correlated premium's percentage.
    for (from_percent, coefficient, percent) in [
        (80, 0.8, 30.0),
        (80, 0.799, 10.0),
        (80, -0.95, 10.0),
        (80, 1.0, 30.0),
        (0, 0.0, 30.0),
        (0, -0.1, 10.0),
        (100, 0.999, 10.0),
        (100, 1.0, 30.0),
    ] {
        let mut world = ranked(Some(0.5));
        world.settings.committee.correlated_from_percent = from_percent;
        world.hold("SPY", 1_000, None);
        world.hold("QQQ", 2_000, Some(coefficient));
        let opinion = world.opinion("risk");
        let reason = opinion.reason("correlated_exposure").unwrap();
        let found = reason.figures["percent"];
        let row = format!("{from_percent} {coefficient}");
        assert!((found - percent).abs() < 1e-9, "{row}: {found}");
        assert_eq!(opinion.confidence.get(), 100, "{row}");
    }
}

/// The correlated premium's percentage of the limit, with $4,000 pending in these symbols.
fn with_pending(counts: &[(&str, u32)]) -> f64 {
    let mut world = ranked(Some(0.5));
    world.hold("IWM", 500, Some(0.1));
    world.hold("QQQ", 1_000, Some(0.9));
    let book = world.book();
    book.pending_usd = Usd::dollars(4_000);
    book.exposure_usd = Usd::dollars(5_500);
    book.count_by_symbol = counts.iter().map(|it| (symbol(it.0), it.1)).collect();
    let opinion = world.opinion("risk");
    opinion.reason("correlated_exposure").unwrap().figures["percent"]
}

#[test]
fn pending_premium_counts_as_soon_as_it_may_be_there() {
    for (counts, percent) in [
        (&[("IWM", 2)][..], 10.0),
        (&[("IWM", 1), ("QQQ", 1)], 50.0),
        (&[("IWM", 1), ("SPY", 1)], 50.0),
        (&[("IWM", 1), ("SPY", 0)], 10.0),
    ] {
        let found = with_pending(counts);
        assert!((found - percent).abs() < 1e-9, "{counts:?}: {found}");
    }
}

#[test]
fn what_is_missing_leaves_its_weight_to_the_others() {
    // Without a rank: (40 · 50 + 30 · 20) / 70 = 37.1.
    let mut world = ranked(None);
    world.hold("SPY", 2_000, None);
    world.book().open_count = 5;
    let opinion = world.opinion("risk");
    assert_eq!(opinion.missing, ["atr_rank"]);
    assert_eq!(opinion.points("atr_rank"), None);
    let found = (opinion.risk_score.unwrap().get(), opinion.confidence.get());
    assert_eq!(found, (37, 70));
    // Without any studies, likewise.
    world.evidence.studies = None;
    let opinion = world.opinion("risk");
    assert_eq!(opinion.missing, ["atr_rank", "range", "bandwidth"]);
    let found = (opinion.risk_score.unwrap().get(), opinion.confidence.get());
    assert_eq!(found, (37, 70));
}

#[test]
fn an_unknown_correlation_counts_for_what_is_known_where_that_is_more() {
    // The book is used by half, the rank is 20: (40 · 50 + 30 · 20) / 70 = 37.1 without the part.
    for (own, expected) in [
        (0, 37),
        // 30 % of the limit is less than the others come to.
        (3_000, 37),
        // 60 %: (2,000 + 600 + 1,800) / 100.
        (6_000, 44),
    ] {
        let mut world = ranked(Some(0.2));
        world.hold("SPY", own, None);
        world.hold("TSLA", 100, None);
        world.book().open_count = 5;
        world.book().exposure_usd = Usd::dollars(5_000);
        let opinion = world.opinion("risk");
        assert_eq!(opinion.missing, ["correlation with TSLA"]);
        let found = (opinion.risk_score.unwrap().get(), opinion.confidence.get());
        assert_eq!(found, (expected, 70), "{own}");
    }
}

#[test]
fn a_correlation_that_nobody_asked_for_is_unknown_too() {
    let mut world = ranked(Some(0.2));
    world.book().count_by_symbol = [(symbol("NVDA"), 1), (symbol("AMZN"), 0)].into();
    let premiums = &mut world.knowledge.premium_usd_by_symbol;
    premiums.insert(symbol("META"), Usd::dollars(100));
    premiums.insert(symbol("AAPL"), Usd::ZERO);
    let opinion = world.opinion("risk");
    assert_eq!(
        opinion.missing,
        ["correlation with META", "correlation with NVDA"]
    );
}

#[test]
fn with_the_book_alone_it_is_what_the_book_says() {
    let mut world = World::bare();
    world.hold("TSLA", 100, None);
    world.book().open_count = 7;
    let opinion = world.opinion("risk");
    let found = (opinion.risk_score.unwrap().get(), opinion.confidence.get());
    assert_eq!(found, (70, 40));
}

#[test]
fn a_large_part_is_a_risk_factor() {
    for (positions, rank, factors) in [
        (7, 0.74, "none"),
        (8, 0.74, "book_use"),
        (7, 0.75, "atr_rank"),
        (8, 0.75, "book_use, atr_rank"),
    ] {
        let mut world = ranked(Some(rank));
        world.book().open_count = positions;
        let opinion = world.opinion("risk");
        assert_eq!(
            opinion.told("risk_factors"),
            Some(factors),
            "{positions} {rank}"
        );
    }
}

#[test]
fn the_reasons_tell_the_figures() {
    let mut world = ranked(Some(0.5));
    world.hold("SPY", 2_000, None);
    let opinion = world.opinion("risk");
    let points: Vec<_> = opinion
        .reasons
        .iter()
        .map(|reason| (reason.name.as_ref(), reason.points))
        .collect();
    assert_eq!(
        points,
        [
            ("book_use", 8),
            ("atr_rank", 15),
            ("correlated_exposure", 6)
        ]
    );
    let figures = &opinion.reason("book_use").unwrap().figures;
    assert!((figures["positions_percent"] - 10.0).abs() < 1e-9);
    assert!((figures["exposure_percent"] - 20.0).abs() < 1e-9);
}
