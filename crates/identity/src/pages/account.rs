//! Accounts as the administrator sees them.

use super::profile::{Typed, change};
use super::{again, page, problem, shown_in_form};
use crate::account::Account;
use crate::{
    NewAccount, State, account_find, account_insert, account_list, account_lock, account_unlock,
    account_update, factor_delete, reset_link_make,
};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use http::StatusCode;
use platform::http::{Form, Note};
use platform::once::{self, Once};
use platform::{Ctx, Error, Result, Tx, Uuid};
use ui::{Cell, Column, Empty, FieldErrors, Filter, Kind, Row, Shell, Status, Table};

const PAGE: usize = 50;
const HERE: &str = "/lam-viec/tai-khoan";

#[derive(Template)]
#[template(path = "accounts.html")]
struct AccountsPage {
    shell: Shell,
    table: Table,
    may_insert: bool,
}

#[derive(Template)]
#[template(path = "account-new.html")]
struct NewPage {
    shell: Shell,
    key: Uuid,
    form: Form,
    problem: String,
    errors: FieldErrors,
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    shell: Shell,
    account: Account,
    typed: Typed,
    locked: bool,
    key: Uuid,
    grants: super::grant::Panel,
    may_change: bool,
    problem: String,
    errors: FieldErrors,
}

#[derive(Template)]
#[template(path = "reset-link.html")]
struct ResetPage {
    shell: Shell,
    account: Account,
    link: String,
}

#[derive(serde::Deserialize, Default)]
pub(crate) struct ListQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    sau: String,
}

pub(crate) async fn list(ctx: Ctx, Query(query): Query<ListQuery>) -> Result<Response> {
    let t = ctx.t();
    let after = query.sau.rsplit_once('~').and_then(|(key, id)| Some((key.to_owned(), id.parse().ok()?)));
    let mut found = account_list(&ctx, &query.q, after, PAGE as i64 + 1).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let shell = Shell::of(&ctx, "accounts-title").await?;
    let mut table = Table::new(&shell, "accounts", t.t("accounts-title"));
    table.columns = vec![
        Column::new("ten", t.t("account-name"), Kind::Name),
        Column::new("dang-nhap", t.t("account-login"), Kind::Text),
        Column::new("tinh-trang", t.t("account-state"), Kind::Badge),
        Column::new("xac-thuc", t.t("account-factor"), Kind::Text),
        Column::new("lan-cuoi", t.t("account-last"), Kind::Date),
    ];
    table.filters = vec![Filter::text("q", t.t("account-name-or-login"), query.q)];
    table.next = found.last().filter(|_| more).map(|last| format!("{}~{}", last.sort_key, last.id));
    table.rows = found.iter().map(|account| row(&ctx, account)).collect();
    table.empty = Empty { title: t.t("accounts-empty"), text: t.t("accounts-empty-how"), ..Empty::default() };
    Ok(page(
        ui::render(&AccountsPage { shell, table, may_insert: ctx.may("account.insert") })?,
        StatusCode::OK,
    ))
}

fn row(ctx: &Ctx, account: &Account) -> Row {
    let t = ctx.t();
    let (status, word) = match account.state() {
        State::Active => (Status::Active, "account-active"),
        State::Locked => (Status::Off, "account-locked"),
    };
    let factor = if account.has_second_factor() { "account-factor-on" } else { "account-factor-off" };
    let last = account.last_sign_in_at.map_or_else(|| t.t("account-never"), |at| t.moment(at));
    let cells = vec![
        Cell::text(&account.display_name),
        Cell::text(&account.login),
        Cell::badge(status, &t.t(word)),
        Cell::text(t.t(factor)),
        Cell::text(last),
    ];
    Row { id: account.id.to_string(), url: Some(format!("{HERE}/{}", account.id)), cells }
}

pub(crate) async fn new(ctx: Ctx) -> Result<Response> {
    Ok(page(new_page(&ctx, Form::default(), None).await?, StatusCode::OK))
}

async fn new_page(ctx: &Ctx, form: Form, error: Option<&Error>) -> Result<String> {
    let t = ctx.t();
    let shell =
        Shell::of(ctx, "account-new").await?.crumb(t.t("accounts-title"), HERE).crumb(t.t("account-new"), "");
    let errors = error.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, t));
    ui::render(&NewPage { shell, key: ctx.new_id(), form, problem: problem(ctx, error), errors })
}

