//! What a contract may not fail, whatever else speaks for it. Each filter leaves its reading; the
//! first that fails names the contract's rejection.

use domain::quote::{BidAsk, Provenance, Timeliness};
use domain::selection::{ContractRejection, Figures};
use domain::{ListedOption, Price, Usd};
use rust_decimal::Decimal;

use super::figures::{Known, Sensitivity, sensitivity, volatility};
use super::terms::{Terms, figure};
use crate::contract_choice::Choice;
use crate::sizing;

/// Digits of a figure that are kept: ten thousandths.
const KEPT: f64 = 1e4;
/// The same of a percentage that is read to people.
const READ_DIGITS: u32 = 3;

/// Why a contract isn't bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refused {
    pub(super) reason: ContractRejection,
    pub(super) reading: String,
    /// What it asks, where that is what stands in the way.
    pub(super) ask: Option<Price>,
}

impl Refused {
    fn new(reason: ContractRejection, reading: impl Into<String>) -> Self {
        Self {
            reason,
            reading: reading.into(),
            ask: None,
        }
    }

    /// A reason that says all there is to say.
    pub(super) fn without_reading(reason: ContractRejection) -> Self {
        Self::new(reason, "")
    }
}

/// A contract that passed every filter, with what it was judged by.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fit {
    pub(super) row: ListedOption,
    pub(super) choice: Choice,
    pub(super) figures: Figures,
    pub(super) spread_percent: Decimal,
}

/// The contract, if it passes every filter but that of its quote's age ([`age`]).
pub(super) fn fit(row: &ListedOption, terms: &Terms<'_>) -> Result<Fit, Refused> {
    standard(row)?;
    let sides = two_sided(row)?;
    let volatility = volatility(row, sides, terms.wanted);
    let (sensitivity, computed) = delta(row, volatility.map(|it| it.0), terms)?;
    bid(sides, terms)?;
    let spread_percent = spread(sides, terms)?;
    let open_interest = open_interest(row, terms)?;
    let volume = volume(row, terms)?;
    let (volatility, implied) = implied_volatility(volatility, terms)?;
    let choice = affordable(row, sides, terms)?;
    let figures = Figures {
        delta: kept(sensitivity.delta),
        modelled: computed || implied,
        theta: kept(sensitivity.theta),
        implied_volatility: kept(volatility),
        open_interest,
        volume,
    };
    Ok(Fit {
        row: row.clone(),
        choice,
        figures,
        spread_percent,
    })
}

/// Whether a quote is fresh enough to choose on. What stands for a whole bar by its nature may be
/// as old as the trading rules let any price be.
pub(super) fn age(provenance: &Provenance, terms: &Terms<'_>) -> Result<(), Refused> {
    let of_all = terms.settings().trading_rules.quote_age_ms_max;
    let most = match provenance.timeliness {
        Timeliness::Recorded | Timeliness::Modelled => of_all,
        _ => terms.rules.fresh_quote_age_ms_max.min(of_all),
    };
    let age_ms = provenance.age_ms(terms.wanted.now);
    if age_ms <= i64::from(most) {
        return Ok(());
    }
    let reading = format!("{age_ms} ms old, at most {most}");
    Err(Refused::new(ContractRejection::StaleQuote, reading))
}

fn standard(row: &ListedOption) -> Result<(), Refused> {
    if row.contract.is_adjusted() {
        return Err(Refused::without_reading(ContractRejection::Adjusted));
    }
    Ok(())
}

fn two_sided(row: &ListedOption) -> Result<BidAsk, Refused> {
    use ContractRejection::{Crossed, Locked, NoQuote, OneSided};
    let sides = row.sides.ok_or_else(|| Refused::without_reading(NoQuote))?;
    let reason = match (sides.bid, sides.ask) {
        (bid, ask) if bid.is_zero() || ask.is_zero() => OneSided,
        (bid, ask) if bid > ask => Crossed,
        (bid, ask) if bid == ask => Locked,
        _ => return Ok(sides),
    };
    Err(Refused::new(
        reason,
        format!("{} / {}", sides.bid, sides.ask),
    ))
}

