//! The page from which whoever gave a directive sends it to the group: the ready words, each recipient's personal link, who has
//! not read it.

use super::super::model::{Part, Task};
use super::super::policy::Policy;
use super::super::rules::day_of;
use super::super::{rules as tasks, store as task_store};
use super::model::{Phone, Standing};
use super::{rules, store};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Result, Uuid};
use std::collections::HashMap;
use ui::{Html, Shell, Status};

struct Line {
    id: Uuid,
    /// The id of the field that holds the address.
    field: String,
    name: String,
    role: String,
    badge: Html,
    seen: String,
    /// Words about the link or the phone.
    link: String,
    /// The address as long as it waits for its phone; else `""`.
    url: String,
    qr: Html,
    asked: String,
    /// Something that can be ended.
    live: bool,
    keys: [String; 2],
}

#[derive(Template)]
#[template(path = "link-share.html")]
struct SharePage {
    shell: Shell,
    path: String,
    sheet: String,
    shared: bool,
    text: String,
    /// The groups that have an address: name and address.
    groups: Vec<(String, String)>,
    lines: Vec<Line>,
    /// "3 trên 14 người đã xem"
    seen: String,
    lacking: bool,
    key: String,
}

#[derive(Template)]
#[template(path = "link-sheet.html")]
struct SheetPage {
    shell: Shell,
    code: String,
    labels: Vec<Line>,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let task = tasks::given(&ctx, &ctx.app.db, id).await?;
    let t = ctx.t();
    let share = store::share_of(&ctx, &ctx.app.db, id).await?;
    let shell = Shell::of(&ctx, "office-link-share").await?;
    let shell = shell.crumb(t.t("office-task-menu"), "/lam-viec/nhiem-vu");
    let shell = shell.crumb(&task.code, &task.path()).crumb(t.t("office-link-share"), "");
    let url = share.as_ref().map(|share| format!("{}{}", ctx.app.config.base_url(), share.path()));
    let lines = lines(&ctx, &task).await?;
    let read = lines.iter().filter(|line| !line.seen.is_empty()).count();
    let groups = crate::group::open(&ctx).await?.into_iter().filter(|one| !one.address.is_empty());
    let page = SharePage {
        groups: groups.map(|one| (one.name, one.address)).collect(),
        path: task.path(),
        sheet: format!("{}/chia-se/in", task.path()),
        shared: share.is_some(),
        text: url.as_deref().map(|url| words(&ctx, &task, url)).unwrap_or_default(),
        seen: t.a("office-link-seen-of", &[("done", read.into()), ("total", lines.len().into())]),
        lacking: lines.iter().any(|line| !line.live),
        lines,
        key: ctx.new_id().to_string(),
        shell,
    };
    Ok(html(ui::render(&page)?))
}

/// What is put into the group: title, deadline, address.
pub(super) fn words(ctx: &Ctx, task: &Task, url: &str) -> String {
    let t = ctx.t();
    let mut lines = vec![t.a(
        "office-link-words",
        &[("code", task.code.as_str().into()), ("name", task.title.as_str().into())],
    )];
    if let Some(due) = task.due_at {
        lines.push(t.s("office-link-words-due", "day", &t.date(day_of(due))));
    }
    lines.push(t.s("office-link-words-open", "url", url));
    lines.join("\n")
}

/// Whoever has not read it stands first.
async fn lines(ctx: &Ctx, task: &Task) -> Result<Vec<Line>> {
    let mut parts = task_store::parts(ctx, &ctx.app.db, &[task.id]).await?;
    parts.sort_by_key(|part| (part.seen_at.is_some(), part.link_asked_at.is_none()));
    let ids: Vec<Uuid> = parts.iter().map(|part| part.account_id).collect();
    let names = identity::account_names(ctx, &ids).await?;
    let candidates = Policy::load(ctx)?.candidates(ctx).await?;
    let roles: HashMap<Uuid, String> = candidates.into_iter().map(|one| (one.id, one.role)).collect();
    let phones = store::of_accounts(ctx, &ctx.app.db, &ids).await?;
    let of = |id: Uuid| phones.iter().rfind(|phone| phone.account_id == id);
    let mut lines = Vec::new();
    for part in &parts {
        let name = names.get(&part.account_id).cloned().unwrap_or_default();
        let role = roles.get(&part.account_id).cloned().unwrap_or_default();
        lines.push(line(ctx, part, of(part.account_id), name, role)?);
    }
    Ok(lines)
}

