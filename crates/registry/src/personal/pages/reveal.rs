//! One field on a click: first for what, then the value. The look is recorded before the value leaves.

use crate::find::person_path;
use crate::person;
use crate::personal::{self, load};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, html};
use platform::{Ctx, Error, Result, Uuid};
use ui::Shell;

/// The piece that asks for the purpose, in place of the masked value.
#[derive(Template)]
#[template(path = "personal/ask.html")]
struct AskPiece {
    shell: Shell,
    masked: String,
    url: String,
    purposes: Vec<(String, String)>,
    chosen: String,
    name: String,
}

/// The piece with the value.
#[derive(Template)]
#[template(path = "personal/value.html")]
struct ValuePiece {
    shell: Shell,
    value: String,
}

/// The same without a script: a page that asks, then one that shows.
#[derive(Template)]
#[template(path = "personal/reveal.html")]
struct RevealPage {
    shell: Shell,
    name: String,
    url: String,
    back: String,
    purposes: Vec<(String, String)>,
    chosen: String,
    value: Option<String>,
    error: String,
}

pub(super) async fn show(ctx: Ctx, Path((id, field)): Path<(Uuid, String)>, form: Form) -> Result<Response> {
    let declaration = load(&ctx)?;
    let declared = declaration.field(&field).ok_or_else(Error::not_found)?;
    let person = person::get(&ctx, id).await?;
    let purposes: Vec<(String, String)> = declaration
        .purposes
        .iter()
        .map(|purpose| (purpose.key.clone(), purpose.label(ctx.lang).to_owned()))
        .collect();
    let chosen = form.some("muc-dich").filter(|key| declaration.purpose(key).is_some());
    let value = match chosen {
        None => None,
        Some(purpose) => {
            let shown = personal::reveal(&ctx, id, &[&field], purpose).await?;
            let value = shown.into_iter().next().map(|shown| shown.value).unwrap_or_default();
            Some(if value.is_empty() { ctx.t().t("ui-nothing") } else { words(&ctx, &field, value)? })
        }
    };
    let url = format!("{}/xem/{field}", person_path(id));
    let name = declared.label(ctx.lang).to_owned();
    if ctx.headers.contains_key("hx-request") {
        let shell = Shell::new(ctx.t(), &ctx.path, "");
        return Ok(html(match value {
            Some(value) => ui::render(&ValuePiece { shell, value })?,
            None => {
                let masked = declaration.mask(&field, &personal::value(&person, &field));
                ui::render(&AskPiece {
                    shell,
                    masked,
                    url,
                    purposes,
                    chosen: declared.purpose.clone(),
                    name,
                })?
            }
        }));
    }
    let t = ctx.t();
    let shell =
        Shell::of(&ctx, "registry-reveal-title").await?.crumb(t.t("registry-people"), "/lam-viec/nguoi");
    let shell = shell.crumb(&person.facts.full_name, &person_path(id)).crumb(&name, "");
    let error = if form.some("muc-dich").is_some() && value.is_none() {
        t.t("registry-purpose-empty")
    } else {
        String::new()
    };
    let page = RevealPage {
        shell,
        name,
        url,
        back: person_path(id),
        purposes,
        chosen: declared.purpose.clone(),
        value,
        error,
    };
    Ok(html(ui::render(&page)?))
}

/// Codes of lists are shown as words.
fn words(ctx: &Ctx, field: &str, value: String) -> Result<String> {
    let lists = crate::lists::load(ctx)?;
    let list = match field {
        "religion" => &lists.religion,
        "disability" => &lists.disability,
        "meritorious" => &lists.meritorious,
        _ => return Ok(value),
    };
    Ok(list.label(&value, ctx.lang).to_owned())
}
