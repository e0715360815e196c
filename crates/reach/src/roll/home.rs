//! One household in a campaign: what was noted of it, and noting more.

use super::model::{Outcome, Source};
use super::pages::{self, Asked, Named, carried, found, named, noting};
use super::{rules, store};
use crate::campaign::{Campaign, State, store as campaigns};
use crate::who;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::http::{Form, Note, html};
use platform::{Ctx, Error, Result, Tx, Uuid};
use std::collections::HashMap;
use ui::back::{Back, act, key};
use ui::{FieldErrors, Html, Shell};
use units::Unit;

/// One line of the story.
struct Told {
    when: String,
    badge: Html,
    words: String,
    by: String,
}

#[derive(Template)]
#[template(path = "reach-home.html")]
struct HomePage {
    shell: Shell,
    path: String,
    back: String,
    name: String,
    about: String,
    badge: Option<Html>,
    story: Vec<Told>,
    open: bool,
    channels: Vec<(String, String)>,
    outcomes: Vec<(String, String)>,
    typed: [String; 4],
    key: String,
    errors: FieldErrors,
    wrong: String,
}

/// The household of an address, on the roll and in the village.
async fn one_of(ctx: &Ctx, one: &Campaign, village: &Unit, home: Uuid) -> Result<Named> {
    let homes = store::get_many(ctx, &ctx.app.db, one.id, &[home]).await?;
    let found = named(ctx, homes).await?.into_iter().next().ok_or_else(Error::not_found)?;
    if found.home.village_id == village.id { Ok(found) } else { Err(Error::not_found()) }
}

pub(crate) async fn show(
    ctx: Ctx,
    Path((id, village, home)): Path<(Uuid, Uuid, Uuid)>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let (one, village) = found(&ctx, id, village).await?;
    let home = one_of(&ctx, &one, &village, home).await?;
    Ok(html(page(&ctx, &one, &village, &home, &asked, Back::default()).await?))
}

async fn page(
    ctx: &Ctx,
    one: &Campaign,
    village: &Unit,
    home: &Named,
    asked: &Asked,
    back: Back,
) -> Result<String> {
    let t = ctx.t();
    let notes = store::notes(ctx, &ctx.app.db, one.id, home.home.household_id).await?;
    let mut ids: Vec<Uuid> = notes.iter().filter_map(|note| note.by_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let names = if ids.is_empty() { HashMap::new() } else { identity::account_names(ctx, &ids).await? };
    let by = |note: &super::model::Note| match note.source {
        Source::Resident => t.t("reach-source-resident"),
        _ => note.by_id.and_then(|id| names.get(&id).cloned()).unwrap_or_else(|| t.t(note.source.text_key())),
    };
    let told = |note: &super::model::Note| Told {
        when: format!("{} · {}", t.date(note.day), t.t(note.channel.text_key())),
        badge: note.outcome.status().badge(&t.t(note.outcome.text_key())),
        words: note.words.clone(),
        by: by(note),
    };
    let list = one.village_path(village.id);
    let shell = pages::shell(ctx, one, village).await?;
    ui::render(&HomePage {
        path: format!("{list}/ho/{}{}", home.home.household_id, carried(asked)),
        back: format!("{list}{}", carried(asked)),
        name: home.name.clone(),
        about: [home.address.as_str(), &village.name, &home.code]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        badge: pages::badge(ctx, &home.home),
        story: notes.iter().map(told).collect(),
        open: one.state == State::Running && ctx.may("reach.note"),
        channels: pages::by_hand(ctx),
        outcomes: Outcome::ALL.iter().map(|one| (one.code().to_owned(), t.t(one.text_key()))).collect(),
        typed: [
            back.or("kenh", "visit"),
            back.or("ngay", &vntext::date(ctx.today())),
            back.or("ket-qua", "understood"),
            back.or("loi", ""),
        ],
        key: key(ctx),
        errors: back.errors,
        wrong: back.wrong,
        shell,
    })
}

/// Notes it. Whoever came from the list (`tu`) goes back there, where one more tap says what came of it.
pub(crate) async fn note(
    ctx: Ctx,
    Path((id, village, home)): Path<(Uuid, Uuid, Uuid)>,
    Query(asked): Query<Asked>,
    sent: Form,
) -> Result<Response> {
    let (one, village) = found(&ctx, id, village).await?;
    let household = home;
    let home = one_of(&ctx, &one, &village, household).await?;
    let list = one.village_path(village.id);
    let rule = async |tx: &Tx| {
        let noting = noting(&ctx, &sent)?;
        let noted = rules::note(&ctx, tx, id, &[household], &noting).await?;
        let said = match (noted.fresh, noting.outcome) {
            (0, _) if noted.known == 1 => "reach-noted-known",
            (_, Outcome::Nobody) => "reach-noted-nobody",
            (0, _) => "reach-noted-more",
            _ => "reach-noted",
        };
        let mut note = Note::new(said);
        if noted.fresh > 0 {
            note = note.undo(format!("{list}/hoan-tac/{}", noted.batch));
        }
        let kept = carried(&asked);
        let joint = if kept.is_empty() { '?' } else { '&' };
        // The second tap is offered once, after the first.
        let first = sent.text("tu") == "danh-sach" && sent.some("ket-qua").is_none() && noted.fresh > 0;
        if sent.text("tu") == "the" {
            return Ok((registry::household_path(household), note));
        }
        let url = if first { format!("{list}{kept}{joint}vua={household}") } else { format!("{list}{kept}") };
        Ok((url, note))
    };
    act(&ctx, &sent, rule, async |back| page(&ctx, &one, &village, &home, &asked, back).await).await
}

#[derive(Template)]
#[template(path = "reach-name.html")]
struct NamePiece {
    shell: Shell,
    value: String,
}

/// The head's name, masked in lists of the whole commune: the look is recorded before the name leaves.
pub(crate) async fn name(ctx: Ctx, Path((id, home)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let one = campaigns::find(&ctx, &ctx.app.db, id).await?;
    let homes = store::get_many(&ctx, &ctx.app.db, one.id, &[home]).await?;
    let found = named(&ctx, homes).await?.into_iter().next().ok_or_else(Error::not_found)?;
    ctx.scope.require("village", found.home.village_id)?;
    let tx = ctx.begin().await?;
    let people: Vec<Uuid> = found.head.into_iter().collect();
    audit::viewed(&ctx, &tx, &people, "contact", &["full_name"]).await?;
    tx.commit().await?;
    if ctx.headers.contains_key("hx-request") {
        let shell = Shell::new(ctx.t(), &ctx.path, "");
        return Ok(html(ui::render(&NamePiece { shell, value: found.name })?));
    }
    // Without a script: the page of the household, which shows the name.
    let village = who::village(&ctx, found.home.village_id).await?;
    Ok(html(page(&ctx, &one, &village, &found, &Asked::new(), Back::default()).await?))
}
