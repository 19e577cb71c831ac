//! Positions, open and closed, each written by the steps by which the functions write one.

use chrono::{DateTime, TimeDelta, Utc};
use decisions::contract_choice::Choice;
use decisions::exits::{self, Trigger};
use decisions::risk::{Reservation, ReservedEntry};
use decisions::{fills, lifecycle};
use domain::calendar::trading_date;
use domain::quote::OptionQuote;
use domain::settings::SettingsVersions;
use domain::{
    AssignmentState, Contracts, Decision, Engine, ExitReason, ExitRule, FillModel, Leg, Percent,
    Position, Price, SelectionBasis, Settings, Side, Signal, Symbol, Trade, Usd, Verdict, alert,
};
use market_data::{ContractFilter, Market, SimulatedMarket};
use storage::ledger::{
    Close, Decided, EntryFill, EntryFilled, EntryOrdered, ExitBegun, ExitOrder, Proceeds, Written,
};
use storage::{Ledger, WebhookEvent, WebhookOutcome};

use crate::AnyError;
use crate::alerts::{SYMBOLS, entry};

/// Contracts of the closed positions.
const CONTRACTS: usize = 100;
/// Positions of a past that are really traded.
const TRADED_MAX: usize = 200;

/// The bench's own ledger keeper.
struct Seeding<'a> {
    ledger: &'a Ledger,
    settings: Settings,
    now: DateTime<Utc>,
}

/// Opens so many positions on so many contracts.
pub(crate) async fn seed(
    ledger: &Ledger,
    market: &SimulatedMarket,
    now: DateTime<Utc>,
    positions: usize,
    contracts: usize,
) -> Result<(), AnyError> {
    let quotes = quotes(market, now, contracts).await?;
    let settings = roomy();
    let seeding = Seeding {
        ledger,
        settings,
        now,
    };
    for (number, quote) in quotes.iter().cycle().take(positions).enumerate() {
        seeding.open(quote, number).await?;
    }
    Ok(())
}

/// What is closed: so many positions, over so many days up to now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Past {
    pub(crate) positions: usize,
    pub(crate) days: usize,
}

impl Past {
    /// Positions that are really traded: the others are copies of them, as many of each.
    pub(crate) fn traded(self) -> usize {
        self.positions.min(TRADED_MAX)
    }

    /// How many copies of each there are.
    pub(crate) fn copies(self) -> usize {
        self.positions / self.traded() - 1
    }
}

/// Opens positions and closes each an hour later, the oldest first.
pub(crate) async fn trade(
    ledger: &Ledger,
    market: &SimulatedMarket,
    now: DateTime<Utc>,
    past: Past,
) -> Result<(), AnyError> {
    let quotes = quotes(market, now, CONTRACTS).await?;
    let a_day = past.traded().div_ceil(past.days);
    for (number, quote) in quotes.iter().cycle().take(past.traded()).enumerate() {
        let days_ago = i64::try_from(past.days - number / a_day)?;
        let seconds = i64::try_from(number % a_day)?;
        let opened_at = now - TimeDelta::days(days_ago) + TimeDelta::seconds(seconds);
        let quote = &with_times(quote, opened_at);
        let seeding = Seeding {
            ledger,
            settings: roomy(),
            now: opened_at,
        };
        let signal = seeding.open(quote, number).await?;
        seeding.close(&signal, quote).await?;
    }
    Ok(())
}

/// The quote as if it were of that time.
fn with_times(quote: &OptionQuote, at: DateTime<Utc>) -> OptionQuote {
    let mut then = quote.clone();
    then.provenance.at = at;
    then.provenance.received_at = at;
    then
}

/// Quotes of so many contracts, a share of each symbol's calls.
async fn quotes(
    market: &SimulatedMarket,
    now: DateTime<Utc>,
    count: usize,
) -> Result<Vec<OptionQuote>, AnyError> {
    let today = now.date_naive();
    let mut found = Vec::new();
    for symbol in SYMBOLS {
        let filter = ContractFilter {
            underlying: Symbol::parse(symbol)?,
            expires_from: today + TimeDelta::days(10),
            expires_to: today + TimeDelta::days(60),
            right: Some(domain::OptionRight::Call),
        };
        let listed = market.contracts(&filter, now.into()).await?;
        let quoted = market.option_quotes(&listed, now.into()).await?.found;
        let tradable = quoted
            .into_values()
            .filter(|quote| quote.sides.bid.decimal() >= 1.into());
        found.extend(tradable.take(count / SYMBOLS.len()));
    }
    if found.len() == count {
        Ok(found)
    } else {
        Err(format!("{} contracts instead of {count}", found.len()).into())
    }
}

