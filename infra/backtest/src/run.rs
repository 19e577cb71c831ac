//! Time: sessions, the bars within them, and the alerts between.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use decisions::experiment::SignalOutcome;
use decisions::routing;
use domain::calendar::{Session, midnight, session_on, trading_date};
use domain::signal::{Intent, Signal};
use domain::{Engine, Evidence, SignalId, Task, Timeframe};

use crate::account::Account;
use crate::bars::{Bar, SessionBars, bars};
use crate::counts::{Counts, Progress};
use crate::entering::{Moment, Waiting, may_wait};
use crate::intake::Intake;
use crate::living::Seen;
use crate::outcomes::{Backtest, pending, put_together};
use crate::plan::{Plan, PlanError};
use crate::stage::Stage;

/// A run without a last day ends so long after the last alert at the latest: by then every
/// contract has expired.
const HOLD_MAX: TimeDelta = TimeDelta::days(400);

/// Runs a plan, and tells after each session how far it is. Needs a tokio runtime with time.
pub async fn run(plan: &Plan, mut progress: impl FnMut(&Progress)) -> Result<Backtest, PlanError> {
    plan.check()?;
    let mut run = Run::of(plan)?;
    let Days { from, to, .. } = run.days;
    for session in from
        .iter_days()
        .take_while(|day| *day <= to)
        .filter_map(session_on)
    {
        if run.days.end_when_flat && run.is_flat() {
            break;
        }
        run.live_through(session).await;
        progress(&run.progress(session.close));
    }
    run.take_the_rest().await;
    let (settings, now) = (&plan.settings, run.now);
    Ok(put_together(
        settings,
        run.signals,
        run.accounts,
        run.counts,
        now,
    ))
}

/// From when to when.
#[derive(Clone, Copy)]
struct Days {
    from: NaiveDate,
    to: NaiveDate,
    /// Whether it is over as soon as nothing is held and no alert is left.
    end_when_flat: bool,
}

impl Days {
    fn of(plan: &Plan, (first, last): (DateTime<Utc>, DateTime<Utc>)) -> Result<Self, PlanError> {
        let from = plan.from.unwrap_or_else(|| trading_date(first));
        let recording = plan.market.source().recording;
        let ends = recording.map(|recording| trading_date(recording.ends_at));
        let latest = trading_date(last + HOLD_MAX);
        let to = plan
            .to
            .unwrap_or_else(|| ends.map_or(latest, |ends| ends.min(latest)));
        if to < from {
            return Err(PlanError::Backwards { from, to });
        }
        Ok(Self {
            from,
            to,
            end_when_flat: plan.to.is_none(),
        })
    }
}

struct Run<'a> {
    stage: Stage<'a>,
    step: Timeframe,
    days: Days,
    intake: Intake<'a>,
    accounts: Vec<Account>,
    signals: Vec<SignalOutcome>,
    counts: Counts,
    /// The last evidence: both engines decide on the same.
    evidence: Option<(SignalId, Arc<Evidence>)>,
    now: DateTime<Utc>,
}

impl<'a> Run<'a> {
    fn of(plan: &'a Plan) -> Result<Self, PlanError> {
        let intake = Intake::of(&plan.alerts);
        let ends = intake.ends().ok_or(PlanError::NoAlerts)?;
        let days = Days::of(plan, ends)?;
        let judges = plan.judges.iter();
        let mut run = Self {
            stage: Stage {
                market: plan.market.as_ref(),
                settings: &plan.settings,
                whole_evidence: plan.has_committee(),
            },
            step: plan.step,
            days,
            intake,
            accounts: judges
                .map(|(engine, judge)| Account::opened(*engine, *judge, &plan.settings))
                .collect(),
            signals: Vec::new(),
            counts: Counts::default(),
            evidence: None,
            now: midnight(days.from),
        };
        run.intake.leave_out_before(run.now, &mut run.counts);
        Ok(run)
    }

    /// Goes through a session bar by bar. An alert comes in at its own time; one at the end of a
    /// bar comes after the bar.
    async fn live_through(&mut self, session: Session) {
        while let Some(signal) = self.next_before(session.open) {
            self.take(signal, None).await;
        }
        let mut session_bars = SessionBars::default();
        for bar in bars(session, self.step) {
            while let Some(signal) = self.next_before(bar.closes) {
                self.take(signal, Some(bar.closes)).await;
            }
            self.pass(session, &bar, &mut session_bars).await;
        }
        for account in &mut self.accounts {
            account.settle_expired(&self.stage, session.close).await;
            account.note_equity(self.stage.settings, session.close);
            account.forget_marks();
        }
        self.counts.sessions += 1;
    }

