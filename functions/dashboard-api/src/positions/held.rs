//! What is held: each position with its mark, what it would bring now, and how near its exit is.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use decisions::exits::{self, Circumstances};
use decisions::risk;
use domain::calendar::trading_date;
use domain::pnl::LegPrices;
use domain::quote::Mark;
use domain::settings::{ExitRules, TradingRules};
use domain::{
    ExitReading, ExitReason, OptionContract, Percent, Position, PositionKey, Price, ProfitAndLoss,
    Settings, Side, Usd, Watch,
};
use rust_decimal::Decimal;
use serde::Serialize;
use storage::Versioned;
use storage::holdings::all_held;
use utoipa::ToSchema;

use crate::problem::Problem;
use crate::sources::Shared;

/// A position that is held.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct HeldPosition {
    #[serde(flatten)]
    pub(crate) position: Position,
    /// The contract's newest quote; none if there was none yet.
    #[schema(required)]
    pub(crate) mark: Option<Mark>,
    /// The mid of the mark.
    #[schema(required)]
    pub(crate) mark_price: Option<Price>,
    /// What it would bring at the mark, after the fees of both fills.
    #[schema(required)]
    pub(crate) unrealized: Option<ProfitAndLoss>,
    /// What it gained since the last close of the session before, or since its entry.
    #[schema(required)]
    pub(crate) day_change_usd: Option<Usd>,
    pub(crate) expires_on: NaiveDate,
    /// Days to expiration.
    pub(crate) dte: i64,
    pub(crate) outlook: ExitOutlook,
}

/// How near its exit a position is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ExitOutlook {
    /// The mid at which the stop fires.
    stop_price: Price,
    /// The mid at which the target is reached.
    target_price: Price,
    /// The reason of the first rule that fires now.
    #[schema(required)]
    pub(crate) firing: Option<ExitReason>,
    /// The way from the entry to the stop or the target, whichever the mark is nearer to: 100 is
    /// there.
    #[schema(required)]
    pub(crate) way_percent: Option<Percent>,
    /// Whether that is the stop.
    #[schema(required)]
    towards_stop: Option<bool>,
    /// Every exit rule, as it reads now.
    readings: Vec<ExitReading>,
}

impl HeldPosition {
    /// Whether a rule fires, or a price is four fifths of the way.
    pub(crate) fn is_about_to_exit(&self) -> bool {
        let near = |way: Percent| way >= Percent::whole(80);
        self.outlook.firing.is_some() || self.outlook.way_percent.is_some_and(near)
    }
}

/// Everything that is held, the last opened first.
pub(crate) async fn held(sources: &Shared) -> Result<Vec<HeldPosition>, Problem> {
    let now = sources.clock.now();
    let (found, settings) =
        futures::try_join!(all_held(&sources.ledger), sources.settings.current())?;
    let mut shown = with_marks(sources, found, &settings, now).await?;
    shown.sort_by_key(|it| std::cmp::Reverse((it.position.opened_at, it.position.key())));
    Ok(shown)
}

/// These positions with their marks, and what the exit monitor remembers of them.
pub(crate) async fn with_marks(
    sources: &Shared,
    found: Vec<Versioned<Position>>,
    settings: &Settings,
    now: DateTime<Utc>,
) -> Result<Vec<HeldPosition>, Problem> {
    let contracts: Vec<OptionContract> = found.iter().map(|it| it.contract.clone()).collect();
    let keys: Vec<PositionKey> = found.iter().map(|it| it.key()).collect();
    let (marks, watches) = futures::try_join!(
        sources.marks.marks(&contracts, now),
        sources.ledger.watches_of(&keys)
    )?;
    let seen = Seen {
        marks,
        watches,
        settings,
        now,
    };
    Ok(found.into_iter().map(|it| seen.show(it.record)).collect())
}

/// What positions are judged by.
struct Seen<'a> {
    marks: BTreeMap<OptionContract, Mark>,
    watches: BTreeMap<PositionKey, Versioned<Watch>>,
    settings: &'a Settings,
    now: DateTime<Utc>,
}

impl Seen<'_> {
    fn show(&self, position: Position) -> HeldPosition {
        let mark = self.marks.get(&position.contract).cloned();
        let mid = mark.as_ref().map(|mark| mark.quote.sides.mid());
        let expires_on = position.contract.expiration();
        let today = trading_date(self.now);
        HeldPosition {
            mark_price: mid,
            unrealized: mark
                .as_ref()
                .map(|mark| at_mark(&position, mark, &self.settings.trading_rules)),
            day_change_usd: mark
                .as_ref()
                .map(|mark| risk::change_today(&position, mark)),
            expires_on,
            dte: (expires_on - today).num_days(),
            outlook: self.outlook(&position, mark.as_ref()),
            mark,
            position,
        }
    }

    fn outlook(&self, position: &Position, mark: Option<&Mark>) -> ExitOutlook {
        let rules = &self.settings.exit_rules;
        let watch = self.watches.get(&position.key());
        let evaluation = exits::evaluate(&Circumstances {
            position,
            mark,
            watch: watch.map(|watch| &watch.record),
            rules,
            now: self.now,
        });
        let mid = mark.map(|mark| mark.quote.sides.mid());
        let way = mid.and_then(|mid| way(position.entry_price, mid, rules));
        ExitOutlook {
            stop_price: moved(position.entry_price, -rules.stop_loss_percent.0),
            target_price: moved(position.entry_price, rules.profit_target_percent.0),
            firing: evaluation.trigger.map(|trigger| trigger.reason),
            way_percent: way.map(|(way, _)| way),
            towards_stop: way.map(|(_, towards_stop)| towards_stop),
            readings: evaluation.readings,
        }
    }
}

/// What a position would bring if it were sold at the mark's mid, and at its bid.
fn at_mark(position: &Position, mark: &Mark, rules: &TradingRules) -> ProfitAndLoss {
    let mid = mark.quote.sides.mid();
    let entry = LegPrices {
        fill: position.entry_price,
        mid: position.entry_mid,
        worst: position.entry_worst,
        fee_usd: position.entry_fee_usd,
    };
    let exit = LegPrices {
        fill: mid,
        mid,
        worst: mark.quote.sides.bid,
        fee_usd: rules.fee(Side::Sell, position.quantity, mid),
    };
    ProfitAndLoss::of(entry, exit, position.quantity)
}

/// A price moved by so many per cent; a loss of more than all of it ends at nothing.
fn moved(price: Price, percent: Decimal) -> Price {
    let factor = Decimal::ONE + percent / Decimal::ONE_HUNDRED;
    Price::new((price.decimal() * factor).round_dp(4)).unwrap_or(Price::ZERO)
}

/// How far the mid has gone towards the stop or the target, and whether it is the stop.
fn way(entry: Price, mid: Price, rules: &ExitRules) -> Option<(Percent, bool)> {
    let gain = domain::pnl::percent(entry, mid)?.0;
    let towards_stop = gain < Decimal::ZERO;
    let whole = if towards_stop {
        rules.stop_loss_percent
    } else {
        rules.profit_target_percent
    };
    let share = gain.abs().checked_div(whole.0)? * Decimal::ONE_HUNDRED;
    Some((Percent(share.round_dp(1)), towards_stop))
}
