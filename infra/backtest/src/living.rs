//! What happens to positions within a bar: they are marked, every exit rule is read at each price
//! that they go through, and the first that fires closes them.

use chrono::{DateTime, Utc};
use decisions::exits;
use market_data::marking::new_marks;

use crate::account::{Account, Held};
use crate::bars::{Bar, Point, SessionBars, points};
use crate::stage::Stage;
use crate::walk::{Look, evaluated, first_firing, look};

/// What a bar is seen with.
pub(crate) struct Seen<'a> {
    pub(crate) stage: &'a Stage<'a>,
    pub(crate) bars: &'a mut SessionBars,
    pub(crate) session: domain::Session,
    pub(crate) step: domain::Timeframe,
}

impl Account {
    /// Takes everything that is held through a bar; how often a position was looked at.
    pub(crate) async fn live_through(&mut self, seen: &mut Seen<'_>, bar: &Bar) -> usize {
        let mut looks = 0;
        let mut kept = Vec::with_capacity(self.held.len());
        for held in std::mem::take(&mut self.held) {
            let (market, symbol) = (seen.stage.market, &held.position.symbol);
            let of = (seen.session, seen.step);
            let candle = seen.bars.candle(market, of, symbol, bar).await;
            let held = match candle {
                Some(candle) => {
                    let points = points(bar, &candle, &held.position);
                    self.walk(seen.stage, held, &points, &mut looks)
                }
                None => {
                    self.look_without_bar(seen.stage, held, bar.ends, &mut looks)
                        .await
                }
            };
            kept.extend(held);
        }
        self.held = kept;
        self.watch_daily_loss(seen.stage.settings, bar.ends);
        looks
    }

    /// Takes a position from price to price; gives it back while it is held.
    fn walk(
        &mut self,
        stage: &Stage<'_>,
        mut held: Held,
        points: &[Point],
        looks: &mut usize,
    ) -> Option<Held> {
        // Between bars the price may jump; within one it moves.
        let mut before: Option<Point> = None;
        for point in points.iter().copied() {
            if held.seen_at != Some(point) {
                *looks += 1;
                let older = self.marks.get(&held.position.contract);
                let seen = look(stage, &held, older, point);
                let way = before.filter(|_| seen.evaluation.trigger.is_some());
                let first = way.and_then(|from| first_firing(stage, &held, older, (from, point)));
                held = self.act(stage, held, first.unwrap_or(seen))?;
            }
            before = Some(point);
        }
        Some(held)
    }

    /// Remembers what was seen, and closes what is to be closed.
    fn act(&mut self, stage: &Stage<'_>, held: Held, seen: Look) -> Option<Held> {
        let Look {
            evaluation,
            mark,
            now,
            point,
        } = seen;
        let held = Held {
            watch: evaluation.watch.clone(),
            seen_at: point,
            ..held
        };
        let quote = mark.as_ref().map(|mark| mark.quote.clone());
        if let Some(mark) = mark {
            self.marks.insert(held.position.contract.clone(), mark);
        }
        let version = stage.settings.versions.exit_rules;
        match exits::decision(&held.position, &evaluation, version, now) {
            Some(decision) => self.sell(stage, held, decision, quote.as_ref(), now),
            None => Some(held),
        }
    }

    /// Without a bar there is what the market says all the same; old prices set off no rule.
    async fn look_without_bar(
        &mut self,
        stage: &Stage<'_>,
        held: Held,
        now: DateTime<Utc>,
        looks: &mut usize,
    ) -> Option<Held> {
        *looks += 1;
        let contracts = std::slice::from_ref(&held.position.contract);
        let new = new_marks(stage.market, contracts, &self.marks, now.into()).await;
        let new = new.ok().and_then(|mut new| new.marks.pop());
        let mark = new.or_else(|| self.marks.get(&held.position.contract).cloned());
        let seen = evaluated(stage, &held, mark, now);
        self.act(stage, held, seen)
    }
}
