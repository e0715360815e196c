//! An article on the work side: how it stands, what may be done with it, what happened, its versions.

use super::model::{Article, Draft};
use super::pass::{self, May, may};
use super::sections::Sections;
use super::{WORK, store};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveTime, TimeZone, Utc};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Tx, Uuid, clock};
use similar::{ChangeTag, TextDiff};
use std::collections::HashMap;
use ui::{FieldErrors, Html, Shell};

struct Line {
    who: String,
    what: String,
    at: String,
    note: String,
}

struct Saved {
    serial: i64,
    who: String,
    at: String,
    compare: String,
}

#[derive(Template)]
#[template(path = "news-show.html")]
struct ShowPage {
    shell: Shell,
    path: String,
    edit_path: String,
    title: String,
    summary: String,
    body: Html,
    badge: Html,
    facts: Vec<(String, String)>,
    public: String,
    preview: String,
    message: String,
    bulletin: String,
    page_ready: bool,
    cover_missing: bool,
    alt_missing: bool,
    lines: Vec<Line>,
    versions: Vec<Saved>,
    may: May,
    keys: [String; 5],
    revision: i64,
    typed: HashMap<String, String>,
    errors: FieldErrors,
    wrong: String,
}

impl ShowPage {
    fn typed(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx, id).await?)?))
}

async fn page(ctx: &Ctx, id: Uuid) -> Result<ShowPage> {
    let one = store::find(ctx, &ctx.app.db, id).await?;
    let t = ctx.t();
    let events = store::events(ctx, id).await?;
    let versions = store::versions(ctx, id).await?;
    let people = events
        .iter()
        .filter_map(|one| one.account_id)
        .chain(versions.iter().filter_map(|one| one.account_id));
    let people: Vec<Uuid> = people.chain(one.drafted_by).chain(one.approved_by).collect();
    let names = identity::account_names(ctx, &people).await?;
    let name = |id: Option<Uuid>| id.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
    let media = store::media(ctx, &ctx.app.db, id).await?;
    let line = |event: super::model::Event| Line {
        who: name(event.account_id),
        what: t.t(event.happened.text_key()),
        at: t.moment(event.at),
        note: event.note,
    };
    let saved = |version: &super::model::Version| Saved {
        serial: version.serial,
        who: name(version.account_id),
        at: t.moment(version.at),
        compare: match version.serial {
            1 => String::new(),
            serial => format!("{}/so-sanh?truoc={}&sau={serial}", one.work_path(), serial - 1),
        },
    };
    let published = one.state == super::model::State::Published;
    let pictures = || media.iter().filter(|one| one.kind == super::model::MediaKind::Picture);
    Ok(ShowPage {
        shell: Shell::of(ctx, "news-menu")
            .await?
            .titled(&one.content.title)
            .crumb(t.t("news-menu"), WORK)
            .crumb(&one.content.title, ""),
        path: one.work_path(),
        edit_path: format!("{}/soan", one.work_path()),
        title: one.content.title.clone(),
        summary: one.content.summary.clone(),
        body: Html(one.html.clone()),
        badge: one.state.status().badge(&t.t(one.state.text_key())),
        facts: facts(ctx, &one, &name).await?,
        public: if published { one.path() } else { String::new() },
        preview: if published {
            String::new()
        } else {
            format!("{}{}", ctx.app.config.base_url(), one.preview_path())
        },
        message: message(ctx, &one),
        bulletin: one.bulletin_id.map(|id| format!("/lam-viec/thong-bao/{id}")).unwrap_or_default(),
        page_ready: messages::channel::ready(ctx).await?.contains(&messages::channel::Channel::Facebook),
        cover_missing: one.cover_id.is_none(),
        alt_missing: pictures().any(|one| one.alt.is_empty()),
        versions: versions.iter().map(saved).collect(),
        lines: events.into_iter().map(line).collect(),
        may: may(ctx, &one),
        keys: std::array::from_fn(|_| ctx.new_id().to_string()),
        revision: one.revision,
        typed: HashMap::new(),
        errors: FieldErrors::default(),
        wrong: String::new(),
    })
}

