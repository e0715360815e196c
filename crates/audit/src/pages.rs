//! The record as pages: a list with filters, the state of the chain, and a file to take away.

use crate::list::{Filter as Wanted, Listed, list};
use crate::verify::{Checked, last_check, verify_and_keep};
use crate::{AccountNames, Entry, record};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use platform::http::{download, html, see_other};
use platform::{Ctx, Error, Message, Result, Uuid};
use serde_json::json;
use std::collections::HashMap;
use ui::{Cell, Column, Empty, Filter, Kind, Row, Shell, Status, Table};

const PAGE: i64 = 50;
/// One file holds at most so many entries; the next one begins where it ends.
const FILE: i64 = 50_000;
const HERE: &str = "/lam-viec/nhat-ky";

#[derive(Template)]
#[template(path = "record.html")]
struct RecordPage {
    shell: Shell,
    table: Table,
    state: Status,
    state_words: String,
    may_export: bool,
    export_url: String,
}

/// The filter as it stands in the address.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    #[serde(rename = "tai-khoan")]
    account: String,
    #[serde(rename = "viec")]
    action: String,
    #[serde(rename = "doi-tuong")]
    object: String,
    #[serde(rename = "ngay")]
    day: String,
    sau: String,
}

impl Asked {
    /// # Errors
    /// At the field that cannot be read.
    fn wanted(&self) -> Result<Wanted> {
        let id = |text: &str, field: &'static str| match text {
            "" => Ok(None),
            text => text.parse::<Uuid>().map(Some).map_err(|_| Error::field(field, "audit-id-wrong")),
        };
        let day = match self.day.as_str() {
            "" => None,
            text => Some(vntext::date_parse(text).map_err(|_| Error::field("ngay", "error-date"))?),
        };
        Ok(Wanted {
            account_id: id(&self.account, "tai-khoan")?,
            action: Some(self.action.clone()).filter(|action| !action.is_empty()),
            object_id: id(&self.object, "doi-tuong")?,
            from: day,
            to: day,
            before: self.sau.parse().ok(),
        })
    }
}

pub(crate) async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response> {
    let t = ctx.t();
    let mut found = list(&ctx, &asked.wanted()?, PAGE + 1).await?;
    let more = found.len() as i64 > PAGE;
    found.truncate(PAGE as usize);
    let names = names(&ctx, &found).await?;
    let shell = Shell::of(&ctx, "audit-title").await?;
    let mut table = Table::new(&shell, "audit", t.t("audit-title"));
    table.columns = vec![
        Column::new("so", t.t("audit-seq"), Kind::Name),
        Column::new("luc", t.t("audit-at"), Kind::Date),
        Column::new("ai", t.t("audit-who"), Kind::Text),
        Column::new("viec", t.t("audit-action"), Kind::Text),
        Column::new("doi-tuong", t.t("audit-object"), Kind::Text),
        Column::new("chi-tiet", t.t("audit-detail"), Kind::Text),
    ];
    table.filters = vec![
        Filter::text("tai-khoan", t.t("audit-account-id"), asked.account.as_str()),
        Filter::text("viec", t.t("audit-action"), asked.action.as_str()),
        Filter::text("doi-tuong", t.t("audit-object-id"), asked.object.as_str()),
        Filter::text("ngay", t.t("audit-day"), asked.day.as_str()),
    ];
    table.next = found.last().filter(|_| more).map(|last| last.seq.to_string());
    table.rows = found.iter().map(|entry| row(&ctx, entry, &names)).collect();
    table.empty = Empty { title: t.t("audit-empty"), text: t.t("audit-empty-how"), ..Empty::default() };
    let (state, state_words) = state(&ctx, last_check(&ctx).await?);
    let query = ctx.path.split_once('?').map_or("", |(_, query)| query);
    let export_url = format!("{HERE}/tai-ve?{query}");
    let may_export = ctx.may("audit.export");
    Ok(html(ui::render(&RecordPage { shell, table, state, state_words, may_export, export_url })?))
}

fn row(ctx: &Ctx, entry: &Listed, names: &HashMap<Uuid, String>) -> Row {
    let t = ctx.t();
    let who = match entry.account_id {
        None => Cell::text(t.t("audit-system")),
        Some(id) => {
            let name = names.get(&id).cloned().unwrap_or_else(|| t.t("audit-unknown-account"));
            Cell::link(&name, &format!("{HERE}?tai-khoan={id}"))
        }
    };
    let cells = vec![
        Cell::number(t, entry.seq),
        Cell::text(t.moment(entry.at)),
        who,
        Cell::link(&words(t, "did-", &entry.action), &format!("{HERE}?viec={}", entry.action))
            .under(&entry.action),
        Cell::link(&words(t, "about-", &entry.kind), &format!("{HERE}?doi-tuong={}", entry.object_id))
            .under(entry.object_id.to_string()),
        Cell::text(brief(&entry.detail)).under(&entry.hash[..16.min(entry.hash.len())]),
    ];
    Row { id: entry.seq.to_string(), url: None, cells }
}

