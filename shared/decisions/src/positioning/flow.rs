//! Options flow, as far as a chain can stand in for it.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use domain::money::SHARES_PER_CONTRACT;
use domain::option_chain::ListedOption;
use domain::positioning::{FlowEntry, OptionsFlow, Sentiment};
use domain::{OptionChain, OptionRight, Price, Usd};
use rust_decimal::Decimal;

use super::{PositioningError, standard};

/// Most contracts that a record tells.
pub const ENTRIES_MAX: usize = 20;
/// From this part of the premium in calls on, in percent, it leans up.
const BULLISH_PCT: i64 = 60;
/// Up to this part it leans down.
const BEARISH_PCT: i64 = 40;
/// A premium per share beyond it is none: more than any share costs.
const PREMIUM_MAX_USD: i64 = 1_000_000;
/// What to know before believing it.
const CAVEATS: [&str; 3] = [
    "it stands in for the flow of orders: who bought and who sold isn't known",
    "volume is valued at the middle of the present quote, not at what was paid",
    "it covers the expirations and strikes of the chain that was asked for",
];

/// One side's sums.
#[derive(Default)]
struct Sums {
    volume: u64,
    premium_usd: Usd,
}

/// What was traded today, by the volumes of a chain. Absent if it tells none.
pub fn options_flow(
    chain: &OptionChain,
    now: DateTime<Utc>,
) -> Result<OptionsFlow, PositioningError> {
    if standard(chain).all(|option| option.volume.is_none()) {
        return Err(PositioningError::NoVolumes);
    }
    let calls = sums(chain, OptionRight::Call);
    let puts = sums(chain, OptionRight::Put);
    Ok(OptionsFlow {
        symbol: chain.underlying.clone(),
        measured_at: now,
        sentiment: sentiment(calls.premium_usd, puts.premium_usd),
        call_volume: calls.volume,
        put_volume: puts.volume,
        call_premium_usd: calls.premium_usd,
        put_premium_usd: puts.premium_usd,
        entries: entries(chain),
        unpriced: count(chain, |it| is_traded(it) && premium(it).is_none()),
        volume_unknown: count(chain, |it| it.volume.is_none()),
        caveats: CAVEATS.map(str::to_owned).into(),
        provenance: chain.provenance.clone(),
    })
}

fn count(chain: &OptionChain, is_counted: impl Fn(&ListedOption) -> bool) -> u32 {
    let counted = standard(chain).filter(|option| is_counted(option)).count();
    u32::try_from(counted).unwrap_or(u32::MAX)
}

fn is_traded(option: &ListedOption) -> bool {
    option.volume.is_some_and(|volume| volume > 0)
}

fn sums(chain: &OptionChain, right: OptionRight) -> Sums {
    let mut sums = Sums::default();
    for option in standard(chain).filter(|it| it.contract.right() == right) {
        sums.volume = sums.volume.saturating_add(option.volume.unwrap_or(0));
        let premium = premium(option).map_or(Usd::ZERO, |(_, premium)| premium);
        sums.premium_usd = sums.premium_usd + premium;
    }
    sums
}

/// What the contracts traded are worth at the middle of the quote, with that; absent without a
/// volume or two sides.
fn premium(option: &ListedOption) -> Option<(Price, Usd)> {
    // So many contracts are never traded; and up to here no product overflows.
    let volume = u32::try_from(option.volume?).ok()?;
    let sides = option.sides.filter(|sides| sides.is_two_sided())?;
    if sides.ask.decimal() > Decimal::from(PREMIUM_MAX_USD) {
        return None;
    }
    let mid = sides.mid();
    let shares = Decimal::from(volume) * Decimal::from(SHARES_PER_CONTRACT);
    Some((mid, Usd(mid.decimal().checked_mul(shares)?)))
}

/// Of which more was traded than held: most premium first, then by contract.
fn entries(chain: &OptionChain) -> Vec<FlowEntry> {
    let mut entries: Vec<FlowEntry> = standard(chain).filter_map(entry).collect();
    entries.sort_by(|a, b| {
        let by_premium = Reverse(a.premium_usd).cmp(&Reverse(b.premium_usd));
        by_premium.then_with(|| a.contract.cmp(&b.contract))
    });
    entries.truncate(ENTRIES_MAX);
    entries
}

fn entry(option: &ListedOption) -> Option<FlowEntry> {
    let (volume, open_interest) = (option.volume?, option.open_interest?);
    let (mid, premium_usd) = premium(option)?;
    (volume > open_interest).then(|| FlowEntry {
        contract: option.contract.clone(),
        volume,
        open_interest,
        mid,
        premium_usd,
    })
}

/// Absent without any premium. Compared exactly, in hundredths of the whole.
fn sentiment(calls_usd: Usd, puts_usd: Usd) -> Option<Sentiment> {
    let whole = (calls_usd + puts_usd).0;
    if whole.is_zero() {
        return None;
    }
    let calls = calls_usd.0 * Decimal::ONE_HUNDRED;
    Some(if calls >= whole * Decimal::from(BULLISH_PCT) {
        Sentiment::Bullish
    } else if calls <= whole * Decimal::from(BEARISH_PCT) {
        Sentiment::Bearish
    } else {
        Sentiment::Neutral
    })
}
