//! Who came: by the code on the screen, or checked in by the secretary.

use super::back::{Back, act, key};
use super::model::{Came, Guest, Meeting, State};
use super::{PATH, people, rules, show, store};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use platform::http::{Form, html};
use platform::{Ctx, Error, Result, T, Tx, Uuid};
use ui::{FieldErrors, Html, Shell};

struct Line {
    name: String,
    role: String,
    /// How and when; `""` for who is not here.
    came: String,
    answer: String,
}

#[derive(Template)]
#[template(path = "meeting-attend.html")]
struct AttendPage {
    shell: Shell,
    path: String,
    name: String,
    when: String,
    lines: Vec<Line>,
    present: String,
    qr: Option<Html>,
    address: String,
    /// Who is not here yet, for checking in by hand.
    absent: Vec<(String, String)>,
    chosen: String,
    key: String,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    Ok(html(page(&ctx, id, Back::default()).await?))
}

async fn page(ctx: &Ctx, id: Uuid, back: Back) -> Result<String> {
    let t = ctx.t();
    let one = store::find(ctx, &ctx.app.db, id).await?;
    if !one.runs(ctx.account()?) {
        return Err(Error::forbidden());
    }
    let guests = store::guests(ctx, &ctx.app.db, id).await?;
    let people = people::all(ctx).await?;
    let names = people::names(ctx, guests.iter().map(|guest| guest.account_id)).await?;
    let line = |guest: &Guest| Line {
        name: names.get(&guest.account_id).cloned().unwrap_or_default(),
        role: people
            .iter()
            .find(|one| one.id == guest.account_id)
            .map(|one| one.role.clone())
            .unwrap_or_default(),
        came: show::came(ctx, guest),
        answer: answered(t, guest),
    };
    let mut lines: Vec<Line> = guests.iter().map(line).collect();
    lines.sort_by_key(|line| vntext::sort_key(&line.name));
    let open = one.state == State::Open;
    let absent = guests.iter().filter(|guest| open && guest.came.is_none());
    let mut absent: Vec<(String, String)> = absent
        .map(|guest| {
            (guest.account_id.to_string(), names.get(&guest.account_id).cloned().unwrap_or_default())
        })
        .collect();
    absent.sort_by_key(|(_, name)| vntext::sort_key(name));
    let address = address(ctx, &one);
    let shell = Shell::of(ctx, "office-meeting-attendance").await?.crumb(t.t("office-meeting-menu"), PATH);
    let here = guests.iter().filter(|guest| guest.came.is_some()).count();
    ui::render(&AttendPage {
        shell: shell.crumb(&one.title, &one.path()).crumb(t.t("office-meeting-attendance"), ""),
        path: one.path(),
        when: t.moment(one.starts_at),
        lines,
        present: format!("{here}/{}", guests.len()),
        qr: qr(ctx, &one)?,
        address: address.unwrap_or_default(),
        absent,
        chosen: back.text("nguoi").to_owned(),
        key: key(ctx),
        errors: back.errors,
        wrong: back.wrong,
        name: one.title,
    })
}

/// `Vắng mặt: bận việc nhà`
fn answered(t: T, guest: &Guest) -> String {
    let answer = t.t(guest.answer.text_key());
    if guest.words.is_empty() { answer } else { format!("{answer}: {}", guest.words) }
}

/// Where one checks in, while the meeting is open.
fn address(ctx: &Ctx, one: &Meeting) -> Option<String> {
    one.code.as_ref().map(|code| format!("{}{CHECK_IN}/{code}", ctx.app.config.base_url()))
}

/// The same as a code for phones, as wide as its column: it is read across a hall, not from a label.
pub(super) fn qr(ctx: &Ctx, one: &Meeting) -> Result<Option<Html>> {
    let Some(address) = address(ctx, one) else { return Ok(None) };
    let drawn = ui::qr::svg(&address, &ctx.t().t("office-meeting-qr"))?;
    Ok(Some(Html(drawn.0.replacen("class=\"qr\" ", "", 1))))
}

/// Short, so that the code is coarse and a phone reads it from the last row.
const CHECK_IN: &str = "/diem-danh-hop";

pub(super) async fn by_hand(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let draw = async |back: Back| page(&ctx, id, back).await;
    let how = if sent.text("lam") == "thay" { Came::Deputy } else { Came::Hand };
    let rule = async |tx: &Tx| {
        let one = rules::check_in_by_hand(&ctx, tx, id, sent.id("nguoi")?, how).await?;
        Ok(one.path() + "/diem-danh")
    };
    act(&ctx, &sent, "office-meeting-checked-in", rule, draw).await
}

#[derive(Template)]
#[template(path = "meeting-here.html")]
struct HerePage {
    shell: Shell,
    good: bool,
    words: String,
    /// The room of the meeting; `""` for who has no business there.
    room: String,
}

/// Whoever reads the code from the screen is here. Opened again, nothing changes.
pub(super) async fn here(ctx: Ctx, Path(code): Path<String>) -> Result<Response> {
    let t = ctx.t();
    let tx = ctx.begin().await?;
    let found = match store::find_by_code(&ctx, &tx, &code).await? {
        Some(one) => Some((rules::check_in(&ctx, &tx, &one).await?, one)),
        None => None,
    };
    tx.commit().await?;
    let (status, good, words, room) = match found {
        None => (StatusCode::NOT_FOUND, false, t.t("office-meeting-code-over"), String::new()),
        Some((None, _)) => (StatusCode::FORBIDDEN, false, t.t("office-meeting-not-invited"), String::new()),
        Some((Some(fresh), one)) => {
            let key = if fresh { "office-meeting-here" } else { "office-meeting-here-already" };
            (StatusCode::OK, true, t.s(key, "name", &one.title), one.path() + "/dieu-hanh")
        }
    };
    let shell = Shell::of(&ctx, "office-meeting-check-in").await?.crumb(t.t("office-meeting-menu"), PATH);
    let shell = shell.crumb(t.t("office-meeting-check-in"), "");
    Ok((status, html(ui::render(&HerePage { shell, good, words, room })?)).into_response())
}
