//! What may keep an entry's order from being filled, whatever the quotes and the book say.

use chrono::{DateTime, Utc};
use domain::quote::MarketClock;
use domain::{Position, Rejection, RejectionReason, Settings, Usd};

/// Why the entry may not be filled any more. A clock that nobody could tell refuses nothing: it
/// may come back in a moment.
pub fn refusal(
    valid_until: DateTime<Utc>,
    settings: &Settings,
    clock: Option<&MarketClock>,
    now: DateTime<Utc>,
) -> Option<Rejection> {
    let reject = |reason, detail: String| Some(Rejection::new(reason, detail));
    if now > valid_until {
        let detail = format!("the entry was valid until {valid_until}");
        return reject(RejectionReason::TooLate, detail);
    }
    if !settings.trading_rules.entries_enabled {
        let detail = "entries were switched off before the fill".to_owned();
        return reject(RejectionReason::TradingHalted, detail);
    }
    let closed = clock.filter(|clock| !clock.is_open)?;
    let opens_at = closed.opens_at;
    let detail = format!("the market closed before the fill; it opens at {opens_at}");
    reject(RejectionReason::MarketClosed, detail)
}

/// Why a position at this price may not be opened: it rose beyond what one may cost, and beyond
/// what was set aside for it.
pub fn too_dear(position: &Position, reserved: Usd, settings: &Settings) -> Option<Rejection> {
    let most = settings.risk_limits.max_position_usd.max(reserved);
    (position.exposure_usd > most).then(|| {
        let cost = position.exposure_usd;
        let detail = format!("the price rose: the position would cost {cost}");
        Rejection::new(RejectionReason::Unaffordable, detail)
    })
}
