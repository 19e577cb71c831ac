//! The ends of positions: by an alert, by a rule, or by expiration.

use chrono::{DateTime, Utc};
use decisions::{bookkeeping, exit_alert, exit_wish, fills, lifecycle, settlement};
use domain::expiration::expires_at;
use domain::quote::OptionQuote;
use domain::signal::Signal;
use domain::{ExitDecision, ExitReason, ExitScope, Position, Usd};
use market_data::close_at_expiration;

use crate::account::{Account, Held};
use crate::stage::Stage;

impl Account {
    /// Carries out an exit alert, or the first half of a reversal: what it means is closed now,
    /// or wants to be at the next open. Whether some of it is still held.
    pub(crate) async fn carry_out(
        &mut self,
        stage: &Stage<'_>,
        signal: &Signal,
        now: DateTime<Utc>,
    ) -> bool {
        let scope = ExitScope::of(&signal.symbol, signal.strategy.as_deref());
        bookkeeping::note_exit_alert(&mut self.book, scope, exit_alert::cancels_until(signal));
        let is_open = stage.is_open(now).await;
        let mut kept = Vec::with_capacity(self.held.len());
        let mut is_still_held = false;
        for held in std::mem::take(&mut self.held) {
            let held = if exit_alert::is_still_to_tell(signal, &held.position) {
                self.meet(stage, signal, held, is_open, now).await
            } else {
                Some(held)
            };
            let Some(held) = held else { continue };
            is_still_held |= exit_alert::means(signal, &held.position);
            kept.push(held);
        }
        self.held = kept;
        is_still_held
    }

    /// Meets the wish of an alert; gives the position back while it is still held.
    async fn meet(
        &mut self,
        stage: &Stage<'_>,
        signal: &Signal,
        held: Held,
        is_open: bool,
        now: DateTime<Utc>,
    ) -> Option<Held> {
        let wish = exit_wish::of_alert(signal);
        let asked = exit_wish::asked_to_close(&held.position, &wish);
        let asked = Held {
            position: asked,
            ..held
        };
        if !is_open {
            return Some(asked);
        }
        let standing = asked.position.exit_request.as_ref().unwrap_or(&wish);
        let version = stage.settings.versions.exit_rules;
        let decision = exit_wish::decision(&asked.position, standing, version, now);
        let quote = stage.quote(&asked.position.contract, now).await;
        self.sell(stage, asked, decision, quote.as_ref().ok(), now)
    }

    /// Sells a position on this quote; gives it back, open again, where that can't be done.
    pub(crate) fn sell(
        &mut self,
        stage: &Stage<'_>,
        held: Held,
        decision: ExitDecision,
        quote: Option<&OptionQuote>,
        now: DateTime<Utc>,
    ) -> Option<Held> {
        let rules = &stage.settings.trading_rules;
        let reason = decision.reason;
        let start = lifecycle::begin_exit(&held.position, decision);
        let model = fills::model_for(rules, Some(reason));
        let side = start.order.side;
        let fill = quote.and_then(|quote| fills::fill(quote, side, model, rules, now).ok());
        let Some(fill) = fill else {
            let position = lifecycle::exit_failed(&start.position);
            return Some(Held { position, ..held });
        };
        let fee_usd = rules.fee(side, start.order.quantity, fill.price);
        let trade = lifecycle::trade(&start.order, &fill, fee_usd, now);
        let trigger = start.order.trigger_price();
        let closed = lifecycle::closed(&start.position, reason, trigger, &trade);
        self.settle_up(closed, trade);
        None
    }

    /// Settles what has expired at the underlying's close. What has none yet stays.
    pub(crate) async fn settle_expired(&mut self, stage: &Stage<'_>, now: DateTime<Utc>) {
        let is_expired = |held: &Held| settlement::is_expired(&held.position, now);
        if !self.held.iter().any(is_expired) {
            return;
        }
        let mut kept = Vec::with_capacity(self.held.len());
        for held in std::mem::take(&mut self.held) {
            if !is_expired(&held) || !self.settle(stage, &held.position, now).await {
                kept.push(held);
            }
        }
        self.held = kept;
    }

    async fn settle(&mut self, stage: &Stage<'_>, it: &Position, now: DateTime<Utc>) -> bool {
        let asked = now.into();
        let close = close_at_expiration(stage.market, &it.contract, &it.symbol, asked).await;
        let Some(close) = close.ok().flatten() else {
            return false;
        };
        let expired_at = expires_at(it.contract.expiration());
        let order = lifecycle::settlement_order(it, expired_at);
        let fill = settlement::settle(it, close);
        let trade = lifecycle::trade(&order, &fill, Usd::ZERO, expired_at);
        let closed = lifecycle::closed(it, ExitReason::Expired, None, &trade);
        self.settle_up(closed, trade);
        true
    }
}
