//! The form of a campaign: as a whole before its start, afterwards without whom it is for.

use super::model::{Audience, Campaign, Setting, State, WORK};
use super::{rules, store};
use crate::law::Terms;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Result, Uuid};
use ui::Shell;
use ui::form::{FormPage, Input, Look};

const ACCOUNTS: i64 = 300;

async fn shell(ctx: &Ctx, title: &str) -> Result<Shell> {
    let shell = Shell::of(ctx, title).await?.crumb(ctx.t().t("reach-menu"), WORK);
    let last = shell.title.clone();
    Ok(shell.crumb(last, ""))
}

pub(crate) async fn new(ctx: Ctx) -> Result<Response> {
    new_page(&ctx).await?.answer()
}

async fn new_page(ctx: &Ctx) -> Result<FormPage> {
    let mut page = FormPage::new(ctx, shell(ctx, "reach-new").await?, format!("{WORK}/moi"), WORK);
    page.lead = ctx.t().t("reach-new-lead");
    page.inputs = inputs(ctx, None, &[]).await?;
    page.draft = "reach-campaign".to_owned();
    page.submit = ctx.t().t("reach-prepare");
    page.icon = "chevron-right";
    Ok(page)
}

async fn inputs(ctx: &Ctx, one: Option<&Campaign>, villages: &[Uuid]) -> Result<Vec<Input>> {
    let (t, terms) = (ctx.t(), Terms::now(ctx)?);
    let frozen = one.is_some_and(|one| one.state == State::Running);
    let text = |of: fn(&Campaign) -> &str| one.map(of).unwrap_or_default().to_owned();
    let date = |day: Option<chrono::NaiveDate>| day.map(vntext::date).unwrap_or_default();
    let mut topics: Vec<(String, String)> =
        terms.topic.iter().map(|topic| (topic.code.clone(), topic.name(ctx.lang).to_owned())).collect();
    if let Some(one) = one.filter(|one| !topics.iter().any(|(code, _)| *code == one.topic)) {
        topics.push((one.topic.clone(), one.topic.clone()));
    }
    let mut all = vec![
        Input::new(Look::Text, "tieu-de", t.t("reach-title"))
            .value(text(|one| &one.title))
            .help(t.t("reach-title-help")),
        Input::new(Look::Select, "chu-de", t.t("reach-topic"))
            .value(text(|one| &one.topic))
            .among(topics)
            .empty(t.t("reach-topic-choose")),
        Input::new(Look::Area, "noi-dung", t.t("reach-say"))
            .value(text(|one| &one.say))
            .help(t.t("reach-say-help")),
        Input::new(Look::Text, "duong-dan", t.t("reach-link"))
            .value(text(|one| &one.link))
            .help(t.t("reach-link-help"))
            .optional(),
    ];
    if !frozen {
        let audience = one.map_or(Audience::All, |one| one.audience);
        let words = |one: &Audience| (one.code().to_owned(), t.t(one.text_key()));
        all.push(
            Input::new(Look::Radios, "doi-tuong", t.t("reach-audience"))
                .value(audience.code())
                .among(Audience::ALL.iter().map(words).collect())
                .help(t.t("reach-audience-help")),
        );
        all.push(Input::new(Look::Heading, "thon", t.t("reach-villages")).help(t.t("reach-villages-help")));
        for unit in units::village_list(ctx, ctx.today()).await? {
            let ticked = if villages.contains(&unit.id) { "1" } else { "" };
            let name = format!("thon-{}", unit.id);
            all.push(Input::new(Look::Tick, name, unit.name).value(ticked).optional());
        }
        let from = one.map(|one| one.from_on).or(Some(ctx.today()));
        all.push(Input::new(Look::Date, "tu-ngay", t.t("reach-from")).value(date(from)));
    }
    let until = Input::new(Look::Date, "den-ngay", t.t("reach-until")).help(t.t("reach-until-help"));
    all.push(until.value(date(one.map(|one| one.until_on))));
    let goal = Input::new(Look::Number, "muc-tieu", t.t("reach-goal")).help(t.t("reach-goal-help"));
    all.push(goal.value(t.number(one.map_or(90, |one| one.goal))));
    let accounts = identity::account_list(ctx, "", None, ACCOUNTS).await?;
    let active = accounts.into_iter().filter(|one| one.state() == identity::State::Active);
    let people = active.map(|one| (one.id.to_string(), one.display_name)).collect();
    let lead = one.and_then(|one| one.lead_id).map(|id| id.to_string()).unwrap_or_default();
    let input = Input::new(Look::Select, "phu-trach", t.t("reach-lead")).value(lead).among(people);
    all.push(input.empty(t.t("reach-lead-none")).optional());
    Ok(all)
}

fn read(sent: &Form) -> Result<Setting> {
    let mut villages = Vec::new();
    for (name, value) in sent.pairs() {
        if let Some(id) = name.strip_prefix("thon-").filter(|_| value == "1") {
            villages.push(id.parse().map_err(|_| Error::field("thon", "error-choose"))?);
        }
    }
    Ok(Setting {
        title: sent.text("tieu-de").to_owned(),
        say: sent.text("noi-dung").to_owned(),
        link: sent.text("duong-dan").to_owned(),
        topic: sent.text("chu-de").to_owned(),
        audience: Audience::parse(sent.text("doi-tuong")),
        villages,
        goal: sent.whole("muc-tieu")?,
        lead: sent.id("phu-trach")?,
        from: sent.date("tu-ngay")?,
        until: sent.date("den-ngay")?,
    })
}

pub(crate) async fn create(ctx: Ctx, sent: Form) -> Result<Response> {
    let setting = match read(&sent) {
        Ok(setting) => setting,
        Err(error) => return new_page(&ctx).await?.again(&ctx, &sent, error),
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::prepare(&ctx, &tx, &setting).await;
    let done = done.map(|one| (one.work_path(), Note::new("reach-prepared")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => new_page(&ctx).await?.again(&ctx, &sent, error),
    }
}

async fn edit_page(ctx: &Ctx, one: &Campaign) -> Result<FormPage> {
    let villages = store::villages_of(ctx, &ctx.app.db, one.id).await?;
    let shell = shell(ctx, "reach-edit").await?;
    let mut page = FormPage::new(ctx, shell, format!("{}/sua", one.work_path()), one.work_path());
    page.inputs = inputs(ctx, Some(one), &villages).await?;
    if one.state == State::Running {
        page.lead = ctx.t().t("reach-edit-running");
    }
    Ok(page.editing(one.revision))
}

/// # Errors
/// `Conflict` for one that is over.
pub(crate) async fn edit(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    if matches!(one.state, State::Ended | State::Withdrawn) {
        return Err(Error::conflict("reach-is-over"));
    }
    edit_page(&ctx, &one).await?.answer()
}

pub(crate) async fn save(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let (revision, setting) = match read(&sent).and_then(|setting| Ok((sent.revision()?, setting))) {
        Ok(read) => read,
        Err(error) => return edit_page(&ctx, &one).await?.again(&ctx, &sent, error),
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::edit(&ctx, &tx, one.clone(), revision, &setting).await;
    let done = done.map(|one| (one.work_path(), Note::new("reach-saved")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => {
            let now = store::find(&ctx, &ctx.app.db, id).await?;
            edit_page(&ctx, &now).await?.again(&ctx, &sent, error)
        }
    }
}
