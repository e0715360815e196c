//! What is past its term, the decisions, and carrying one out.

use super::PATH;
use super::model::{Deciding, Disposal, State};
use super::{rules, store};
use crate::workfile::list::until;
use crate::workfile::model::WorkFile;
use crate::workfile::terms::Terms;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::clock::local_date;
use platform::http::{Form, Note, html};
use platform::{Ctx, Result, Tx, Uuid, files};
use ui::back::{self, Back};
use ui::{FieldErrors, Html, Shell};

const DECISIONS: i64 = 50;

struct Line {
    id: String,
    url: String,
    code: String,
    title: String,
    closed: String,
    until: String,
    chosen: bool,
}

fn line(ctx: &Ctx, terms: &Terms, one: &WorkFile) -> Line {
    Line {
        id: one.id.to_string(),
        url: one.path(),
        code: one.code.clone(),
        title: one.title.clone(),
        closed: one.closed_at.map(|at| ctx.t().date(local_date(at))).unwrap_or_default(),
        until: until(ctx, terms, one),
        chosen: false,
    }
}

struct Decision {
    url: String,
    name: String,
    line: String,
    badge: Html,
}

#[derive(Template)]
#[template(path = "disposal-list.html")]
struct ListPage {
    shell: Shell,
    unverified: bool,
    lines: Vec<Line>,
    decisions: Vec<Decision>,
    may_decide: bool,
    number: String,
    day: String,
    signer: String,
    key: String,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    Ok(html(listed(&ctx, Back::default()).await?))
}

async fn listed(ctx: &Ctx, back: Back) -> Result<String> {
    let (t, terms) = (ctx.t(), Terms::load(ctx)?);
    let chosen: Vec<&str> = back.sent().map(|sent| sent.all("ho-so").collect()).unwrap_or_default();
    let lines = rules::due(ctx).await?;
    let lines = lines.iter().map(|one| {
        let line = line(ctx, &terms, one);
        Line { chosen: chosen.contains(&line.id.as_str()), ..line }
    });
    let decision = |one: Disposal| Decision {
        url: one.path(),
        name: t.s("office-disposal-name", "number", &one.decision_no),
        line: format!("{} · {}", t.date(one.decided_on), one.signer),
        badge: one.badge().badge(&t.t(one.state.text_key())),
    };
    ui::render(&ListPage {
        shell: Shell::of(ctx, "office-disposal-menu").await?,
        unverified: terms.unverified,
        lines: lines.collect(),
        decisions: store::list(ctx, DECISIONS).await?.into_iter().map(decision).collect(),
        may_decide: ctx.may("workfile.archive"),
        number: back.text("so-quyet-dinh").to_owned(),
        day: back.text("ngay-quyet-dinh").to_owned(),
        signer: back.text("nguoi-ky").to_owned(),
        key: back::key(ctx),
        errors: back.errors,
        wrong: back.wrong,
    })
}

pub(super) async fn decide(ctx: Ctx, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| {
        let said = Deciding {
            number: sent.text("so-quyet-dinh").to_owned(),
            on: sent.date("ngay-quyet-dinh")?,
            signer: sent.text("nguoi-ky").to_owned(),
            files: sent.all("ho-so").filter_map(|id| id.parse().ok()).collect(),
        };
        let one = rules::decide(&ctx, tx, said).await?;
        Ok((one.path(), Note::new("office-disposal-recorded")))
    };
    back::act(&ctx, &sent, rule, async |back| listed(&ctx, back).await).await
}

#[derive(Template)]
#[template(path = "disposal-show.html")]
struct ShowPage {
    shell: Shell,
    path: String,
    badge: Html,
    facts: Vec<(String, String)>,
    lines: Vec<Line>,
    decided: bool,
    may_destroy: bool,
    keys: [String; 2],
    revision: i64,
    wrong: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    Ok(html(shown(&ctx, id, Back::default()).await?))
}

async fn shown(ctx: &Ctx, id: Uuid, back: Back) -> Result<String> {
    let (t, terms) = (ctx.t(), Terms::load(ctx)?);
    let (one, all) = rules::show(ctx, id).await?;
    let name = t.s("office-disposal-name", "number", &one.decision_no);
    let shell = Shell::of(ctx, &name).await?;
    let ids: Vec<Uuid> = [Some(one.made_by), one.ended_by].into_iter().flatten().collect();
    let names = identity::account_names(ctx, &ids).await?;
    let by = |at, id: Option<Uuid>| {
        format!("{} · {}", t.moment(at), id.and_then(|id| names.get(&id).cloned()).unwrap_or_default())
    };
    let facts = [
        ("office-disposal-day", t.date(one.decided_on)),
        ("office-disposal-signer", one.signer.clone()),
        ("office-transfer-made-at", by(one.made_at, Some(one.made_by))),
        ("office-transfer-ended-at", one.ended_at.map(|at| by(at, one.ended_by)).unwrap_or_default()),
        ("office-transfer-files", t.number(all.len() as i64)),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let words: Vec<String> = back.errors.iter().map(|(_, text)| text.clone()).collect();
    ui::render(&ShowPage {
        shell: shell.crumb(t.t("office-disposal-menu"), PATH).crumb(&name, ""),
        path: one.path(),
        badge: one.badge().badge(&t.t(one.state.text_key())),
        facts: facts.map(|(key, value)| (t.t(key), value)).collect(),
        lines: all.iter().map(|file| line(ctx, &terms, file)).collect(),
        decided: one.state == State::Decided,
        may_destroy: ctx.may("workfile.destroy"),
        keys: [back::key(ctx), back::key(ctx)],
        revision: one.revision,
        wrong: if words.is_empty() { back.wrong } else { words.join(" ") },
    })
}

/// The bytes go only when the decision stands as carried out.
pub(super) async fn destroy(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let mut gone = Vec::new();
    let rule = async |tx: &Tx| {
        let (one, digests) = rules::destroy(&ctx, tx, id, sent.revision()?).await?;
        gone = digests;
        Ok((one.path(), Note::new("office-disposal-destroyed")))
    };
    let answer = back::act(&ctx, &sent, rule, async |back| shown(&ctx, id, back).await).await?;
    files::forget(&ctx, &gone).await?;
    Ok(answer)
}

pub(super) async fn drop(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| {
        let one = rules::drop(&ctx, tx, id, sent.revision()?).await?;
        Ok((one.path(), Note::new("office-disposal-dropped")))
    };
    back::act(&ctx, &sent, rule, async |back| shown(&ctx, id, back).await).await
}
