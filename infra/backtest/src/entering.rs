//! From a signal to an open position: the evidence, the decision, the contract, the reservation,
//! the fill. All of it happens at one instant, unless data is missing; then it is looked at again
//! at the next, while the entry stays valid.

use chrono::{DateTime, Utc};
use decisions::after_decision::{state_after, waits_for_data};
use decisions::case::Case;
use decisions::experiment::{EngineOutcome, Fate};
use decisions::risk::{Reservation, ReservedEntry};
use decisions::{
    agents, bookkeeping, eligibility, engine_a, engine_b, entry_fill, fills, lifecycle, marking,
};
use domain::calendar::trading_date;
use domain::opinion::Heard;
use domain::signal::Signal;
use domain::{
    AssignmentState, Decision, EntryBar, Evidence, Knowledge, Order, Purpose, Rejection,
    RejectionReason, Side, Verdict,
};
use market_data::choosing::{Chosen, NotYet};

use crate::account::{Account, Held};
use crate::plan::Judge;
use crate::stage::Stage;

/// An entry that is looked at again.
#[derive(Debug, Clone)]
pub(crate) struct Waiting {
    pub(crate) signal: Signal,
    /// Whether the engine has approved it, and the contract is all that is missing.
    pub(crate) is_approved: bool,
}

/// An instant at which an entry is looked at.
#[derive(Clone, Copy)]
pub(crate) struct Moment<'a> {
    pub(crate) now: DateTime<Utc>,
    /// When it can be looked at again; never, where the session ends.
    pub(crate) next_look: Option<DateTime<Utc>>,
    pub(crate) evidence: &'a Evidence,
}

/// Whether there is another look while the entry is valid.
pub(crate) fn may_wait(
    stage: &Stage<'_>,
    signal: &Signal,
    next_look: Option<DateTime<Utc>>,
) -> bool {
    let valid_until = eligibility::valid_until(signal, stage.settings);
    next_look.is_some_and(|next| next <= valid_until)
}

impl Account {
    /// Decides on an entry, and makes it if the engine wants it.
    pub(crate) async fn enter(&mut self, stage: &Stage<'_>, signal: &Signal, moment: Moment<'_>) {
        let mut knowledge = self.knowledge(signal, moment.now);
        let may_wait = may_wait(stage, signal, moment.next_look);
        if may_wait && waits_for_data(&case(stage, signal, &moment, &knowledge)) {
            return self.wait(signal, false);
        }
        if self.judge == Judge::Committee {
            knowledge.correlations = stage.correlations(&self.book, &moment).await;
        }
        let (decision, heard) = judged(self.judge, &case(stage, signal, &moment, &knowledge));
        let state = state_after(&decision, stage.settings);
        self.note_decision(signal, &decision, heard);
        if let AssignmentState::Rejected { rejection } = state {
            return self.reject(signal, &rejection);
        }
        if let Some(bar) = EntryBar::of(signal) {
            self.entered_on.insert(bar, signal.signal_id);
        }
        self.order(stage, signal, moment).await;
    }

    /// Chooses the contract of an approved entry, and buys it.
    pub(crate) async fn order(&mut self, stage: &Stage<'_>, signal: &Signal, moment: Moment<'_>) {
        let (now, valid_until) = (moment.now, eligibility::valid_until(signal, stage.settings));
        let clock = moment.evidence.clock.as_ref();
        if let Some(refusal) = entry_fill::refusal(valid_until, stage.settings, clock, now) {
            return self.reject(signal, &refusal);
        }
        match stage.choice(signal, moment.evidence, now).await {
            Ok(chosen) => self.buy(stage, signal, chosen, now).await,
            Err(NotYet::Never(rejection)) => self.reject(signal, &rejection),
            Err(NotYet::NoData(_)) if may_wait(stage, signal, moment.next_look) => {
                self.wait(signal, true);
            }
            Err(NotYet::NoData(why)) => {
                self.reject(signal, &Rejection::new(RejectionReason::NoMarketData, why));
            }
        }
    }

    async fn buy(
        &mut self,
        stage: &Stage<'_>,
        signal: &Signal,
        chosen: Chosen,
        now: DateTime<Utc>,
    ) {
        let bounds = self.bounds(stage, signal, &chosen, now);
        if let Err(rejection) = bookkeeping::reserve(&mut self.book, &bounds) {
            return self.reject(signal, &rejection);
        }
        let (choice, price) = (&chosen.choice, chosen.underlying_price);
        let order = lifecycle::entry_order(signal, self.engine, choice, price, stage.settings, now);
        if let Err(rejection) = self.fill(stage, signal, &order, now).await {
            bookkeeping::release(&mut self.book, &signal.symbol, choice.cost_usd);
            self.reject(signal, &rejection);
        }
    }

