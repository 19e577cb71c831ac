//! The `OpenAPI` document, made from the code.

use axum::Json;
use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use crate::problem::Refusals;
use crate::{cookie, routes};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Parallax",
        description = "The API of Parallax's dashboard: paper trading of options on TradingView's \
                       alerts by two engines. Money, prices and per cent are decimal strings.",
    ),
    modifiers(&Proofs),
    security(("session" = []), ("token" = [])),
)]
struct Frame;

/// How who asks shows who it is.
struct Proofs;

impl Modify for Proofs {
    fn modify(&self, document: &mut Document) {
        let components = document.components.get_or_insert_default();
        let session = ApiKey::Cookie(ApiKeyValue::new(cookie::NAME));
        components.add_security_scheme("session", SecurityScheme::ApiKey(session));
        let token = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .build();
        components.add_security_scheme("token", SecurityScheme::Http(token));
    }
}

/// The document before its routes.
pub(crate) fn frame() -> Document {
    Frame::openapi()
}

/// This document.
#[utoipa::path(get, path = "/api/openapi.json", operation_id = "document", tag = "document",
    responses((status = 200, body = Object), Refusals))]
pub(crate) async fn show() -> Json<Document> {
    Json(openapi())
}

/// The whole document.
pub fn openapi() -> Document {
    routes::described().split_for_parts().1
}
