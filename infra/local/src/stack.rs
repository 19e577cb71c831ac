//! The stack: the local AWS, the functions, and what invokes them, all read from the template.

mod secrets;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use market_data::{ChoiceError, Market, MarketSource};
use runtime::configuration::{ConfigurationError, Fate, Form, MarketChoice, VARIABLES};
use runtime::{Configuration, Entropy, Environment, SharedClock, Surroundings};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::aws::{AwsChoice, AwsEndpoints, LocalAws, LocalAwsError};
use crate::declared_secrets::DeclaredSecretError;
use crate::event_source::{EventSource, RunningEventSource};
use crate::functions::{self, FunctionError};
use crate::hosting::HostingError;
use crate::http_api::{HttpApi, Route};
use crate::invoke::Invoker;
use crate::schedules::Schedule;
use crate::site::{Site, SiteOptions};
use crate::template::{self, Function, Template, TemplateError, Trigger};
use crate::wire::{Guard, HttpWire, Interposer, SharedWire, Used, WireClient};
use secrets::make_secrets;

/// Parameters of the template that have a variable of the same meaning.
const PARAMETERS: [(&str, &str); 2] = [
    ("LogLevel", "LOG_LEVEL"),
    ("SimulatedHours", "SIMULATED_HOURS"),
];

/// What a stack is started with.
#[derive(Clone)]
pub struct StackOptions {
    /// The text of `template.yaml`.
    pub template: String,
    /// The AWS to run on.
    pub aws: AwsChoice,
    /// The HTTP API's port; 0 for a free one.
    pub port: u16,
    /// Configuration for the functions.
    pub environment: Environment,
    /// Domain time.
    pub clock: SharedClock,
    /// Randomness.
    pub entropy: Entropy,
    /// Whether the schedules run; a test may rather invoke the functions itself.
    pub schedules: bool,
    /// Stands between the functions and AWS, where something should.
    pub interposer: Option<Interposer>,
    /// Another market than the one that the configuration names.
    pub market: Option<Arc<dyn Market>>,
    /// The dashboard's pages, where they shall be served beside the API.
    pub site: Option<SiteOptions>,
}

