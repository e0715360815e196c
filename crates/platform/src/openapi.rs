//! The description of the JSON API (OpenAPI 3.1), put together from the areas' code.

use crate::area::Area;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder};

/// The whole document.
pub fn document(areas: &[Area]) -> OpenApi {
    let bearer = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    let info = InfoBuilder::new()
        .title("Sân Đình")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "The same rules as the pages. Send a token made under «Mã truy cập API» as `Authorization: Bearer …`. \
             Errors are problem details (RFC 9457); lists are paged by `after`.",
        ))
        .build();
    let components = ComponentsBuilder::new().security_scheme("token", bearer).build();
    let mut document = OpenApiBuilder::new().info(info).components(Some(components)).build();
    for area in areas {
        for make in &area.openapi {
            document.merge(make());
        }
    }
    document
}
