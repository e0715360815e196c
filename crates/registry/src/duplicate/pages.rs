//! Pages of duplicates: open pairs, two rows side by side, merged or told apart, and parted again.

use super::{Candidate, Merge, Reason, different, list as open_pairs, merge, scan, undo};
use crate::find::person_path;
use crate::lists;
use crate::person::{self, NewPerson, Person, RawPerson};
use crate::show::{Words, fresh_key, param};
use crate::version::How;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use platform::area::{get, post};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Message, Result, Route, T, Tx, Uuid};
use std::collections::HashMap;
use ui::{Html, Shell, Status};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/trung", "duplicate.list", list),
        post("/lam-viec/trung/tim", "duplicate.decide", look),
        get("/lam-viec/trung/{first}/{second}", "duplicate.list", compare),
        post("/lam-viec/trung/{first}/{second}/gop", "duplicate.merge", join),
        post("/lam-viec/trung/{first}/{second}/khac", "duplicate.decide", apart),
        post("/lam-viec/trung/hoan-tac/{log}", "duplicate.undo", take_back),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "registry-menu-duplicates",
        url: "/lam-viec/trung",
        icon: "copy",
        action: "duplicate.list",
        group: "registry-menu-group",
        order: 130,
    }
}

const PAIRS: i64 = 50;

/// A pair in the list.
struct Pair {
    url: String,
    first: String,
    second: String,
    line: String,
    reason: Html,
}

#[derive(Template)]
#[template(path = "duplicate/list.html")]
struct ListPage {
    shell: Shell,
    pairs: Vec<Pair>,
    next: String,
    may_look: bool,
}

async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let before = read_cursor(param(&query, "sau"));
    let found = open_pairs(&ctx, before.as_ref(), PAIRS + 1).await?;
    let more = found.len() > PAIRS as usize;
    let found = &found[..found.len().min(PAIRS as usize)];
    let ids: Vec<Uuid> = found.iter().flat_map(|pair| [pair.first_id, pair.second_id]).collect();
    let people = if ids.is_empty() { Vec::new() } else { person::get_many(&ctx, &ids).await? };
    let people: HashMap<Uuid, Person> = people.into_iter().map(|person| (person.id, person)).collect();
    let words = Words::today(&ctx).await?;
    let pairs = found.iter().filter_map(|pair| {
        let (first, second) = (people.get(&pair.first_id)?, people.get(&pair.second_id)?);
        Some(Pair {
            url: pair_path(pair.first_id, pair.second_id),
            first: first.facts.full_name.clone(),
            second: second.facts.full_name.clone(),
            line: line(&words, first, second),
            reason: reason(t, pair.reason),
        })
    });
    let next = found
        .last()
        .filter(|_| more)
        .map(|last| format!("/lam-viec/trung?sau={}_{}_{}", last.score, last.first_id, last.second_id));
    let shell = Shell::of(&ctx, "registry-duplicates").await?.crumb(t.t("registry-duplicates"), "");
    let page = ListPage {
        pairs: pairs.collect(),
        next: next.unwrap_or_default(),
        may_look: ctx.may("duplicate.decide"),
        shell,
    };
    Ok(html(ui::render(&page)?))
}

fn read_cursor(text: &str) -> Option<Candidate> {
    let mut parts = text.split('_');
    let score = parts.next()?.parse().ok()?;
    let (first_id, second_id) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(Candidate { first_id, second_id, reason: Reason::Namesake, score })
}

fn pair_path(first: Uuid, second: Uuid) -> String {
    format!("/lam-viec/trung/{first}/{second}")
}

fn line(words: &Words, first: &Person, second: &Person) -> String {
    let place = |person: &Person| {
        format!("{}, {}", person.facts.birth_date.format("%Y"), words.village(person.place.village_id))
    };
    format!("{} · {}", place(first), place(second))
}

