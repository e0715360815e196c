//! One proposal: what it was, what it shall be, and what others made of it meanwhile.

use super::{badge, label_key, names};
use crate::find::{household_path, person_path};
use crate::household::{self, RawHousehold};
use crate::person::{self, RawPerson};
use crate::proposal::{Kind, Proposal, State, get as find};
use crate::show::{Words, fresh_key};
use crate::work::account_names;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result, Uuid};
use serde_json::{Map, Value};
use ui::{Html, Shell};

/// One field of a proposal.
struct Difference {
    label: String,
    old: String,
    new: String,
    /// What stands there now, when it is neither; `""` otherwise.
    now: String,
}

#[derive(Template)]
#[template(path = "proposal/show.html")]
pub(super) struct ShowPage {
    shell: Shell,
    path: String,
    keys: [String; 3],
    badge: Html,
    name: String,
    url: String,
    village: String,
    by: String,
    at: String,
    on: String,
    reason: String,
    decided: String,
    answer: String,
    differences: Vec<Difference>,
    pub(super) conflict: bool,
    may_decide: bool,
    may_withdraw: bool,
    may_undo: bool,
    pub(super) wrong: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx, id).await?)?))
}

pub(super) async fn page(ctx: &Ctx, id: Uuid) -> Result<ShowPage> {
    let t = ctx.t();
    let proposal = find(ctx, id).await?;
    let words = Words::today(ctx).await?;
    let names = names(ctx, std::slice::from_ref(&proposal)).await?;
    let ids: Vec<Uuid> = [proposal.proposed_by, proposal.decided_by].into_iter().flatten().collect();
    let accounts = account_names(ctx, &ids).await?;
    let account = |id: Option<Uuid>| id.and_then(|id| accounts.get(&id)).cloned().unwrap_or_default();
    let decides = ctx.scope_of("proposal.decide").covers("village", proposal.village_id);
    let open = proposal.state == State::Waiting;
    let now = now(ctx, &proposal).await?;
    let conflicts = if open { proposal.diff.conflicts(&now) } else { Vec::new() };
    let differences = proposal.diff.0.iter().map(|(field, change)| {
        let said = |value: &str| said(ctx, &words, proposal.kind, field, value);
        let current = now.get(field).and_then(Value::as_str).unwrap_or_default();
        let now = if conflicts.contains(&field.as_str()) { said(current) } else { String::new() };
        Difference {
            label: t.t(label_key(proposal.kind, field)),
            old: said(&change.old),
            new: said(&change.new),
            now,
        }
    });
    let differences = differences.collect();
    let url = match proposal.kind {
        Kind::Person => person_path(proposal.object_id),
        Kind::Household => household_path(proposal.object_id),
    };
    let decided = proposal.decided_at.map(|at| {
        t.a(
            "registry-proposal-decided-by",
            &[("name", account(proposal.decided_by).into()), ("day", t.moment(at).into())],
        )
    });
    let shell = Shell::of(ctx, "registry-proposal").await?;
    let shell =
        shell.crumb(t.t("registry-proposals"), "/lam-viec/de-nghi").crumb(t.t("registry-proposal"), "");
    Ok(ShowPage {
        path: format!("/lam-viec/de-nghi/{id}"),
        keys: [fresh_key(ctx), fresh_key(ctx), fresh_key(ctx)],
        badge: badge(ctx, proposal.state),
        name: names.get(&proposal.object_id).cloned().unwrap_or_else(|| t.t(proposal.kind.text_key())),
        village: words.village(proposal.village_id),
        by: account(proposal.proposed_by),
        at: t.moment(proposal.proposed_at),
        on: t.date(proposal.on_date),
        decided: decided.unwrap_or_default(),
        conflict: !conflicts.is_empty(),
        may_decide: decides && open,
        may_undo: proposal.state == State::Approved
            && ctx.scope_of("proposal.undo").covers("village", proposal.village_id),
        may_withdraw: open && proposal.proposed_by.is_some() && proposal.proposed_by == ctx.account_or_none(),
        wrong: String::new(),
        reason: proposal.reason,
        answer: proposal.answer,
        shell,
        url,
        differences,
    })
}

/// What stands there now, by the names of the fields in code; empty when the row is gone.
async fn now(ctx: &Ctx, proposal: &Proposal) -> Result<Map<String, Value>> {
    Ok(match proposal.kind {
        Kind::Person => match person::get(ctx, proposal.object_id).await {
            Ok(person) => RawPerson::of(&person.facts, &person.place).to_map(),
            Err(_) => Map::new(),
        },
        Kind::Household => match household::get(ctx, proposal.object_id).await {
            Ok(household) => serde_json::to_value(RawHousehold::of(&household.facts))?
                .as_object()
                .cloned()
                .unwrap_or_default(),
            Err(_) => Map::new(),
        },
    })
}

/// A value in words. What the reader's role does not need stays masked.
fn said(ctx: &Ctx, words: &Words, kind: Kind, field: &str, value: &str) -> String {
    let t = words.t;
    let code = |text: Option<&'static str>| text.map_or_else(|| value.to_owned(), |key| t.t(key));
    if value.is_empty() {
        return t.t("ui-nothing");
    }
    match (kind, field) {
        (Kind::Household, "village") => {
            value.parse().map_or_else(|_| value.to_owned(), |id| words.village(id))
        }
        (Kind::Household, "poverty") => {
            code(household::Poverty::parse(value).map(household::Poverty::text_key))
        }
        (Kind::Household, "residence") => {
            code(household::Residence::parse(value).map(household::Residence::text_key))
        }
        (Kind::Household, "fibre" | "water" | "electric") => words.yes(value == "1"),
        (Kind::Household, _) => value.to_owned(),
        (_, "sex") => code(person::Sex::parse(value).map(person::Sex::text_key)),
        (_, "residence") => code(person::Residence::parse(value).map(person::Residence::text_key)),
        (_, "relation") => words.relation(value),
        (_, "smartphone" | "payment_account") => words.yes(value == "1"),
        (_, field) => {
            let name = if field == "birth" { "birth_date" } else { field };
            let declared = words.declaration.field(name);
            let needed = declared
                .is_none_or(|declared| ctx.actor.as_ref().is_some_and(|actor| declared.needed_by(actor)));
            let list = match field {
                "ethnic" => Some(&words.lists.ethnic),
                "education" => Some(&words.lists.education),
                "religion" => Some(&words.lists.religion),
                "disability" => Some(&words.lists.disability),
                "meritorious" => Some(&words.lists.meritorious),
                _ => None,
            };
            match list {
                _ if !needed => words.declaration.mask(name, value),
                Some(list) => words.label(list, value),
                None => value.to_owned(),
            }
        }
    }
}
