//! Choosing what gets labels, and the sheets.

use super::qr;
use super::store::{Labelled, What, Which, behind, list, of_ids};
use crate::code;
use crate::page::After;
use crate::work::{self, Asked, Query, cursor, village_name};
use askama::Template;
use axum::response::Response;
use platform::http::{Form, html};
use platform::{Ctx, Error, Result, Uuid};
use ui::{FieldErrors, Html, Shell};
use units::Unit;

/// 3 × 8 on a sheet of A4.
const ON_SHEET: usize = 24;
/// Sheets on one page of the browser.
const SHEETS: usize = 10;

#[derive(Template)]
#[template(path = "label/choose.html")]
struct Choose {
    shell: Shell,
    kinds: Vec<(String, String)>,
    villages: Vec<(String, String)>,
    kind: String,
    village: String,
    codes: String,
    errors: FieldErrors,
}

pub async fn choose(ctx: Ctx, axum::extract::Query(asked): Query) -> Result<Response> {
    choose_page(&ctx, &asked, String::new(), FieldErrors::default()).await
}

async fn choose_page(ctx: &Ctx, asked: &Asked, codes: String, errors: FieldErrors) -> Result<Response> {
    let shell = Shell::of(ctx, "registry-label-title").await?;
    let villages = work::villages(ctx, &ctx.scope).await?;
    let page = Choose {
        kinds: kinds(ctx),
        villages: work::village_options(ctx, &villages),
        kind: asked.text("loai").to_owned(),
        village: asked.text("thon").to_owned(),
        codes,
        errors,
        shell,
    };
    Ok(html(ui::render(&page)?))
}

/// `household`, `organisation`, `organisation:cooperative`, …
fn kinds(ctx: &Ctx) -> Vec<(String, String)> {
    let t = ctx.t();
    let mut kinds = Vec::new();
    for what in What::ALL {
        let name = t.t(&format!("kind-{}", what.code()));
        kinds.push((what.code().to_owned(), name.clone()));
        let parts: Vec<(&str, &str)> = match what {
            What::Organisation => {
                crate::organisation::Kind::ALL.iter().map(|kind| (kind.code(), kind.text_key())).collect()
            }
            What::Asset => {
                crate::asset::Kind::ALL.iter().map(|kind| (kind.code(), kind.text_key())).collect()
            }
            What::Household | What::Person | What::Team => Vec::new(),
        };
        kinds.extend(
            parts
                .into_iter()
                .map(|(code, key)| (format!("{}:{code}", what.code()), format!("{name}: {}", t.t(key)))),
        );
    }
    kinds
}

struct Label {
    qr: Html,
    code: String,
    /// The name where it was asked for, otherwise what it is.
    name: String,
    place: String,
}

#[derive(Template)]
#[template(path = "label/sheets.html")]
struct Sheets {
    shell: Shell,
    sheets: Vec<Vec<Label>>,
    count: usize,
    next: String,
}

/// Labels of a whole kind, village by village.
pub async fn sheets(ctx: Ctx, axum::extract::Query(asked): Query) -> Result<Response> {
    let (what, kind) = read_kind(asked.text("loai"))?;
    let villages = work::villages(&ctx, &ctx.scope).await?;
    let village = asked.village(&villages)?.map(|unit| unit.id);
    let which = Which { kind, village, ids: None };
    let after = After::parse(asked.text("sau"));
    let limit = i64::try_from(ON_SHEET * SHEETS).unwrap_or(240);
    let found = list(&ctx, &ctx.scope, what, &which, after.as_ref(), limit).await?;
    let next = found.next.as_ref().map(|after| {
        let thon = village.map_or_else(String::new, |id| id.to_string());
        let names = if asked.text("ten") == "1" { "&ten=1" } else { "" };
        format!("/lam-viec/tem/in?loai={}&thon={thon}{names}&sau={}", asked.text("loai"), cursor(after))
    });
    let rows = found.rows.into_iter().map(|row| (what, row)).collect();
    show(&ctx, &villages, rows, asked.text("ten") == "1", next.unwrap_or_default()).await
}

