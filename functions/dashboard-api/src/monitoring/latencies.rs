//! How long things take: alerts, the way to an order, the way to its fill.

use domain::{Engine, Order, OrderState, Percent, Purpose};
use storage::ledger::ListedOrder;
use storage::page::{PageLimit, PageRequest};

use super::{ShadowExecution, StageLatency, WebhookLatency};
use crate::problem::Problem;
use crate::sources::Shared;

/// Signals and orders that are measured: the newest.
const MEASURED: PageLimit = PageLimit::near(100);

/// The newest orders, of which stages and fills are told.
pub(super) async fn newest_orders(sources: &Shared) -> Result<Vec<ListedOrder>, Problem> {
    let page = PageRequest::first(MEASURED);
    Ok(sources.ledger.newest_orders(&page).await?.items)
}

/// How long the newest alerts took.
pub(super) async fn webhook(sources: &Shared) -> Result<WebhookLatency, Problem> {
    let accepted = sources.ledger.newest_accepted(MEASURED).await?;
    let now = sources.clock.now();
    let page = PageRequest::first(MEASURED);
    let refused = sources.ledger.refused_alerts(&page, now).await?.items;
    let a_day_ago = now - chrono::TimeDelta::days(1);
    let mut took: Vec<u64> = accepted.iter().map(|it| it.processing_time_ms).collect();
    took.sort_unstable();
    Ok(WebhookLatency {
        requests: took.len(),
        p50_ms: quantile(&took, 50),
        p99_ms: quantile(&took, 99),
        slowest_ms: took.last().copied(),
        refused: refused
            .iter()
            .filter(|it| it.received_at > a_day_ago)
            .count(),
    })
}

/// From the alert to the order, and from the order to its fill, of entries.
pub(super) fn stages(orders: &[ListedOrder]) -> Vec<StageLatency> {
    let entries = || orders.iter().filter(|it| !it.order.leg.is_exit());
    let ordered = entries()
        .filter_map(|it| since_alert_ms(&it.order))
        .collect();
    let filled = entries().filter_map(|it| {
        let filled_at = it.trade.as_ref()?.filled_at;
        u64::try_from((filled_at - it.order.created_at).num_milliseconds()).ok()
    });
    vec![
        stage("received_to_ordered", ordered),
        stage("ordered_to_filled", filled.collect()),
    ]
}

fn since_alert_ms(order: &Order) -> Option<u64> {
    match &order.purpose {
        Purpose::Entry { received_at, .. } => {
            u64::try_from((order.created_at - *received_at).num_milliseconds()).ok()
        }
        Purpose::Exit { .. } => None,
    }
}

fn stage(name: &str, mut took_ms: Vec<u64>) -> StageLatency {
    took_ms.sort_unstable();
    StageLatency {
        stage: name.to_owned(),
        count: took_ms.len(),
        p50_ms: quantile(&took_ms, 50),
        p99_ms: quantile(&took_ms, 99),
    }
}

/// How Engine B's entries fare once they are ordered.
pub(super) async fn shadow(
    sources: &Shared,
    orders: &[ListedOrder],
) -> Result<ShadowExecution, Problem> {
    let own = |it: &&ListedOrder| it.order.engine == Engine::B && !it.order.leg.is_exit();
    let count = |holds: fn(&OrderState) -> bool| {
        let those = orders
            .iter()
            .filter(own)
            .filter(|it| holds(&it.order.state));
        u64::try_from(those.count()).unwrap_or(u64::MAX)
    };
    let filled = count(|state| matches!(state, OrderState::Filled));
    let failed = count(|state| matches!(state, OrderState::Failed { .. }));
    let total = sources.ledger.acceptance_rows("B#total").await?;
    Ok(ShadowExecution {
        signals: total.first().map_or(0, |it| it.signals),
        ordered: total.first().map_or(0, |it| it.ordered),
        filled,
        failed,
        success_percent: Percent::of(filled, filled + failed),
    })
}

/// The least that so many per cent of a sorted list are at most.
fn quantile(sorted: &[u64], percent: usize) -> Option<u64> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn a_quantile_is_one_of_the_list() {
        let hundred: Vec<u64> = (1..=100).collect();
        for (list, percent, expected) in [
            (&hundred[..], 50, Some(50)),
            (&hundred[..], 99, Some(99)),
            (&hundred[..1], 50, Some(1)),
            (&hundred[..3], 99, Some(3)),
            (&[][..], 50, None),
        ] {
            assert_eq!(
                quantile(list, percent),
                expected,
                "{percent} of {}",
                list.len()
            );
        }
    }
}