fn reason(t: T, reason: Reason) -> Html {
    let status = match reason {
        Reason::Number => Status::Late,
        Reason::NameAndBirth => Status::Soon,
        Reason::Namesake => Status::Info,
    };
    status.badge(&t.t(reason.text_key()))
}

/// Looks through the commune anew.
async fn look(ctx: Ctx) -> Result<Response> {
    let fresh = scan(&ctx).await?;
    Ok(Note::new(Message::new("registry-duplicates-looked").with("count", fresh))
        .see_other("/lam-viec/trung"))
}

/// One field of both rows.
struct Line {
    field: &'static str,
    label: String,
    first: String,
    second: String,
    differs: bool,
    /// The officer may take the dropped row's value over.
    choice: bool,
}

/// One of the two rows.
struct Side {
    id: Uuid,
    name: String,
    code: String,
    url: String,
    revision: i64,
    present: bool,
}

#[derive(Template)]
#[template(path = "duplicate/compare.html")]
struct ComparePage {
    shell: Shell,
    path: String,
    keys: [String; 2],
    sides: [Side; 2],
    lines: Vec<Line>,
    wrong: String,
}

async fn compare(ctx: Ctx, Path((first, second)): Path<(Uuid, Uuid)>) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx, first, second).await?)?))
}

async fn page(ctx: &Ctx, first: Uuid, second: Uuid) -> Result<ComparePage> {
    let t = ctx.t();
    let words = Words::today(ctx).await?;
    let (one, other) = (person::get(ctx, first).await?, person::get(ctx, second).await?);
    let lines = lines(&words, &one, &other);
    let side = |person: Person| Side {
        url: person_path(person.id),
        id: person.id,
        present: person.state == person::State::Present,
        name: person.facts.full_name,
        code: person.code,
        revision: person.revision,
    };
    let shell = Shell::of(ctx, "registry-compare").await?;
    let shell = shell.crumb(t.t("registry-duplicates"), "/lam-viec/trung").crumb(t.t("registry-compare"), "");
    let keys = [fresh_key(ctx), fresh_key(ctx)];
    Ok(ComparePage {
        shell,
        path: pair_path(first, second),
        keys,
        sides: [side(one), side(other)],
        lines,
        wrong: String::new(),
    })
}

/// Numbers stand masked here too: equal or not is what the officer has to see.
fn lines(words: &Words, one: &Person, other: &Person) -> Vec<Line> {
    let t = words.t;
    let raw = |person: &Person| RawPerson::of(&person.facts, &person.place);
    let (a, b) = (raw(one), raw(other));
    let mut lines: Vec<Line> = person::FIELDS
        .iter()
        .map(|(field, _)| {
            let (first, second) = (a.text(field), b.text(field));
            let differs = first != second;
            // Numbers belong to the row, the place to the household: the officer chooses by choosing the row.
            let row_only = ["personal_no", "previous_no", "relation", "residence"].contains(field);
            Line {
                field,
                label: t.t(person::pages::story::label_key(field)),
                choice: differs && !row_only && !first.is_empty() && !second.is_empty(),
                first: said(words, field, &first),
                second: said(words, field, &second),
                differs,
            }
        })
        .collect();
    let place = |person: &Person| words.village(person.place.village_id);
    let (first, second) = (place(one), place(other));
    lines.push(Line {
        field: "village",
        label: t.t("registry-village"),
        differs: first != second,
        choice: false,
        first,
        second,
    });
    lines
}

/// A value of a field in words, masked as lists mask it, but the birth date in full: it is what decides.
fn said(words: &Words, field: &str, value: &str) -> String {
    let (t, lists) = (words.t, &words.lists);
    if value.is_empty() {
        return t.t("ui-nothing");
    }
    match field {
        "sex" => person::Sex::parse(value).map_or_else(String::new, |sex| t.t(sex.text_key())),
        "residence" => {
            person::Residence::parse(value).map_or_else(String::new, |residence| t.t(residence.text_key()))
        }
        "relation" => words.label(&lists.relation, value),
        "ethnic" => words.label(&lists.ethnic, value),
        "education" => words.label(&lists.education, value),
        "smartphone" | "payment_account" => words.yes(true),
        "full_name" | "birth" | "insurance_until" | "occupation" => value.to_owned(),
        field => words.declaration.mask(field, value),
    }
}

