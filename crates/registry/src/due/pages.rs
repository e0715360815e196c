//! The overview of the lists, and one list.

use super::ask::{after, ask, carried, cursor, filters, window_words};
use super::form::{self, DueForm};
use super::model::{By, Due, Rule, find, load};
use super::rules::{self, How, chosen};
use super::store::{Ask, Notice, Only, Person, count_due, list as list_of};
use crate::person::Precision;
use crate::show::sheet::{Format, ROWS_MAX, Sheet};
use crate::work::{self, LINES, Query, account_names, village_name, village_options};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, html, see_other};
use platform::once::{self, Once};
use platform::{Ctx, Error, Kind, Message, Result, Uuid};
use std::collections::HashMap;
use ui::{BulkAction, Cell, Column, Empty, Shell, Status, Table};
use units::Unit;
use vnsheet::Value;

struct Line {
    name: String,
    what: String,
    url: String,
    icon: &'static str,
    window: String,
    count: String,
    badge: ui::Html,
}

#[derive(Template)]
#[template(path = "due/overview.html")]
struct Overview {
    shell: Shell,
    lines: Vec<Line>,
}

pub async fn overview(ctx: Ctx) -> Result<Response> {
    let shell = Shell::of(&ctx, "registry-due-title").await?;
    let t = ctx.t();
    let mut lines = Vec::new();
    for rule in &*load(&ctx)? {
        let mut ask = Ask {
            rule,
            window: rule.usual(ctx.today()),
            scope: &ctx.scope,
            village: None,
            only: Only::All,
            ids: None,
        };
        let all = count_due(&ctx, &ask).await?.count;
        ask.only = Only::Open;
        let open = count_due(&ctx, &ask).await?.count;
        let badge = match (all, open) {
            (0, _) => Status::Off.badge(&t.t("registry-due-nobody")),
            (_, 0) => Status::Done.badge(&t.t("registry-due-all-invited")),
            (_, open) => Status::Waiting.badge(&t.n("registry-due-open-count", "count", open)),
        };
        let words = rule.words(ctx.lang);
        lines.push(Line {
            name: words.name.clone(),
            what: words.what.clone(),
            url: format!("/lam-viec/den-han/{}", rule.code),
            icon: icon_of(rule),
            window: window_words(rule, ask.window),
            count: t.n("registry-due-people", "count", all),
            badge,
        });
    }
    Ok(html(ui::render(&Overview { shell, lines })?))
}

fn icon_of(rule: &Rule) -> &'static str {
    match rule.by {
        By::Insurance => "heart-pulse",
        By::Year if rule.school => "graduation-cap",
        By::Year => "shield",
        By::Birthday => "cake",
    }
}

#[derive(Template)]
#[template(path = "due/list.html")]
struct ListPage {
    shell: Shell,
    table: Table,
    what: String,
    basis: String,
    unverified: bool,
    window: String,
    /// Where the invitations of everybody who was not invited are made; `""` when there is nobody.
    print_all: String,
    key: Uuid,
    message: String,
    message_status: Status,
}

pub async fn list(
    ctx: Ctx,
    Path(code): Path<String>,
    axum::extract::Query(asked): Query,
) -> Result<Response> {
    let rule = find(&ctx, &code)?;
    if let Some(format) = asked.format() {
        return export(&ctx, &rule, &asked, format).await;
    }
    page(&ctx, &rule, &asked, String::new()).await
}

async fn page(ctx: &Ctx, rule: &Rule, asked: &work::Asked, message: String) -> Result<Response> {
    let words = rule.words(ctx.lang);
    let t = ctx.t();
    let shell = Shell::of(ctx, &words.name)
        .await?
        .crumb(t.t("registry-due-title"), "/lam-viec/den-han")
        .crumb(&words.name, "");
    let villages = work::villages(ctx, &ctx.scope).await?;
    let ask = ask(rule, asked, ctx, &ctx.scope, &villages)?;
    let limit = usize::try_from(LINES).unwrap_or(50);
    let mut people = list_of(ctx, &ask, after(asked.text("sau")), limit + 1).await?;
    let count = count_due(ctx, &ask).await?;
    let may_invite = ctx.may("due.send");
    let mut table = Table::new(&shell, "due", &words.name);
    if people.len() > limit {
        people.truncate(limit);
        table.next = people.last().map(cursor);
    }
    let form = form::of_list(ctx, rule).await?.filter(|form| form.by_reader.is_some());
    table.columns = columns(ctx, rule, form.is_some());
    table.filters = filters(ctx, rule, asked, village_options(ctx, &villages));
    (table.count, table.capped) = (u64::try_from(count.count).ok(), count.capped);
    let names = inviters(ctx, &people).await?;
    table.rows = people.iter().map(|person| row(ctx, person, &villages, &names, form.as_ref())).collect();
    table.export = ctx.may("due.export");
    table.empty =
        Empty { title: t.t("registry-due-empty-title"), text: t.t("registry-due-empty"), ..Empty::default() };
    let base = format!("/lam-viec/den-han/{}", rule.code);
    if may_invite {
        table.bulk_key = ctx.new_id().to_string();
        table.bulk = vec![
            BulkAction {
                label: t.t("registry-due-print"),
                url: format!("{base}/giay-moi{}", carried(asked)),
                icon: "printer",
                confirm: String::new(),
            },
            BulkAction {
                label: t.t(if ctx.scope_of("due.send").whole() {
                    "registry-due-mark"
                } else {
                    "registry-due-mark-told"
                }),
                url: format!("{base}/da-moi{}", carried(asked)),
                icon: "check",
                confirm: String::new(),
            },
        ];
    }
    let open = people.iter().any(|person| person.notice.is_none());
    let page = ListPage {
        what: words.what.clone(),
        basis: rule.basis.clone(),
        unverified: rule.unverified,
        window: window_words(rule, ask.window),
        print_all: if may_invite && open {
            format!("{base}/giay-moi{}", carried(asked))
        } else {
            String::new()
        },
        key: ctx.new_id(),
        message_status: Status::Soon,
        message,
        table,
        shell,
    };
    Ok(html(ui::render(&page)?))
}

