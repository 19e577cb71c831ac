//! A run: what a seed plans, set up, let loose, brought to rest and looked at.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use domain::Usd;
use local_stack::stack::StackError;
use local_stack::tables::create_tables;
use local_stack::template::{Function, Template, Trigger};
use local_stack::wire::{InMemoryDynamoDb, SharedWire};
use runtime::{Configuration, Environment};

use market_data::{ChoiceError, Market};

use crate::SimulationError;
use crate::aws::SimulatedAws;
use crate::book_watch::BookWatch;
use crate::bus::Bus;
use crate::by_hand::Person;
use crate::chance::Chance;
use crate::clients::clients;
use crate::consumer::{Consumer, is_ours};
use crate::fleet::{Fleet, Shared};
use crate::function_logs::into_journal;
use crate::index_lag::IndexLag;
use crate::invariants::{self, Facts, Violation, replays};
use crate::journal::{Journal, note};
use crate::market::TroubledMarket;
use crate::queues::Queues;
use crate::report::{Report, Totals};
use crate::scenario::{Disturbance, Scenario};
use crate::schedule::Schedule;
use crate::sender::{self, Heard};
use crate::settings::Trader;
use crate::tables::Tables;
use crate::time::SimulatedClock;
use crate::weather::Weather;

/// How often the ledger is looked at while things go wrong.
const LOOKS: u32 = 4;
/// After so long without faults everything must have come to rest: the sweeper's last send is
/// half an hour after the first.
const REST_WITHIN: Duration = Duration::from_mins(75);
/// How soon it is seen whether it has; each further look comes later.
const FIRST_LOOK_AT_REST: Duration = Duration::from_secs(20);
/// But never later than this.
const BETWEEN_LOOKS_MAX: Duration = Duration::from_mins(5);

/// A run with everything that it needs.
pub(crate) struct World {
    seed: u64,
    scenario: Scenario,
    functions: Vec<Function>,
    shared: Arc<Shared>,
    tables: Tables,
    bus: Arc<Bus>,
    watch: Arc<BookWatch>,
    trader: Arc<Trader>,
    person: Arc<Person>,
    heard: Arc<Heard>,
    capital: Usd,
}

/// The market that the scenario asks for.
fn made_up(configuration: &Configuration) -> Result<Arc<dyn Market>, SimulationError> {
    let market = market_data::offline(configuration);
    let market = market.map_err(|error| StackError::from(ChoiceError::from(error)))?;
    market.ok_or(SimulationError::RealMarket)
}

impl World {
    /// Sets the run of this seed up.
    pub(crate) async fn new(
        template: &Template,
        seed: u64,
        keeps_journal: bool,
    ) -> Result<Self, SimulationError> {
        let scenario = Scenario::drawn(seed);
        let clock = SimulatedClock::starting_at(scenario.start);
        let journal = Journal::new(clock, keeps_journal);
        note!(journal, "{scenario:?}");
        let database = InMemoryDynamoDb::new()?;
        let direct: SharedWire = Arc::new(database.clone());
        create_tables(&clients("simulator", &direct).dynamodb, &template.tables).await?;
        let weather = Arc::new(Weather::new(scenario.rates));
        let queues = Arc::new(Queues::declared(&template.queues, seed));
        let own: Environment = scenario.environment.iter().cloned().collect();
        let configuration = Configuration::parse(&own).map_err(StackError::from)?;
        let named = own.with(
            template
                .functions
                .iter()
                .flat_map(|it| it.environment.clone()),
        );
        let bus = Arc::new(Bus::new(seed));
        let tables = Tables::named(&named, database.clone());
        let watch = Arc::new(BookWatch::new(clock, tables.ledger()));
        let wire: SharedWire = Arc::new(SimulatedAws {
            database: database.clone(),
            queues: Arc::clone(&queues),
            bus: Arc::clone(&bus),
            weather: Arc::clone(&weather),
            watch: Arc::clone(&watch),
            lag: IndexLag::new(seed),
            chance: Chance::of(seed, "aws"),
            journal: journal.clone(),
        });
        let capital = configuration.settings.trading_rules.starting_capital_usd;
        let trader = Trader::new((&named, &configuration), &direct, clock, journal.clone())?;
        let market = made_up(&configuration)?;
        let market = TroubledMarket::new(market, Arc::clone(&weather), seed, journal.clone());
        let market: Arc<dyn Market> = Arc::new(market);
        let person = Person::new(
            (&named, &configuration),
            &wire,
            Arc::clone(&market),
            (clock, journal.clone(), seed),
        )?;
        let fleet = Fleet {
            functions: template.functions.clone(),
            market,
            environment: own,
            configuration,
            wire,
            clock,
            seed,
            started: AtomicU64::new(0),
        };
        Ok(Self {
            seed,
            scenario,
            functions: template.functions.clone(),
            shared: Arc::new(Shared::new(fleet, queues, weather, journal)?),
            tables,
            bus,
            watch,
            trader: Arc::new(trader),
            person: Arc::new(person),
            heard: Arc::default(),
            capital,
        })
    }

