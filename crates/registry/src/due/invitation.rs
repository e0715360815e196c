//! Invitations to print: one sheet of A5 for each person, two on a sheet of A4.

use super::ask::{ask, carried};
use super::model::find;
use super::rules::{AT_ONCE, How, chosen};
use super::store::Person;
use crate::work::{self, Query, village_name};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, html};
use platform::{Ctx, Kind, Lang, Result, Uuid};
use ui::{FieldErrors, Shell};

/// What stands on one invitation besides what is the same on all.
struct Letter {
    /// "Ông Trần Văn A", "Gia đình cháu Lý Thị B".
    to: String,
    place: String,
    code: String,
}

/// Day, hour and place to which people are invited; dots to be filled by hand where nothing was typed.
struct Meeting {
    day: String,
    hour: String,
    place: String,
}

#[derive(Template)]
#[template(path = "due/invitation.html")]
struct Sheets {
    shell: Shell,
    letters: Vec<Letter>,
    meeting: Meeting,
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
    let mut ask = ask(&rule, &asked, &ctx, &ctx.scope, &villages)?;
    let everybody = form.ticked("tat-ca");
    ask.open = everybody;
    ask.ids = (!everybody).then(|| form.all("id").filter_map(|id| id.parse().ok()).collect());
    let people = match chosen(&ctx, &ask).await {
        Err(error) if error.is(Kind::Invalid) => {
            return super::pages::told(&ctx, &rule, &asked, error).await;
        }
        other => other?,
    };
    let ids: Vec<Uuid> = people.iter().map(|person| person.id).collect();
    let tx = ctx.begin().await?;
    audit::viewed(&ctx, &tx, &ids, "due-invitation", &["full_name", "address"]).await?;
    tx.commit().await?;
    let words = rule.words(ctx.lang);
    let base = format!("/lam-viec/den-han/{code}");
    let shell = Shell::of(&ctx, "registry-due-invitations").await?;
    let shell = shell
        .crumb(ctx.t().t("registry-due-title"), "/lam-viec/den-han")
        .crumb(&words.name, &base)
        .crumb(ctx.t().t("registry-due-invitations"), "");
    let (meeting, errors) = meeting(&ctx, &form);
    let sheets = Sheets {
        letters: people
            .iter()
            .map(|person| letter(&ctx, person, &village_name(&villages, Some(person.village_id))))
            .collect(),
        meeting,
        reason: words.reason.clone(),
        bring: words.bring.clone(),
        today: place_and_day(&ctx),
        more: people.len() == AT_ONCE,
        ids,
        key: ctx.new_id(),
        mark_key: ctx.new_id(),
        how: How::Print.code(),
        print_url: format!("{base}/giay-moi{}", carried(&asked)),
        mark_url: format!("{base}/da-moi{}", carried(&asked)),
        back: format!("{base}{}", carried(&asked)),
        errors,
        form,
        shell,
    };
    Ok(html(ui::render(&sheets)?))
}

fn meeting(ctx: &Ctx, form: &Form) -> (Meeting, FieldErrors) {
    let (day, errors) = match form.date("ngay") {
        Ok(day) => (day, FieldErrors::default()),
        Err(error) => (None, FieldErrors::from_error(&error, ctx.t())),
    };
    let meeting = Meeting {
        day: day.map_or_else(|| "….../….../20…...".to_owned(), |day| ctx.t().date(day)),
        hour: form.some("gio").unwrap_or("……").to_owned(),
        place: form.some("dia-diem").unwrap_or("………………………………………").to_owned(),
    };
    (meeting, errors)
}

fn letter(ctx: &Ctx, person: &Person, village: &str) -> Letter {
    let age = ctx.today().years_since(person.birth_date).unwrap_or(0);
    let key = match (age, person.sex) {
        (0..18, _) => "registry-due-to-family",
        (_, crate::person::Sex::Male) => "registry-due-to-man",
        (_, crate::person::Sex::Female) => "registry-due-to-woman",
    };
    let place = work::address_line(&person.address, village);
    Letter { to: ctx.t().s(key, "name", &person.full_name), place, code: person.code.clone() }
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
