//! Tokens for programs as pages.

use super::{again, page, problem, shown_in_form};
use crate::{TokenRow, token_delete, token_insert, token_list, token_scopes};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;
use platform::http::{Form, Note};
use platform::{Ctx, Error, Result, Uuid};
use ui::{FieldErrors, Shell};

#[derive(Template)]
#[template(path = "tokens.html")]
struct TokensPage {
    shell: Shell,
    tokens: Vec<TokenRow>,
    /// Code, words, chosen.
    scopes: Vec<(&'static str, String, bool)>,
    days: Vec<(i64, String)>,
    software: String,
    /// The new token, shown once.
    fresh: String,
    problem: String,
    errors: FieldErrors,
}

const DAYS: [i64; 3] = [30, 90, 366];

pub(crate) async fn list(ctx: Ctx) -> Result<Response> {
    Ok(page(tokens_page(&ctx, None, String::new(), None).await?, StatusCode::OK))
}

async fn tokens_page(ctx: &Ctx, form: Option<&Form>, fresh: String, error: Option<&Error>) -> Result<String> {
    let t = ctx.t();
    let shell = Shell::public(ctx, "tokens-title").await?.crumb(t.t("profile-title"), "/tai-khoan");
    let shell = shell.crumb(t.t("tokens-title"), "");
    let chosen: Vec<&str> = form.iter().flat_map(|form| form.all("pham-vi")).collect();
    ui::render(&TokensPage {
        shell,
        tokens: token_list(ctx).await?,
        scopes: token_scopes(&ctx.app)
            .into_iter()
            .map(|scope| (scope, scope_words(t, scope), chosen.contains(&scope)))
            .collect(),
        days: DAYS.into_iter().map(|days| (days, t.n("token-days", "count", days))).collect(),
        software: form.map_or("", |form| form.text("ten")).to_owned(),
        fresh,
        problem: problem(ctx, error),
        errors: error.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, t)),
    })
}

fn scope_words(t: platform::T, scope: &str) -> String {
    let key = format!("scope-{scope}");
    if t.has(&key) { t.t(&key) } else { scope.to_owned() }
}

pub(crate) async fn create(ctx: Ctx, form: Form) -> Result<Response> {
    let scopes: Vec<String> = form.all("pham-vi").map(str::to_owned).collect();
    let done = async {
        let days = form.whole("so-ngay")?.unwrap_or(DAYS[0]);
        let tx = ctx.begin().await?;
        let text = token_insert(&ctx, &tx, form.text("ten"), &scopes, days).await?;
        tx.commit().await?;
        Ok(text)
    };
    match done.await {
        Ok(text) => Ok(page(tokens_page(&ctx, None, text, None).await?, StatusCode::OK)),
        Err(error) if shown_in_form(&error) => {
            Ok(again(&error, tokens_page(&ctx, Some(&form), String::new(), Some(&error)).await?))
        }
        Err(error) => Err(error),
    }
}

pub(crate) async fn delete(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let tx = ctx.begin().await?;
    token_delete(&ctx, &tx, id).await?;
    tx.commit().await?;
    Ok(Note::new("token-deleted").see_other("/tai-khoan/ma-truy-cap"))
}
