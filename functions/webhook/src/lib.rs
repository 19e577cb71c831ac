//! The webhook: takes TradingView's alerts, verifies and reads them, writes each signal with its
//! assignments, and hands these to the engines.
//!
//! It answers 2xx as soon as the signal is written, and 503 only if nothing was. It fetches no
//! market data and decides nothing about a trade.

mod access;
mod answer;
mod deadline;
mod refusals;

use std::convert::Infallible;
use std::time::Duration;

use tokio::time::Instant;

use chrono::{DateTime, Utc};
use decisions::routing;
use domain::alert;
use domain::signal::Signal;
use domain::{Assignment, WorkKey};
use lambda_http::http::Method;
use lambda_http::{Body, Request, RequestExt, Response};
use runtime::capacity::Capacity;
use runtime::metrics::{INVOCATION_FAILED, SIGNAL, SIGNAL_UNANSWERED};
use runtime::telemetry::chain;
use runtime::{EngineQueues, SharedClock, StartError, Surroundings};
use storage::ledger::Recorded;
use storage::{Ledger, SettingsTable, WebhookEvent, WebhookOutcome};

use access::{Access, Gate};
use answer::Answer;
use deadline::Deadline;
use refusals::RefusalMeter;

/// The longest body that is read: four times the longest message that TradingView sends.
pub const BODY_BYTES_MAX: usize = 16 * 1024;
/// `TradingView` hangs up after 3 s: contended writes are tried no longer than this.
const PATIENCE: Duration = Duration::from_millis(900);

/// The webhook with everything that it needs.
pub struct Webhook {
    ledger: Ledger,
    settings: SettingsTable,
    engines: EngineQueues,
    gate: Gate,
    refusals: RefusalMeter,
    capacity: Capacity,
    clock: SharedClock,
}

/// One request, as far as it matters here.
struct Call<'a> {
    request_id: String,
    body: &'a [u8],
    received_at: DateTime<Utc>,
    started: Instant,
    deadline: Deadline,
}

impl Webhook {
    /// Refuses to start without a way to tell who sends alerts.
    pub fn new(surroundings: &Surroundings) -> Result<Self, StartError> {
        let Surroundings {
            environment,
            configuration,
            aws,
            clock,
            entropy,
        } = surroundings;
        let aws = &aws.hurried();
        Ok(Self {
            ledger: Ledger::new(aws, environment, entropy.clone())?.with_patience(PATIENCE),
            settings: SettingsTable::new(aws, environment, configuration)?,
            engines: EngineQueues::named(&aws.sqs, environment)?,
            gate: Gate::new(&configuration.webhook, environment, aws)?,
            refusals: RefusalMeter::default(),
            capacity: aws.capacity.clone(),
            clock: clock.clone(),
        })
    }

    /// Answers a request of the HTTP API.
    pub async fn answer(&self, request: Request) -> Result<Response<Body>, Infallible> {
        let path = request.uri().path();
        let answer = match (request.method(), path) {
            (&Method::GET, "/health") => Answer::healthy(self.clock.now()),
            (&Method::POST, path) if path == "/webhook" || path.starts_with("/webhook/") => {
                self.take(&request).await
            }
            _ => Answer::no_such_route(),
        };
        Ok(answer.into_response())
    }

    async fn take(&self, request: &Request) -> Answer {
        let call = Call {
            request_id: request_id(request),
            body: request.body().as_ref(),
            received_at: self.clock.now(),
            started: Instant::now(),
            deadline: Deadline::of_request(),
        };
        let answer = match self.signal(request, &call).await {
            Ok(signal) => self.record(&signal, &call).await,
            Err(refusal) => {
                self.note_refusal(&refusal, &call).await;
                refusal
            }
        };
        tell(&answer);
        self.capacity.tell();
        tracing::info!(
            request_id = call.request_id,
            signal_id = answer.signal_id(),
            http_status = answer.status(),
            outcome = answer.word(),
            elapsed_ms = elapsed_ms(call.started),
            "alert answered"
        );
        answer
    }

    async fn signal(&self, request: &Request, call: &Call<'_>) -> Result<Signal, Answer> {
        if call.body.len() > BODY_BYTES_MAX {
            return Err(Answer::too_large(BODY_BYTES_MAX));
        }
        let checked = self.gate.check(request, call.body);
        match call.deadline.hold(checked).await {
            Some(Access::Granted) => {}
            Some(Access::Denied) => return Err(Answer::unauthorized()),
            Some(Access::Unknown) | None => return Err(Answer::unavailable()),
        }
        alert::read(call.body, call.received_at).map_err(|error| Answer::unreadable(&error))
    }