async fn join(ctx: Ctx, Path((first, second)): Path<(Uuid, Uuid)>, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = run_join(&ctx, &tx, first, second, &form).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, first, second, error).await,
    }
}

async fn run_join(ctx: &Ctx, tx: &Tx, first: Uuid, second: Uuid, form: &Form) -> Result<(String, Note)> {
    let kept = form.id("giu-lai")?.ok_or_else(|| Error::field("giu-lai", "registry-keep-which"))?;
    if kept != first && kept != second {
        return Err(Error::field("giu-lai", "registry-keep-which"));
    }
    let dropped = if kept == first { second } else { first };
    let revision = |id: Uuid| {
        form.text(&format!("phien-ban-{id}"))
            .parse::<i64>()
            .map_err(|_| Error::invalid("error-form-without-revision"))
    };
    let mut kept_revision = revision(kept)?;
    if take_over(ctx, tx, kept, dropped, kept_revision, form).await? {
        kept_revision += 1;
    }
    let log = merge(ctx, tx, &Merge { kept: (kept, kept_revision), dropped: (dropped, revision(dropped)?) })
        .await?;
    Ok((person_path(kept), Note::new("registry-merged").undo(format!("/lam-viec/trung/hoan-tac/{log}"))))
}

/// Corrects the kept row first where the officer chose the other row's value. True when anything was chosen.
async fn take_over(
    ctx: &Ctx,
    tx: &Tx,
    kept: Uuid,
    dropped: Uuid,
    revision: i64,
    form: &Form,
) -> Result<bool> {
    let (to, from) = (person::get(ctx, kept).await?, person::get(ctx, dropped).await?);
    let mut fields = RawPerson::of(&to.facts, &to.place).to_map();
    let other = RawPerson::of(&from.facts, &from.place);
    let chosen: Vec<&str> = form.all("lay").filter(|field| fields.contains_key(*field)).collect();
    let chosen: Vec<&str> = chosen
        .into_iter()
        .filter(|field| !["personal_no", "previous_no", "relation", "residence"].contains(field))
        .collect();
    for field in &chosen {
        fields.insert((*field).to_owned(), other.text(field).into());
    }
    if chosen.is_empty() {
        return Ok(false);
    }
    let new = NewPerson::check(&RawPerson::from_map(fields), &*lists::load(ctx)?, ctx.today())
        .map_err(Error::fields)?;
    person::update(ctx, tx, kept, revision, new, &How::correct("")).await?;
    Ok(true)
}

async fn again(ctx: &Ctx, first: Uuid, second: Uuid, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    let t = ctx.t();
    let mut page = page(ctx, first, second).await?;
    let fields: Vec<String> = error.fields.iter().map(|one| one.message.text(t)).collect();
    page.wrong = if fields.is_empty() { error.message.text(t) } else { fields.join(" ") };
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

async fn apart(ctx: Ctx, Path((first, second)): Path<(Uuid, Uuid)>, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = different(&ctx, &tx, first, second).await;
    let done = done.map(|()| ("/lam-viec/trung".to_owned(), Note::new("registry-told-apart")));
    settle(&ctx, key, tx, done).await?
}

/// Sent by the button of the note, which carries no key: the log says whether it was parted already.
async fn take_back(ctx: Ctx, Path(log): Path<Uuid>) -> Result<Response> {
    let tx = ctx.begin().await?;
    undo(&ctx, &tx, log).await?;
    tx.commit().await?;
    Ok(Note::new("registry-parted").see_other("/lam-viec/trung"))
}
