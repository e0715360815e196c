//! The form in which something to ask begins, and is edited until its first day.

use super::model::{Kind, Matter, Setting, Shown, WORK, Who};
use super::{desk, rules, store};
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Result, Uuid};
use ui::form::{FormPage, Input, Look};

fn kind_of(code: &str) -> Result<Kind> {
    Kind::parse(code).ok_or_else(Error::not_found)
}

pub(super) async fn new(ctx: Ctx, Path(kind): Path<String>) -> Result<Response> {
    new_page(&ctx, kind_of(&kind)?).await?.answer()
}

async fn new_page(ctx: &Ctx, kind: Kind) -> Result<FormPage> {
    let (title, lead) = match kind {
        Kind::Poll => ("ask-new-poll", "ask-new-poll-lead"),
        Kind::Draft => ("ask-new-draft", "ask-new-draft-lead"),
        Kind::Works => ("ask-new-works", "ask-new-works-lead"),
    };
    let shell = desk::shell(ctx, title).await?;
    let mut page = FormPage::new(ctx, shell, format!("{WORK}/moi/{}", kind.code()), WORK);
    page.lead = ctx.t().t(lead);
    page.inputs = inputs(ctx, kind, None, &[]).await?;
    page.draft = format!("ask-{}", kind.code());
    page.submit = ctx.t().t("ask-prepare");
    page.icon = "chevron-right";
    Ok(page)
}

async fn inputs(ctx: &Ctx, kind: Kind, one: Option<&Matter>, villages: &[Uuid]) -> Result<Vec<Input>> {
    let t = ctx.t();
    let date = |day: Option<chrono::NaiveDate>| day.map(vntext::date).unwrap_or_default();
    let mut all = vec![
        Input::new(Look::Text, "tieu-de", t.t("ask-title"))
            .value(one.map(|one| one.title.clone()).unwrap_or_default())
            .help(t.t(match kind {
                Kind::Poll => "ask-title-poll-help",
                Kind::Draft => "ask-title-draft-help",
                Kind::Works => "ask-title-works-help",
            })),
        Input::new(Look::Area, "noi-dung", t.t("ask-about"))
            .value(one.map(|one| one.about.clone()).unwrap_or_default())
            .help(t.t("ask-about-help"))
            .optional(),
    ];
    if kind == Kind::Poll && ctx.scope.whole() {
        let words = |one: &Who| (one.code().to_owned(), t.t(one.text_key()));
        let who = one.map_or(Who::Resident, |one| one.who);
        all.push(
            Input::new(Look::Radios, "ai", t.t("ask-who"))
                .value(who.code())
                .among(Who::ALL.iter().map(words).collect())
                .help(t.t("ask-who-help")),
        );
    }
    if kind != Kind::Draft {
        all.extend(village_inputs(ctx, kind, villages).await?);
    }
    if kind == Kind::Poll {
        let words = |one: &Shown| (one.code().to_owned(), t.t(one.text_key()));
        let shown = one.map_or(Shown::End, |one| one.shown);
        all.push(
            Input::new(Look::Radios, "hien", t.t("ask-shown"))
                .value(shown.code())
                .among(Shown::ALL.iter().map(words).collect()),
        );
    }
    if kind == Kind::Works {
        let number = |number: Option<i64>| number.map(|number| t.number(number)).unwrap_or_default();
        all.push(
            Input::new(Look::Number, "kinh-phi", t.t("ask-budget"))
                .value(number(one.map(|one| one.budget)))
                .help(t.t("ask-budget-help")),
        );
        all.push(
            Input::new(Look::Number, "duoc-chon", t.t("ask-picks"))
                .value(number(Some(one.map_or(2, |one| one.picks))))
                .help(t.t("ask-picks-help")),
        );
    }
    all.push(Input::new(Look::Date, "tu-ngay", t.t("ask-from")).value(date(one.map(|one| one.from_on))));
    let last = Input::new(Look::Date, "den-ngay", t.t("ask-until")).value(date(one.map(|one| one.until_on)));
    all.push(last.help(t.t("ask-until-help")));
    Ok(all)
}