fn columns(ctx: &Ctx, rule: &Rule, form: bool) -> Vec<Column> {
    let t = ctx.t();
    let due = if rule.by == By::Insurance { "registry-due-insurance-until" } else { "registry-due-when" };
    let mut columns = vec![
        Column::new("ten", t.t("registry-full-name"), ui::Kind::Name),
        Column::new("ngay-sinh", t.t("registry-birth-date"), ui::Kind::Masked),
        Column::new("so-dinh-danh", t.t("registry-personal-no"), ui::Kind::Masked),
        Column::new("thon", t.t("registry-village"), ui::Kind::Text),
        Column::new("den-han", t.t(due), ui::Kind::Text),
        Column::new("moi", t.t("registry-due-invited"), ui::Kind::Badge),
    ];
    if form {
        columns.push(Column::new("ho-so", t.t("registry-due-form"), ui::Kind::Text));
    }
    columns
}

fn row(
    ctx: &Ctx,
    person: &Person,
    villages: &[Unit],
    names: &HashMap<Uuid, String>,
    form: Option<&DueForm>,
) -> ui::Row {
    let t = ctx.t();
    let number = person.personal_no.as_deref().map_or_else(|| t.t("registry-due-no-number"), masked_number);
    let notice = match &person.notice {
        None => Cell::badge(Status::Waiting, &t.t("registry-due-open")),
        Some(notice) => noticed(ctx, notice, names),
    };
    let mut cells = vec![
        Cell::text(&person.full_name).under(&person.code),
        Cell::text(masked_birth(person)),
        Cell::text(number),
        Cell::text(village_name(villages, Some(person.village_id))),
        Cell::text(due_words(ctx, person)),
        notice,
    ];
    let begin = form.and_then(|form| form.begin(person.id));
    cells.extend(begin.map(|url| Cell::link(&t.t("registry-due-form-begin"), &url)));
    ui::Row { id: person.id.to_string(), url: Some(crate::find::person_path(person.id)), cells }
}

/// How somebody was invited, when and by whom.
fn noticed(ctx: &Ctx, notice: &Notice, names: &HashMap<Uuid, String>) -> Cell {
    let t = ctx.t();
    let line = |how: &str, at, who: Option<Uuid>| {
        let day = t.date(platform::clock::local_date(at));
        let who = who.and_then(|id| names.get(&id)).map_or("", String::as_str);
        format!("{how}, {day}{}{who}", if who.is_empty() { "" } else { ", " })
    };
    match notice.told_at {
        Some(at) => Cell::badge(Status::Done, &t.t("registry-due-told")).under(line(
            &t.t("registry-due-how-told"),
            at,
            notice.told_by,
        )),
        None => {
            let how = line(&t.t(How::text_key(&notice.how)), notice.invited_at, notice.account_id);
            let (status, word) = match notice.is_at_head() {
                true => (Status::Soon, "registry-due-at-head"),
                false => (Status::Done, "registry-due-done"),
            };
            Cell::badge(status, &t.t(word)).under(how)
        }
    }
}

/// Without the day: the month and the year are what the list is about.
fn masked_birth(person: &Person) -> String {
    match person.birth_precision {
        Precision::Day => format!("••/{}", person.birth_date.format("%m/%Y")),
        Precision::Month => person.birth_date.format("%m/%Y").to_string(),
        Precision::Year => person.birth_date.format("%Y").to_string(),
    }
}

/// The last three digits, as on the pages of people.
pub(super) fn masked_number(number: &str) -> String {
    let kept = number.len().saturating_sub(3);
    format!("{}{}", "•".repeat(kept), number.get(kept..).unwrap_or_default())
}

/// What is due, without the day of birth.
fn due_words(ctx: &Ctx, person: &Person) -> String {
    match person.due {
        Due::Age(age) => ctx.t().a(
            "registry-due-age",
            &[("count", age.into()), ("month", person.due_on.format("%m/%Y").to_string().into())],
        ),
        Due::Year(year) => ctx.t().s("registry-due-in-year", "year", &year.to_string()),
        Due::Insurance => ctx.t().date(person.due_on),
    }
}

