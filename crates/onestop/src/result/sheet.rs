//! A paper becomes a PDF, by the layout in force (`data/document-layout`). The same row gives the same bytes, so that a
//! file signed elsewhere can be compared with what was given out.

use super::model::{Paper, State};
use super::template::{begun, commune};
use chrono::{DateTime, Datelike, Utc};
use platform::{Ctx, Error, Lang, Result, T};
use std::collections::BTreeMap;
use typeset::decree30::{self, Form, Layout, Room};

/// The paper as PDF: with "DỰ THẢO" across it and without number and date while it is a draft.
///
/// # Errors
/// A layout that does not fit, or a text that cannot be set.
pub(super) async fn pdf(ctx: &Ctx, paper: &Paper) -> Result<Vec<u8>> {
    let (sheet, files, at) = whole(ctx, paper).await?;
    let work = move || sheet.pdf(&files, at);
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.map_err(Error::internal)
}

/// Where the leader's signature stands on it.
///
/// # Errors
/// As [`pdf`].
pub(super) async fn room(ctx: &Ctx, paper: &Paper) -> Result<Option<Room>> {
    let (sheet, files, at) = whole(ctx, paper).await?;
    let work = move || sheet.room(&files, at);
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.map_err(Error::internal)
}

/// The words of a paper, its drawing, and the moment that it names.
type Whole = (decree30::Paper, BTreeMap<String, Vec<u8>>, DateTime<Utc>);

async fn whole(ctx: &Ctx, paper: &Paper) -> Result<Whole> {
    let template = begun(ctx, &paper.template, paper.template_from)?;
    let day = paper.numbered_at.map(platform::clock::local_date);
    let layout =
        ctx.app.law.in_force::<Layout>("document-layout", day.unwrap_or_else(|| ctx.today()))?.content;
    let name = commune(ctx).await?;
    let t = T(Lang::Vi);
    let draft = paper.state == State::Draft;
    let url = format!("{}{}", ctx.app.config.base_url(), paper.check_path());
    let issuer = layout.heading.issuer.iter().map(|line| line.replace("{COMMUNE}", &name.to_uppercase()));
    let role = if paper.signer_role.is_empty() { "chairman" } else { &paper.signer_role };
    let dated = day.map_or_else(|| decree30::undated(ctx.today().year()), decree30::dated);
    let receivers: Vec<String> = paper.receivers.lines().map(str::to_owned).collect();
    let sheet = decree30::Paper {
        form: Form::Named,
        draft,
        above: Vec::new(),
        issuer: issuer.collect(),
        number: paper.number.map_or_else(|| "      ".to_owned(), decree30::number),
        symbol: format!("/{}", paper.symbol),
        place_and_date: format!("{}, {dated}", decree30::bare(&name)),
        title: template.heading.clone(),
        subject: paper.subject.clone(),
        stamp: String::new(),
        circulation: String::new(),
        landscape: false,
        appendices: Vec::new(),
        attached: String::new(),
        to: Vec::new(),
        authority: Vec::new(),
        grounds: Vec::new(),
        blocks: decree30::blocks(&paper.body),
        signer: layout.signer.get(role).cloned().unwrap_or_default(),
        signer_name: paper.signer_name.clone(),
        receivers: if receivers.is_empty() { receivers } else { decree30::receivers(&receivers, "") },
        contact: Vec::new(),
        code: if draft { String::new() } else { t.s("onestop-paper-qr", "code", &paper.code) },
        note: vec![t.t("onestop-paper-signed-note"), t.s("onestop-paper-check-note", "url", &url)],
        layout: Layout::clone(&layout),
    };
    let drawing = ui::qr::svg(&url, "")?.0.replacen("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", 1);
    let at = paper.numbered_at.unwrap_or(ctx.now);
    Ok((sheet, BTreeMap::from([("code.svg".to_owned(), drawing.into_bytes())]), at))
}
