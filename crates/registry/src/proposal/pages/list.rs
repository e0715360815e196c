//! The list of proposals by state.

use super::{badge, label_key, names};
use crate::proposal::{State, list as proposals};
use crate::show::{Words, param};
use crate::work::account_names;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result, Uuid};
use std::collections::HashMap;
use ui::{Html, Shell};

const ROWS: i64 = 50;

struct Line {
    url: String,
    name: String,
    what: String,
    by: String,
    badge: Html,
}

#[derive(Template)]
#[template(path = "proposal/list.html")]
struct ListPage {
    shell: Shell,
    tabs: Vec<(String, String)>,
    here: String,
    lines: Vec<Line>,
    next: String,
    /// The reader proposes and does not decide.
    proposes: bool,
}

pub(super) async fn show(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let state = State::parse(param(&query, "trang-thai")).unwrap_or(State::Waiting);
    let found = proposals(&ctx, state, param(&query, "sau").parse().ok(), ROWS + 1).await?;
    let more = found.len() > ROWS as usize;
    let found = &found[..found.len().min(ROWS as usize)];
    let words = Words::today(&ctx).await?;
    let names = names(&ctx, found).await?;
    let accounts: Vec<Uuid> = found.iter().filter_map(|proposal| proposal.proposed_by).collect();
    let accounts = account_names(&ctx, &accounts).await?;
    let url = |state: State| {
        if state == State::Waiting {
            "/lam-viec/de-nghi".to_owned()
        } else {
            format!("/lam-viec/de-nghi?trang-thai={}", state.code())
        }
    };
    let lines = found.iter().map(|proposal| {
        let by = proposal.proposed_by.and_then(|id| accounts.get(&id)).cloned().unwrap_or_default();
        let fields: Vec<String> =
            proposal.diff.fields().into_iter().map(|field| t.t(label_key(proposal.kind, field))).collect();
        Line {
            url: format!("/lam-viec/de-nghi/{}", proposal.id),
            name: names.get(&proposal.object_id).cloned().unwrap_or_else(|| t.t(proposal.kind.text_key())),
            what: fields.join(", "),
            by: format!("{by} · {} · {}", words.village(proposal.village_id), t.moment(proposal.proposed_at)),
            badge: badge(&ctx, proposal.state),
        }
    });
    let lines = lines.collect();
    let next = found
        .last()
        .filter(|_| more)
        .map(|last| format!("/lam-viec/de-nghi?trang-thai={}&sau={}", state.code(), last.id));
    let shell = Shell::of(&ctx, "registry-proposals").await?.crumb(t.t("registry-proposals"), "");
    let tabs = State::ALL.iter().map(|state| (url(*state), t.t(state.text_key()))).collect();
    let page = ListPage {
        tabs,
        here: url(state),
        lines,
        next: next.unwrap_or_default(),
        proposes: !ctx.may("proposal.decide"),
        shell,
    };
    Ok(html(ui::render(&page)?))
}