pub(crate) async fn create(ctx: Ctx, form: Form) -> Result<Response> {
    let key = form.key()?;
    let done = async {
        match once::begin(&ctx, key).await? {
            Once::Again(url) => Ok(url),
            Once::First(tx) => {
                let wanted = change(&form);
                let new = NewAccount {
                    login: form.text("ten-dang-nhap").to_owned(),
                    display_name: wanted.display_name,
                    email: wanted.email,
                    phone: wanted.phone,
                    must_change_password: false,
                };
                let account = account_insert(&ctx, &tx, new, None).await?;
                let url = format!("{HERE}/{}", account.id);
                once::finish(&ctx, tx, key, &url).await?;
                Ok(url)
            }
        }
    };
    match done.await {
        Ok(url) => Ok(Note::new("account-made").see_other(&url)),
        Err(error) if shown_in_form(&error) => Ok(again(&error, new_page(&ctx, form, Some(&error)).await?)),
        Err(error) => Err(error),
    }
}

pub(crate) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    Ok(page(account_page(&ctx, id, None, None).await?, StatusCode::OK))
}

pub(crate) async fn account_page(
    ctx: &Ctx,
    id: Uuid,
    form: Option<&Form>,
    error: Option<&Error>,
) -> Result<String> {
    let account = account_find(ctx, id).await?;
    let shell = Shell::of(ctx, &account.display_name).await?.crumb(ctx.t().t("accounts-title"), HERE);
    let shell = shell.crumb(account.display_name.clone(), "");
    ui::render(&AccountPage {
        shell,
        typed: Typed::of(&account, form.filter(|form| form.some("ho-ten").is_some())),
        locked: account.state() == State::Locked,
        key: ctx.new_id(),
        grants: super::grant::panel(ctx, id, form).await?,
        may_change: ctx.may("account.update"),
        problem: problem(ctx, error),
        errors: error.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, ctx.t())),
        account,
    })
}

/// Runs one change of an account as a form: once, with the revision, back to the account's page.
pub(crate) async fn apply<F>(
    ctx: &Ctx,
    id: Uuid,
    form: &Form,
    note: &'static str,
    rule: F,
) -> Result<Response>
where
    F: AsyncFnOnce(&Tx) -> Result<()>,
{
    let (key, url) = (form.key()?, format!("{HERE}/{id}"));
    let done = async {
        match once::begin(ctx, key).await? {
            Once::Again(url) => Ok(url),
            Once::First(tx) => {
                rule(&tx).await?;
                once::finish(ctx, tx, key, &url).await?;
                Ok(url.clone())
            }
        }
    };
    match done.await {
        Ok(url) => Ok(Note::new(note).see_other(&url)),
        Err(error) if shown_in_form(&error) => {
            Ok(again(&error, account_page(ctx, id, Some(form), Some(&error)).await?))
        }
        Err(error) => Err(error),
    }
}

pub(crate) async fn update(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let rule = async |tx: &Tx| account_update(&ctx, tx, id, form.revision()?, &change(&form)).await;
    apply(&ctx, id, &form, "profile-saved", rule).await
}

pub(crate) async fn lock(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let rule = async |tx: &Tx| account_lock(&ctx, tx, id, form.revision()?).await;
    apply(&ctx, id, &form, "account-locked-now", rule).await
}

pub(crate) async fn unlock(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let rule = async |tx: &Tx| account_unlock(&ctx, tx, id, form.revision()?).await;
    apply(&ctx, id, &form, "account-unlocked-now", rule).await
}

pub(crate) async fn factor_end(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let rule = async |tx: &Tx| factor_delete(&ctx, tx, id, true).await;
    apply(&ctx, id, &form, "account-factor-ended", rule).await
}

/// The one-time link is shown in the answer itself: it is a secret and stands in no redirect or note.
pub(crate) async fn reset(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let account = account_find(&ctx, id).await?;
    let tx = ctx.begin().await?;
    let secret = reset_link_make(&ctx, &tx, id).await?;
    tx.commit().await?;
    let link = format!("{}/dat-mat-khau/{secret}", ctx.app.config.base_url());
    let shell = Shell::of(&ctx, "reset-link-title").await?.crumb(ctx.t().t("accounts-title"), HERE);
    let shell = shell.crumb(account.display_name.clone(), format!("{HERE}/{id}").as_str());
    Ok(page(ui::render(&ResetPage { shell, account, link })?, StatusCode::OK))
}
