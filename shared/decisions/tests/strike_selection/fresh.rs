//! The second look: fresh quotes of the shortlist decide.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use decisions::contract_choice::NoChoice;
use decisions::strike_selection::{SHORTLIST_MAX, Selected, choose};
use domain::quote::{OptionQuote, Timeliness};
use domain::selection::ContractRejection as R;
use domain::{ListedOption, OptionContract, RejectionReason};

use crate::common::{contract, sides};
use crate::world::{World, call, good, world};

type Change = fn(&mut OptionQuote);

/// Two calls, of which the nearer is better by the chain.
fn two() -> World {
    let mut better = good(&call(255));
    better.open_interest = Some(4_000);
    world(vec![better, good(&call(260))])
}

/// What is chosen of them on other fresh quotes.
fn on(
    world: &World,
    change: impl FnOnce(&mut BTreeMap<OptionContract, OptionQuote>),
) -> Result<Selected, NoChoice> {
    let mut quotes = world.quotes();
    change(&mut quotes);
    choose(&world.shortlist().unwrap(), &quotes, &world.wanted())
}

fn quote_of(quotes: &mut BTreeMap<OptionContract, OptionQuote>, strike: u32) -> &mut OptionQuote {
    quotes.get_mut(&contract(&call(strike))).unwrap()
}

#[test]
fn the_fresh_quote_decides_and_is_what_is_bought_on() {
    let selected = on(&two(), |_| ()).unwrap();
    assert_eq!(selected.chosen.contract, contract(&call(255)));
    let wider = |quotes: &mut BTreeMap<_, _>| quote_of(quotes, 255).sides = sides(382, 418);
    let selected = on(&two(), wider).unwrap();
    assert_eq!(selected.chosen.contract, contract(&call(260)));
    assert_eq!(selected.chosen.sides, sides(390, 410));
    assert_eq!(
        selected.reasons.runners_up[0].contract,
        contract(&call(255))
    );
}

#[test]
fn what_a_fresh_quote_fails_is_told() {
    let cases: [(R, Change); 5] = [
        (R::Spread, |quote| quote.sides = sides(300, 410)),
        (R::Crossed, |quote| quote.sides = sides(411, 410)),
        (R::OneSided, |quote| quote.sides = sides(0, 410)),
        (R::Unaffordable, |quote| quote.sides = sides(1_000, 1_010)),
        (R::StaleQuote, |quote| {
            quote.provenance.at -= TimeDelta::minutes(1);
        }),
    ];
    for (expected, change) in cases {
        let reasons = on(&two(), |quotes| change(quote_of(quotes, 255)))
            .unwrap()
            .reasons;
        assert_eq!(reasons.rejected, [(expected, 1)].into());
        assert_eq!(reasons.nearest_rejected[0].contract, contract(&call(255)));
        assert_eq!(reasons.considered, 2);
    }
    let gone = |quotes: &mut BTreeMap<_, _>| _ = quotes.remove(&contract(&call(255)));
    assert_eq!(
        on(&two(), gone).unwrap().reasons.rejected,
        [(R::NoQuote, 1)].into()
    );
}

#[test]
fn a_quote_is_fresh_for_fifteen_seconds_and_a_bar_s_price_for_as_long_as_it_stands() {
    use Timeliness::{Delayed, Indicative, Modelled, RealTime, Recorded, Simulated};
    for (timeliness, age_ms, is_fresh) in [
        (RealTime, 15_000, true),
        (RealTime, 15_001, false),
        (Indicative, 15_001, false),
        (Delayed, 15_001, false),
        (Simulated, 15_001, false),
        (Recorded, 60_000, true),
        (Modelled, 60_000, true),
        (Modelled, 60_001, false),
    ] {
        let world = world(vec![good(&call(255))]);
        let chosen = on(&world, |quotes| {
            let provenance = &mut quote_of(quotes, 255).provenance;
            provenance.timeliness = timeliness;
            provenance.at = world.now - TimeDelta::milliseconds(age_ms);
        });
        let expected = (!is_fresh).then_some(NoChoice::NoQuotes);
        assert_eq!(chosen.err(), expected, "{timeliness:?} {age_ms}");
    }
}

#[test]
fn the_age_of_the_chain_s_own_quotes_is_not_asked() {
    let mut row = good(&call(255));
    row.quoted_at = None;
    assert_eq!(world(vec![row]).chosen(), call(255));
}

#[test]
fn without_one_quote_to_trade_on_it_is_worth_another_try() {
    let world = world(vec![good(&call(255)), good(&call(260))]);
    let none = on(&world, BTreeMap::clear);
    assert_eq!(none, Err(NoChoice::NoQuotes));
    let locked = on(&world, |quotes| {
        for quote in quotes.values_mut() {
            quote.sides = sides(400, 400);
        }
    });
    assert_eq!(locked, Err(NoChoice::NoQuotes));
}

#[test]
fn a_market_that_moved_away_is_a_rejection() {
    let world = world(vec![good(&call(255)), good(&call(260))]);
    for (quoted, reason) in [
        (sides(300, 500), RejectionReason::NoSuitableContract),
        (sides(1_000, 1_010), RejectionReason::Unaffordable),
    ] {
        let moved = on(&world, |quotes| {
            for quote in quotes.values_mut() {
                quote.sides = quoted;
            }
        });
        let Err(NoChoice::Final(rejection)) = moved else {
            panic!("{quoted:?}: {moved:?}");
        };
        assert_eq!(rejection.reason, reason);
    }
}

#[test]
fn no_more_than_forty_contracts_are_quoted() {
    let mut rows: Vec<ListedOption> = (200..300).map(|strike| good(&call(strike))).collect();
    rows[3].open_interest = Some(5_000);
    let listed = world(rows).shortlist().unwrap().contracts();
    assert_eq!(listed.len(), SHORTLIST_MAX);
    // The best comes first, then those nearest to the price.
    assert_eq!(listed[0], contract(&call(203)));
    assert_eq!(listed[1], contract(&call(255)));
}