fn roomy() -> Settings {
    let mut settings = Settings::default();
    settings.trading_rules.starting_capital_usd = Usd::dollars(1_000_000_000);
    settings.risk_limits.max_position_usd = Usd::dollars(1_000_000);
    settings.risk_limits.max_total_exposure_usd = Usd::dollars(1_000_000_000);
    settings.risk_limits.max_exposure_percent = Percent::whole(100);
    settings.risk_limits.max_daily_loss_usd = Usd::dollars(1_000_000_000);
    settings.risk_limits.max_open_positions = 100_000;
    settings.risk_limits.max_positions_per_symbol_a = 100_000;
    settings
}

impl Seeding<'_> {
    async fn open(&self, quote: &OptionQuote, number: usize) -> Result<Signal, AnyError> {
        let body = entry(quote.contract.root(), &format!("seed-{number}"), self.now);
        let signal = alert::read(body.as_bytes(), self.now)?;
        self.approve(&signal).await?;
        self.order(&signal, quote).await?;
        self.fill(&signal, quote).await?;
        Ok(signal)
    }

    async fn approve(&self, signal: &Signal) -> Result<(), AnyError> {
        let own = [lifecycle::assign(signal, Engine::A)];
        self.ledger
            .record_signal(signal, &own, &event(signal))
            .await?;
        let trace = self.ledger.trace(signal.signal_id).await?;
        let seen = trace.assignment(Engine::A).ok_or("no assignment")?;
        let moved = lifecycle::moved(seen, AssignmentState::Approved, self.now);
        let decided = self
            .ledger
            .decide(&seen.changed(moved), (&approval(signal), None), None)
            .await?;
        expect(decided == Decided::Written, "the approval")
    }

    async fn order(&self, signal: &Signal, quote: &OptionQuote) -> Result<(), AnyError> {
        let capital = self.settings.trading_rules.starting_capital_usd;
        let book = self.ledger.book(Engine::A, capital).await?;
        let choice = Choice {
            contract: quote.contract.clone(),
            quantity: Contracts::ONE,
            sides: quote.sides,
            cost_usd: quote.sides.ask.value(Contracts::ONE),
        };
        let wanted = ReservedEntry {
            symbol: &signal.symbol,
            strategy: signal.strategy.as_deref(),
            cost_usd: choice.cost_usd,
            fee_usd: self
                .settings
                .trading_rules
                .fee(Side::Buy, choice.quantity, quote.sides.ask),
            received_at: signal.received_at,
        };
        let bounds = Reservation::new(&book, &self.settings, &wanted, Usd::ZERO, self.now);
        let price = Price::cents(10_000);
        let order =
            lifecycle::entry_order(signal, Engine::A, &choice, price, &self.settings, self.now);
        let trace = self.ledger.trace(signal.signal_id).await?;
        let seen = trace.assignment(Engine::A).ok_or("no assignment")?;
        let moved = seen.changed(lifecycle::moved(seen, AssignmentState::Ordered, self.now));
        let basis = SelectionBasis::NearestStrike {
            why: "seeded".to_owned(),
        };
        let selection = lifecycle::selection(&order, basis, &self.settings);
        let ordered = self
            .ledger
            .order_entry(&moved, &order, &selection, &bounds)
            .await?;
        expect(ordered == EntryOrdered::Written, "the order")
    }

    async fn fill(&self, signal: &Signal, quote: &OptionQuote) -> Result<(), AnyError> {
        let rules = &self.settings.trading_rules;
        let trace = self.ledger.trace(signal.signal_id).await?;
        let order = trace.order(Engine::A, Leg::Entry).ok_or("no order")?;
        let fill = fills::fill(quote, Side::Buy, FillModel::Mid, rules, self.now);
        let fill = fill.map_err(|no_fill| no_fill.to_string())?;
        let fee_usd = rules.fee(order.side, order.quantity, fill.price);
        let trade = lifecycle::trade(order, &fill, fee_usd, self.now);
        let position = lifecycle::position(signal, &trade, None);
        let filled = order.changed(lifecycle::filled(order));
        let fill = EntryFill {
            order: &filled,
            trade: &trade,
            position: &position,
            exposure_headroom_usd: Usd::dollars(1_000_000_000),
        };
        let opened = self.ledger.fill_entry(&fill).await?;
        expect(opened == EntryFilled::Written, "the position")
    }
}

