//! Forms: a new object, a change or correction, the end.

use super::{Noun, key};
use crate::show::Words;
use crate::show::how;
use crate::thing::{self, Thing};
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Message, Result, Tx, Uuid};
use ui::Shell;
use ui::form::{FormPage, Input, Look};

pub(crate) async fn new_form<N: Noun>(ctx: Ctx) -> Result<Response> {
    new_page::<N>(&ctx).await?.answer()
}

async fn new_page<N: Noun>(ctx: &Ctx) -> Result<FormPage> {
    let t = ctx.t();
    let title = key::<N>("new");
    let shell = Shell::of(ctx, &title).await?.crumb(t.t(&key::<N>("list")), N::ROOT).crumb(t.t(&title), "");
    let mut page = FormPage::new(ctx, shell, format!("{}/moi", N::ROOT), N::ROOT);
    page.inputs = N::inputs(ctx, &Words::today(ctx).await?, None);
    page.inputs.push(Input::new(Look::Heading, "", t.t("registry-how-title")));
    page.inputs.extend(how::day_inputs(ctx, t.t("registry-object-since"), t.t("registry-object-since-help")));
    page.draft = format!("{}-new", N::FAMILY);
    Ok(page)
}

pub(crate) async fn new_save<N: Noun>(ctx: Ctx, form: Form) -> Result<Response> {
    let (once, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(once, tx) => (once, tx),
    };
    let done = insert::<N>(&ctx, &tx, &form).await;
    match settle(&ctx, once, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => new_page::<N>(&ctx).await?.again(&ctx, &form, error),
    }
}

async fn insert<N: Noun>(ctx: &Ctx, tx: &Tx, form: &Form) -> Result<(String, Note)> {
    let facts = N::read(form, None)?;
    let note = Note::new(Message::new("registry-object-added").with("name", facts.name()));
    let id = N::insert(ctx, tx, facts, how::day(form)?, how::source(form)?).await?;
    Ok((format!("{}/{id}", N::ROOT), note))
}

pub(crate) async fn form<N: Noun>(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    edit_page::<N>(&ctx, id).await?.answer()
}

async fn load<N: Noun>(ctx: &Ctx, id: Uuid, title: &str) -> Result<(Thing<N>, Shell)> {
    let found: Thing<N> = thing::find(ctx, &ctx.app.db, id).await?;
    let t = ctx.t();
    let shell = Shell::of(ctx, title).await?.crumb(t.t(&key::<N>("list")), N::ROOT);
    let shell = shell.crumb(found.facts.name(), &format!("{}/{id}", N::ROOT)).crumb(t.t(title), "");
    Ok((found, shell))
}

async fn edit_page<N: Noun>(ctx: &Ctx, id: Uuid) -> Result<FormPage> {
    let (found, shell) = load::<N>(ctx, id, "registry-object-edit").await?;
    let path = format!("{}/{id}", N::ROOT);
    let mut page = FormPage::new(ctx, shell, format!("{path}/sua"), path);
    page.inputs = N::inputs(ctx, &Words::today(ctx).await?, Some(&found.facts));
    page = page.editing(found.revision);
    page.inputs.extend(how::inputs(ctx));
    page.draft = format!("{}-{id}", N::FAMILY);
    Ok(page)
}

pub(crate) async fn save<N: Noun>(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let (once, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(once, tx) => (once, tx),
    };
    let done = update::<N>(&ctx, &tx, id, &form).await;
    match settle(&ctx, once, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => edit_page::<N>(&ctx, id).await?.again(&ctx, &form, error),
    }
}

async fn update<N: Noun>(ctx: &Ctx, tx: &Tx, id: Uuid, form: &Form) -> Result<(String, Note)> {
    let old: Thing<N> = thing::find(ctx, tx, id).await?;
    let facts = N::read(form, Some(&old.facts))?;
    N::update(ctx, tx, id, form.revision()?, facts, &how::read(form)?).await?;
    Ok((format!("{}/{id}", N::ROOT), Note::new("registry-object-saved")))
}

pub(crate) async fn end_form<N: Noun>(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    end_page::<N>(&ctx, id).await?.answer()
}

async fn end_page<N: Noun>(ctx: &Ctx, id: Uuid) -> Result<FormPage> {
    let (found, shell) = load::<N>(ctx, id, "registry-object-end").await?;
    let t = ctx.t();
    let path = format!("{}/{id}", N::ROOT);
    let mut page = FormPage::new(ctx, shell, format!("{path}/ket-thuc"), path);
    page.lead = t.s("registry-object-end-lead", "name", found.facts.name());
    page.inputs = vec![
        Input::new(Look::Date, "tu-ngay", t.t("registry-object-end-day")).value(t.date(ctx.today())),
        Input::new(Look::Text, "ly-do", t.t("registry-object-end-reason")),
    ];
    page = page.editing(found.revision);
    page.submit = t.t("registry-object-end");
    page.icon = "archive";
    page.confirm = t.t("registry-object-end-confirm");
    Ok(page)
}

pub(crate) async fn end<N: Noun>(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let (once, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(once, tx) => (once, tx),
    };
    let done = finish::<N>(&ctx, &tx, id, &form).await;
    match settle(&ctx, once, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => end_page::<N>(&ctx, id).await?.again(&ctx, &form, error),
    }
}

async fn finish<N: Noun>(ctx: &Ctx, tx: &Tx, id: Uuid, form: &Form) -> Result<(String, Note)> {
    let reason = how::note(form, "ly-do")?;
    if reason.is_empty() {
        return Err(Error::field("ly-do", "registry-object-reason-empty"));
    }
    N::end(ctx, tx, id, form.revision()?, how::day(form)?, reason).await?;
    Ok((N::ROOT.to_owned(), Note::new("registry-object-ended")))
}
