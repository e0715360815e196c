//! The form that charges people with something: from a document, or by itself.

use super::model::Source;
use super::policy::{Candidate, Policy};
use super::rules::{self, Assigning};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Message, Result, Uuid};
use ui::{FieldErrors, Shell};

/// Somebody who may be ticked.
pub(crate) struct Person {
    pub id: String,
    pub name: String,
    pub role: String,
    pub co: bool,
    pub inform: bool,
}

/// The form with what was typed; a template shows it with `task-direct.html`.
pub(crate) struct DirectForm {
    pub title: String,
    pub body: String,
    pub main: String,
    pub due: String,
    pub people: Vec<Person>,
    pub key: String,
}

impl DirectForm {
    /// Empty but for what is known.
    pub async fn of(ctx: &Ctx, title: &str, due: Option<NaiveDate>) -> Result<DirectForm> {
        let person = |one: Candidate| Person {
            id: one.id.to_string(),
            name: one.name,
            role: one.role,
            co: false,
            inform: false,
        };
        let people = Policy::load(ctx)?.candidates(ctx).await?;
        Ok(DirectForm {
            title: title.to_owned(),
            body: String::new(),
            main: String::new(),
            due: due.map(vntext::date).unwrap_or_default(),
            people: people.into_iter().map(person).collect(),
            key: ctx.new_id().to_string(),
        })
    }

    /// Takes over what a form sent that comes back.
    pub fn typed(&mut self, sent: &Form) {
        self.title = sent.text("viec").to_owned();
        self.body = sent.text("y-kien").to_owned();
        self.main = sent.text("chu-tri").to_owned();
        self.due = sent.text("han").to_owned();
        let (co, inform): (Vec<&str>, Vec<&str>) =
            (sent.all("phoi-hop").collect(), sent.all("de-biet").collect());
        for person in &mut self.people {
            person.co = co.contains(&person.id.as_str());
            person.inform = inform.contains(&person.id.as_str());
        }
    }

    /// Everybody as the choice of a main doer.
    pub fn choices(&self) -> Vec<(String, String)> {
        self.people.iter().map(|one| (one.id.clone(), format!("{} ({})", one.name, one.role))).collect()
    }

    pub fn people(&self) -> &[Person] {
        &self.people
    }
}

/// What the form says. `trưởng thôn` ticked as a group are co-doers, every one of them.
async fn read(ctx: &Ctx, sent: &Form) -> Result<Assigning> {
    let ids = |name: &'static str| -> Result<Vec<Uuid>> {
        sent.all(name).map(|id| id.parse().map_err(|_| Error::field(name, "error-choose"))).collect()
    };
    let mut co = ids("phoi-hop")?;
    if sent.ticked("ca-truong-thon") {
        let all = Policy::load(ctx)?.candidates(ctx).await?;
        co.extend(all.into_iter().filter(|one| one.of_village).map(|one| one.id));
    }
    Ok(Assigning {
        source: Source::Own,
        source_id: None,
        parent_id: None,
        position: 0,
        title: sent.text("viec").to_owned(),
        body: sent.text("y-kien").to_owned(),
        urgency: 0,
        due: sent.date("han")?,
        main: sent.id("chu-tri")?,
        co,
        inform: ids("de-biet")?,
    })
}

#[derive(Template)]
#[template(path = "task-new.html")]
struct NewPage {
    shell: Shell,
    form: DirectForm,
    action: String,
    errors: FieldErrors,
}

pub(super) async fn form(ctx: Ctx) -> Result<Response> {
    let form = DirectForm::of(&ctx, "", None).await?;
    Ok(html(ui::render(&page(&ctx, form, FieldErrors::default()).await?)?))
}

async fn page(ctx: &Ctx, form: DirectForm, errors: FieldErrors) -> Result<NewPage> {
    let t = ctx.t();
    let shell = Shell::of(ctx, "office-task-new").await?;
    let shell = shell.crumb(t.t("office-task-menu"), "/lam-viec/nhiem-vu").crumb(t.t("office-task-new"), "");
    Ok(NewPage { shell, form, action: "/lam-viec/nhiem-vu/moi".to_owned(), errors })
}

pub(super) async fn send(ctx: Ctx, sent: Form) -> Result<Response> {
    let assigning = match read(&ctx, &sent).await {
        Ok(assigning) => assigning,
        Err(error) => return again(&ctx, &sent, error).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::assign(&ctx, &tx, assigning).await;
    let done = done.map(|task| (task.path(), given(&task.code)));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, &sent, error).await,
    }
}

fn given(code: &str) -> Note {
    Note::new(Message::new("office-task-given").with("code", code))
}

async fn again(ctx: &Ctx, sent: &Form, error: Error) -> Result<Response> {
    if error.kind != Kind::Invalid {
        return Err(error);
    }
    let mut form = DirectForm::of(ctx, "", None).await?;
    form.typed(sent);
    let page = page(ctx, form, FieldErrors::from_error(&error, ctx.t())).await?;
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

/// The form on the page of an incoming document.
pub(super) async fn incoming(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let assigning = match read(&ctx, &sent).await {
        Ok(assigning) => assigning,
        Err(error) => return crate::incoming::again(&ctx, id, &sent, error).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::direct(&ctx, &tx, id, assigning).await;
    let done = done.map(|task| (format!("/lam-viec/van-ban-den/{id}"), given(&task.code)));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => crate::incoming::again(&ctx, id, &sent, error).await,
    }
}