impl Seeding<'_> {
    async fn close(&self, signal: &Signal, quote: &OptionQuote) -> Result<(), AnyError> {
        let trace = self.ledger.trace(signal.signal_id).await?;
        let position = trace.position(Engine::A).ok_or("no position")?;
        let trigger = Trigger {
            rule: ExitRule::StopLoss,
            reason: ExitReason::StopLoss,
            price: None,
        };
        let why = "seeded".to_owned();
        let decision = exits::decision_on_wish(position, trigger, why, 1, self.now);
        let start = lifecycle::begin_exit(position, decision);
        let begun = self.ledger.begin_exit(position, &start).await?;
        expect(begun == ExitBegun::Written, "the exit order")?;
        self.fill_exit(signal, quote).await
    }

    async fn fill_exit(&self, signal: &Signal, quote: &OptionQuote) -> Result<(), AnyError> {
        let (now, rules) = (self.now + TimeDelta::hours(1), &self.settings.trading_rules);
        let trace = self.ledger.trace(signal.signal_id).await?;
        let position = trace.position(Engine::A).ok_or("no position")?;
        let order = trace
            .order(Engine::A, position.current_exit())
            .ok_or("no exit order")?;
        let quote = with_times(quote, now);
        let fill = fills::fill(&quote, Side::Sell, FillModel::Mid, rules, now);
        let fill = fill.map_err(|no_fill| no_fill.to_string())?;
        let fee_usd = rules.fee(order.side, order.quantity, fill.price);
        let trade = lifecycle::trade(order, &fill, fee_usd, now);
        let closed = lifecycle::closed(position, ExitReason::StopLoss, None, &trade);
        let book = self
            .ledger
            .book(Engine::A, rules.starting_capital_usd)
            .await?;
        let filled = order.changed(lifecycle::filled(order));
        let close = Close {
            position: &position.changed(closed),
            order: ExitOrder::Pending(&filled),
            trade: &trade,
            book: &book,
            proceeds: &proceeds(position, &trade),
        };
        expect(
            self.ledger.close(&close).await? == Written::Yes,
            "the close",
        )
    }
}

fn proceeds(position: &Position, trade: &Trade) -> Proceeds {
    Proceeds {
        cash_usd: trade.fill_price.value(trade.quantity) - trade.fee_usd,
        exposure_usd: position.exposure_usd,
        day_result_usd: lifecycle::day_result_of_close(position, trade, None),
        today: trading_date(trade.filled_at),
    }
}

fn expect(is_written: bool, what: &str) -> Result<(), AnyError> {
    if is_written {
        return Ok(());
    }
    Err(format!("{what} could not be written").into())
}

fn event(signal: &Signal) -> WebhookEvent {
    WebhookEvent {
        request_id: "seed".to_owned(),
        received_at: signal.received_at,
        outcome: WebhookOutcome::Accepted,
        http_status: 200,
        signal_id: Some(signal.signal_id),
        problems: Vec::new(),
        summary: None,
        processing_time_ms: 1,
    }
}

fn approval(signal: &Signal) -> Decision {
    Decision {
        signal_id: signal.signal_id,
        engine: Engine::A,
        verdict: Verdict::Approved,
        eligibility: Vec::new(),
        entry_rules: Vec::new(),
        vote: None,
        knowledge: None,
        evidence: "00".repeat(32),
        settings: SettingsVersions::default(),
        decided_at: signal.received_at,
    }
}
