//! One organisation: how it is, how it was, and what it has.

use crate::asset;
use crate::find::{asset_path, organisation_path};
use crate::object::Noun;
use crate::object::card::{CardPage, Line, Part, story};
use crate::organisation::{Organisation, get, history};
use crate::show::{Act, Words};
use crate::thing::{Filter, State};
use axum::extract::Path;
use axum::response::Response;
use platform::{Ctx, Result, Uuid};
use ui::{Shell, Status};

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let found = get(&ctx, id).await?;
    let history = history(&ctx, id).await?;
    let mut words = Words::today(&ctx).await?;
    words
        .learn(
            &ctx,
            history.iter().filter_map(|version| version.what.village_id).chain(found.facts.village_id),
        )
        .await?;
    let t = ctx.t();
    let shell = Shell::of(&ctx, &found.facts.name)
        .await?
        .crumb(t.t("registry-organisation-list"), "/lam-viec/to-chuc")
        .crumb(&found.facts.name, "");
    let mut page = CardPage::new(&ctx, shell, &found.code)?;
    page.facts = found
        .facts
        .said(&words)
        .into_iter()
        .filter(|(key, _)| *key != "registry-object-name")
        .map(|(key, value)| (t.t(key), value))
        .collect();
    page.badges = badges(&ctx, &found);
    page.story = story(&words, &history);
    page.acts = acts(&ctx, &found);
    if ctx.may("asset.list") {
        page.parts.push(assets(&ctx, id).await?);
    }
    page.answer()
}

fn badges(ctx: &Ctx, found: &Organisation) -> Vec<ui::Html> {
    let t = ctx.t();
    match (found.state, found.ended_on) {
        (State::Ended, Some(day)) => {
            vec![Status::Off.badge(&t.s("registry-object-ended-on", "day", &t.date(day)))]
        }
        _ => vec![Status::Active.badge(&t.t(found.facts.kind.text_key()))],
    }
}

fn acts(ctx: &Ctx, found: &Organisation) -> Vec<Act> {
    let open = |action| {
        let scope = ctx.scope_of(action);
        let village = found.facts.village_id.is_some_and(|id| scope.covers("village", id));
        found.state == State::Active
            && (scope.whole() || village || scope.ids("organisation").contains(&found.id))
    };
    let (t, path) = (ctx.t(), organisation_path(found.id));
    let mut acts = Vec::new();
    if open("organisation.update") {
        acts.push(Act { label: t.t("registry-object-edit"), url: format!("{path}/sua"), icon: "pencil" });
    }
    if open("organisation.end") {
        acts.push(Act {
            label: t.t("registry-object-end"),
            url: format!("{path}/ket-thuc"),
            icon: "archive",
        });
    }
    acts
}

/// What the organisation has.
async fn assets(ctx: &Ctx, id: Uuid) -> Result<Part> {
    let t = ctx.t();
    let filter = Filter { organisation: Some(id), ..Filter::default() };
    let found = asset::list(ctx, &filter, None, 100).await?;
    let lines = found.rows.into_iter().map(|asset| {
        let kind = t.t(asset.facts.kind.text_key());
        Line::new(asset.facts.name)
            .under(kind)
            .linked(asset_path(asset.id))
            .badge(asset::pages::condition_badge(t, asset.facts.condition))
    });
    Ok(Part {
        title: t.t("registry-organisation-assets"),
        lines: lines.collect(),
        none: t.t("registry-organisation-assets-none"),
    })
}