    /// Lets it loose, brings it to rest, and looks at what it left.
    pub(crate) async fn run(self) -> Result<Report, SimulationError> {
        let journal = &self.shared.journal;
        let _logs = journal.keeps_lines().then(|| into_journal(journal));
        self.trader.tell(&self.watch).await;
        self.start_triggers();
        self.send_alerts();
        self.disturb();
        self.step_in();
        for look in 1..=LOOKS {
            self.shared
                .clock
                .reach(self.scenario.lasting * look / LOOKS)
                .await;
            self.look(&invariants::at_any_instant(
                &self.tables.facts(),
                self.capital,
            ));
        }
        self.shared.weather.calm();
        note!(self.shared.journal, "calm");
        self.rest().await;
        if !self.scenario.pause.is_zero() {
            self.shared.pause(true);
            tokio::time::sleep(self.scenario.pause).await;
            self.shared.pause(false);
            note!(self.shared.journal, "after a pause");
            // Every schedule comes by at least once.
            tokio::time::sleep(Duration::from_mins(3)).await;
            self.rest().await;
        }
        Ok(self.report())
    }

    fn start_triggers(&self) {
        for function in &self.functions {
            for event in &function.events {
                let (shared, function) = (Arc::clone(&self.shared), function.clone());
                let chance = Chance::of(self.seed, &format!("{} {}", function.binary, event.name));
                match &event.trigger {
                    Trigger::Queue(trigger) => {
                        let trigger = trigger.clone();
                        let consumer = Consumer {
                            shared,
                            function,
                            trigger,
                            chance,
                        };
                        tokio::spawn(consumer.run());
                    }
                    Trigger::Schedule { every, .. } => {
                        let schedule = Schedule {
                            shared,
                            function,
                            every: *every,
                            chance,
                        };
                        tokio::spawn(schedule.run());
                    }
                    Trigger::HttpApi { .. } => {}
                }
            }
        }
    }

    fn send_alerts(&self) {
        for (number, alert) in self.scenario.alerts.iter().cloned().enumerate() {
            let (shared, heard) = (Arc::clone(&self.shared), Arc::clone(&self.heard));
            tokio::spawn(async move {
                shared.clock.reach(alert.at).await;
                note!(shared.journal, "alert {number}: {}", alert.body);
                for attempt in 0..sender::SENDS_MAX {
                    let request = sender::request(&alert.body, &format!("r{number}-{attempt}"));
                    let invocation = shared.begin_invocation();
                    let sent = shared.invoke(&invocation, "webhook", request, sender::PATIENCE);
                    if !heard.is_to_be_sent_again(&sent.await) {
                        break;
                    }
                    tokio::time::sleep(sender::BETWEEN_SENDS).await;
                }
            });
        }
    }

    fn disturb(&self) {
        for (at, disturbance) in self.scenario.disturbances.iter().cloned() {
            let (shared, watch) = (Arc::clone(&self.shared), Arc::clone(&self.watch));
            let (trader, poisoned) = (Arc::clone(&self.trader), self.queue_of(&disturbance));
            tokio::spawn(async move {
                shared.clock.reach(at).await;
                match disturbance {
                    Disturbance::Restart => shared.restart(),
                    Disturbance::Settings(kind, values) => {
                        trader.change(kind, values, &watch).await;
                    }
                    Disturbance::Outage(service, lasting) => {
                        note!(shared.journal, "{service:?} is down for {lasting:?}");
                        shared.weather.take_down(service, lasting);
                    }
                    Disturbance::Poison(_) => {
                        shared.queues.send(&poisoned, "poison", Duration::ZERO);
                    }
                }
            });
        }
    }

