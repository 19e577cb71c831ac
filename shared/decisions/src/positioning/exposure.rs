//! Gamma exposure: the chain as the mathematics takes it, and its answer as a record.

use chrono::{DateTime, NaiveDate, Utc};
use domain::positioning::{
    DealerPosition, DealerSide, ExpirationExposure, Exposed, ExposureExclusions, ExposureUnit,
    Flip, FlipSide, GammaExposureSnapshot, PutCallRatios, Strength, StrikeExposures,
    VolatilityExpectation, Walls,
};
use domain::quote::StockQuote;
use domain::{OptionChain, Price};
use quant::gamma_exposure::{
    self as measure, Crossing, ExpiryExposure, GammaExposure, GammaExposureInputs, StrikeExposure,
    TotalExposure, WallsBy,
};

use super::contracts::Contracts;
use super::{PositioningError, spot, standard};
use crate::assumptions::{DIVIDEND_YIELD, RATE};

/// Most strikes that a record tells.
const STRIKES_MAX: usize = 400;
/// What to know before believing it.
const CAVEATS: [&str; 4] = [
    "open interest is as of the end of the session before",
    "that dealers are long calls and short puts is an assumption",
    "what is opened and closed within the day, as most of today's expiration, is not in it",
    "it covers the expirations and strikes of the chain that was asked for",
];

/// The dealers' gamma exposure at `now`, at the middle of the quote, else at the price that the
/// chain tells.
pub fn gamma_exposure(
    chain: &OptionChain,
    quote: Option<&StockQuote>,
    now: DateTime<Utc>,
) -> Result<GammaExposureSnapshot, PositioningError> {
    let spot = spot(chain, quote).ok_or(PositioningError::NoSpot)?;
    let contracts = Contracts::of(chain, spot, now);
    let inputs = GammaExposureInputs {
        spot: spot.to_f64(),
        rate: RATE,
        dividend_yield: DIVIDEND_YIELD,
        contracts: &contracts.listed,
    };
    let measured = inputs.measure()?;
    let total = measured.total.ok_or(PositioningError::NothingHeld)?;
    Ok(record(chain, (spot, now), &contracts, &measured, &total))
}

fn record(
    chain: &OptionChain,
    (spot, now): (Price, DateTime<Utc>),
    contracts: &Contracts,
    measured: &GammaExposure,
    total: &TotalExposure,
) -> GammaExposureSnapshot {
    let flips = measured.flip.crossings.iter();
    let by_expiry = measured.by_expiry.iter();
    GammaExposureSnapshot {
        symbol: chain.underlying.clone(),
        unit: ExposureUnit::DollarsOfDeltaPerPercent,
        measured_at: now,
        spot,
        total: exposed(total.call, total.put, total.contracts),
        ratio: total.ratio(),
        net_per_dollar: total.net_per_dollar(),
        by_strike: strikes(&measured.by_strike, spot),
        by_expiration: by_expiry
            .filter_map(|it| expiration(it, &contracts.expirations))
            .collect(),
        flip: measured.flip.nearest.as_ref().and_then(flip),
        flips: flips.filter_map(|it| price(Some(it.price))).collect(),
        cumulative_strike_flip: price(measured.cumulative_flip.nearest),
        walls: walls(measured.walls.by_exposure),
        walls_by_open_interest: walls(measured.walls.by_open_interest),
        max_pain_of_all: price(measured.max_pain_of_all),
        put_call: PutCallRatios {
            open_interest: measured.put_call.open_interest,
            volume: measured.put_call.volume,
        },
        dealers: measured.dealers.map(dealers),
        exclusions: exclusions(chain, &measured.exclusions),
        volatilities_computed: contracts.volatilities_computed,
        caveats: CAVEATS.map(str::to_owned).into(),
        provenance: chain.provenance.clone(),
    }
}

fn exposed(call: f64, put: f64, contracts: u32) -> Exposed {
    Exposed {
        call,
        put,
        net: call + put,
        contracts,
    }
}

fn price(per_share: Option<f64>) -> Option<Price> {
    Price::from_f64(per_share?).ok()
}

fn walls(by: WallsBy) -> Walls {
    Walls {
        call: price(by.call),
        put: price(by.put),
    }
}

fn flip(crossing: &Crossing) -> Option<Flip> {
    Some(Flip {
        price: price(Some(crossing.price))?,
        nearest_strike: price(Some(crossing.nearest_strike))?,
    })
}

fn expiration(exposure: &ExpiryExposure, dates: &[NaiveDate]) -> Option<ExpirationExposure> {
    let date = dates.get(usize::try_from(exposure.expiry).ok()?)?;
    Some(ExpirationExposure {
        expiration: *date,
        exposed: exposed(exposure.call, exposure.put, exposure.contracts),
        max_pain: price(exposure.max_pain),
    })
}

/// The strikes nearest to spot, as many as a record tells.
fn strikes(levels: &[StrikeExposure], spot: Price) -> StrikeExposures {
    let distance = |level: &StrikeExposure| (level.strike - spot.to_f64()).abs();
    let mut told = levels.to_vec();
    told.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
    told.truncate(STRIKES_MAX);
    told.sort_by(|a, b| a.strike.total_cmp(&b.strike));
    let left_out = u32::try_from(levels.len() - told.len()).unwrap_or(u32::MAX);
    let mut columns = StrikeExposures {
        left_out,
        ..StrikeExposures::default()
    };
    for level in &told {
        if let Some(strike) = price(Some(level.strike)) {
            columns.strike.push(strike);
            columns.call.push(level.call.round());
            // Adding zero makes a plain zero of a negative one.
            columns.put.push(level.put.round() + 0.0);
        }
    }
    columns
}

fn dealers(position: measure::DealerPosition) -> DealerPosition {
    DealerPosition {
        side: match position.side {
            measure::DealerSide::LongGamma => DealerSide::LongGamma,
            measure::DealerSide::ShortGamma => DealerSide::ShortGamma,
            measure::DealerSide::Neutral => DealerSide::Neutral,
        },
        strength: position.strength.map(|strength| match strength {
            measure::Strength::Moderate => Strength::Moderate,
            measure::Strength::Strong => Strength::Strong,
        }),
        spot_against_flip: position.spot_against_flip.map(|side| match side {
            measure::FlipSide::Above => FlipSide::Above,
            measure::FlipSide::Below => FlipSide::Below,
        }),
        volatility_expectation: match position.expectation() {
            measure::VolatilityExpectation::Compressed => VolatilityExpectation::Compressed,
            measure::VolatilityExpectation::Expanded => VolatilityExpectation::Expanded,
            measure::VolatilityExpectation::NoStatement => VolatilityExpectation::NoStatement,
        },
    }
}

fn exclusions(chain: &OptionChain, measured: &measure::Exclusions) -> ExposureExclusions {
    let adjusted = chain.options.len() - standard(chain).count();
    ExposureExclusions {
        adjusted: u32::try_from(adjusted).unwrap_or(u32::MAX),
        impossible: measured.impossible,
        duplicate: measured.duplicate,
        expired: measured.expired,
        no_open_interest: measured.no_open_interest,
        zero_open_interest: measured.zero_open_interest,
        no_implied_volatility: measured.no_implied_volatility,
        other_right_missing: measured.other_right_missing,
    }
}
