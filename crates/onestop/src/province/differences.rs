//! What differs between a file and what stands here, side by side; the officer ticks and takes over.

use super::compare::Differs;
use super::model::{Counts, Fate, Line, Take};
use super::{rules, store};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, html, see_other, settle, start};
use platform::{Ctx, Message, Result, Uuid};
use std::collections::HashSet;
use ui::Shell;

/// Rows that are shown at once: what is left comes after the first ones are taken over.
const SHOWN: usize = 500;

/// One thing, here and there.
struct Pair {
    name: String,
    ours: String,
    theirs: String,
}

/// A row that is new or differs.
struct Shown {
    ticket: String,
    number: u32,
    code: String,
    url: String,
    what: String,
    pairs: Vec<Pair>,
}

impl Shown {
    fn pairs(&self) -> &[Pair] {
        &self.pairs
    }
}

/// A row that cannot be used.
struct Refused {
    number: u32,
    code: String,
    why: String,
}

#[derive(Template)]
#[template(path = "province-differences.html")]
struct DifferencesPage {
    shell: Shell,
    path: String,
    key: String,
    file_name: String,
    as_of: String,
    counts: Vec<(String, String)>,
    new: Vec<Shown>,
    changed: Vec<Shown>,
    older: Vec<Shown>,
    wrong: Vec<Refused>,
    /// Rows beyond those that are shown.
    more: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let take = store::find(&ctx, &ctx.app.db, id).await?;
    if !take.mapped {
        return Ok(see_other(&format!("{}/cot", take.path())));
    }
    let rows = rules::rows(&ctx, &take).await?;
    let lines = rules::lines(&ctx, &ctx.app.db, &take, rows).await?;
    Ok(html(ui::render(&page(&ctx, &take, &lines).await?)?))
}

async fn page(ctx: &Ctx, take: &Take, lines: &[Line]) -> Result<DifferencesPage> {
    let t = ctx.t();
    let shell = Shell::of(ctx, "onestop-province-differences").await?;
    let shell = shell.crumb(t.t("onestop-menu-province"), "/lam-viec/doi-chieu").crumb(&take.file_name, "");
    let counts = Counts::of(lines);
    let named = [
        ("onestop-province-new", counts.new),
        ("onestop-province-changed", counts.changed),
        ("onestop-province-same", counts.same),
        ("onestop-province-older", counts.older),
        ("onestop-province-wrong", counts.wrong),
    ];
    let of = |fate: Fate| lines.iter().filter(move |line| line.fate == fate);
    let mut room = SHOWN;
    let mut some = |fate: Fate| {
        let these: Vec<Shown> = of(fate).take(room).map(|line| shown(ctx, line)).collect();
        room -= these.len();
        these
    };
    let (new, changed) = (some(Fate::New), some(Fate::Changed));
    let open = lines.iter().filter(|line| line.is_open()).count();
    let hidden = open - new.len() - changed.len();
    let refused = |line: &Line| Refused {
        number: line.row.number,
        code: line.row.code.clone(),
        why: line.row.wrong.iter().map(|why| why.text(t)).collect::<Vec<_>>().join(" "),
    };
    Ok(DifferencesPage {
        path: take.path(),
        key: ctx.new_id().to_string(),
        file_name: take.file_name.clone(),
        as_of: t.moment(take.as_of),
        counts: named.into_iter().map(|(key, count)| (t.t(key), t.number(count))).collect(),
        older: of(Fate::Older).take(SHOWN).map(|line| shown(ctx, line)).collect(),
        wrong: of(Fate::Wrong).take(SHOWN).map(refused).collect(),
        more: if hidden > 0 { t.n("onestop-province-more", "count", hidden) } else { String::new() },
        new,
        changed,
        shell,
    })
}

fn shown(ctx: &Ctx, line: &Line) -> Shown {
    let t = ctx.t();
    let none = "–".to_owned();
    let differs = line.differs();
    let says = |what: Differs| line.ours.is_none() || differs.contains(&what);
    let mut pairs = Vec::new();
    let mut pair = |key: &str, ours: Option<String>, theirs: Option<String>| {
        let filled =
            |text: Option<String>| text.filter(|text| !text.is_empty()).unwrap_or_else(|| none.clone());
        pairs.push(Pair { name: t.t(key), ours: filled(ours), theirs: filled(theirs) });
    };
    let ours = line.ours.as_ref();
    if says(Differs::Status) {
        let word = |status: crate::dossier::Status| t.t(status.text_key());
        pair("onestop-province-field-status", ours.map(|one| word(one.status)), line.row.status.map(word));
    }
    if says(Differs::Due) && (line.due.is_some() || ours.is_some()) {
        let day = |at| t.moment(at);
        pair("onestop-province-field-due", ours.and_then(|one| one.due_at).map(day), line.due.map(day));
    }
    if says(Differs::Receiver) && !line.row.receiver.is_empty() {
        let held = Some(line.our_receiver.clone());
        pair("onestop-province-field-receiver", held, Some(line.row.receiver.clone()));
    }
    let what = match ours {
        Some(one) => one.subject.clone(),
        None => format!("{} · {}", line.row.applicant, line.procedure),
    };
    Shown {
        ticket: line.ticket(),
        number: line.row.number,
        code: line.row.code.clone(),
        url: ours.map(crate::dossier::Dossier::path).unwrap_or_default(),
        what,
        pairs,
    }
}

pub(super) async fn apply(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let take = store::find(&ctx, &ctx.app.db, id).await?;
    let rows = rules::rows(&ctx, &take).await?;
    let tickets: HashSet<String> = sent.all("chon").map(str::to_owned).collect();
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::apply(&ctx, &tx, id, rows, &tickets).await;
    let done = done.map(|applied| {
        let note = Message::new("onestop-province-applied")
            .with("count", applied.new)
            .with("total", applied.changed)
            .with("done", applied.left);
        (take.path(), Note::new(note))
    });
    settle(&ctx, key, tx, done).await?
}