    /// Takes what is held through a bar, and looks again at what waits.
    async fn pass(&mut self, session: Session, bar: &Bar, session_bars: &mut SessionBars) {
        self.counts.bars += 1;
        let (stage, step) = (self.stage, self.step);
        for account in &mut self.accounts {
            if account.held.is_empty() || !stage.is_open(bar.opens).await {
                continue;
            }
            let mut seen = Seen {
                stage: &stage,
                bars: session_bars,
                session,
                step,
            };
            self.counts.looks += account.live_through(&mut seen, bar).await;
        }
        self.now = bar.closes;
        let next = (bar.closes + step.duration()).min(session.close);
        self.look_again((next > bar.closes).then_some(next)).await;
    }

    async fn look_again(&mut self, next_look: Option<DateTime<Utc>>) {
        for index in 0..self.accounts.len() {
            let engine = self.accounts[index].engine;
            for waiting in std::mem::take(&mut self.accounts[index].waiting) {
                let Waiting {
                    signal,
                    is_approved,
                } = waiting;
                if is_approved {
                    self.enter(engine, &signal, next_look, true).await;
                } else {
                    self.work_on(engine, &signal, Task::Whole, next_look).await;
                }
            }
        }
    }

    /// Takes a new signal: an alert is received when it says so.
    async fn take(&mut self, signal: Signal, next_look: Option<DateTime<Utc>>) {
        self.now = signal.received_at;
        let assignments = routing::assignments(&signal, self.stage.settings);
        if let Some(outcome) = SignalOutcome::gathered(&signal, &assignments, |_| pending()) {
            for engine in outcome.by_engine.keys() {
                if let Some(account) = self.account(*engine) {
                    account.outcomes.insert(signal.signal_id, pending());
                }
            }
            self.signals.push(outcome);
        }
        for it in &assignments {
            self.work_on(it.engine, &signal, it.task, next_look).await;
        }
    }

    /// What an engine does with a signal now.
    async fn work_on(
        &mut self,
        engine: Engine,
        signal: &Signal,
        task: Task,
        next_look: Option<DateTime<Utc>>,
    ) {
        let (stage, now) = (self.stage, self.now);
        let closes = signal.intent.closes();
        if closes {
            let Some(account) = self.account(engine) else {
                return;
            };
            let is_still_held = account.carry_out(&stage, signal, now).await;
            if signal.intent == Intent::Exit || task == Task::CloseOnly {
                return;
            }
            if is_still_held && may_wait(&stage, signal, next_look) {
                return account.wait(signal, false);
            }
        }
        self.enter(engine, signal, next_look, false).await;
    }

    /// Decides on an entry or, where the engine has approved it before, tries again to order it.
    async fn enter(
        &mut self,
        engine: Engine,
        signal: &Signal,
        next_look: Option<DateTime<Utc>>,
        is_approved: bool,
    ) {
        let (stage, now) = (self.stage, self.now);
        let evidence = self.evidence_of(signal).await;
        let moment = Moment {
            now,
            next_look,
            evidence: &evidence,
        };
        match self.account(engine) {
            Some(account) if is_approved => account.order(&stage, signal, moment).await,
            Some(account) => account.enter(&stage, signal, moment).await,
            None => {}
        }
    }

    /// The evidence of a signal now; once for both engines.
    async fn evidence_of(&mut self, signal: &Signal) -> Arc<Evidence> {
        let (now, signal_id) = (self.now, signal.signal_id);
        let kept = self.evidence.as_ref();
        let kept = kept.filter(|(id, it)| *id == signal_id && it.captured_at == now);
        if let Some((_, evidence)) = kept {
            return Arc::clone(evidence);
        }
        let evidence = Arc::new(self.stage.evidence(signal, now).await);
        self.evidence = Some((signal_id, Arc::clone(&evidence)));
        evidence
    }

    /// What comes in after the last session: on its day, or at any time where no last day is
    /// given.
    async fn take_the_rest(&mut self) {
        let last = if self.days.end_when_flat {
            DateTime::<Utc>::MAX_UTC
        } else {
            midnight(self.days.to.succ_opt().unwrap_or(self.days.to))
        };
        while let Some(signal) = self.next_before(last) {
            self.take(signal, None).await;
        }
        self.intake.leave_out_rest(&mut self.counts);
    }

    fn next_before(&mut self, until: DateTime<Utc>) -> Option<Signal> {
        self.intake.next_before(until, &mut self.counts)
    }

    fn account(&mut self, engine: Engine) -> Option<&mut Account> {
        let mut accounts = self.accounts.iter_mut();
        accounts.find(|account| account.engine == engine)
    }

    fn is_flat(&self) -> bool {
        let is_idle = |it: &Account| it.held.is_empty() && it.waiting.is_empty();
        self.intake.is_done() && self.accounts.iter().all(is_idle)
    }

    fn progress(&self, at: DateTime<Utc>) -> Progress {
        Progress {
            at,
            alerts: self.counts.alerts,
            alerts_in_all: self.intake.len(),
            bars: self.counts.bars,
            held: self.accounts.iter().map(|it| it.held.len()).sum(),
        }
    }
}
