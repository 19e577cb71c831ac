//! What the author of an alert meant. An alert's words name an order (`buy`), a side (`long`)
//! or what becomes of the position (`exit`, `add`); placeholders tell where the strategy
//! stands after the order and stood before. The position explains the order: a `sell` after
//! which the strategy is still long has made a long position smaller.

use super::fields::Fields;
use super::positions::{Positions, Stand};
use super::problem::Problem;
use super::words::{Change, Claim, Said};
use crate::signal::{Direction, Intent};

/// The intent, or nothing once the reasons against one are among the problems.
pub(super) fn read(fields: &mut Fields<'_>) -> Option<Intent> {
    let problems_before = fields.problem_count();
    let said = Said::read(fields);
    let positions = Positions::read(fields, said.traded());
    if fields.problem_count() > problems_before {
        return None;
    }
    match understand(&said, &positions) {
        Ok(intent) => Some(intent),
        Err(Problem { field, message }) => {
            fields.refuse(&field, message);
            None
        }
    }
}

/// An explicit exit goes first: closing is what its author can rely on.
fn understand(said: &Said, positions: &Positions) -> Result<Intent, Problem> {
    match positions.after {
        _ if said.exit => Ok(Intent::Exit),
        Some(Claim {
            value: Stand::Flat, ..
        }) => Ok(Intent::Exit),
        Some(Claim {
            value: Stand::On(side),
            field,
        }) => by_position(said, positions, Claim { value: side, field }),
        None => by_words(said),
    }
}

/// The strategy is on `now`'s side after the order; where it was before tells the rest.
fn by_position(
    said: &Said,
    positions: &Positions,
    now: Claim<Direction>,
) -> Result<Intent, Problem> {
    agrees(said.side, now)?;
    match positions.before.map(|before| before.value) {
        None => Ok(without_before(said, now.value)),
        Some(Stand::On(side)) if side == now.value => Ok(resized(said, positions.grew, side)),
        Some(Stand::Flat) => agrees(said.order, now).map(|()| Intent::Entry(now.value)),
        Some(Stand::On(_)) => agrees(said.order, now).map(|()| Intent::Reverse(now.value)),
    }
}

fn without_before(said: &Said, side: Direction) -> Intent {
    match said.change.map(|change| change.value) {
        Some(Change::Add) => Intent::Add(side),
        Some(Change::Reduce) => Intent::Reduce(side),
        None if is_against(said, side) => Intent::Reduce(side),
        None => Intent::Entry(side),
    }
}

/// The side stayed. Without sizes and words that tell more it counts as an addition: no
/// position is opened or closed on a guess.
fn resized(said: &Said, grew: Option<bool>, side: Direction) -> Intent {
    let shrinks = match (grew, said.change) {
        (Some(grew), _) => !grew,
        (None, Some(change)) => change.value == Change::Reduce,
        (None, None) => is_against(said, side),
    };
    if shrinks {
        Intent::Reduce(side)
    } else {
        Intent::Add(side)
    }
}

fn by_words(said: &Said) -> Result<Intent, Problem> {
    let side = said.side.map(|claim| claim.value);
    let order = said.order.map(|claim| claim.value);
    match (said.change, side, order) {
        (Some(change), _, _) => by_change(change, side, order),
        (None, Some(side), _) => {
            if let (Some(order), Some(claim)) = (said.order, said.side) {
                agrees(Some(order), claim)?;
            }
            Ok(Intent::Entry(side))
        }
        (None, None, Some(order)) => Ok(Intent::Entry(order)),
        (None, None, None) => Err(Problem::new(
            "direction",
            "is missing; send a direction (long, short) or an action (buy, sell, exit)",
        )),
    }
}

/// Buying adds to a long position and reduces a short one.
fn by_change(
    change: Claim<Change>,
    side: Option<Direction>,
    order: Option<Direction>,
) -> Result<Intent, Problem> {
    match change.value {
        Change::Add => side.or(order).map(Intent::Add),
        Change::Reduce => side.or(order.map(Direction::opposite)).map(Intent::Reduce),
    }
    .ok_or_else(|| {
        Problem::new(
            change.field,
            "needs a side: send `sentiment` or `direction` too",
        )
    })
}

fn is_against(said: &Said, side: Direction) -> bool {
    said.order.is_some_and(|order| order.value != side)
}

fn agrees(claim: Option<Claim<Direction>>, now: Claim<Direction>) -> Result<(), Problem> {
    match claim {
        Some(claim) if claim.value != now.value => Err(Problem::new(
            claim.field,
            format!(
                "says {}, but `{}` says {}",
                claim.value, now.field, now.value
            ),
        )),
        _ => Ok(()),
    }
}
