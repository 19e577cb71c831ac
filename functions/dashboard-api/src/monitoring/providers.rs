//! How each provider fares: its breaker, and what it answered lately.

use market_data::MarketKind;
use market_data::health::{Breaker as State, FAILURES_MAX, Health, gate};
use market_data::provider::ProviderName;

use super::{Breaker, ProviderHealth, Vitals};
use crate::problem::Problem;
use crate::sources::Shared;

/// All providers; none where prices aren't theirs.
pub(crate) async fn providers(
    sources: &Shared,
    vitals: &Vitals,
) -> Result<Vec<ProviderHealth>, Problem> {
    if sources.market.source().kind != MarketKind::Providers {
        return Ok(Vec::new());
    }
    let mut providers = Vec::new();
    for provider in ProviderName::ALL {
        let health = gate::standing(&sources.marks, provider).await?.state;
        providers.push(shown(provider, &health, vitals));
    }
    Ok(providers)
}

fn shown(provider: ProviderName, health: &Health, vitals: &Vitals) -> ProviderHealth {
    let (breaker, failures, rests_until) = match health.breaker {
        State::Closed { failures, .. } => (Breaker::Closed, failures, None),
        State::Open { until, .. } => (Breaker::Open, FAILURES_MAX, Some(until)),
        State::HalfOpen { until, .. } => (Breaker::HalfOpen, FAILURES_MAX, Some(until)),
    };
    let lately = vitals.provider(&provider.to_string());
    ProviderHealth {
        provider: provider.to_string(),
        breaker,
        failures,
        paused_until: health.paused_until.max(rests_until),
        lacks: health
            .refused_until
            .keys()
            .map(ToString::to_string)
            .collect(),
        calls: lately.calls,
        failed_calls: lately.failures.values().sum(),
        average_latency_ms: lately.latency_ms.checked_div(lately.calls),
    }
}