    async fn record(&self, signal: &Signal, call: &Call<'_>) -> Answer {
        let Some(assignments) = self.assignments(signal, call).await else {
            return Answer::unavailable();
        };
        let event = event(
            call,
            WebhookOutcome::Accepted,
            200,
            Some(signal),
            Vec::new(),
        );
        let recorded = self.ledger.record_signal(signal, &assignments, &event);
        match call.deadline.hold(recorded).await {
            Some(Ok(Recorded::New)) => {
                self.hand_over(&assignments, call).await;
                Answer::accepted(signal.signal_id)
            }
            Some(Ok(Recorded::Duplicate { still_pending })) => {
                self.hand_over(&still_pending, call).await;
                self.note_duplicate(signal, call).await;
                Answer::duplicate(signal.signal_id)
            }
            failed => {
                let error = failed.and_then(Result::err).map(|error| chain(&error));
                tracing::error!(
                    request_id = call.request_id,
                    signal_id = %signal.signal_id,
                    error = error.as_deref().unwrap_or("out of time"),
                    "the signal could not be written"
                );
                Answer::unavailable()
            }
        }
    }

    /// Which engines get the signal. Where the settings can't be read, the last ones that were
    /// count, or the environment's: a signal must not be lost for that.
    async fn assignments(&self, signal: &Signal, call: &Call<'_>) -> Option<Vec<Assignment>> {
        let read = self.settings.current_or_last();
        let (settings, error) = call.deadline.hold(read).await?;
        if let Some(error) = error {
            tracing::error!(
                signal_id = %signal.signal_id,
                error = chain(&error),
                "routed by older settings"
            );
        }
        Some(routing::assignments(signal, &settings))
    }

    /// What can't be sent is found by the sweeper: the signal is safe, so the answer stays 2xx.
    async fn hand_over(&self, assignments: &[Assignment], call: &Call<'_>) {
        for assignment in assignments {
            let work = WorkKey::entry(assignment.signal_id, assignment.engine);
            if call
                .deadline
                .hold(self.engines.of(work.engine).hand_over(&work))
                .await
                .is_none()
            {
                tracing::warn!(%work, "out of time: left to the sweeper");
            }
        }
    }

    async fn note_duplicate(&self, signal: &Signal, call: &Call<'_>) {
        let outcome = WebhookOutcome::Duplicate;
        let event = event(call, outcome, 200, Some(signal), Vec::new());
        self.note(&event, call).await;
    }

    async fn note_refusal(&self, refusal: &Answer, call: &Call<'_>) {
        if let Some(outcome) = refusal.outcome()
            && self.refusals.may_write(call.received_at)
        {
            let problems = refusal.problems().to_vec();
            let event = event(call, outcome, refusal.status(), None, problems);
            self.note(&event, call).await;
        }
    }

    async fn note(&self, event: &WebhookEvent, call: &Call<'_>) {
        match call
            .deadline
            .hold(self.ledger.record_webhook_event(event))
            .await
        {
            Some(Ok(())) => {}
            Some(Err(error)) => {
                tracing::warn!(error = chain(&error), "a webhook event was not written");
            }
            None => tracing::warn!("out of time: a webhook event was not written"),
        }
    }
}

/// Alerts by what became of them.
fn tell(answer: &Answer) {
    let outcome = match answer.status() {
        401 => "unauthorized",
        503 => "unavailable",
        200..300 if answer.word() == "duplicate" => "duplicate",
        200..300 => "accepted",
        _ => "refused",
    };
    SIGNAL.tell(outcome, 1);
    if answer.status() == 503 {
        SIGNAL_UNANSWERED.tell("", 1);
        INVOCATION_FAILED.tell("webhook", 1);
    }
}

fn event(
    call: &Call<'_>,
    outcome: WebhookOutcome,
    http_status: u16,
    signal: Option<&Signal>,
    problems: Vec<String>,
) -> WebhookEvent {
    WebhookEvent {
        request_id: call.request_id.clone(),
        received_at: call.received_at,
        outcome,
        http_status,
        signal_id: signal.map(|signal| signal.signal_id),
        problems,
        summary: signal.map(WebhookEvent::summary_of),
        processing_time_ms: elapsed_ms(call.started),
    }
}

fn request_id(request: &Request) -> String {
    use lambda_http::request::RequestContext::ApiGatewayV2;
    let of_gateway = match request.request_context_ref() {
        Some(ApiGatewayV2(context)) => context.request_id.clone(),
        _ => None,
    };
    of_gateway
        .or_else(|| {
            request
                .lambda_context_ref()
                .map(|context| context.request_id.clone())
        })
        .unwrap_or_default()
}

fn elapsed_ms(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX)
}
