//! `/api/positioning/{symbol}`: where the walls are, as others stand in a symbol's options.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use domain::{GammaExposureSnapshot, OptionsFlow, Symbol};
use market_data::{Asked, MarketError};
use runtime::telemetry::chain;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::extract::Named;
use crate::problem::{Problem, Refusals};
use crate::sources::Shared;
use crate::tags::wants_fresh;

/// How others stand. What can't be had is null, and `missing` says why.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PositioningShown {
    symbol: Symbol,
    #[schema(required)]
    gamma_exposure: Option<GammaExposureSnapshot>,
    #[schema(required)]
    options_flow: Option<OptionsFlow>,
    missing: Vec<MissingPart>,
}

/// A part that can't be had.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MissingPart {
    pub(crate) part: String,
    pub(crate) why: String,
}

/// What the options are on.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct SymbolName {
    symbol: Symbol,
}

/// Gamma exposure and options flow of a symbol, measured within the last five minutes; anew with
/// `Cache-Control: no-cache`.
#[utoipa::path(get, path = "/api/positioning/{symbol}", operation_id = "positioning", tag = "positioning", params(SymbolName),
    responses((status = 200, body = PositioningShown), Refusals))]
pub(crate) async fn show(
    State(sources): State<Shared>,
    headers: HeaderMap,
    Named(SymbolName { symbol }): Named<SymbolName>,
) -> Result<Json<PositioningShown>, Problem> {
    Ok(Json(shown(&sources, symbol, wants_fresh(&headers)).await))
}

/// How others stand in a symbol's options.
pub(crate) async fn shown(sources: &Shared, symbol: Symbol, anew: bool) -> PositioningShown {
    let asked = Asked::at(sources.clock.now());
    let asked = if anew { asked.anew() } else { asked };
    let exposure = sources.positioning.gamma_exposure(&symbol, asked).await;
    let flow = sources.positioning.options_flow(&symbol, asked).await;
    let mut missing = Vec::new();
    PositioningShown {
        gamma_exposure: found("gamma_exposure", exposure, &mut missing),
        options_flow: found("options_flow", flow, &mut missing),
        symbol,
        missing,
    }
}

fn found<T>(
    part: &str,
    answer: Result<T, MarketError>,
    missing: &mut Vec<MissingPart>,
) -> Option<T> {
    answer
        .inspect_err(|error| {
            let (part, why) = (part.to_owned(), chain(error));
            missing.push(MissingPart { part, why });
        })
        .ok()
}
