//! The OpenAPI document, made from the code.

use axum::Json;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;

use crate::problem::Refusals;
use crate::routes;

#[derive(OpenApi)]
#[openapi(info(
    title = "Parallax",
    description = "The API of Parallax's dashboard: paper trading of options on TradingView's \
                   alerts by two engines. Money, prices and per cent are decimal strings.",
))]
struct Frame;

/// The document before its routes.
pub(crate) fn frame() -> Document {
    Frame::openapi()
}

/// This document.
#[utoipa::path(get, path = "/api/openapi.json", tag = "document",
    responses((status = 200, body = Object), Refusals))]
pub(crate) async fn show() -> Json<Document> {
    Json(openapi())
}

/// The whole document.
pub fn openapi() -> Document {
    routes::described().split_for_parts().1
}