    fn step_in(&self) {
        for (at, deed) in self.scenario.deeds.iter().copied() {
            let (shared, person) = (Arc::clone(&self.shared), Arc::clone(&self.person));
            tokio::spawn(async move {
                shared.clock.reach(at).await;
                person.does(deed).await;
            });
        }
    }

    /// The queue of the function that a disturbance is about.
    fn queue_of(&self, disturbance: &Disturbance) -> String {
        let Disturbance::Poison(binary) = disturbance else {
            return String::new();
        };
        let function = self.functions.iter().find(|it| it.binary == *binary);
        let events = function.into_iter().flat_map(|it| &it.events);
        let mut queues = events.filter_map(|event| match &event.trigger {
            Trigger::Queue(trigger) => Some(trigger.queue.clone()),
            _ => None,
        });
        queues.next().unwrap_or_default()
    }

    /// Waits until nothing is under way any more.
    async fn rest(&self) {
        let waited_until = tokio::time::Instant::now() + REST_WITHIN;
        let mut between = FIRST_LOOK_AT_REST;
        loop {
            tokio::time::sleep(between).await;
            between = (between * 3 / 2).min(BETWEEN_LOOKS_MAX);
            let is_over = tokio::time::Instant::now() >= waited_until;
            if !self.shared.is_idle() && !is_over {
                continue;
            }
            let facts = self.facts();
            let violations = invariants::at_rest(&facts, self.capital);
            if violations.is_empty() || is_over {
                self.look(&violations);
                return;
            }
            // What holds at every instant holds on the way there too.
            self.look(&invariants::at_any_instant(&facts, self.capital));
        }
    }

    /// What the tables say, and what was told.
    fn facts(&self) -> Facts {
        let mut facts = self.tables.facts();
        facts.told = Some(self.bus.told());
        facts
    }

    fn look(&self, violations: &[Violation]) {
        for violation in violations {
            self.shared.violated(violation.clone());
        }
    }

    fn report(&self) -> Report {
        let facts = self.facts();
        let mut violations = self.shared.violations();
        violations.extend(self.watch.violations());
        violations.extend(self.lost_signals(&facts));
        violations.extend(self.dead_letters());
        let (replayed, differences) = self.replays(&facts);
        violations.extend(differences);
        let closed = facts.positions.iter();
        let closed = closed.filter(|it| matches!(it.state, domain::PositionState::Closed(_)));
        let totals = Totals {
            runs: 1,
            alerts: self.scenario.alerts.len() as u64,
            signals: facts.signals.len() as u64,
            positions: facts.positions.len() as u64,
            closed: closed.count() as u64,
            replayed,
            calls: self.shared.weather.calls(),
            faults: self.shared.faults(),
            simulated_ms: u64::try_from(self.shared.clock.elapsed().as_millis()).unwrap_or(0),
        };
        let (digest, journal) = self.shared.journal.close();
        Report {
            seed: self.seed,
            violations,
            totals,
            facts,
            digest,
            journal,
        }
    }

    /// Decides everything again from what the tables hold.
    fn replays(&self, facts: &Facts) -> (u64, Vec<Violation>) {
        match self.tables.documents() {
            Ok(documents) => replays::violations(facts, &documents),
            Err(unread) => (0, vec![unread]),
        }
    }

    /// What got a 2xx and isn't in the ledger.
    fn lost_signals(&self, facts: &Facts) -> Vec<Violation> {
        let is_there = |id: &String| facts.signals.keys().any(|it| it.to_string() == *id);
        let lost = self.heard.signals().into_iter().filter(|id| !is_there(id));
        lost.map(|id| Violation::new("accepted", format!("{id} got a 2xx and isn't there")))
            .collect()
    }

    /// Dead letters are poison, or met a fault each time.
    fn dead_letters(&self) -> Vec<Violation> {
        let letters = self.shared.queues.dead_letters().into_iter();
        let wrong =
            letters.filter(|(letter, most)| is_ours(&letter.body) && letter.spoiled < *most);
        wrong
            .map(|(letter, _)| Violation::new("dead letters", format!("{letter:?}")))
            .collect()
    }
}
