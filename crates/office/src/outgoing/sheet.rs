//! A document becomes a paper by the layout in force, and the paper a PDF or a Word file. The same row gives the same bytes,
//! so that a file signed elsewhere can be compared with what was given out.

use super::kinds::{Chosen, Issuer, Kinds};
use super::model::{Document, Draft, addressed};
use super::word;
use crate::books::Books;
use chrono::{Datelike, NaiveDate};
use platform::clock::local_date;
use platform::{Ctx, Error, Result};
use std::collections::BTreeMap;
use typeset::decree30::{self, Block, Form, Layout, Paper, Room};
use units::Kind;

/// The paper of a document: with "DỰ THẢO" across it and blanks for number and date before it is numbered.
///
/// # Errors
/// A layout that does not fit.
pub(super) async fn paper(ctx: &Ctx, one: &Document) -> Result<Paper> {
    let chosen = Kinds::chosen(ctx, one.kinds_from, &one.issuer, &one.kind)?;
    let chosen = chosen.ok_or_else(|| Error::internal("a document of no kind"))?;
    let day = one.numbered_at.map(local_date);
    let mut paper = drafted(ctx, &one.content, &chosen, day.unwrap_or_else(|| ctx.today())).await?;
    if let (Some(number), Some(day)) = (one.number, day) {
        paper.draft = false;
        paper.number = decree30::number(number);
        paper.symbol.clone_from(&one.symbol);
        let place = paper.place_and_date.split(',').next().unwrap_or_default();
        paper.place_and_date = format!("{place}, {}", decree30::dated(day));
    }
    paper.signer_name.clone_from(&one.signer_name);
    Ok(paper)
}

/// The paper of a draft.
async fn drafted(ctx: &Ctx, draft: &Draft, chosen: &Chosen, day: NaiveDate) -> Result<Paper> {
    let (issuer, kind) = (chosen.issuer(), chosen.kind());
    let layout = ctx.app.law.in_force::<Layout>(&issuer.layout, day)?.content;
    let names = Names::load(ctx, day).await?;
    let lines = |text: &str| text.lines().map(|line| addressed(line).0).collect::<Vec<String>>();
    let whole = |text: &str| text.lines().map(str::to_owned).collect::<Vec<String>>();
    let mut blocks = decree30::blocks(&draft.body);
    let decided = blocks
        .iter()
        .any(|block| matches!(block, Block::Middle { runs } if decree30::plain(runs).ends_with(':')));
    if !kind.decides.is_empty() && !decided {
        blocks.insert(0, Block::Middle { runs: decree30::runs(&kind.decides) });
    }
    let to = if kind.to { lines(&draft.to) } else { Vec::new() };
    Ok(Paper {
        form: kind.form,
        draft: true,
        above: names.all(&layout.heading.above),
        issuer: names.all(&layout.heading.issuer),
        number: "      ".to_owned(),
        symbol: chosen.symbol(&draft.field),
        place_and_date: format!("{}, {}", decree30::bare(&names.commune), decree30::undated(day.year())),
        title: if kind.form == Form::Letter { String::new() } else { kind.name.to_uppercase() },
        subject: draft.subject.clone(),
        circulation: draft.circulation.clone(),
        landscape: draft.landscape,
        appendices: decree30::appendices(&draft.appendices),
        attached: attached(&kind.name, &names.whose(&layout)),
        stamp: Books::load(ctx)?.stamp(draft.urgency).unwrap_or_default().to_owned(),
        to: if to.len() > 1 { decree30::ended(&to) } else { to },
        authority: if kind.decides.is_empty() { Vec::new() } else { names.all(&issuer.authority) },
        grounds: decree30::ended(&whole(&draft.grounds)),
        blocks,
        signer: signed_by(&layout, issuer, &draft.signer),
        signer_name: String::new(),
        receivers: decree30::receivers(
            &lines(&draft.receivers),
            &decree30::copies(&draft.mark, draft.copies),
        ),
        contact: if kind.form == Form::Letter { contact(ctx).await? } else { Vec::new() },
        code: String::new(),
        note: Vec::new(),
        layout: Layout::clone(&layout),
    })
}

/// Below the title of an appendix. Number and day are left free, as the decree has it for electronic documents.
fn attached(kind: &str, issuer: &str) -> String {
    let free = "\u{a0}".repeat(8);
    format!("Kèm theo {kind} số{free}ngày{free}tháng{free}năm{free}của {issuer}")
}

