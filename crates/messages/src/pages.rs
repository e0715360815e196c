//! The pages of the inbox.

use crate::inbox;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::http::{Note, html, see_other};
use platform::{Ctx, Result, Uuid};
use std::collections::HashMap;
use ui::Shell;

const SHOWN: i64 = 40;

struct Line {
    id: Uuid,
    text: String,
    when: String,
    unread: bool,
}

#[derive(Template)]
#[template(path = "inbox.html")]
struct Inbox {
    shell: Shell,
    lines: Vec<Line>,
    unread: u64,
    after: String,
}

pub async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let account = ctx.account()?;
    let before = query.get("truoc").and_then(|text| text.parse().ok());
    let rows = inbox::list(&ctx, account, before, SHOWN + 1).await?;
    let more = rows.len() > SHOWN as usize;
    let after = rows
        .get(SHOWN as usize - 1)
        .filter(|_| more)
        .map(|row| format!("/lam-viec/hop-thu?truoc={}", row.id));
    let lines = rows.into_iter().take(SHOWN as usize).map(|row| Line {
        id: row.id,
        text: row.text(ctx.t()),
        when: ctx.t().moment(row.created_at),
        unread: row.read_at.is_none(),
    });
    let lines = lines.collect();
    let shell = Shell::of(&ctx, "messages-title").await?;
    let unread = shell.inbox_count;
    Ok(html(ui::render(&Inbox { shell, lines, unread, after: after.unwrap_or_default() })?))
}

/// Opening a letter marks it as read and leads to what it is about.
pub async fn open(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let account = ctx.account()?;
    let row = inbox::find(&ctx, &ctx.app.db, id).await?;
    if row.account_id != account {
        return Err(platform::Error::not_found());
    }
    if row.read_at.is_none() {
        let tx = ctx.begin().await?;
        inbox::mark_read(&ctx, &tx, account, Some(id)).await?;
        tx.commit().await?;
    }
    Ok(see_other(if row.link.is_empty() { "/lam-viec/hop-thu" } else { &row.link }))
}

pub async fn read_all(ctx: Ctx) -> Result<Response> {
    let account = ctx.account()?;
    let tx = ctx.begin().await?;
    let count = inbox::mark_read(&ctx, &tx, account, None).await?;
    tx.commit().await?;
    let told = platform::Message::new("messages-all-read").with("count", count);
    Ok(Note::new(told).see_other("/lam-viec/hop-thu"))
}