/// What was done, and to what, in words; what has none yet is named by its code.
fn words(t: platform::T, family: &str, code: &str) -> String {
    let key = format!("{family}{}", code.replace('.', "-"));
    if t.has(&key) { t.t(&key) } else { code.to_owned() }
}

/// The detail on one line: lists by how long they are. The file to take away holds every word.
fn brief(detail: &str) -> String {
    let Ok(serde_json::Value::Object(parts)) = serde_json::from_str(detail) else {
        return detail.chars().take(200).collect();
    };
    let words = parts.iter().map(|(name, value)| match value {
        serde_json::Value::Array(list) if list.len() > 3 => format!("{name}: {}", list.len()),
        serde_json::Value::Array(list) => {
            let list: Vec<String> = list.iter().map(plain_word).collect();
            format!("{name}: {}", list.join(", "))
        }
        other => format!("{name}: {}", plain_word(other)),
    });
    words.collect::<Vec<_>>().join(" · ").chars().take(300).collect()
}

fn plain_word(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// How the chain was found when it was last read.
fn state(ctx: &Ctx, checked: Option<Checked>) -> (Status, String) {
    let t = ctx.t();
    match checked {
        None => (Status::Soon, t.t("audit-never-verified")),
        Some(Checked { at, entries, broken_at: None }) => {
            let at = t.moment(at);
            (Status::Done, t.a("audit-holds", &[("count", entries.into()), ("at", at.into())]))
        }
        Some(Checked { at, broken_at: Some(seq), .. }) => {
            let at = t.moment(at);
            (Status::Late, t.a("audit-broken", &[("seq", seq.into()), ("at", at.into())]))
        }
    }
}

async fn names(ctx: &Ctx, entries: &[Listed]) -> Result<HashMap<Uuid, String>> {
    let mut ids: Vec<Uuid> = entries.iter().filter_map(|entry| entry.account_id).collect();
    ids.sort_unstable();
    ids.dedup();
    match ctx.app.offers::<AccountNames>().next() {
        Some(AccountNames(of)) => of(ctx, &ids).await,
        None => Ok(HashMap::new()),
    }
}

/// Reads the chain from end to end now, and says so on the page.
pub(crate) async fn verify(ctx: Ctx) -> Result<Response> {
    verify_and_keep(&ctx).await?;
    Ok(see_other(HERE))
}

/// The entries of the filter as CSV. Taking the record away is itself recorded.
pub(crate) async fn export(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response> {
    let entries = list(&ctx, &asked.wanted()?, FILE).await?;
    let names = names(&ctx, &entries).await?;
    let bytes = csv(&entries, &names)?;
    let tx = ctx.begin().await?;
    let detail = json!({ "entries": entries.len() });
    record(&ctx, &tx, Entry { action: "audit.export", kind: "audit", id: ctx.commune, detail }).await?;
    tx.commit().await?;
    let name = Message::new("audit-file").with("day", ctx.today().to_string()).text(ctx.t());
    Ok(download(&format!("{name}.csv"), "text/csv; charset=utf-8", bytes))
}

fn csv(entries: &[Listed], names: &HashMap<Uuid, String>) -> Result<Vec<u8>> {
    // The mark tells Excel that the text is UTF-8.
    let mut writer = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    let head = ["seq", "at", "account_id", "account", "action", "kind", "object_id", "detail", "hash"];
    writer.write_record(head).map_err(Error::internal)?;
    for entry in entries {
        let account = entry.account_id.map_or_else(String::new, |id| id.to_string());
        let name = entry.account_id.and_then(|id| names.get(&id)).map_or("", String::as_str);
        let (seq, at, object) = (entry.seq.to_string(), entry.at.to_rfc3339(), entry.object_id.to_string());
        let line = [
            &seq,
            &at,
            &account,
            &plain(name),
            &entry.action,
            &entry.kind,
            &object,
            &entry.detail,
            &entry.hash,
        ];
        writer.write_record(line).map_err(Error::internal)?;
    }
    writer.into_inner().map_err(|e| Error::internal(e.to_string()))
}

/// A text that a spreadsheet does not take for a formula.
fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text.to_owned() }
}
