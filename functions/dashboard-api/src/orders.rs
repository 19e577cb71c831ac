//! `/api/orders` and `/api/trades`: what was ordered, and what was filled.

use axum::Json;
use axum::extract::State;
use domain::{Order, Trade};
use serde::Serialize;
use storage::ledger::ListedOrder;
use utoipa::ToSchema;

use crate::extract::Fields;
use crate::list::{Listed, PageQuery};
use crate::problem::{Problem, Refusals};
use crate::sources::Shared;

/// An order, with its fill where it has one.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct OrderShown {
    order: Order,
    #[schema(required)]
    trade: Option<Trade>,
}

impl From<ListedOrder> for OrderShown {
    fn from(found: ListedOrder) -> Self {
        Self {
            order: found.order,
            trade: found.trade,
        }
    }
}

/// Orders, the newest first.
#[utoipa::path(get, path = "/api/orders", tag = "orders", params(PageQuery),
    responses((status = 200, body = Listed<OrderShown>), Refusals))]
pub(crate) async fn orders(
    State(sources): State<Shared>,
    Fields(page): Fields<PageQuery>,
) -> Result<Json<Listed<OrderShown>>, Problem> {
    let found = sources.ledger.newest_orders(&page.request()?).await?;
    Ok(Json(Listed::of(found, OrderShown::from)))
}

/// Fills, by the time of their orders, the newest first.
#[utoipa::path(get, path = "/api/trades", tag = "orders", params(PageQuery),
    responses((status = 200, body = Listed<Trade>), Refusals))]
pub(crate) async fn trades(
    State(sources): State<Shared>,
    Fields(page): Fields<PageQuery>,
) -> Result<Json<Listed<Trade>>, Problem> {
    let found = sources.ledger.newest_trades(&page.request()?).await?;
    Ok(Json(Listed::of(found, |trade| trade)))
}