    fn bounds(
        &self,
        stage: &Stage<'_>,
        signal: &Signal,
        chosen: &Chosen,
        now: DateTime<Utc>,
    ) -> Reservation {
        let rules = &stage.settings.trading_rules;
        let choice = &chosen.choice;
        let entry = ReservedEntry {
            symbol: &signal.symbol,
            strategy: signal.strategy.as_deref(),
            cost_usd: choice.cost_usd,
            fee_usd: rules.fee(Side::Buy, choice.quantity, choice.sides.ask),
            received_at: signal.received_at,
        };
        let unrealized = self.day_result(now) - self.book.closed_on(trading_date(now));
        Reservation::new(&self.book, stage.settings, &entry, unrealized, now)
    }

    /// Fills an entry's order now, or says why not; then what was set aside still is.
    async fn fill(
        &mut self,
        stage: &Stage<'_>,
        signal: &Signal,
        order: &Order,
        now: DateTime<Utc>,
    ) -> Result<(), Rejection> {
        let no_fill = |why: String| Rejection::new(RejectionReason::NoFill, why);
        let rules = &stage.settings.trading_rules;
        let Purpose::Entry { reserved_usd, .. } = order.purpose else {
            return Err(no_fill("not an entry".to_owned()));
        };
        let quote = stage.quote(&order.contract, now).await.map_err(no_fill)?;
        let model = fills::model_for(rules, None);
        let fill = fills::fill(&quote, order.side, model, rules, now);
        let fill = fill.map_err(|why| no_fill(why.to_string()))?;
        let stock_price = stage.stock_price(&order.symbol, now).await;
        let greeks = stock_price.and_then(|price| marking::greeks_at(&fill, price));
        let fee_usd = rules.fee(order.side, order.quantity, fill.price);
        let trade = lifecycle::trade(order, &fill, fee_usd, now);
        let position = lifecycle::position(signal, &trade, greeks);
        if let Some(failure) = entry_fill::too_dear(&position, reserved_usd, stage.settings) {
            return Err(failure);
        }
        let limits = &stage.settings.risk_limits;
        let limit = limits.exposure_limit(rules.starting_capital_usd);
        let book = &self.book;
        match bookkeeping::fill_refusal(book, &position, reserved_usd, fee_usd, limit) {
            Some(refusal) => return Err(refusal),
            None => {
                bookkeeping::pay(&mut self.book, reserved_usd, position.exposure_usd, fee_usd);
            }
        }
        self.note_fill(signal, now);
        self.trades.push(trade);
        self.held.push(Held {
            position,
            watch: None,
            seen_at: None,
        });
        Ok(())
    }

    /// Looks again at the next instant.
    pub(crate) fn wait(&mut self, signal: &Signal, is_approved: bool) {
        let signal = signal.clone();
        self.waiting.push(Waiting {
            signal,
            is_approved,
        });
    }

    fn reject(&mut self, signal: &Signal, rejection: &Rejection) {
        if let Some(outcome) = self.outcomes.get_mut(&signal.signal_id) {
            outcome.fate = Fate::Rejected(rejection.reason);
        }
    }

    fn note_decision(&mut self, signal: &Signal, decision: &Decision, heard: Vec<Heard>) {
        let vote = decision.vote.as_ref();
        let waited_ms = waited_ms(signal, decision.decided_at);
        if let Some(outcome) = self.outcomes.get_mut(&signal.signal_id) {
            *outcome = EngineOutcome {
                approved: Some(decision.verdict == Verdict::Approved),
                decision_latency_ms: Some(waited_ms),
                confidence: vote.and_then(|vote| vote.confidence),
                heard,
                ..outcome.clone()
            };
        }
    }

    fn note_fill(&mut self, signal: &Signal, now: DateTime<Utc>) {
        if let Some(outcome) = self.outcomes.get_mut(&signal.signal_id) {
            outcome.fate = Fate::Open;
            outcome.fill_latency_ms = Some(waited_ms(signal, now));
        }
    }
}

fn case<'a>(
    stage: &Stage<'a>,
    signal: &'a Signal,
    moment: &Moment<'a>,
    knowledge: &'a Knowledge,
) -> Case<'a> {
    Case {
        signal,
        evidence: moment.evidence,
        evidence_sha256: "",
        knowledge,
        settings: stage.settings,
        now: moment.now,
    }
}

/// An engine's decision, and what was said before it.
fn judged(judge: Judge, case: &Case<'_>) -> (Decision, Vec<Heard>) {
    match judge {
        Judge::Rules => (engine_a::decide(case), Vec::new()),
        Judge::Committee => {
            let (decision, heard) = engine_b::decide(case, || agents::hear_all(case));
            (decision, heard.unwrap_or_default())
        }
    }
}

fn waited_ms(signal: &Signal, until: DateTime<Utc>) -> u64 {
    let waited = (until - signal.received_at).num_milliseconds();
    u64::try_from(waited).unwrap_or(0)
}
