//! Invitations to print: one sheet of A5 for each person, two on a sheet of A4.

use super::ask::{ask, carried};
use super::form;
use super::model::{Rule, find};
use super::rules::{AT_ONCE, How, chosen};
use super::send::{GROWN, plan};
use super::store::notice::Meeting;
use super::store::{Only, Person};
use crate::person::Sex;
use crate::work::{self, Asked, Query, village_name};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use platform::http::{Form, html};
use platform::{Ctx, Error, Kind, Lang, Message, Result, Uuid};
use ui::{FieldErrors, Html, Shell};
use units::Unit;

/// What stands on one invitation besides what is the same on all.
struct Letter {
    /// "Ông Trần Văn A", "Gia đình cháu Lý Thị B".
    to: String,
    place: String,
    code: String,
    /// Opens the form, filled in for the one who is invited.
    qr: Option<Html>,
}

/// Day, hour and place to which people are invited; dots to be filled by hand where nothing was typed.
struct When {
    day: String,
    hour: String,
    place: String,
}

/// Who can be reached without paper, in sentences.
struct Reach {
    lines: Vec<String>,
    /// What the button says.
    send: String,
    url: String,
}

#[derive(Template)]
#[template(path = "due/invitation.html")]
struct Sheets {
    shell: Shell,
    letters: Vec<Letter>,
    meeting: When,
    reason: String,
    bring: String,
    today: String,
    ids: Vec<Uuid>,
    key: Uuid,
    mark_key: Uuid,
    how: &'static str,
    print_url: String,
    mark_url: String,
    back: String,
    errors: FieldErrors,
    form: Form,
    /// True when there were more than can be printed at once.
    more: bool,
    /// Nothing for readers who may not send, and when there is nobody to send to.
    reach: Option<Reach>,
    wrong: String,
}

/// Shows the invitations of the chosen people, or of everybody who was not invited yet. Their names and addresses are
/// shown, so the look is recorded.
pub async fn print(
    ctx: Ctx,
    Path(code): Path<String>,
    axum::extract::Query(asked): Query,
    form: Form,
) -> Result<Response> {
    let rule = find(&ctx, &code)?;
    let villages = work::villages(&ctx, &ctx.scope).await?;
    let people = match people(&ctx, &rule, &asked, &form, &villages).await {
        Err(error) if error.is(Kind::Invalid) => {
            return super::pages::told(&ctx, &rule, &asked, error).await;
        }
        other => other?,
    };
    let ids: Vec<Uuid> = people.iter().map(|person| person.id).collect();
    let tx = ctx.begin().await?;
    audit::viewed(&ctx, &tx, &ids, "due-invitation", &["full_name", "address"]).await?;
    tx.commit().await?;
    let errors = meeting(&ctx, &form).err();
    let sheets = sheets(&ctx, &rule, &asked, form, &people, &villages, errors).await?;
    Ok(html(ui::render(&sheets)?))
}

/// The people whom a form names, or everybody who was not invited.
pub(super) async fn people(
    ctx: &Ctx,
    rule: &Rule,
    asked: &Asked,
    form: &Form,
    villages: &[Unit],
) -> Result<Vec<Person>> {
    let mut ask = ask(rule, asked, ctx, &ctx.scope, villages)?;
    let everybody = form.ticked("tat-ca");
    ask.only = if everybody { Only::Open } else { Only::All };
    ask.ids = (!everybody).then(|| form.all("id").filter_map(|id| id.parse().ok()).collect());
    chosen(ctx, &ask).await
}

/// The page again, with what is wrong with the sending.
pub(super) async fn again(
    ctx: &Ctx,
    rule: &Rule,
    asked: &Asked,
    form: Form,
    people: &[Person],
    villages: &[Unit],
    error: Error,
) -> Result<Response> {
    let status = error.kind.status();
    let sheets = sheets(ctx, rule, asked, form, people, villages, Some(error)).await?;
    Ok((status, html(ui::render(&sheets)?)).into_response())
}

