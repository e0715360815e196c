//! The button *Gửi*, and the invitation as the one who got it sees it.

use super::ask::{ask, carried, window_part};
use super::form;
use super::invitation::{addressed, again, meeting, people};
use super::model::find;
use super::send::{Sent, send};
use super::store::notice;
use crate::person::State;
use crate::work::{self, Query};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, html, see_other};
use platform::once::{self, Once};
use platform::{Ctx, Error, Kind, Message, Result, Uuid};
use ui::Shell;

/// Sends the invitations that the page shows.
pub async fn post(
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
    let meeting = match meeting(&ctx, &form) {
        Err(error) => return again(&ctx, &rule, &asked, form, &people, &villages, error).await,
        Ok(meeting) => meeting,
    };
    let url = format!("/lam-viec/den-han/{code}{}", carried(&asked));
    let window = window_part(&rule, ask(&rule, &asked, &ctx, &ctx.scope, &villages)?.window);
    let key = form.key()?;
    match once::begin(&ctx, key).await? {
        Once::Again(url) => Ok(see_other(&url)),
        Once::First(tx) => match send(&ctx, &tx, &rule, &people, &meeting, (&villages, &window)).await {
            Ok(sent) => {
                once::finish(&ctx, tx, key, &url).await?;
                let undo = format!("/lam-viec/den-han/{code}/hoan-tac/{}", sent.batch);
                Ok(Note::new(said(sent)).undo(undo).see_other(&url))
            }
            Err(error) if error.is(Kind::Invalid) => {
                tx.rollback().await?;
                again(&ctx, &rule, &asked, form, &people, &villages, error).await
            }
            Err(error) => Err(error),
        },
    }
}

fn said(sent: Sent) -> Message {
    let key = if sent.left > 0 { "registry-due-sent-left" } else { "registry-due-sent" };
    Message::new(key).with("count", sent.letters).with("total", sent.by_head).with("number", sent.left)
}

/// One person who is invited.
struct Invitation {
    to: String,
    reason: String,
    bring: String,
    due: String,
    code: String,
    /// Where the form is begun, by the reader who is the one invited or files for them.
    form: Option<String>,
    /// There is a form, and the reader may not begin it.
    form_other: bool,
}

#[derive(Template)]
#[template(path = "due/own.html")]
struct OwnPage {
    shell: Shell,
    invitations: Vec<Invitation>,
    /// "8 giờ, ngày 20/03/2026", or the hours of the office.
    when: String,
    place: String,
    phone: String,
}

/// What an account was sent. A batch that was taken back, and one of somebody else, say the same.
pub async fn own(ctx: Ctx, Path(batch): Path<Uuid>) -> Result<Response> {
    let invited = notice::invited(&ctx, batch, ctx.account()?).await?;
    if invited.is_empty() {
        return Err(Error { message: "registry-due-own-gone".into(), ..Error::not_found() });
    }
    let meeting = notice::sending(&ctx, batch).await?;
    let t = ctx.t();
    let mut invitations = Vec::new();
    for one in invited {
        let rule = find(&ctx, &one.rule)?;
        let words = rule.words(ctx.lang);
        let form = form::of_list(&ctx, &rule).await?;
        let own = ctx.scope.ids("person").contains(&one.person_id)
            || form.as_ref().is_some_and(|form| form.by_family.contains(&one.person_id));
        let form = form.and_then(|form| form.invited(one.person_id));
        let form = form.filter(|_| one.state == State::Present);
        invitations.push(Invitation {
            to: addressed(&ctx, &one.full_name, one.sex, one.birth_date),
            reason: words.reason.clone(),
            bring: words.bring.clone(),
            due: t.date(one.due_on),
            code: one.code,
            form_other: form.is_some() && !own,
            form: form.filter(|_| own),
        });
    }
    let when = meeting.meet_on.map(|day| match meeting.meet_hour.as_str() {
        "" => t.date(day),
        hour => t.a("registry-due-letter-when", &[("hour", hour.into()), ("day", t.date(day).into())]),
    });
    let shell = Shell::public(&ctx, "registry-due-own").await?;
    let shell = shell.crumb(t.t("registry-own"), "/cua-toi").crumb(t.t("registry-due-own"), "");
    let phone = shell.commune.phone.clone();
    let page = OwnPage {
        when: when.unwrap_or_else(|| t.t("registry-due-own-any-day")),
        place: if meeting.meet_place.is_empty() {
            t.t("registry-due-own-office")
        } else {
            meeting.meet_place
        },
        invitations,
        phone,
        shell,
    };
    Ok(html(ui::render(&page)?))
}
