//! Pages of proposals: what waits, one proposal with old and new side by side, deciding, and the form of a village head.

mod decide;
mod form;
mod list;
mod show;

use super::{Kind, Proposal, State, waiting};
use crate::household;
use crate::person;
use platform::area::{get, post};
use platform::{Ctx, Result, Route, Uuid};
use std::collections::HashMap;
use ui::{Html, Status, Waiting, Waits};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/de-nghi", "proposal.list", list::show),
        get("/lam-viec/de-nghi/{id}", "proposal.show", show::show),
        post("/lam-viec/de-nghi/{id}/duyet", "proposal.decide", decide::yes),
        post("/lam-viec/de-nghi/{id}/tu-choi", "proposal.decide", decide::no),
        post("/lam-viec/de-nghi/{id}/hoan-tac", "proposal.undo", decide::take_back),
        post("/lam-viec/de-nghi/{id}/rut", "proposal.withdraw", decide::withdraw),
        get("/lam-viec/ho/{id}/de-nghi", "proposal.insert", form::household),
        post("/lam-viec/ho/{id}/de-nghi", "proposal.insert", form::household_save),
        get("/lam-viec/nguoi/{id}/de-nghi", "proposal.insert", form::person),
        post("/lam-viec/nguoi/{id}/de-nghi", "proposal.insert", form::person_save),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "registry-menu-proposals",
        url: "/lam-viec/de-nghi",
        icon: "list-checks",
        action: "proposal.list",
        group: "registry-menu-group",
        order: 115,
    }
}

/// What waits for an officer.
pub(crate) fn waits() -> Waits {
    Waits(|ctx| {
        Box::pin(async move {
            let scope = ctx.scope_of("proposal.decide");
            if scope.is_empty() {
                return Ok(Vec::new());
            }
            let count = waiting(&Ctx { scope, ..ctx.clone() }).await?;
            let label = ctx.t().n("registry-proposals-wait", "count", count);
            let one = Waiting { label, url: "/lam-viec/de-nghi".into(), status: Status::Waiting };
            Ok(if count > 0 { vec![one] } else { Vec::new() })
        })
    })
}

/// What the proposals are about, by the id of person or household.
async fn names(ctx: &Ctx, found: &[Proposal]) -> Result<HashMap<Uuid, String>> {
    let ids =
        |kind: Kind| found.iter().filter(|p| p.kind == kind).map(|p| p.object_id).collect::<Vec<Uuid>>();
    let (people, households) = (ids(Kind::Person), ids(Kind::Household));
    let mut names = HashMap::new();
    if !people.is_empty() {
        names.extend(person::get_many(ctx, &people).await?.into_iter().map(|p| (p.id, p.facts.full_name)));
    }
    if !households.is_empty() {
        let found = household::get_many(ctx, &households).await?;
        let t = ctx.t();
        names.extend(found.into_iter().map(|row| {
            let head = row.head_name.unwrap_or(row.household.code);
            (row.household.id, t.s("registry-household-of", "name", &head))
        }));
    }
    Ok(names)
}

fn badge(ctx: &Ctx, state: State) -> Html {
    let status = match state {
        State::Waiting => Status::Waiting,
        State::Approved => Status::Done,
        State::Rejected => Status::Late,
        State::Withdrawn => Status::Off,
    };
    status.badge(&ctx.t().t(state.text_key()))
}

fn label_key(kind: Kind, field: &str) -> &'static str {
    match kind {
        Kind::Person => person::pages::story::label_key(field),
        Kind::Household => household::pages::story::label_key(field),
    }
}