/// Why a stack can't start.
#[derive(Debug, thiserror::Error)]
pub enum StackError {
    /// The template.
    #[error("template.yaml can't be used")]
    Template(#[from] TemplateError),
    /// The configuration.
    #[error(transparent)]
    Configuration(#[from] ConfigurationError),
    /// The market.
    #[error(transparent)]
    Market(#[from] ChoiceError),
    /// The local AWS.
    #[error(transparent)]
    Aws(#[from] LocalAwsError),
    /// A secret.
    #[error(transparent)]
    Secret(#[from] DeclaredSecretError),
    /// A function.
    #[error(transparent)]
    Function(#[from] FunctionError),
    /// The hosting of the pages.
    #[error(transparent)]
    Hosting(#[from] HostingError),
    /// The HTTP API.
    #[error("port {port} can't be used for the HTTP API")]
    Port {
        /// The port.
        port: u16,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

/// A running stack.
pub struct Stack {
    aws: LocalAws,
    http_api: HttpApi,
    sources: Vec<RunningEventSource>,
    schedules: Vec<JoinHandle<()>>,
    stopping: CancellationToken,
    surroundings: Surroundings,
    market: MarketSource,
    functions: Vec<(Function, Invoker)>,
    guard: Guard,
    webhook_secret: String,
}

impl Stack {
    /// Starts everything that the template declares.
    pub async fn start(options: StackOptions) -> Result<Self, StackError> {
        let configuration = Configuration::parse(&options.environment)?;
        let aws = LocalAws::start(&options.aws).await?;
        let template = read_template(&options.template, &options.environment, aws.endpoints())?;
        aws.create(&template).await?;
        let webhook_secret = make_secrets(&aws, &template, &configuration).await?;
        let surroundings = Surroundings {
            environment: options.environment.clone(),
            configuration,
            aws: aws.endpoints().product_clients(&aws.sdk_config().await),
            clock: options.clock.clone(),
            entropy: options.entropy.clone(),
        };
        let named = naming_all(&surroundings, &template);
        let market = match &options.market {
            Some(market) => Arc::clone(market),
            None => market_data::chosen(&named)?,
        };
        let guard = guard(&template, &aws);
        let guarded = guard.before(Arc::new(HttpWire::default()));
        let wire = match &options.interposer {
            Some(interpose) => interpose(guarded),
            None => guarded,
        };
        let is_given = options.market.is_some();
        let functions =
            start_functions(&template, &surroundings, (&market, is_given), &wire, &aws).await?;
        let stopping = CancellationToken::new();
        let site = options.site.as_ref().map(Site::open).transpose()?;
        let http_api = serve(options.port, &functions, site).await?;
        Ok(Self {
            sources: feed(&functions, &template, &aws, &stopping),
            schedules: if options.schedules {
                schedule(&functions, &options.clock, &stopping)
            } else {
                Vec::new()
            },
            aws,
            http_api,
            stopping,
            market: market.source(),
            surroundings: named,
            functions,
            guard,
            webhook_secret,
        })
    }

    /// The HTTP API's address, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.http_api.port())
    }

    /// The HTTP API's port.
    pub fn port(&self) -> u16 {
        self.http_api.port()
    }

    /// The local AWS.
    pub fn aws(&self) -> &LocalAws {
        &self.aws
    }

    /// Surroundings in which every table and queue is named, for those who look at the ledger.
    pub fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// Where prices come from.
    pub fn market(&self) -> &MarketSource {
        &self.market
    }

    /// What signs alerts.
    pub fn webhook_secret(&self) -> &str {
        &self.webhook_secret
    }

    /// The function built from this binary.
    pub fn function(&self, binary: &str) -> Option<Invoker> {
        let found = self
            .functions
            .iter()
            .find(|(function, _)| function.binary == binary);
        found.map(|(_, invoker)| Arc::clone(invoker))
    }

    /// What each function, by its binary's name, was seen to need of what the template grants it.
    pub fn permissions_used(&self) -> Used {
        self.guard.used()
    }

    /// Ends everything: no more requests, running invocations finished, files closed.
    pub async fn stop(self) -> Result<(), StackError> {
        self.stopping.cancel();
        self.http_api.stop().await;
        for source in self.sources {
            source.stop().await;
        }
        for schedule in self.schedules {
            let _ = schedule.await;
        }
        drop(self.functions);
        Ok(self.aws.stop().await?)
    }
}

/// What a template declares, for a stack on the AWS that answers there.
pub fn read_template(
    text: &str,
    environment: &Environment,
    aws: &AwsEndpoints,
) -> Result<Template, TemplateError> {
    let parameters = PARAMETERS
        .iter()
        .filter_map(|(parameter, variable)| {
            let value = environment.get(variable)?;
            Some(((*parameter).to_owned(), value.to_owned()))
        })
        .collect();
    let surroundings = template::Surroundings {
        queue_endpoint: aws.gateway_url.clone(),
        account: aws.account,
        stack_name: "parallax".to_owned(),
        parameters,
    };
    Template::parse(text, &surroundings)
}

/// The variables that functions read of an environment, without secrets.
pub fn own_variables(environment: &Environment) -> BTreeMap<String, String> {
    let own = VARIABLES
        .iter()
        .filter(|variable| variable.fate == Fate::Read && variable.form != Form::Secret);
    own.filter_map(|variable| {
        let value = environment.get(variable.name)?;
        Some((variable.name.to_owned(), value.to_owned()))
    })
    .collect()
}

/// Holds each function to what the template grants it.
fn guard(template: &Template, aws: &LocalAws) -> Guard {
    let functions = template.functions.iter();
    let policies = functions.map(|it| (it.binary.clone(), it.policy.clone()));
    Guard::new(policies.collect(), aws.endpoints().account)
}

async fn start_functions(
    template: &Template,
    surroundings: &Surroundings,
    (market, is_given): (&Arc<dyn Market>, bool),
    wire: &SharedWire,
    aws: &LocalAws,
) -> Result<Vec<(Function, Invoker)>, StackError> {
    let mut started = Vec::new();
    let shared = aws.sdk_config().await;
    for function in &template.functions {
        let mut own = surroundings_of(surroundings, function)?;
        let watched = WireClient::new(&function.binary, Arc::clone(wire));
        let watched = shared.to_builder().http_client(watched).build();
        own.aws = aws.endpoints().product_clients(&watched);
        let market = if !is_given && has_own_market(function, &surroundings.configuration) {
            market_data::chosen(&own)?
        } else {
            Arc::clone(market)
        };
        started.push((function.clone(), functions::start(function, &own, &market)?));
    }
    Ok(started)
}

/// Whether the function asks providers by itself, as in the cloud: with keys that it reads from
/// their secret, by its own permissions. With keys of the environment one market is for all.
fn has_own_market(function: &Function, configuration: &Configuration) -> bool {
    let is_real =
        matches!(&configuration.market, MarketChoice::Providers(choice) if choice.keys.is_empty());
    is_real && function.environment.contains_key("MARKET")
}

/// What the template gives a function, with the user's own configuration laid over it.
pub fn surroundings_of(
    surroundings: &Surroundings,
    function: &Function,
) -> Result<Surroundings, StackError> {
    let own = own_variables(&surroundings.environment);
    let environment: Environment = function
        .environment
        .clone()
        .into_iter()
        .chain(own)
        .collect();
    let configuration = Configuration::parse(&environment)?;
    Ok(Surroundings {
        environment,
        configuration,
        ..surroundings.clone()
    })
}

/// Surroundings that name whatever any function's do.
fn naming_all(surroundings: &Surroundings, template: &Template) -> Surroundings {
    let functions = template.functions.iter();
    let named = functions.flat_map(|function| function.environment.clone());
    let environment = surroundings.environment.with(named);
    Surroundings {
        environment,
        ..surroundings.clone()
    }
}

async fn serve(
    port: u16,
    functions: &[(Function, Invoker)],
    site: Option<Site>,
) -> Result<HttpApi, StackError> {
    let routes = functions.iter().flat_map(|(function, invoker)| {
        function
            .events
            .iter()
            .filter_map(|event| match &event.trigger {
                Trigger::HttpApi { path, method } => Some(Route {
                    path: path.clone(),
                    method: method.clone(),
                    function: Arc::clone(invoker),
                }),
                _ => None,
            })
    });
    let served = HttpApi::start(port, routes.collect(), site).await;
    served.map_err(|source| StackError::Port { port, source })
}

fn feed(
    functions: &[(Function, Invoker)],
    template: &Template,
    aws: &LocalAws,
    stopping: &CancellationToken,
) -> Vec<RunningEventSource> {
    let client = aws.sqs_client();
    let mut sources = Vec::new();
    for (function, invoker) in functions {
        for event in &function.events {
            let Trigger::Queue(trigger) = &event.trigger else {
                continue;
            };
            let queue = template
                .queues
                .iter()
                .find(|queue| queue.name == trigger.queue);
            if queue.is_none() || !trigger.enabled {
                continue;
            }
            let source = EventSource::declared(function, trigger, aws.endpoints());
            sources.push(source.start(client.clone(), Arc::clone(invoker), stopping.clone()));
        }
    }
    sources
}

fn schedule(
    functions: &[(Function, Invoker)],
    clock: &SharedClock,
    stopping: &CancellationToken,
) -> Vec<JoinHandle<()>> {
    let mut started = Vec::new();
    for (function, invoker) in functions {
        for event in &function.events {
            let Trigger::Schedule {
                every,
                input,
                enabled: true,
            } = &event.trigger
            else {
                continue;
            };
            let schedule = Schedule {
                function_id: function.logical_id.clone(),
                every: *every,
                input: input.clone(),
                timeout: Duration::from_secs(function.timeout_s.into()),
                function: Arc::clone(invoker),
            };
            started.push(schedule.start(clock.clone(), stopping.clone()));
        }
    }
    started
}
