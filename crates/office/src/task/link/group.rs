//! The address for the group. Whoever opens it on a bound phone stands before their own page of the directive; anybody else,
//! and every program that makes a preview, reads that there is a directive, and not one word of it.

use super::super::model::{Part, Task};
use super::super::policy::Policy;
use super::super::store as task_store;
use super::model::Share;
use super::{missed, rules, store};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, see_other, settle, start};
use platform::{Ctx, Kind, Result, Uuid};
use ui::{FieldErrors, Shell};

#[derive(Template)]
#[template(path = "link-group.html")]
struct GroupPage {
    shell: Shell,
    address: String,
    over: bool,
    /// Recipients as everybody knows them: by role and village, never by name.
    roles: Vec<(String, String)>,
    sign_in: String,
    key: String,
    errors: FieldErrors,
}

/// Recipients that bear one name here: "Trưởng thôn, Đông Căm".
struct Role {
    /// Stands in the form instead of the words.
    mark: String,
    words: String,
    accounts: Vec<Uuid>,
}

/// The title that a preview shows as well: "Chỉ đạo mới của UBND xã Gia Phú".
pub(super) async fn titled(ctx: &Ctx) -> Result<Shell> {
    let shell = Shell::of(ctx, "").await?;
    let name = &shell.commune.name;
    let mut letters = name.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    let name: String = first.chain(letters).collect();
    let title = ctx.t().s("office-link-title", "name", &name);
    Ok(shell.titled(title))
}

pub(super) async fn show(ctx: Ctx, Path(code): Path<String>) -> Result<Response> {
    let (share, task) = found(&ctx, &code).await?;
    if let Some((acting, _)) = rules::here(&ctx).await? {
        let own = task_store::own(&acting, &acting.app.db, task.id).await?.is_some();
        return Ok(see_other(&if own { format!("/g/viec/{}", task.id) } else { "/g/viec".to_owned() }));
    }
    // Somebody who has signed in on this phone has the usual page.
    if ctx.may("task.mine") && task_store::find(&ctx, &ctx.app.db, task.id).await.is_ok() {
        return Ok(see_other(&task.path()));
    }
    page(&ctx, &share, &task, FieldErrors::default()).await
}

async fn found(ctx: &Ctx, code: &str) -> Result<(Share, Task)> {
    let Some(share) = store::share_by_code(ctx, code).await? else { return Err(missed(ctx)?) };
    let task = store::task(ctx, share.task_id).await?;
    Ok((share, task))
}

async fn page(ctx: &Ctx, share: &Share, task: &Task, errors: FieldErrors) -> Result<Response> {
    let roles = if task.open() { roles(ctx, share, task).await? } else { Vec::new() };
    let page = GroupPage {
        shell: titled(ctx).await?,
        address: share.path(),
        over: !task.open(),
        roles: roles.into_iter().map(|role| (role.mark, role.words)).collect(),
        sign_in: format!("/dang-nhap?tiep={}", share.path()),
        key: ctx.new_id().to_string(),
        errors,
    };
    let status = if page.errors.is_empty() { http::StatusCode::OK } else { Kind::Invalid.status() };
    Ok((status, html(ui::render(&page)?)).into_response())
}

async fn roles(ctx: &Ctx, share: &Share, task: &Task) -> Result<Vec<Role>> {
    let parts: Vec<Part> = task_store::parts(ctx, &ctx.app.db, &[task.id]).await?;
    let mut roles: Vec<Role> = Vec::new();
    for one in Policy::load(ctx)?.candidates(ctx).await? {
        if !parts.iter().any(|part| part.account_id == one.id) {
            continue;
        }
        match roles.iter_mut().find(|role| role.words == one.role) {
            Some(role) => role.accounts.push(one.id),
            None => {
                let mark = blake3::hash(format!("{} {}", share.code, one.role).as_bytes());
                let mark = mark.to_hex()[..16].to_owned();
                roles.push(Role { mark, words: one.role, accounts: vec![one.id] });
            }
        }
    }
    Ok(roles)
}

/// Asks whoever gave the directive for a personal link.
pub(super) async fn ask(ctx: Ctx, Path(code): Path<String>, sent: Form) -> Result<Response> {
    let (share, task) = found(&ctx, &code).await?;
    if !task.open() {
        return page(&ctx, &share, &task, FieldErrors::default()).await;
    }
    let role = roles(&ctx, &share, &task).await?.into_iter().find(|role| role.mark == sent.text("toi-la"));
    let Some(role) = role else {
        let errors = FieldErrors::default().with("toi-la", ctx.t().t("office-link-who-empty"));
        return page(&ctx, &share, &task, errors).await;
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::ask(&ctx, &tx, &task, &role.accounts, &role.words).await;
    let done = done.map(|()| (share.path(), Note::new("office-link-asked")));
    settle(&ctx, key, tx, done).await?
}
