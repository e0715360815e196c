//! Pages of the builder: the whole, and one place of it.

use super::edit;
use super::place::{List, Place};
use super::typed::Say;
use super::whole::{self, place_name};
use super::working::{self, Working};
use crate::procedure::FieldNames;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Tx};
use std::collections::HashMap;
use ui::form::FormPage;
use ui::{FieldErrors, Shell};

pub(super) async fn whole(ctx: Ctx, Path(code): Path<String>) -> Result<Response> {
    let one = working::find(&ctx, &ctx.app.db, &code).await?;
    Ok(html(ui::render(&whole::page(&ctx, &one).await?)?))
}

/// The whole as it stands now, with what went wrong above it.
pub(super) async fn again(ctx: &Ctx, code: &str, sent: &Form, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    let one = working::find(ctx, &ctx.app.db, code).await?;
    let mut page = whole::page(ctx, &one).await?;
    page.errors = FieldErrors::from_error(&error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    if let Some(from) = sent.some("tu-ngay") {
        from.clone_into(&mut page.from);
    }
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

type Address = Path<(String, String, String)>;
type Asked = Query<HashMap<String, String>>;

fn place_of(part: &str, row: &str, asked: &HashMap<String, String>) -> Result<Place> {
    let section = asked.get("phan").map_or("", String::as_str);
    Place::parse(part, row, section).ok_or_else(Error::not_found)
}

pub(super) async fn form(
    ctx: Ctx,
    Path((code, part, row)): Address,
    Query(asked): Asked,
) -> Result<Response> {
    let place = place_of(&part, &row, &asked)?;
    let one = working::find(&ctx, &ctx.app.db, &code).await?;
    page(&ctx, &one, &place).await?.answer()
}

async fn page(ctx: &Ctx, one: &Working, place: &Place) -> Result<FormPage> {
    let t = ctx.t();
    let word = |key: &str| t.t(key);
    let say = Say { word: &word, lang: ctx.lang, fields: FieldNames::load(ctx)?.all() };
    let inputs = edit::inputs(&say, &one.procedure, place)?;
    let title = place_name(t, &one.procedure, place);
    let shell = Shell::of(ctx, &title).await?;
    let shell = shell.crumb(t.t("onestop-menu-procedures"), "/lam-viec/thu-tuc");
    let shell = shell.crumb(one.procedure.name.of(ctx.lang), &one.path()).crumb(title, "");
    let action = format!("{}{}", one.path(), place.address());
    let back = format!("{}#{}", one.path(), place.anchor());
    let mut page = FormPage::new(ctx, shell, action, back);
    page.inputs = inputs;
    page.draft = format!("thu-tuc-{}-{}", one.code, place.anchor());
    page.lead = lead(ctx, one, place);
    if matches!(place, Place::New(..)) {
        page.draft.push_str("-moi");
        page.revision = one.revision.to_string();
        return Ok(page);
    }
    Ok(page.editing(one.revision))
}

/// What stays as the file says it, because the page cannot say it.
fn lead(ctx: &Ctx, one: &Working, place: &Place) -> String {
    let Place::Row(List::Field, key) = place else { return String::new() };
    let form = one.procedure.form.as_ref();
    let kept = form.and_then(|form| super::schema::kept(form, form.field(key)?));
    kept.map(|kept| ctx.t().s("onestop-build-kept-as-is", "what", &kept)).unwrap_or_default()
}

pub(super) async fn save(
    ctx: Ctx,
    Path((code, part, row)): Address,
    Query(asked): Asked,
    sent: Form,
) -> Result<Response> {
    let place = place_of(&part, &row, &asked)?;
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = keep(&ctx, &tx, &code, &place, &sent).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => {
            let one = working::find(&ctx, &ctx.app.db, &code).await?;
            // A new row clashes with nothing: it is offered again, to be added to what stands now.
            page(&ctx, &one, &place).await?.again(&ctx, &sent, error)
        }
    }
}

async fn keep(ctx: &Ctx, tx: &Tx, code: &str, place: &Place, sent: &Form) -> Result<(String, Note)> {
    let t = ctx.t();
    let word = |key: &str| t.t(key);
    let say = Say { word: &word, lang: ctx.lang, fields: FieldNames::load(ctx)?.all() };
    let old = working::open(ctx, tx, code, sent.revision()?).await?;
    let (one, now) = edit::apply(&say, &old.procedure, place, sent)?;
    let widget = |one: &crate::procedure::Procedure| match &now {
        Place::Row(List::Field, key) => super::place::field(one, key).map(|field| field.widget),
        _ => None,
    };
    // Another kind of question asks for other things: its page is shown once more.
    let other_kind = matches!(place, Place::Row(..)) && widget(&one) != widget(&old.procedure);
    let note = if other_kind { "onestop-build-other-kind" } else { "onestop-build-kept" };
    working::keep(ctx, tx, &old, one, &now.address()).await?;
    let url = if other_kind {
        format!("{}{}", old.path(), now.address())
    } else {
        format!("{}#{}", old.path(), now.anchor())
    };
    Ok((url, Note::new(note)))
}
