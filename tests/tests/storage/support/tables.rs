//! The template's tables, empty, with everything that reads and writes them.

use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{Book, Engine, Settings, Usd};
use local_stack::aws::{LocalAws, sdk_config};
use local_stack::template::{Surroundings, Template};
use runtime::aws::{Endpoints, EventsClient};
use runtime::capacity::Capacity;
use runtime::{AwsClients, Entropy, Environment};
use storage::{EvidenceTable, Ledger, MarketTable, SettingsTable, UsersTable};
use system_tests::back_end;
use system_tests::fault_proxy::FaultProxy;
use system_tests::harness::TEMPLATE;

/// Longer than any test, so that a slow machine doesn't decide.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Tables {
    pub(crate) aws: LocalAws,
    pub(crate) environment: Environment,
    pub(crate) ledger: Ledger,
    pub(crate) evidence: EvidenceTable,
    pub(crate) marks: MarketTable,
}

impl Tables {
    pub(crate) async fn start() -> Self {
        let aws = LocalAws::start(&back_end::fresh()).await.unwrap();
        let surroundings = Surroundings {
            queue_endpoint: aws.gateway_url().to_owned(),
            account: aws.endpoints().account,
            stack_name: "parallax".to_owned(),
            parameters: [].into(),
        };
        let template = Template::parse(TEMPLATE, &surroundings).unwrap();
        let tables = Template {
            queues: Vec::new(),
            ..template
        };
        aws.create(&tables).await.unwrap();
        back_end::without_expiry(&aws.dynamodb_client()).await;
        let environment = named(&tables);
        let clients = clients(&aws);
        let ledger = Ledger::new(&clients, &environment, Entropy::seeded(1)).unwrap();
        Self {
            ledger: ledger.with_patience(PATIENCE),
            evidence: EvidenceTable::new(&clients, &environment).unwrap(),
            marks: MarketTable::new(&clients, &environment).unwrap(),
            environment,
            aws,
        }
    }

    pub(crate) async fn stop(self) {
        self.aws.stop().await.unwrap();
    }

    pub(crate) async fn book(&self) -> Book {
        let book = self.ledger.book(Engine::A, Usd::dollars(50_000)).await;
        book.unwrap()
    }

    pub(crate) fn settings(&self, base: Settings) -> SettingsTable {
        SettingsTable::new(&clients(&self.aws), &self.environment, base).unwrap()
    }

    pub(crate) fn users(&self) -> UsersTable {
        UsersTable::new(&clients(&self.aws), &self.environment, Entropy::seeded(3)).unwrap()
    }

    /// The users table through a proxy, with the time limits that a function has.
    pub(crate) async fn users_through(&self, proxy: &FaultProxy) -> UsersTable {
        let clients = self.clients_through(proxy).await;
        UsersTable::new(&clients, &self.environment, Entropy::seeded(4)).unwrap()
    }

    /// The ledger through a proxy, with the time limits that a function has.
    pub(crate) async fn ledger_through(&self, proxy: &FaultProxy) -> Ledger {
        let clients = self.clients_through(proxy).await;
        let ledger = Ledger::new(&clients, &self.environment, Entropy::seeded(2));
        ledger.unwrap().with_patience(PATIENCE)
    }

    async fn clients_through(&self, proxy: &FaultProxy) -> AwsClients {
        let endpoints = Endpoints {
            dynamodb: Some(proxy.url().to_owned()),
            ..Endpoints::default()
        };
        AwsClients::new(&sdk_config(self.aws.endpoints().account).await, &endpoints)
    }

    /// Clients through a proxy that wait as long as the SDK's own retries take.
    pub(crate) fn patient_clients_through(&self, proxy: &FaultProxy) -> AwsClients {
        AwsClients {
            dynamodb: local_stack::clients::dynamodb(proxy.url(), self.aws.endpoints().account),
            ..clients(&self.aws)
        }
    }

    /// A table's name, by the variable that tells it to the functions.
    pub(crate) fn table(&self, variable: &str) -> &str {
        self.environment.require(variable).unwrap()
    }

    /// Overwrites one attribute of an item, as a program of another version might.
    pub(crate) async fn overwrite(
        &self,
        variable: &str,
        (pk, sk): (&str, &str),
        attribute: &str,
        value: AttributeValue,
    ) {
        let update = self.aws.dynamodb_client().update_item();
        let update = update
            .table_name(self.table(variable))
            .key("pk", AttributeValue::S(pk.to_owned()))
            .key("sk", AttributeValue::S(sk.to_owned()))
            .update_expression("SET #attribute = :value")
            .expression_attribute_names("#attribute", attribute)
            .expression_attribute_values(":value", value);
        update.send().await.unwrap();
    }
}

/// Clients without the time limits of a function, since the machine may be busy.
fn clients(aws: &LocalAws) -> AwsClients {
    AwsClients {
        dynamodb: aws.dynamodb_client(),
        sqs: aws.sqs_client(),
        secrets: aws.secrets_client(),
        capacity: Capacity::default(),
        events: EventsClient::new(&SdkConfig::builder().build(), None),
    }
}

/// `LEDGER_TABLE` and its like: the variables that the template gives the functions.
fn named(template: &Template) -> Environment {
    let variables = template.tables.iter().map(|table| {
        let variable = table.name.to_uppercase().replace('-', "_");
        (variable, table.name.clone())
    });
    variables.collect()
}