async fn inviters(ctx: &Ctx, people: &[Person]) -> Result<HashMap<Uuid, String>> {
    let notices = people.iter().filter_map(|person| person.notice.as_ref());
    let mut ids: Vec<Uuid> =
        notices.flat_map(|notice| [notice.account_id, notice.told_by]).flatten().collect();
    ids.sort_unstable();
    ids.dedup();
    account_names(ctx, &ids).await
}

/// The whole list with birth dates and numbers, as a file. Whoever saves it has looked at everybody in it.
async fn export(ctx: &Ctx, rule: &Rule, asked: &work::Asked, format: Format) -> Result<Response> {
    let scope = ctx.scope_of("due.export");
    if scope.is_empty() {
        return Err(Error::forbidden());
    }
    let villages = work::villages(ctx, &scope).await?;
    let ask = ask(rule, asked, ctx, &scope, &villages)?;
    let people = list_of(ctx, &ask, None, ROWS_MAX).await?;
    let ids: Vec<Uuid> = people.iter().map(|person| person.id).collect();
    let tx = ctx.begin().await?;
    audit::viewed(ctx, &tx, &ids, "due-list", &["full_name", "birth_date", "personal_no", "address"]).await?;
    tx.commit().await?;
    let keys = [
        "registry-code",
        "registry-full-name",
        "registry-birth-date",
        "registry-sex",
        "registry-personal-no",
        "registry-village",
        "registry-address",
        "registry-due-when",
        "registry-due-invited",
    ];
    let sheet = Sheet {
        name: rule.words(ctx.lang).name.replace([':', ',', '/'], ""),
        headings: keys.iter().map(|key| ctx.t().t(key)).collect(),
        rows: people.iter().map(|person| export_row(ctx, person, &villages)).collect(),
    };
    sheet.answer(ctx, &format)
}

fn export_row(ctx: &Ctx, person: &Person, villages: &[Unit]) -> Vec<Value> {
    let birth = match person.birth_precision {
        Precision::Day => Value::Date(person.birth_date),
        Precision::Month => Value::Text(person.birth_date.format("%m/%Y").to_string()),
        Precision::Year => Value::Text(person.birth_date.format("%Y").to_string()),
    };
    vec![
        work::text(&person.code),
        work::text(&person.full_name),
        birth,
        work::text(ctx.t().t(person.sex.text_key())),
        person.personal_no.clone().map_or(Value::Empty, Value::PersonalNumber),
        work::text(village_name(villages, Some(person.village_id))),
        work::text(&person.address),
        Value::Date(person.due_on),
        work::date_or_empty(
            person.notice.as_ref().map(|notice| platform::clock::local_date(notice.invited_at)),
        ),
    ]
}

/// The list again, with what is wrong said above it.
pub(super) async fn told(ctx: &Ctx, rule: &Rule, asked: &work::Asked, error: Error) -> Result<Response> {
    let mut answer = page(ctx, rule, asked, error.message.text(ctx.t())).await?;
    *answer.status_mut() = error.kind.status();
    Ok(answer)
}

/// Notes that the chosen people were invited.
pub async fn invite(
    ctx: Ctx,
    Path(code): Path<String>,
    axum::extract::Query(asked): Query,
    form: Form,
) -> Result<Response> {
    let rule = find(&ctx, &code)?;
    let villages = work::villages(&ctx, &ctx.scope).await?;
    let mut ask = ask(&rule, &asked, &ctx, &ctx.scope, &villages)?;
    ask.ids = Some(form.all("id").filter_map(|id| id.parse().ok()).collect());
    ask.only = Only::All;
    let people = match chosen(&ctx, &ask).await {
        Err(error) if error.is(Kind::Invalid) => return told(&ctx, &rule, &asked, error).await,
        other => other?,
    };
    let url = format!("/lam-viec/den-han/{code}{}", carried(&asked));
    match once::begin(&ctx, form.key()?).await? {
        Once::Again(url) => Ok(see_other(&url)),
        Once::First(tx) => {
            let (batch, new) = rules::invite(&ctx, &tx, &ask, &people, How::parse(form.text("cach"))).await?;
            once::finish(&ctx, tx, form.key()?, &url).await?;
            let note = Note::new(Message::new("registry-due-noted").with("count", new));
            let undo = format!("/lam-viec/den-han/{code}/hoan-tac/{batch}");
            Ok(if new == 0 { note } else { note.undo(undo) }.see_other(&url))
        }
    }
}

/// Takes back one press of the button. The button *Hoàn tác* sends nothing but its address, which names the batch:
/// pressing it twice finds nothing the second time.
pub async fn take_back(ctx: Ctx, Path((code, batch)): Path<(String, Uuid)>) -> Result<Response> {
    let rule = find(&ctx, &code)?;
    let tx = ctx.begin().await?;
    let gone = rules::take_back(&ctx, &tx, batch).await?;
    tx.commit().await?;
    let note = Note::new(Message::new("registry-due-taken-back").with("count", gone));
    Ok(note.see_other(&format!("/lam-viec/den-han/{}", rule.code)))
}