/// One village is chosen from a list, several are ticked: `thon-UUID`.
async fn village_inputs(ctx: &Ctx, kind: Kind, chosen: &[Uuid]) -> Result<Vec<Input>> {
    let t = ctx.t();
    let mut all = units::village_list(ctx, ctx.today()).await?;
    all.retain(|unit| ctx.scope.covers("village", unit.id));
    if kind == Kind::Works || all.len() == 1 {
        let only = if let [only] = all.as_slice() { Some(only.id) } else { None };
        let value = chosen.first().copied().or(only).map(|id| id.to_string()).unwrap_or_default();
        let options = all.into_iter().map(|unit| (unit.id.to_string(), unit.name)).collect();
        let input = Input::new(Look::Select, "thon", t.t("ask-village")).value(value).among(options);
        return Ok(vec![input.empty(t.t("ask-village-choose"))]);
    }
    let mut inputs = vec![Input::new(Look::Heading, "thon", t.t("ask-villages"))];
    inputs.extend(all.into_iter().map(|unit| {
        let ticked = if chosen.contains(&unit.id) { "1" } else { "" };
        Input::new(Look::Tick, format!("thon-{}", unit.id), unit.name).value(ticked).optional()
    }));
    Ok(inputs)
}

fn read(sent: &Form) -> Result<Setting> {
    let mut villages: Vec<Uuid> = sent.id("thon")?.into_iter().collect();
    for (name, value) in sent.pairs() {
        if let Some(id) = name.strip_prefix("thon-").filter(|_| value == "1") {
            villages.push(id.parse().map_err(|_| Error::field("thon", "error-choose"))?);
        }
    }
    Ok(Setting {
        title: sent.text("tieu-de").to_owned(),
        about: sent.text("noi-dung").to_owned(),
        villages,
        who: Who::parse(sent.text("ai")),
        shown: Shown::parse(sent.text("hien")),
        budget: sent.whole("kinh-phi")?,
        picks: sent.whole("duoc-chon")?,
        from: sent.date("tu-ngay")?,
        until: sent.date("den-ngay")?,
    })
}

pub(super) async fn create(ctx: Ctx, Path(kind): Path<String>, sent: Form) -> Result<Response> {
    let kind = kind_of(&kind)?;
    let setting = match read(&sent) {
        Ok(setting) => setting,
        Err(error) => return new_page(&ctx, kind).await?.again(&ctx, &sent, error),
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::prepare(&ctx, &tx, kind, &setting).await;
    let done = done.map(|one| (one.work_path(), Note::new("ask-prepared")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => new_page(&ctx, kind).await?.again(&ctx, &sent, error),
    }
}

async fn edit_page(ctx: &Ctx, one: &Matter) -> Result<FormPage> {
    let villages = store::villages_of(ctx, &ctx.app.db, one.id).await?;
    let shell = desk::shell(ctx, "ask-edit").await?;
    let mut page = FormPage::new(ctx, shell, format!("{}/sua", one.work_path()), one.work_path());
    page.inputs = inputs(ctx, one.kind, Some(one), &villages).await?;
    Ok(page.editing(one.revision))
}

pub(super) async fn edit(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = desk::kept(&ctx, id).await?;
    if !one.standing(ctx.today()).ahead() {
        return Err(Error::conflict("ask-has-begun"));
    }
    edit_page(&ctx, &one).await?.answer()
}

pub(super) async fn save(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let one = desk::kept(&ctx, id).await?;
    let read = read(&sent).and_then(|setting| Ok((sent.revision()?, setting)));
    let (revision, setting) = match read {
        Ok(read) => read,
        Err(error) => return edit_page(&ctx, &one).await?.again(&ctx, &sent, error),
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::edit(&ctx, &tx, one.clone(), revision, &setting).await;
    let done = done.map(|one| (one.work_path(), Note::new("ask-saved")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => edit_page(&ctx, &desk::kept(&ctx, id).await?).await?.again(&ctx, &sent, error),
    }
}