async fn facts(
    ctx: &Ctx,
    one: &Article,
    name: &impl Fn(Option<Uuid>) -> String,
) -> Result<Vec<(String, String)>> {
    let t = ctx.t();
    let moment = |at: Option<DateTime<Utc>>| at.map(|at| t.moment(at)).unwrap_or_default();
    let scheduled = one.state == super::model::State::Scheduled;
    let english = if one.content.title_en.is_empty() { "news-english-none" } else { "news-english-there" };
    let read = super::voice::recording(ctx, one.id).await?;
    let read_aloud = read.map(|read| match read.state {
        speech::State::Done => format!("{} · {}", t.t(read.state.text_key()), read.length()),
        speech::State::Failed => format!("{}. {}", t.t(read.state.text_key()), t.t(&read.why)),
        speech::State::Waiting => t.t(read.state.text_key()),
    });
    let read_aloud = read_aloud.unwrap_or_default();
    let all = [
        ("news-section", Sections::load(ctx)?.name(&one.section, ctx.lang)),
        ("news-writer", name(one.drafted_by)),
        ("news-author", one.content.author.clone()),
        ("news-source", one.content.source.clone()),
        ("news-tags", one.content.tags.clone()),
        ("news-english", t.t(english)),
        ("news-approved-by", name(one.approved_by)),
        ("news-publish-at", if scheduled { moment(one.publish_at) } else { String::new() }),
        ("news-published-at", moment(one.published_at)),
        ("news-views", if one.published_at.is_some() { t.number(one.views) } else { String::new() }),
        ("news-down-why", one.reason.clone()),
        ("news-read-aloud", read_aloud),
    ];
    Ok(all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (t.t(key), value)).collect())
}

/// The form of a message to groups, with the article's words in it.
fn message(ctx: &Ctx, one: &Article) -> String {
    if !ctx.may("bulletin.send") || one.state != super::model::State::Published {
        return String::new();
    }
    let body = format!("{}\n\n{}{}", one.content.summary, ctx.app.config.base_url(), one.path());
    let words = [("tieu-de", one.content.title.as_str()), ("noi-dung", body.as_str())];
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(words).finish();
    format!("/lam-viec/thong-bao/moi?{query}")
}

