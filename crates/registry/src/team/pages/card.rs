//! One board or team: its members and its work plan.

use super::may_write;
use crate::find::{person_path, team_path};
use crate::object::card::{CardPage, Line, Part, Press};
use crate::object::place;
use crate::show::{Act, Words, fresh_key};
use crate::team::{Team, get, members, plan};
use axum::extract::Path;
use axum::response::Response;
use platform::{Ctx, Result, Uuid};
use ui::{Shell, Status};

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let team = get(&ctx, id).await?;
    let words = Words::today(&ctx).await?;
    let t = ctx.t();
    let shell = Shell::of(&ctx, &team.name)
        .await?
        .crumb(t.t("registry-team-list"), "/lam-viec/ban-to")
        .crumb(&team.name, "");
    let mut page = CardPage::new(&ctx, shell, &team.code)?;
    page.facts = vec![
        (t.t("registry-object-kind"), t.t(team.kind.text_key())),
        (t.t("registry-village"), place(&words, team.village_id)),
        (t.t("registry-team-decision"), team.decision_no.clone()),
        (t.t("registry-team-founded"), t.date(team.founded_on)),
    ];
    if let Some(day) = team.ended_on {
        page.badges = vec![Status::Off.badge(&t.s("registry-object-ended-on", "day", &t.date(day)))];
    }
    let may = may_write(&ctx, &team, "team.update");
    page.parts = vec![members_part(&ctx, &team).await?, plan_part(&ctx, &team, may).await?];
    let path = team_path(id);
    let acts = [
        (may, "registry-team-members-edit", "thanh-vien", "users"),
        (may, "registry-team-plan-edit", "ke-hoach", "list-checks"),
        (may, "registry-object-edit", "sua", "pencil"),
        (may_write(&ctx, &team, "team.end"), "registry-team-end", "giai-the", "archive"),
    ];
    let open = acts.into_iter().filter(|(open, ..)| *open);
    page.acts = open
        .map(|(_, key, word, icon)| Act { label: t.t(key), url: format!("{path}/{word}"), icon })
        .collect();
    page.answer()
}

async fn members_part(ctx: &Ctx, team: &Team) -> Result<Part> {
    let t = ctx.t();
    let all = members(ctx, team.id).await?;
    let people = ctx.scope_of("person.show");
    // The page of a person opens only to those who may see people at all; the page itself decides on the village.
    let linked =
        |person: Option<Uuid>| person.filter(|_| !people.is_empty()).map(person_path).unwrap_or_default();
    let lines = all.iter().map(|member| {
        let since = t.s("registry-team-since", "day", &t.date(member.since));
        let under = [member.duty.as_str(), &since]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" · ");
        let badge = match member.until {
            Some(day) => Status::Off.badge(&t.s("registry-team-until", "day", &t.date(day))),
            None => Status::Info.badge(&member.title),
        };
        Line::new(&member.name).under(under).linked(linked(member.person_id)).badge(badge)
    });
    let now = all.iter().filter(|member| member.until.is_none()).count();
    Ok(Part {
        title: t.n("registry-team-members", "count", now),
        lines: lines.collect(),
        none: t.t("registry-team-members-none"),
    })
}

async fn plan_part(ctx: &Ctx, team: &Team, may: bool) -> Result<Part> {
    let t = ctx.t();
    let today = ctx.today();
    let lines = plan(ctx, team.id).await?.into_iter().enumerate().map(|(at, line)| {
        let due = line.due_on.map(|day| t.s("registry-team-due", "day", &t.date(day))).unwrap_or_default();
        let under = [line.who.as_str(), &due]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" · ");
        let badge = match (line.done_on, line.due_on) {
            (Some(done), Some(due)) if done > due => {
                Status::Done.badge(&t.s("registry-team-done-late", "day", &t.date(done)))
            }
            (Some(done), _) => Status::Done.badge(&t.s("registry-team-done", "day", &t.date(done))),
            (None, Some(due)) if due < today => {
                Status::Late.badge(&t.n("registry-team-late", "count", (today - due).num_days()))
            }
            (None, _) => Status::Waiting.badge(&t.t("registry-team-open")),
        };
        let mut shown = Line::new(line.task).under(under).badge(badge);
        if may && line.done_on.is_none() {
            let url = format!("{}/xong", team_path(team.id));
            shown.press = Some(Press {
                label: t.t("registry-team-mark-done"),
                url,
                key: fresh_key(ctx),
                revision: team.revision,
                value: at.to_string(),
            });
        }
        shown
    });
    Ok(Part {
        title: t.t("registry-team-plan"),
        lines: lines.collect(),
        none: t.t("registry-team-plan-none"),
    })
}
