//! The addresses of the design system itself: built files, the choice of appearance, the page of all components.

use crate::{Shell, appearance, assets, design_page, install};
use askama::Template;
use axum::response::Response;
use platform::area::get;
use platform::http::html;
use platform::{Area, Ctx, Result};

const POLICY: &str = r#"
permit (principal == Role::"anyone", action in [Action::"built_file.show", Action::"appearance.choose", Action::"design.show", Action::"offline.show"], resource);
"#;

pub fn area() -> Area {
    crate::load(); // the components' texts and, apart, those of the page that shows them
    Area::new("ui").policies(POLICY).routes(vec![
        get("/assets/{*path}", "built_file.show", assets::serve),
        get("/sw.js", "built_file.show", assets::worker),
        get("/manifest.webmanifest", "offline.show", install::manifest),
        get("/khong-mang", "offline.show", offline).kept(),
        get("/giao-dien", "appearance.choose", appearance::choose),
        get("/thiet-ke", "design.show", design),
    ])
}

#[derive(Template)]
#[template(path = "offline.html")]
struct OfflinePage {
    shell: Shell,
}

/// What a phone shows without a network: the same for everybody, the phone itself adds what it keeps.
async fn offline(ctx: Ctx) -> Result<Response> {
    let shell = Shell::public(&ctx, "ui-offline-title").await?;
    Ok(html(crate::render(&OfflinePage { shell })?))
}

async fn design(ctx: Ctx) -> Result<Response> {
    Ok(html(design_page(Shell::public(&ctx, "design-title").await?)?))
}

/// Draws an error as a page; nothing here needs the database.
pub fn error_page(ctx: &Ctx, error: &platform::Error) -> String {
    let t = ctx.t();
    let heading = format!("ui-error-{}", error.kind.status().as_u16());
    let heading = if t.has(&heading) { t.t(&heading) } else { t.t("ui-error-500") };
    let page = crate::ErrorPage {
        shell: Shell::of_error(ctx, "ui-error-title"),
        heading,
        advice: error.message.text(t),
        request_id: ctx.request_id.clone(),
    };
    crate::render(&page).unwrap_or_else(|_| error.message.text(t))
}