async fn act<F>(ctx: &Ctx, id: Uuid, sent: &Form, note: &'static str, rule: F) -> Result<Response>
where
    F: AsyncFnOnce(&Tx) -> Result<Article>,
{
    let (key, tx) = match start(ctx, sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rule(&tx).await.map(|one| (one.work_path(), Note::new(note)));
    match settle(ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) if matches!(error.kind, Kind::Invalid | Kind::Conflict) => {
            let mut page = page(ctx, id).await?;
            page.errors = FieldErrors::from_error(&error, ctx.t());
            if error.fields.is_empty() {
                page.wrong = error.message.text(ctx.t());
            }
            page.typed = sent.pairs().iter().cloned().collect();
            Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn submit(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| pass::submit(&ctx, tx, id, sent.revision()?).await;
    act(&ctx, id, &sent, "news-submitted", rule).await
}

pub(super) async fn approve(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| {
        let at = hour(&sent)?;
        pass::approve(&ctx, tx, id, sent.revision()?, at, sent.ticked("len-trang")).await
    };
    act(&ctx, id, &sent, "news-approved", rule).await
}

/// The day and the hour of publishing; none for now.
fn hour(sent: &Form) -> Result<Option<DateTime<Utc>>> {
    let Some(day) = sent.date("ngay-dang")? else { return Ok(None) };
    let text = match sent.text("gio-dang").trim() {
        "" => "07:00".to_owned(),
        text => text.replace(['h', 'H'], ":"),
    };
    let text = if text.ends_with(':') { format!("{text}00") } else { text };
    let time =
        NaiveTime::parse_from_str(&text, "%H:%M").map_err(|_| Error::field("gio-dang", "news-hour-wrong"))?;
    let local = clock::vietnam().from_local_datetime(&day.and_time(time)).single();
    Ok(Some(local.ok_or_else(|| Error::field("gio-dang", "news-hour-wrong"))?.to_utc()))
}

pub(super) async fn send_back(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| pass::send_back(&ctx, tx, id, sent.revision()?, sent.text("ly-do")).await;
    act(&ctx, id, &sent, "news-returned", rule).await
}

pub(super) async fn take_down(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| pass::take_down(&ctx, tx, id, sent.revision()?, sent.text("ly-do-go")).await;
    act(&ctx, id, &sent, "news-taken-down", rule).await
}

pub(super) async fn post_page(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| pass::post(&ctx, tx, id, sent.revision()?).await;
    act(&ctx, id, &sent, "news-posted", rule).await
}

#[derive(Template)]
#[template(path = "news-compare.html")]
struct ComparePage {
    shell: Shell,
    path: String,
    older: String,
    newer: String,
    parts: Vec<(String, Vec<Html>)>,
}

/// Two versions: lines that went and came, with the words that changed in them.
pub(super) async fn compare(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let serial = |name: &str| query.get(name).and_then(|text| text.parse::<i64>().ok());
    let (older, newer) = serial("truoc").zip(serial("sau")).ok_or_else(Error::not_found)?;
    let (older, newer) = (store::version(&ctx, id, older).await?, store::version(&ctx, id, newer).await?);
    let t = ctx.t();
    let told = |one: &super::model::Version| {
        format!("{}, {}", t.n("news-version", "count", one.serial), t.moment(one.at))
    };
    let shell = Shell::of(&ctx, "news-compare").await?.crumb(t.t("news-menu"), WORK);
    let page = ComparePage {
        shell: shell.crumb(&one.content.title, &one.work_path()).crumb(t.t("news-compare"), ""),
        path: one.work_path(),
        older: told(&older),
        newer: told(&newer),
        parts: parts(&ctx, &older.content, &newer.content),
    };
    Ok(html(ui::render(&page)?))
}

/// What a reader would compare of a draft.
type Member = fn(&Draft) -> String;

fn parts(ctx: &Ctx, older: &Draft, newer: &Draft) -> Vec<(String, Vec<Html>)> {
    let members: [(&str, Member); 7] = [
        ("news-title", |one| one.title.clone()),
        ("news-summary", |one| one.summary.clone()),
        ("news-body", |one| one.body.clone()),
        ("news-title-en", |one| one.title_en.clone()),
        ("news-summary-en", |one| one.summary_en.clone()),
        ("news-body-en", |one| one.body_en.clone()),
        ("news-rest", |one| {
            [&one.section, &one.tags, &one.author, &one.source].map(String::as_str).join("\n")
        }),
    ];
    let changed = members.iter().filter(|(_, pick)| pick(older) != pick(newer));
    changed.map(|(key, pick)| (ctx.t().t(key), lines(&pick(older), &pick(newer)))).collect()
}

fn lines(older: &str, newer: &str) -> Vec<Html> {
    let (older, newer) = (format!("{older}\n"), format!("{newer}\n"));
    let diff = TextDiff::from_lines(older.as_str(), newer.as_str());
    let mut all = Vec::new();
    for change in diff.ops().iter().flat_map(|op| diff.iter_inline_changes(op).collect::<Vec<_>>()) {
        let words = change.iter_strings_lossy().map(|(changed, words)| {
            let words = Html::text(words.trim_end_matches('\n')).0;
            let mark = changed && change.tag() != ChangeTag::Equal && !words.is_empty();
            if mark { format!("<mark>{words}</mark>") } else { words }
        });
        let words: String = words.collect();
        if !words.is_empty() {
            all.push(Html(match change.tag() {
                ChangeTag::Equal => words,
                ChangeTag::Delete => format!("<del>{words}</del>"),
                ChangeTag::Insert => format!("<ins>{words}</ins>"),
            }));
        }
    }
    all
}