async fn sheets(
    ctx: &Ctx,
    rule: &Rule,
    asked: &Asked,
    form: Form,
    people: &[Person],
    villages: &[Unit],
    error: Option<Error>,
) -> Result<Sheets> {
    let words = rule.words(ctx.lang);
    let (base, carried) = (format!("/lam-viec/den-han/{}", rule.code), carried(asked));
    let shell = Shell::of(ctx, "registry-due-invitations").await?;
    let shell = shell
        .crumb(ctx.t().t("registry-due-title"), "/lam-viec/den-han")
        .crumb(&words.name, &base)
        .crumb(ctx.t().t("registry-due-invitations"), "");
    let opens = form::of_list(ctx, rule).await?;
    let letter = |person: &Person| {
        let url = opens.as_ref().and_then(|form| form.invited(person.id));
        letter(ctx, person, &village_name(villages, Some(person.village_id)), url)
    };
    Ok(Sheets {
        letters: people.iter().map(letter).collect::<Result<_>>()?,
        meeting: dotted(ctx, &form),
        reason: words.reason.clone(),
        bring: words.bring.clone(),
        today: place_and_day(ctx),
        more: people.len() == AT_ONCE,
        ids: people.iter().map(|person| person.id).collect(),
        key: ctx.new_id(),
        mark_key: ctx.new_id(),
        how: How::Print.code(),
        print_url: format!("{base}/giay-moi{carried}"),
        mark_url: format!("{base}/da-moi{carried}"),
        back: format!("{base}{carried}"),
        errors: error.as_ref().map(|error| FieldErrors::from_error(error, ctx.t())).unwrap_or_default(),
        wrong: error
            .filter(|error| error.fields.is_empty())
            .map(|error| error.message.text(ctx.t()))
            .unwrap_or_default(),
        reach: reach(ctx, people, format!("{base}/gui{carried}")).await?,
        form,
        shell,
    })
}

async fn reach(ctx: &Ctx, people: &[Person], url: String) -> Result<Option<Reach>> {
    if !ctx.may("due.deliver") {
        return Ok(None);
    }
    let plan = plan(ctx, people).await?;
    if plan.letters.is_empty() && plan.by_head.is_empty() {
        return Ok(None);
    }
    let t = ctx.t();
    let groups = [
        ("registry-due-reach-letters", plan.letters.len()),
        ("registry-due-reach-heads", plan.by_head.len()),
        ("registry-due-reach-left", plan.left.len()),
    ];
    let lines = groups.into_iter().filter(|(_, count)| *count > 0);
    Ok(Some(Reach {
        lines: lines.map(|(key, count)| t.n(key, "count", count)).collect(),
        send: t.n("registry-due-send", "count", plan.letters.len() + plan.by_head.len()),
        url,
    }))
}

/// What stands in the fields of the meeting.
///
/// # Errors
/// At the field: no day, a day that has passed, a place that is too long.
pub(super) fn meeting(ctx: &Ctx, form: &Form) -> Result<Meeting> {
    let meet_on = form.date("ngay")?;
    if meet_on.is_some_and(|day| day < ctx.today()) {
        return Err(Error::field("ngay", "registry-due-day-past"));
    }
    let text = |field: &'static str, limit: usize| {
        let text = vntext::clean(form.text(field));
        match text.chars().count() {
            count if count > limit => {
                Err(Error::field(field, Message::new("error-too-long").with("limit", limit)))
            }
            _ => Ok(text),
        }
    };
    Ok(Meeting { meet_on, meet_hour: text("gio", 40)?, meet_place: text("dia-diem", 200)? })
}

/// The meeting on paper, with dots for what was not typed.
fn dotted(ctx: &Ctx, form: &Form) -> When {
    let day = form.date("ngay").ok().flatten();
    When {
        day: day.map_or_else(|| "….../….../20…...".to_owned(), |day| ctx.t().date(day)),
        hour: form.some("gio").unwrap_or("……").to_owned(),
        place: form.some("dia-diem").unwrap_or("………………………………………").to_owned(),
    }
}

fn letter(ctx: &Ctx, person: &Person, village: &str, form: Option<String>) -> Result<Letter> {
    let drawn = |url: String| {
        let address = format!("{}{url}", ctx.app.config.base_url());
        ui::qr::svg(&address, &ctx.t().t("registry-due-form-qr"))
    };
    Ok(Letter {
        qr: form.map(drawn).transpose()?,
        to: addressed(ctx, &person.full_name, person.sex, person.birth_date),
        place: work::address_line(&person.address, village),
        code: person.code.clone(),
    })
}

/// "Ông Trần Văn A", "Gia đình cháu Lý Thị B".
pub(super) fn addressed(ctx: &Ctx, name: &str, sex: Sex, birth: NaiveDate) -> String {
    let age = ctx.today().years_since(birth).unwrap_or(0);
    let key = match (age, sex) {
        (0..GROWN, _) => "registry-due-to-family",
        (_, Sex::Male) => "registry-due-to-man",
        (_, Sex::Female) => "registry-due-to-woman",
    };
    ctx.t().s(key, "name", name)
}

/// "ngày 10 tháng 3 năm 2026" as papers of an office write it.
fn place_and_day(ctx: &Ctx) -> String {
    use chrono::Datelike;
    let today = ctx.today();
    match ctx.lang {
        // Days below 10 and the months January and February are written with two digits.
        Lang::Vi => {
            let month =
                if today.month() < 3 { format!("{:02}", today.month()) } else { today.month().to_string() };
            format!("ngày {:02} tháng {month} năm {}", today.day(), today.year())
        }
        Lang::En => ctx.t().date(today),
    }
}