fn delta(
    row: &ListedOption,
    volatility: Option<f64>,
    terms: &Terms<'_>,
) -> Result<Known<Sensitivity>, Refused> {
    let unknown = || Refused::without_reading(ContractRejection::UnknownDelta);
    let found = sensitivity(row, volatility, terms.wanted).ok_or_else(unknown)?;
    let (low, high) = (terms.rules.delta_min, terms.rules.delta_max);
    let delta = found.0.delta;
    if (figure(low)..=figure(high)).contains(&delta.abs()) {
        return Ok(found);
    }
    let reading = format!("{delta:.4}, allowed {low} to {high}");
    Err(Refused::new(ContractRejection::Delta, reading))
}

fn bid(sides: BidAsk, terms: &Terms<'_>) -> Result<(), Refused> {
    let least = terms.rules.bid_min_usd;
    if sides.bid.decimal() > least.0 {
        return Ok(());
    }
    let reading = format!("{}, above {least} is allowed", sides.bid);
    Err(Refused::new(ContractRejection::Bid, reading))
}

/// The spread in percent of the mid. What is cheap may pass by its spread in dollars.
fn spread(sides: BidAsk, terms: &Terms<'_>) -> Result<Decimal, Refused> {
    let rules = terms.rules;
    let (mid, width) = (sides.mid(), sides.ask.decimal() - sides.bid.decimal());
    let percent = width
        .checked_div(mid.decimal())
        .and_then(|share| share.checked_mul(Decimal::ONE_HUNDRED))
        .unwrap_or(Decimal::MAX);
    let is_cheap = mid.decimal() < rules.cheap_below_usd.0;
    let (most, most_usd) = (rules.spread_max_percent, rules.cheap_spread_max_usd);
    if percent <= most.0 || (is_cheap && width <= most_usd.0) {
        return Ok(percent);
    }
    let in_dollars = if is_cheap {
        format!("; {}, at most {most_usd}", Usd(width))
    } else {
        String::new()
    };
    let (shown, most) = (
        percent.round_dp(READ_DIGITS).normalize(),
        most.0.normalize(),
    );
    let reading = format!("{shown} % of the mid, at most {most} %{in_dollars}");
    Err(Refused::new(ContractRejection::Spread, reading))
}

fn open_interest(row: &ListedOption, terms: &Terms<'_>) -> Result<u64, Refused> {
    use ContractRejection::{OpenInterest, UnknownOpenInterest};
    let unknown = || Refused::without_reading(UnknownOpenInterest);
    let held = row.open_interest.ok_or_else(unknown)?;
    at_least(held, terms.open_interest_min, OpenInterest)
}

fn volume(row: &ListedOption, terms: &Terms<'_>) -> Result<u64, Refused> {
    use ContractRejection::{UnknownVolume, Volume};
    let traded = row
        .volume
        .ok_or_else(|| Refused::without_reading(UnknownVolume))?;
    at_least(traded, terms.volume_min, Volume)
}

fn at_least(count: u64, least: u64, reason: ContractRejection) -> Result<u64, Refused> {
    if count >= least {
        return Ok(count);
    }
    Err(Refused::new(reason, format!("{count}, at least {least}")))
}

fn implied_volatility(known: Option<Known<f64>>, terms: &Terms<'_>) -> Result<Known<f64>, Refused> {
    use ContractRejection::{UnknownVolatility, Volatility};
    let known = known.ok_or_else(|| Refused::without_reading(UnknownVolatility))?;
    let implied = known.0;
    let (low, high) = (terms.rules.volatility_min, terms.rules.volatility_max);
    if (figure(low)..=figure(high)).contains(&implied) {
        return Ok(known);
    }
    let reading = format!("{implied:.4}, allowed {low} to {high}");
    Err(Refused::new(Volatility, reading))
}

fn affordable(row: &ListedOption, sides: BidAsk, terms: &Terms<'_>) -> Result<Choice, Refused> {
    let (asked_for, settings) = (terms.wanted.asked_for, terms.settings());
    sizing::affordable(&row.contract, sides, asked_for, settings).ok_or_else(|| {
        let limit = settings.risk_limits.max_position_usd;
        let reading = format!("asks {}, a position may cost {limit}", sides.ask);
        Refused {
            ask: Some(sides.ask),
            ..Refused::new(ContractRejection::Unaffordable, reading)
        }
    })
}

/// A figure as it is scored and stored. Adding zero makes of a negative zero a plain one.
fn kept(figure: f64) -> f64 {
    (figure * KEPT).round() / KEPT + 0.0
}