/// Address, telephone and e-mail of the commune, as far as they are known: at the foot of a công văn (box 13).
async fn contact(ctx: &Ctx) -> Result<Vec<String>> {
    let Some(ui::CommuneHead(head)) = ctx.app.offers::<ui::CommuneHead>().next() else {
        return Ok(Vec::new());
    };
    let commune = head(ctx).await?;
    let known = [("Địa chỉ", commune.address), ("Điện thoại", commune.phone), ("Thư điện tử", commune.email)];
    let known = known.into_iter().filter(|(_, value)| !value.trim().is_empty());
    let line = known.map(|(name, value)| format!("{name}: {}", value.trim())).collect::<Vec<_>>().join("; ");
    Ok(if line.is_empty() { Vec::new() } else { vec![line] })
}

fn signed_by(layout: &Layout, issuer: &Issuer, role: &str) -> Vec<String> {
    let role = if role.is_empty() { issuer.signers.first().map_or("", String::as_str) } else { role };
    layout.signer.get(role).cloned().unwrap_or_default()
}

/// The lines above the signature: for whom, and the office held.
pub(super) fn signed(ctx: &Ctx, one: &Document) -> Result<Vec<String>> {
    let chosen = Kinds::chosen(ctx, one.kinds_from, &one.issuer, &one.kind)?;
    let chosen = chosen.ok_or_else(|| Error::internal("a document of no kind"))?;
    let day = one.numbered_at.map_or_else(|| ctx.today(), local_date);
    let layout = ctx.app.law.in_force::<Layout>(&chosen.issuer().layout, day)?.content;
    Ok(signed_by(&layout, chosen.issuer(), &one.content.signer))
}

/// What stands in braces in the files of the law.
struct Names {
    /// With its level.
    commune: String,
    province: String,
}

impl Names {
    async fn load(ctx: &Ctx, day: NaiveDate) -> Result<Names> {
        let unit = units::list(ctx, Kind::Commune, day).await?.into_iter().next();
        let unit = unit.ok_or_else(|| Error::internal("no unit of the commune"))?;
        let above = units::ancestors(ctx, unit.id, day).await?;
        let province = above.into_iter().find(|one| one.kind == Kind::Province).map(|one| one.name);
        Ok(Names { commune: decree30::commune(&unit.name), province: province.unwrap_or_default() })
    }

    /// The issuer as it is called inside a sentence.
    fn whose(&self, layout: &Layout) -> String {
        let words = self.all(&layout.heading.issuer).join(" ").to_lowercase();
        let words = words.replace(&self.commune.to_lowercase(), &self.commune);
        let mut letters = words.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }

    fn all(&self, lines: &[String]) -> Vec<String> {
        let known = lines.iter().filter(|line| !self.province.is_empty() || !line.contains("{PROVINCE}"));
        let filled = known.map(|line| {
            let line = line.replace("{COMMUNE}", &self.commune.to_uppercase());
            line.replace("{PROVINCE}", &self.province.to_uppercase())
        });
        filled.collect()
    }
}

/// Never inside a transaction.
pub(super) async fn pdf(ctx: &Ctx, one: &Document) -> Result<Vec<u8>> {
    let (paper, at) = (paper(ctx, one).await?, one.numbered_at.unwrap_or(one.updated_at));
    let work = move || paper.pdf(&BTreeMap::new(), at);
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.map_err(Error::internal)
}

/// Where the leader's signature stands on that PDF.
pub(super) async fn room(ctx: &Ctx, one: &Document) -> Result<Option<Room>> {
    let (paper, at) = (paper(ctx, one).await?, one.numbered_at.unwrap_or(one.updated_at));
    let work = move || paper.room(&BTreeMap::new(), at);
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.map_err(Error::internal)
}

pub(super) async fn docx(ctx: &Ctx, one: &Document) -> Result<Vec<u8>> {
    let (paper, at) = (paper(ctx, one).await?, one.numbered_at.unwrap_or(one.updated_at));
    let work = move || word::document(&paper).file(at);
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.map_err(Error::internal)
}

/// The name of its commune, for the place of a signature.
pub(super) async fn place(ctx: &Ctx) -> Result<String> {
    Ok(Names::load(ctx, ctx.today()).await?.commune)
}
