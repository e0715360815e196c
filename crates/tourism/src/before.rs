//! "Trước khi đến": what a visitor should know, and whom to call in need. The numbers are data; the text is the commune's own, or the one
//! of the data file until it has written one.

use crate::law::Tourism;
use crate::place::record;
use crate::{PATH as FRONT, WORK as DESK};
use askama::Template;
use axum::response::Response;
use platform::area::{get, post};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Lang, Result, Route, Run, Tx, said, sql};
use ui::form::{FormPage, Input, Look};
use ui::{Html, Shell};

pub(crate) const PATH: &str = "/du-lich/truoc-khi-den";
const WORK: &str = "/lam-viec/du-lich/truoc-khi-den";
const BODY_MAX: usize = 20_000;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get(PATH, "tourism.read", show).kept(),
        get(WORK, "tourism.page", form),
        post(WORK, "tourism.page", save),
    ]
}

/// The text as it stands; revision 0 is the one of the data file.
#[derive(Debug, Clone, sea_orm::FromQueryResult)]
struct Words {
    body: String,
    body_en: String,
    revision: i64,
}

async fn words(ctx: &Ctx, on: &impl Run) -> Result<Words> {
    let own = sql("SELECT body, body_en, revision FROM tourism_before /* all rows */ WHERE commune_id = $1")
        .bind(ctx.commune);
    if let Some(own) = own.first(on).await? {
        return Ok(own);
    }
    let law = Tourism::now(ctx)?;
    let (body, body_en) = (law.before.vi.trim().to_owned(), law.before.en.trim().to_owned());
    Ok(Words { body, body_en, revision: 0 })
}

#[derive(Template)]
#[template(path = "before.html")]
struct BeforePage {
    shell: Shell,
    calls: Vec<(String, String)>,
    body: Html,
    body_lang: &'static str,
    other: bool,
    address: String,
    edit: String,
}

async fn show(ctx: Ctx) -> Result<Response> {
    let t = ctx.t();
    let words = words(&ctx, &ctx.app.db).await?;
    let english = ctx.lang == Lang::En && !words.body_en.is_empty();
    let law = Tourism::now(&ctx)?;
    let shell = Shell::public(&ctx, "tourism-before").await?.crumb(t.t("tourism"), FRONT);
    let page = BeforePage {
        shell: shell.crumb(t.t("tourism-before"), ""),
        calls: law.call.iter().map(|call| (call.number.clone(), call.name(ctx.lang).to_owned())).collect(),
        body: Html(ui::markdown::html(if english { &words.body_en } else { &words.body })),
        body_lang: if english { "en" } else { "vi" },
        other: ctx.lang == Lang::En && !english,
        address: format!("{}{PATH}", ctx.app.config.base_url()),
        edit: if ctx.may("tourism.page") { WORK.to_owned() } else { String::new() },
    };
    Ok(html(ui::render(&page)?))
}

async fn page(ctx: &Ctx) -> Result<FormPage> {
    let t = ctx.t();
    let words = words(ctx, &ctx.app.db).await?;
    let shell = Shell::of(ctx, "tourism-before-edit").await?.crumb(t.t("tourism-menu"), DESK);
    let mut page = FormPage::new(ctx, shell.crumb(t.t("tourism-before-edit"), ""), WORK, DESK);
    page.lead = t.t("tourism-before-lead");
    page.inputs = vec![
        Input::new(Look::Area, "noi-dung", t.t("tourism-body"))
            .value(words.body)
            .help(t.t("tourism-body-help")),
        Input::new(Look::Area, "noi-dung-en", t.t("tourism-body-en")).value(words.body_en).optional(),
    ];
    Ok(page.editing(words.revision))
}

async fn form(ctx: Ctx) -> Result<Response> {
    page(&ctx).await?.answer()
}

async fn save(ctx: Ctx, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = async {
        write(&ctx, &tx, sent.revision()?, sent.text("noi-dung"), sent.text("noi-dung-en")).await?;
        Ok((PATH.to_owned(), Note::new("tourism-saved")))
    };
    let done = done.await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => page(&ctx).await?.again(&ctx, &sent, error),
    }
}

async fn write(ctx: &Ctx, tx: &Tx, revision: i64, body: &str, body_en: &str) -> Result<()> {
    let body = said::needed("noi-dung", body, "tourism-body-empty", BODY_MAX)?;
    said::short("noi-dung-en", body_en, BODY_MAX)?;
    if words(ctx, tx).await?.revision != revision {
        return Err(Error::conflict("tourism-moved-on"));
    }
    sql("INSERT INTO tourism_before (commune_id, body, body_en, updated_at, revision) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (commune_id) DO UPDATE SET body = $2, body_en = $3, updated_at = $4, revision = $5")
    .bind(ctx.commune)
    .bind(body)
    .bind(body_en.trim())
    .bind(ctx.now)
    .bind(revision + 1)
    .run(tx)
    .await?;
    record(ctx, tx, "tourism.before", ctx.commune).await
}
