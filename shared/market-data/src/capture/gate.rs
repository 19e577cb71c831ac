//! The part of a signal's evidence that the law reads: clock and quote.

use domain::{Evidence, Part, Symbol};

use super::{found, in_time, quote};
use crate::{Asked, Market};

/// The evidence that rules read: clock and quote. The other parts weren't asked for, and are
/// named missing. For whoever decides by rules alone and stores no evidence.
pub async fn capture_for_rules(market: &dyn Market, symbol: &Symbol, asked: Asked) -> Evidence {
    let (clock, quote) = futures::join!(
        in_time(market.clock(asked), asked),
        quote(market, symbol, asked)
    );
    let mut missing = Vec::new();
    let clock = found(Part::Clock, clock, &mut missing);
    let quote = found(Part::Quote, quote, &mut missing);
    let given = [Part::Clock, Part::Quote];
    for part in Part::ALL.into_iter().filter(|part| !given.contains(part)) {
        let _: Option<()> = found(part, Err("not asked for".to_owned()), &mut missing);
    }
    Evidence {
        clock,
        quote,
        missing,
        ..Evidence::unasked(symbol.clone(), asked.now)
    }
}
