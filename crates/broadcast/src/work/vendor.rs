//! The page for a vendor's system: the week goes out, the log comes in.

use crate::WORK;
use crate::vendor::{self, Read};
use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use chrono::{Duration, NaiveDate};
use platform::http::{Form, Note, Start, download, html, settle, start};
use platform::{Ctx, Error, Message, Result};
use std::collections::HashMap;
use ui::{FieldErrors, Shell};

const PATH: &str = "/lam-viec/truyen-thanh/loa/he-thong-khac";

#[derive(Template)]
#[template(path = "vendor.html")]
struct VendorPage {
    shell: Shell,
    /// Address and name of this week's package and the next one's.
    weeks: Vec<(String, String)>,
    /// What of the file was not taken.
    unknown: String,
    wrong_rows: String,
    may: bool,
    key: String,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn show(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    if let Some(day) = query.get("tuan").and_then(|day| day.parse::<NaiveDate>().ok()) {
        let first = super::week::monday(day);
        match vendor::package(&ctx, first).await {
            Ok(bytes) => {
                let name = format!("truyen-thanh-{}.zip", first.format("%d-%m-%Y"));
                return Ok(download(&name, "application/zip", bytes));
            }
            Err(error) if error.is(platform::Kind::Invalid) => {
                let page = page(&ctx, None, Some(&error)).await?;
                return Ok((error.kind.status(), html(page)).into_response());
            }
            Err(error) => return Err(error),
        }
    }
    Ok(html(page(&ctx, None, None).await?))
}

async fn page(ctx: &Ctx, read: Option<&Read>, wrong: Option<&Error>) -> Result<String> {
    let t = ctx.t();
    let shell = Shell::of(ctx, "broadcast-vendor").await?.crumb(t.t("broadcast-menu"), WORK);
    let shell =
        shell.crumb(t.t("broadcast-speakers"), &format!("{WORK}/loa")).crumb(t.t("broadcast-vendor"), "");
    let first = super::week::monday(ctx.today());
    let week = |first: NaiveDate| {
        let (from, to) = (t.date(first), t.date(first + Duration::days(6)));
        (format!("{PATH}?tuan={first}"), t.a("broadcast-week", &[("from", from.into()), ("to", to.into())]))
    };
    let rows = |rows: &[u32]| rows.iter().take(30).map(u32::to_string).collect::<Vec<_>>().join(", ");
    ui::render(&VendorPage {
        weeks: [first, first + Duration::days(7)].map(week).into(),
        unknown: read
            .map(|read| read.unknown.iter().take(30).cloned().collect::<Vec<_>>().join(", "))
            .unwrap_or_default(),
        wrong_rows: read.map(|read| rows(&read.wrong)).unwrap_or_default(),
        may: ctx.may("broadcast.speaker"),
        key: ctx.new_id().to_string(),
        errors: wrong.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, t)),
        wrong: wrong
            .filter(|error| error.fields.is_empty())
            .map(|error| error.message.text(t))
            .unwrap_or_default(),
        shell,
    })
}

/// Takes a log in. A file with rows that are not right is not taken in half: nothing is written, and the page says which they are.
pub(super) async fn take(ctx: Ctx, mut sent: Form) -> Result<Response> {
    let upload = std::mem::take(&mut sent.uploads).into_iter().find(|upload| !upload.bytes.is_empty());
    let read = match upload {
        Some(upload) => vendor::read(&ctx, &upload.bytes).await,
        None => Err(Error::field("tep", "broadcast-vendor-no-file")),
    };
    let read = match read {
        Ok(read) if read.unknown.is_empty() && read.wrong.is_empty() => read,
        Ok(read) => return refused(&ctx, Error::field("tep", "broadcast-vendor-rows"), Some(read)).await,
        Err(error) => return refused(&ctx, error, None).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = vendor::keep(&ctx, &tx, &read).await.map(|count| {
        (PATH.to_owned(), Note::new(Message::new("broadcast-vendor-taken").with("count", count)))
    });
    settle(&ctx, key, tx, done).await?
}

async fn refused(ctx: &Ctx, error: Error, read: Option<Read>) -> Result<Response> {
    if !error.is(platform::Kind::Invalid) {
        return Err(error);
    }
    let page = page(ctx, read.as_ref(), Some(&error)).await?;
    Ok((error.kind.status(), html(page)).into_response())
}
