//! One's own account: name, ways to be reached, devices.

use super::{again, page, problem, shown_in_form};
use crate::account::{Account, account_update};
use crate::session::{SessionRow, this};
use crate::{
    AccountChange, GrantRow, account_find, grant_list, role, session_delete, session_delete_others,
    session_list,
};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;
use platform::http::{Form, Note, see_other};
use platform::once::{self, Once};
use platform::{Ctx, Error, Result, Uuid};
use ui::{AccountEntry, FieldErrors, Shell};

#[derive(Template)]
#[template(path = "profile.html")]
struct ProfilePage {
    shell: Shell,
    account: Account,
    typed: Typed,
    key: Uuid,
    roles: Vec<String>,
    sessions: Vec<SessionRow>,
    here: Option<Uuid>,
    /// What other areas keep of the person's own.
    entries: Vec<AccountEntry>,
    /// The commune has other services by which one may sign in.
    services: bool,
    problem: String,
    errors: FieldErrors,
}

/// What stands in the fields: the stored values, or what was typed.
pub(crate) struct Typed {
    pub name: String,
    pub email: String,
    pub phone: String,
}

impl Typed {
    pub fn of(account: &Account, form: Option<&Form>) -> Typed {
        let text = |name: &str, stored: &str| form.map_or(stored, |form| form.text(name)).to_owned();
        Typed {
            name: text("ho-ten", &account.display_name),
            email: text("email", account.email.as_deref().unwrap_or_default()),
            phone: text("dien-thoai", account.phone.as_deref().unwrap_or_default()),
        }
    }
}

/// The change that a form asks for.
pub(crate) fn change(form: &Form) -> AccountChange {
    let some = |name: &str| form.some(name).map(str::to_owned);
    AccountChange {
        display_name: form.text("ho-ten").to_owned(),
        email: some("email"),
        phone: some("dien-thoai"),
    }
}

pub(crate) async fn show(ctx: Ctx) -> Result<Response> {
    Ok(page(profile_page(&ctx, None, None).await?, StatusCode::OK))
}

async fn profile_page(ctx: &Ctx, form: Option<&Form>, error: Option<&Error>) -> Result<String> {
    let account = account_find(ctx, ctx.account()?).await?;
    let shell = Shell::public(ctx, "profile-title").await?;
    let roles = role_words(ctx, &grant_list(ctx, account.id).await?);
    let errors = error.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, ctx.t()));
    ui::render(&ProfilePage {
        shell,
        typed: Typed::of(&account, form),
        account,
        key: ctx.new_id(),
        roles,
        sessions: session_list(ctx).await?,
        here: this(ctx),
        entries: ctx.app.offers::<AccountEntry>().filter(|one| ctx.may(one.action)).cloned().collect(),
        services: crate::provider_list(ctx).await?.iter().any(|one| one.active),
        problem: problem(ctx, error),
        errors,
    })
}

/// The roles in force today in words, each once.
fn role_words(ctx: &Ctx, grants: &[GrantRow]) -> Vec<String> {
    let mut words: Vec<String> = grants
        .iter()
        .filter(|grant| grant.on(ctx.today()))
        .map(|grant| ctx.t().t(&role::text_key(&grant.role)))
        .collect();
    words.dedup();
    words
}

pub(crate) async fn update(ctx: Ctx, form: Form) -> Result<Response> {
    let key = form.key()?;
    let done = async {
        match once::begin(&ctx, key).await? {
            Once::Again(url) => Ok(url),
            Once::First(tx) => {
                account_update(&ctx, &tx, ctx.account()?, form.revision()?, &change(&form)).await?;
                once::finish(&ctx, tx, key, "/tai-khoan").await?;
                Ok("/tai-khoan".to_owned())
            }
        }
    };
    match done.await {
        Ok(url) => Ok(Note::new("profile-saved").see_other(&url)),
        Err(error) if shown_in_form(&error) => {
            Ok(again(&error, profile_page(&ctx, Some(&form), Some(&error)).await?))
        }
        Err(error) => Err(error),
    }
}

pub(crate) async fn session_end_one(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let tx = ctx.begin().await?;
    session_delete(&ctx, &tx, id).await?;
    tx.commit().await?;
    Ok(Note::new("session-ended").see_other("/tai-khoan"))
}

pub(crate) async fn session_end_others(ctx: Ctx) -> Result<Response> {
    let tx = ctx.begin().await?;
    session_delete_others(&ctx, &tx).await?;
    tx.commit().await?;
    Ok(see_other("/tai-khoan"))
}
