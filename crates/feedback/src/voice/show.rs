//! One matter: what was said, and all that an officer may do with it.

use super::card::{Card, card};
use super::model::{Standing, Why};
use super::rules::{self, Open};
use super::{PATH, store};
use crate::kinds::Kinds;
use crate::store::{self as reports, Asked, Which};
use askama::Template;
use audit::Entry;
use axum::extract::Path;
use axum::response::Response;
use messages::channel::voice;
use platform::http::html;
use platform::{Ctx, Error, Result, Uuid, files};
use ui::back::Back;
use ui::{FieldErrors, Html, Shell};
use units::drawing::{Drawing, Pin};
use units::place::Ground;

/// Open reports among which one is picked that says the same.
const OTHERS: i64 = 60;

#[derive(Template)]
#[template(path = "voice-show.html")]
struct ShowPage {
    shell: Shell,
    path: String,
    badge: Html,
    talk: Card,
    closed: bool,
    waiting: bool,
    may_restore: bool,
    /// The report that it became, or "".
    report: String,
    report_code: String,
    /// Earlier matters of the same person.
    before: Vec<(String, String)>,
    map: Option<Drawing>,
    kinds: Vec<(String, String)>,
    villages: Vec<(String, String)>,
    others: Vec<(String, String)>,
    whys: Vec<(String, String)>,
    typed: Typed,
    revision: i64,
    keys: [String; 5],
    errors: FieldErrors,
    wrong: String,
}

/// What stands in the form of a report: guessed first, typed later.
struct Typed {
    kind: String,
    village: String,
    place: String,
    words: String,
    name: String,
    tells: bool,
    answer: String,
    how: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let open = rules::find(&ctx, &ctx.app.db, id).await?;
    if open.one.closed {
        // Each look at what accuses somebody stands in the record before the answer.
        let tx = ctx.begin().await?;
        let detail = serde_json::json!({});
        audit::record(&ctx, &tx, Entry { action: "feedback.look", kind: "feedback_voice", id, detail })
            .await?;
        tx.commit().await?;
    }
    Ok(html(ui::render(&page(&ctx, &open, Back::default()).await?)?))
}

/// The page again with what was wrong with a form of it.
pub(super) async fn drawn(ctx: &Ctx, id: Uuid, back: Back) -> Result<String> {
    let open = rules::find(ctx, &ctx.app.db, id).await?;
    ui::render(&page(ctx, &open, back).await?)
}

async fn page(ctx: &Ctx, open: &Open, back: Back) -> Result<ShowPage> {
    let t = ctx.t();
    let kinds = Kinds::load(ctx)?;
    let ground = Ground::load(ctx).await?;
    let shell = Shell::of(ctx, "feedback-voice-one").await?;
    let shell = shell.crumb(t.t("feedback-work"), crate::work::PATH).crumb(t.t("feedback-voices"), PATH);
    let shell = shell.crumb(t.t("feedback-voice-one"), "");
    let one = &open.one;
    let may = |kind: &&crate::kinds::Kind| kind.way.is_some() == one.closed;
    let named = |kind: &crate::kinds::Kind| (kind.code.clone(), kind.name(ctx.lang).to_owned());
    let report = match one.report_id {
        Some(id) => reports::by_ids(ctx, &[id]).await?.pop(),
        None => None,
    };
    let key = || ctx.new_id().to_string();
    Ok(ShowPage {
        path: one.path(),
        badge: one.badge(ctx),
        talk: card(ctx, open, false).await?,
        closed: one.closed,
        waiting: one.state == Standing::Waiting,
        may_restore: matches!(one.state, Standing::Aside | Standing::Answered),
        report: report.as_ref().map(crate::Report::work_path).unwrap_or_default(),
        report_code: report.map(|report| report.code).unwrap_or_default(),
        before: before(ctx, open).await?,
        map: open.point().and_then(|at| {
            let mut map = Drawing::of(t, &ground, t.t("feedback-map-one"))?;
            map.pins = vec![Pin { at, url: one.path(), name: String::new(), look: "open", sign: "" }];
            Some(map)
        }),
        kinds: kinds.kind.iter().filter(may).map(named).collect(),
        villages: ground.options(),
        others: if one.closed { Vec::new() } else { others(ctx, &kinds, &ground, open).await? },
        whys: Why::ALL.iter().map(|why| (why.code().to_owned(), t.t(why.text_key()))).collect(),
        typed: typed(&kinds, &ground, open, &back),
        revision: one.revision,
        keys: [key(), key(), key(), key(), key()],
        errors: back.errors,
        wrong: back.wrong,
        shell,
    })
}

