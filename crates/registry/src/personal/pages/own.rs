//! What the registry holds of me: my data in full, who looked at it and why, my consents, a copy of everything.

use super::{Ground, Look, grounds, looks};
use crate::person::{self, Person, birth_text};
use crate::personal::{self, load};
use crate::show::{Words, fresh_key};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::access::{Place, Scope};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Result, Uuid};
use ui::Shell;

/// One of my fields: the value, and why it is kept.
struct Mine {
    label: String,
    value: String,
    why: String,
}

/// One person of whom I am the reader.
struct Me {
    id: Uuid,
    name: String,
    code: String,
    village: String,
    fields: Vec<Mine>,
    grounds: Vec<Ground>,
    key: String,
}

impl Me {
    fn grounds(&self) -> &[Ground] {
        &self.grounds
    }
}

#[derive(Template)]
#[template(path = "personal/own.html")]
struct OwnPage {
    shell: Shell,
    people: Vec<Me>,
    phone: String,
}

#[derive(Template)]
#[template(path = "personal/own-views.html")]
struct ViewsPage {
    shell: Shell,
    looks: Vec<Look>,
    own: bool,
}

/// The same request, able to read the own rows. Every function of this file takes only ids of `mine`.
fn reader(ctx: &Ctx) -> Ctx {
    Ctx { scope: Scope::new(vec![Place::new("commune", ctx.commune)]), ..ctx.clone() }
}

/// The rows that this account stands for.
fn mine(ctx: &Ctx) -> Vec<Uuid> {
    ctx.scope.ids("person")
}

pub(super) async fn show(ctx: Ctx) -> Result<Response> {
    let mine = mine(&ctx);
    let read = reader(&ctx);
    let words = Words::today(&ctx).await?;
    let declaration = load(&ctx)?;
    let mut people = Vec::new();
    for person in person::get_many(&read, &mine).await? {
        let consents = personal::consent_list(&read, person.id).await?;
        people.push(Me {
            fields: fields(&ctx, &words, &declaration, &person),
            grounds: grounds(&ctx, &declaration, consents, &format!("/cua-toi/{}", person.id)),
            village: words.village(person.place.village_id),
            key: fresh_key(&ctx),
            id: person.id,
            name: person.facts.full_name,
            code: person.code,
        });
    }
    let shell = Shell::public(&ctx, "registry-own").await?.crumb(ctx.t().t("registry-own"), "");
    let phone = shell.commune.phone.clone();
    Ok(html(ui::render(&OwnPage { shell, people, phone })?))
}

fn fields(ctx: &Ctx, words: &Words, declaration: &personal::Declaration, person: &Person) -> Vec<Mine> {
    let (facts, lists) = (&person.facts, &words.lists);
    let code = |list: &crate::lists::List, code: &Option<String>| {
        code.as_ref().map(|code| words.label(list, code)).unwrap_or_default()
    };
    let shown = declaration.fields.iter().map(|field| {
        let value = match field.name.as_str() {
            "birth_date" => birth_text(facts),
            "ethnic" => words.label(&lists.ethnic, &facts.ethnic),
            "religion" => code(&lists.religion, &facts.religion),
            "disability" => code(&lists.disability, &facts.disability),
            "meritorious" => code(&lists.meritorious, &facts.meritorious),
            "education" => words.label(&lists.education, &facts.education),
            "smartphone" => words.yes(facts.smartphone),
            "payment_account" => words.yes(facts.payment_account),
            name => personal::value(person, name),
        };
        let value = if value.is_empty() { ctx.t().t("ui-nothing") } else { value };
        Mine {
            label: field.label(ctx.lang).to_owned(),
            value,
            why: super::purpose(ctx, declaration, &field.purpose),
        }
    });
    shown.collect()
}

pub(super) async fn views(ctx: Ctx) -> Result<Response> {
    let declaration = load(&ctx)?;
    let mut all = Vec::new();
    for id in mine(&ctx) {
        all.extend(looks(&ctx, &declaration, id).await?);
    }
    let t = ctx.t();
    let shell = Shell::public(&ctx, "registry-who-looked").await?;
    let shell = shell.crumb(t.t("registry-own"), "/cua-toi").crumb(t.t("registry-who-looked"), "");
    Ok(html(ui::render(&ViewsPage { shell, looks: all, own: true })?))
}

pub(super) async fn download(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.scope.require("person", id)?;
    super::officer::copy(&reader(&ctx), id).await
}

pub(super) async fn consent_withdraw(
    ctx: Ctx,
    Path((id, consent)): Path<(Uuid, Uuid)>,
    form: Form,
) -> Result<Response> {
    ctx.scope.require("person", id)?;
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = personal::consent_withdraw(&reader(&ctx), &tx, id, consent).await;
    let done = done.map(|()| ("/cua-toi".to_owned(), Note::new("registry-consent-withdrawn")));
    settle(&ctx, key, tx, done).await?
}