fn line(ctx: &Ctx, part: &Part, phone: Option<&Phone>, name: String, role: String) -> Result<Line> {
    let t = ctx.t();
    let standing = phone.map(|phone| phone.standing(ctx.now));
    let (link, url) = match (phone, standing) {
        (Some(phone), Some(Standing::Waits)) => {
            let url = format!("{}{}", ctx.app.config.base_url(), rules::path_of(ctx, phone)?);
            (t.s("office-link-waits", "day", &t.moment(phone.link_until)), url)
        }
        (Some(phone), Some(Standing::Bound)) => {
            let at = phone.bound_at.map(|at| t.moment(at)).unwrap_or_default();
            let device = if phone.device.is_empty() {
                t.t("office-link-device-unknown")
            } else {
                phone.device.clone()
            };
            (t.a("office-link-is-bound", &[("name", device.into()), ("day", at.into())]), String::new())
        }
        (_, Some(Standing::Expired | Standing::Over)) => (t.t("office-link-is-over"), String::new()),
        _ => (t.t("office-link-is-none"), String::new()),
    };
    let (status, word) = part.badge();
    let status = if part.seen_at.is_none() { Status::Soon } else { status };
    let seen = match part.seen_at {
        Some(at) if part.seen_by_link() => format!("{} · {}", t.moment(at), t.t("office-link-by")),
        Some(at) => format!("{} · {}", t.moment(at), t.t("office-link-by-app")),
        None => String::new(),
    };
    let waits = part.link_asked_at.filter(|_| part.seen_at.is_none() && standing != Some(Standing::Bound));
    Ok(Line {
        id: part.account_id,
        field: format!("lk-{}", part.account_id),
        badge: status.badge(&t.t(word)),
        seen,
        link,
        qr: if url.is_empty() { Html(String::new()) } else { ui::qr::svg(&url, &t.t("office-link-qr"))? },
        url,
        asked: waits.map(|at| t.s("office-link-asked-at", "day", &t.moment(at))).unwrap_or_default(),
        live: matches!(standing, Some(Standing::Waits | Standing::Bound)),
        keys: [ctx.new_id().to_string(), ctx.new_id().to_string()],
        name,
        role,
    })
}

/// Links to be cut out and handed over.
pub(super) async fn sheet(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let task = tasks::given(&ctx, &ctx.app.db, id).await?;
    let t = ctx.t();
    let mut labels = lines(&ctx, &task).await?;
    labels.retain(|line| !line.url.is_empty());
    let shell = Shell::of(&ctx, "office-link-sheet").await?;
    let shell = shell.crumb(&task.code, &task.path());
    let shell = shell.crumb(t.t("office-link-share"), &format!("{}/chia-se", task.path()));
    let shell = shell.crumb(t.t("office-link-sheet"), "");
    Ok(html(ui::render(&SheetPage { shell, code: task.code, labels })?))
}

macro_rules! press {
    ($name:ident, $note:literal, |$ctx:ident, $tx:ident, $id:ident, $sent:ident| $done:expr) => {
        pub(super) async fn $name(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
            let (key, tx) = match start(&ctx, &sent).await? {
                Start::Again(answer) => return Ok(answer),
                Start::First(key, tx) => (key, tx),
            };
            let ($ctx, $tx, $id, $sent) = (&ctx, &tx, id, &sent);
            let done = $done.await.map(|_| (format!("/lam-viec/nhiem-vu/{id}/chia-se"), Note::new($note)));
            settle(&ctx, key, tx, done).await?
        }
    };
}

fn who(sent: &Form) -> Result<Uuid> {
    sent.id("nguoi")?.ok_or_else(|| Error::field("nguoi", "error-choose"))
}

press!(make, "office-link-made", |ctx, tx, id, _sent| rules::share(ctx, tx, id));
press!(renew, "office-link-renewed", |ctx, tx, id, sent| async {
    rules::renew(ctx, tx, id, who(sent)?).await
});
press!(end, "office-link-phone-ended", |ctx, tx, id, sent| async {
    rules::end_of(ctx, tx, id, who(sent)?).await
});
