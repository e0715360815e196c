//! The page on which one complains and reads the answers, for both doors.

use super::model::{Complaint, Kind};
use super::policy::Policy;
use super::rules::DENOUNCE;
use crate::dossier::{self, Dossier, Given};
use askama::Template;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, html};
use platform::{Ctx, Error, Result};
use ui::{FieldErrors, Html, Shell};

/// The door by which somebody came.
#[derive(Debug, Clone)]
pub(super) struct Door {
    /// Where the form goes.
    pub action: String,
    /// Where one came from.
    pub back: String,
    /// The digits that prove it; `""` for somebody who is signed in.
    pub digits: String,
}

/// A complaint for its sender.
pub(super) struct Line {
    pub kind: String,
    pub sent: String,
    pub due: String,
    pub badge: Html,
    pub body: String,
    pub answer: String,
    pub apology: bool,
    pub files: Vec<(String, String)>,
    /// Where a POST takes it back; `""` when it is over.
    pub withdraw: String,
    /// Where a POST says how the answer was; `""` when that is done or not to be said.
    pub rate: String,
    pub rated: String,
    pub keys: [String; 2],
}

impl Line {
    pub fn files(&self) -> &[(String, String)] {
        &self.files
    }

    pub fn keys(&self) -> &[String; 2] {
        &self.keys
    }
}

#[derive(Template)]
#[template(path = "complaint.html")]
pub(super) struct Page {
    shell: Shell,
    door: Door,
    code: String,
    lines: Vec<Line>,
    kinds: Vec<(String, String)>,
    kind: String,
    body: String,
    denounce: String,
    /// Somebody chose it: the words stand out.
    denounced: bool,
    key: String,
    errors: FieldErrors,
    wrong: String,
}

/// What was typed, and what is wrong with it.
#[derive(Default)]
pub(super) struct Typed<'a> {
    pub kind: &'a str,
    pub body: &'a str,
    pub error: Option<&'a Error>,
}

pub(super) async fn page(
    ctx: &Ctx,
    one: &Dossier,
    door: Door,
    all: Vec<Complaint>,
    typed: Typed<'_>,
) -> Result<Response> {
    let t = ctx.t();
    let shell = Shell::public(ctx, "onestop-complain").await?;
    let shell = if door.digits.is_empty() {
        shell.crumb(t.t("onestop-menu-mine"), "/ho-so-cua-toi").crumb(&one.code, &door.back)
    } else {
        shell.crumb(t.t("onestop-track"), "/ho-so").crumb(&one.code, &door.back)
    };
    let policy = Policy::load(ctx)?;
    let mut kinds: Vec<(String, String)> =
        policy.kinds().map(|kind| (kind.code().to_owned(), t.t(kind.text_key()))).collect();
    kinds.push((DENOUNCE.to_owned(), t.t("onestop-complaint-kind-denounce")));
    let mut lines = Vec::new();
    for complaint in all {
        lines.push(line(ctx, one, &door, complaint).await?);
    }
    let wrong = typed.error.filter(|error| error.fields.is_empty()).map(|error| error.message.text(t));
    let page = Page {
        shell: shell.crumb(t.t("onestop-complain"), ""),
        code: one.code.clone(),
        lines,
        kinds,
        denounced: typed.kind == DENOUNCE,
        denounce: policy.denounce.of(ctx.lang).to_owned(),
        kind: typed.kind.to_owned(),
        body: typed.body.to_owned(),
        key: ctx.new_id().to_string(),
        errors: typed.error.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, t)),
        wrong: wrong.unwrap_or_default(),
        door,
    };
    let status = typed.error.map_or(http::StatusCode::OK, |error| error.kind.status());
    Ok((status, html(ui::render(&page)?)).into_response())
}

async fn line(ctx: &Ctx, dossier: &Dossier, door: &Door, one: Complaint) -> Result<Line> {
    let t = ctx.t();
    let (status, word) = one.badge(ctx.now);
    let path = format!("{}/{}", door.action, one.id);
    let signed_in = door.digits.is_empty();
    let files = if signed_in { files(ctx, dossier, &one, &path).await? } else { Vec::new() };
    let answered = !one.answer.is_empty();
    Ok(Line {
        kind: t.t(one.kind.text_key()),
        sent: t.moment(one.sent_at),
        due: if one.open() { t.moment(one.due_at) } else { String::new() },
        badge: status.badge(&t.t(word)),
        withdraw: if one.open() { format!("{path}/rut") } else { String::new() },
        rate: if signed_in && answered && one.rating.is_none() {
            format!("{path}/danh-gia")
        } else {
            String::new()
        },
        rated: one.rating.map(|rating| t.t(&format!("onestop-rating-{rating}"))).unwrap_or_default(),
        // Digits are a weak proof: what was written is not shown for them, only what came of it.
        body: if signed_in { one.body } else { String::new() },
        answer: one.answer,
        apology: one.apology,
        files,
        keys: [ctx.new_id().to_string(), ctx.new_id().to_string()],
    })
}

/// What came with a complaint: address and name.
pub(super) async fn files(
    ctx: &Ctx,
    dossier: &Dossier,
    one: &Complaint,
    path: &str,
) -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for row in dossier::given(ctx, &ctx.app.db, dossier.id, Given::Complaint).await? {
        if row.paper_key == one.id.to_string() {
            let file = platform::files::find(ctx, &ctx.app.db, row.file_id).await?;
            files.push((format!("{path}/giay/{}", row.id), file.name));
        }
    }
    Ok(files)
}

/// Whether a page of a dossier came with this complaint.
pub(super) async fn came_with(
    ctx: &Ctx,
    dossier: platform::Uuid,
    one: &Complaint,
    paper: platform::Uuid,
) -> Result<()> {
    let row = dossier::paper_one(ctx, dossier, paper).await?;
    let with = row.kind == Given::Complaint && row.paper_key == one.id.to_string();
    if with { Ok(()) } else { Err(Error::not_found()) }
}

/// What was typed into the form.
pub(super) fn typed<'a>(sent: &'a Form, error: &'a Error) -> Typed<'a> {
    Typed { kind: sent.text("loai"), body: sent.text("noi-dung"), error: Some(error) }
}

/// A few words for the dossier's own page: kind and how it stands.
pub(super) fn short(ctx: &Ctx, one: &Complaint) -> (String, Html) {
    let (status, word) = one.badge(ctx.now);
    (ctx.t().t(Kind::text_key(one.kind)), status.badge(&ctx.t().t(word)))
}
