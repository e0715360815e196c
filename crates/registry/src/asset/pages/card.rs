//! One asset: how it is, how it was, and whose it is.

use super::condition_badge;
use crate::asset::{Asset, get, history};
use crate::find::{asset_path, organisation_path};
use crate::object::Noun;
use crate::object::card::{CardPage, Line, Part, story};
use crate::organisation;
use crate::show::{Act, Words};
use crate::thing::State;
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
        .crumb(t.t("registry-asset-list"), "/lam-viec/tai-san")
        .crumb(&found.facts.name, "");
    let mut page = CardPage::new(&ctx, shell, &found.code)?;
    page.facts = found
        .facts
        .said(&words)
        .into_iter()
        .filter(|(key, _)| *key != "registry-object-name")
        .map(|(key, value)| (t.t(key), value))
        .collect();
    if let Some(age) = found.facts.age_on(ctx.today()) {
        page.facts.push((t.t("registry-asset-age"), t.n("registry-asset-years", "count", age)));
    }
    page.badges = vec![condition_badge(t, found.facts.condition)];
    if let Some(day) = found.ended_on {
        page.badges.push(Status::Off.badge(&t.s("registry-object-ended-on", "day", &t.date(day))));
    }
    page.story = story(&words, &history);
    page.acts = acts(&ctx, &found);
    page.parts.extend(owner(&ctx, &found).await?);
    page.answer()
}

fn acts(ctx: &Ctx, found: &Asset) -> Vec<Act> {
    let open = |action| {
        let scope = ctx.scope_of(action);
        let village = found.facts.village_id.is_some_and(|id| scope.covers("village", id));
        found.state == State::Active && (scope.whole() || village)
    };
    let (t, path) = (ctx.t(), asset_path(found.id));
    let mut acts = Vec::new();
    if open("asset.update") {
        acts.push(Act { label: t.t("registry-object-edit"), url: format!("{path}/sua"), icon: "pencil" });
    }
    if open("asset.end") {
        acts.push(Act {
            label: t.t("registry-object-end"),
            url: format!("{path}/ket-thuc"),
            icon: "archive",
        });
    }
    acts
}

/// Who has it, when the reader may see that organisation.
async fn owner(ctx: &Ctx, found: &Asset) -> Result<Option<Part>> {
    let Some(id) = found.facts.organisation_id.filter(|_| ctx.may("organisation.show")) else {
        return Ok(None);
    };
    let owner = match organisation::get(ctx, id).await {
        Ok(owner) => owner,
        Err(error) if error.is(platform::Kind::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let t = ctx.t();
    let line =
        Line::new(owner.facts.name).under(t.t(owner.facts.kind.text_key())).linked(organisation_path(id));
    Ok(Some(Part { title: t.t("registry-asset-owner"), lines: vec![line], none: String::new() }))
}
