//! Volume: the session's average price, and whether much was traded on the newest bar.

use domain::Studies;

use super::average_range;
use crate::agents::side::{PRICE_MARGIN_RANGES, side};
use crate::agents::tally::Tally;

/// The close on one side of the session's average price.
const VWAP_POINTS: i32 = 5;
/// A bar on heavy volume.
const VOLUME_POINTS: i32 = 5;
/// From this multiple of the usual volume on, it is heavy.
const HEAVY: f64 = 1.5;

pub(super) fn see(tally: &mut Tally, studies: &Studies) {
    see_session_average(tally, studies);
    see_volume(tally, studies);
}

fn see_session_average(tally: &mut Tally, studies: &Studies) {
    let Some((vwap, range)) = studies.technical.vwap.zip(average_range(studies)) else {
        return tally.miss("vwap");
    };
    let close = studies.close;
    let way = side(close, vwap, PRICE_MARGIN_RANGES * range);
    tally.see(
        "vwap",
        VWAP_POINTS * way,
        [("close", close), ("vwap", vwap)],
    );
}

/// Heavy volume speaks for the way that the bar went.
fn see_volume(tally: &mut Tally, studies: &Studies) {
    let study = &studies.technical;
    let Some((volume, before)) = study.relative_volume_20.zip(study.previous_close) else {
        return tally.miss("volume");
    };
    let way = if volume >= HEAVY {
        side(studies.close, before, 0.0)
    } else {
        0
    };
    let figures = [
        ("relative_volume_20", volume),
        ("close", studies.close),
        ("previous_close", before),
    ];
    tally.see("volume", VOLUME_POINTS * way, figures);
}