/// The kind by the words, the village by the place or by its name in the words.
fn typed(kinds: &Kinds, ground: &Ground, open: &Open, back: &Back) -> Typed {
    let words = open.words();
    let closed = open.one.closed;
    let guess =
        if closed { kinds.lawful_way(&words).and_then(|way| kinds.of_way(way)) } else { kinds.guess(&words) };
    let folded = format!(" {} ", vntext::fold(&words));
    let at = open.point().and_then(|point| ground.village_at(point)).map(|unit| unit.id.to_string());
    let told = || {
        let options = ground.options();
        let named =
            options.into_iter().find(|(_, name)| folded.contains(&format!(" {} ", vntext::fold(name))));
        named.map(|(id, _)| id)
    };
    Typed {
        kind: back.or("loai", guess.map_or(if closed { "" } else { "other" }, |kind| &kind.code)),
        village: back.or("thon", &at.or_else(told).unwrap_or_default()),
        place: back.or("cho", ""),
        words: back.or("noi-dung", &words),
        name: back.or("ten", ""),
        tells: if back.fresh() { open.talk.way == voice::Way::Message } else { back.text("bao") == "1" },
        answer: back.or("loi", ""),
        how: back.or("cach", ""),
    }
}

/// What this person wrote about before.
async fn before(ctx: &Ctx, open: &Open) -> Result<Vec<(String, String)>> {
    let all = store::of_talk(ctx, &ctx.app.db, open.talk.id).await?;
    let may =
        |one: &&super::Matter| one.number < open.one.number && (!one.closed || ctx.may("feedback.closed"));
    let t = ctx.t();
    let named = |one: &super::Matter| {
        (one.path(), format!("{} ({})", t.moment(one.heard_at), t.t(one.state.text_key()).to_lowercase()))
    };
    Ok(all.iter().filter(may).map(named).collect())
}

/// Open reports, those of the same kind first.
async fn others(ctx: &Ctx, kinds: &Kinds, ground: &Ground, open: &Open) -> Result<Vec<(String, String)>> {
    let guess = kinds.guess(&open.words()).map(|kind| kind.code.clone()).unwrap_or_default();
    let asked = Asked { which: Which::Open, ..Asked::default() };
    let mut found = reports::list(ctx, &asked, None, OTHERS).await?;
    found.sort_by_key(|report| report.kind != guess);
    let named = |report: &crate::Report| {
        let village = ground.name(report.village_id);
        (report.id.to_string(), format!("{} · {} · {village}", report.code, report.short(60)))
    };
    Ok(found.iter().map(named).collect())
}

#[derive(Template)]
#[template(path = "work-contact.html")]
struct WhoPage {
    shell: Shell,
    value: String,
}

/// Who wrote it: opened by a click that is recorded.
pub(super) async fn who(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let open = rules::find(&ctx, &ctx.app.db, id).await?;
    let tx = ctx.begin().await?;
    let detail = serde_json::json!({ "closed": open.one.closed });
    audit::record(&ctx, &tx, Entry { action: "feedback.contact", kind: "feedback_voice", id, detail })
        .await?;
    tx.commit().await?;
    let shell = Shell::of(&ctx, "feedback-contact").await?;
    Ok(html(ui::render(&WhoPage { shell, value: open.talk.who() })?))
}

pub(super) async fn picture(ctx: Ctx, Path((id, picture)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let open = rules::find(&ctx, &ctx.app.db, id).await?;
    let all = voice::pictures_of(&ctx, &ctx.app.db, &[open.talk.id]).await?;
    let mine =
        |one: &voice::Picture| one.id == picture && open.lines.iter().any(|line| line.id == one.line_id);
    let file = all.into_iter().find(mine).and_then(|one| one.file_id).ok_or_else(Error::not_found)?;
    let found = files::find(&ctx, &ctx.app.db, file).await?;
    let bytes = files::read(&ctx, &found).await?;
    Ok(platform::http::file(&found.name, &found.media_type, bytes))
}