/// Labels of the picked lines of a list (`id`), or of codes that were typed (`ma`).
pub async fn sheets_of_chosen(ctx: Ctx, axum::extract::Query(asked): Query, form: Form) -> Result<Response> {
    let objects = if let Some(text) = form.some("ma") {
        match typed(&ctx, text).await {
            Err(error) if error.is(platform::Kind::Invalid) => {
                let errors = FieldErrors::from_error(&error, ctx.t());
                let mut answer = choose_page(&ctx, &asked, text.to_owned(), errors).await?;
                *answer.status_mut() = error.kind.status();
                return Ok(answer);
            }
            other => other?,
        }
    } else {
        let ids: Vec<Uuid> = form.all("id").filter_map(|id| id.parse().ok()).take(500).collect();
        of_ids(&ctx, &ids).await?
    };
    let villages = work::villages(&ctx, &ctx.scope).await?;
    let mut rows = Vec::new();
    for what in What::ALL {
        let ids: Vec<Uuid> =
            objects.iter().filter(|(of, _)| *of == what).map(|(_, id)| *id).take(500).collect();
        if !ids.is_empty() {
            let which = Which { ids: Some(ids), ..Which::default() };
            let found = list(&ctx, &ctx.scope, what, &which, None, 500).await?;
            rows.extend(found.rows.into_iter().map(|row| (what, row)));
        }
    }
    show(&ctx, &villages, rows, form.ticked("ten"), String::new()).await
}

/// The objects behind the codes of a text, one a line or with commas between.
async fn typed(ctx: &Ctx, text: &str) -> Result<Vec<(What, Uuid)>> {
    let words = text.split(['\n', ',', ';']).map(str::trim).filter(|word| !word.is_empty());
    let (mut codes, mut wrong) = (Vec::new(), Vec::new());
    for word in words.take(500) {
        match code::parse(word) {
            Some(code) => codes.push(code),
            None => wrong.push(word.chars().take(20).collect::<String>()),
        }
    }
    if !wrong.is_empty() || codes.is_empty() {
        let message = platform::Message::new("registry-label-codes-wrong").with("codes", wrong.join(", "));
        return Err(Error::field(
            "ma",
            if wrong.is_empty() { "registry-label-codes-empty".into() } else { message },
        ));
    }
    let found = behind(ctx, &codes).await?;
    if found.is_empty() { Err(Error::field("ma", "registry-label-codes-unknown")) } else { Ok(found) }
}

fn read_kind(text: &str) -> Result<(What, Option<String>)> {
    let (what, kind) =
        text.split_once(':').map_or((text, None), |(what, kind)| (what, Some(kind.to_owned())));
    Ok((What::parse(what).ok_or_else(Error::not_found)?, kind))
}

async fn show(
    ctx: &Ctx,
    villages: &[Unit],
    rows: Vec<(What, Labelled)>,
    names: bool,
    next: String,
) -> Result<Response> {
    if names {
        let people: Vec<Uuid> = rows.iter().filter_map(|(_, row)| row.person_id).collect();
        let tx = ctx.begin().await?;
        audit::viewed(ctx, &tx, &people, "label", &["full_name"]).await?;
        tx.commit().await?;
    }
    let t = ctx.t();
    let title = t.t("registry-label-sheets");
    let shell =
        Shell::of(ctx, &title).await?.crumb(t.t("registry-label-title"), "/lam-viec/tem").crumb(&title, "");
    let count = rows.len();
    let mut labels = Vec::with_capacity(count);
    for (what, row) in rows {
        labels.push(label(ctx, villages, what, row, names)?);
    }
    let mut sheets = Vec::new();
    while !labels.is_empty() {
        let rest = labels.split_off(labels.len().min(ON_SHEET));
        sheets.push(std::mem::replace(&mut labels, rest));
    }
    Ok(html(ui::render(&Sheets { shell, sheets, count, next })?))
}

/// People's names stand on a label only when somebody asks for it: it hangs where everybody sees it.
fn label(ctx: &Ctx, villages: &[Unit], what: What, row: Labelled, names: bool) -> Result<Label> {
    let personal = matches!(what, What::Household | What::Person);
    let noun = || ctx.t().t(&format!("kind-{}", what.code()));
    let name = match row.name {
        Some(name) if !personal || names => name,
        _ => noun(),
    };
    let village = village_name(villages, row.village_id);
    let place = if what == What::Household { work::address_line(&row.place, &village) } else { village };
    Ok(Label { qr: qr::of_code(ctx, &row.code)?, code: row.code, name, place })
}
