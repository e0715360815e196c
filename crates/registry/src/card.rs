//! What a scanned label opens: `/m/{code}`. Whoever may see the object is led to its page; everybody else sees a card
//! that says what kind of thing carries the label, in which commune, and whom to call. Of households and people the
//! card tells nothing.

use crate::{code, find};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use platform::access::{Place, Scope};
use platform::area::get;
use platform::http::{html, see_other};
use platform::{Ctx, Result, Route, Uuid, sql};
use std::future::Future;
use std::pin::Pin;
use ui::{Shell, Status};

/// What is behind a code, once it is found.
type Finding<'a> = Pin<Box<dyn Future<Output = Result<Option<Behind>>> + Send + 'a>>;

/// What stands behind the codes of one kind. An area with objects that carry codes offers one:
/// `Area::offer(registry::Coded { … })`.
pub struct Coded {
    /// The kind as [`code::Kind::name`] has it.
    pub kind: &'static str,
    /// Who may do this at one of the object's places is led to its page.
    pub action: &'static str,
    pub find: for<'a> fn(&'a Ctx, Uuid) -> Finding<'a>,
}

/// One object, as far as its card needs it.
#[derive(Debug, Clone)]
pub struct Behind {
    /// The page for those who may see it.
    pub url: String,
    /// Where it belongs, besides the commune.
    pub places: Vec<Place>,
    /// What everybody may read: the name of an organisation or of a thing. Never a person's.
    pub public_name: String,
}

pub(crate) fn routes() -> Vec<Route> {
    vec![get("/m/{code}", "code.show", show)]
}

#[derive(Template)]
#[template(path = "card.html")]
struct Card {
    shell: Shell,
    sign: &'static str,
    heading: String,
    /// The code, when it is one.
    code: String,
    sentences: Vec<String>,
    facts: Vec<(String, String)>,
    status: Option<Status>,
    /// Where to sign in and come back; `""` for who is signed in.
    sign_in: String,
}

pub async fn show(ctx: Ctx, Path(typed): Path<String>) -> Result<Response> {
    let Some(code) = code::parse(&typed) else {
        return plain(&ctx, StatusCode::NOT_FOUND, "registry-card-mistyped", "").await;
    };
    let found = match code::find(&ctx, &code).await {
        Err(error) if error.is(platform::Kind::NotFound) => {
            return plain(&ctx, StatusCode::NOT_FOUND, "registry-card-unknown", code.as_str()).await;
        }
        other => other?,
    };
    if found.retired_at.is_some() {
        return plain(&ctx, StatusCode::GONE, "registry-card-retired", code.as_str()).await;
    }
    let coded = ctx.app.offers::<Coded>().find(|coded| coded.kind == found.kind);
    let behind = match coded {
        Some(coded) => (coded.find)(&ctx, found.object_id).await?,
        None => None,
    };
    let open = coded.map_or_else(Scope::default, |coded| ctx.scope_of(coded.action));
    if let Some(behind) = behind.as_ref().filter(|behind| ctx.actor.is_some() && covers(&open, behind)) {
        return Ok(see_other(&behind.url));
    }
    public(&ctx, code.as_str(), &found.kind, behind.as_ref().map_or("", |behind| &behind.public_name)).await
}

fn covers(open: &Scope, behind: &Behind) -> bool {
    open.whole() || behind.places.iter().any(|place| open.places().contains(place))
}

async fn public(ctx: &Ctx, code: &str, kind: &str, name: &str) -> Result<Response> {
    let (t, noun) = (ctx.t(), format!("kind-{kind}"));
    let noun = if ctx.t().has(&noun) { t.t(&noun) } else { t.t("registry-card-thing") };
    let shell = Shell::public(ctx, &noun).await?;
    let mut facts = vec![(t.t("registry-card-kind"), noun.clone())];
    if !shell.commune.name.is_empty() {
        facts.push((t.t("registry-card-commune"), shell.commune.name.clone()));
    }
    let personal = name.is_empty();
    let card = Card {
        sign: sign(kind),
        heading: if personal { noun } else { name.to_owned() },
        code: code.to_owned(),
        sentences: vec![t.t(if personal { "registry-card-personal" } else { "registry-card-open" })],
        facts,
        status: None,
        sign_in: sign_in(ctx, code),
        shell,
    };
    Ok(html(ui::render(&card)?))
}

fn sign_in(ctx: &Ctx, code: &str) -> String {
    if ctx.actor.is_some() { String::new() } else { format!("/dang-nhap?tiep=%2Fm%2F{code}") }
}

fn sign(kind: &str) -> &'static str {
    match kind {
        "household" => "house",
        "person" => "user",
        "organisation" => "building-2",
        "team" => "users",
        _ => "qr-code",
    }
}

/// A card about the code itself: mistyped, never given, no longer in use.
async fn plain(ctx: &Ctx, status: StatusCode, key: &str, code: &str) -> Result<Response> {
    let t = ctx.t();
    let title = t.t(&format!("{key}-title"));
    let shell = Shell::public(ctx, &title).await?;
    let card = Card {
        sign: "qr-code",
        heading: title,
        code: code.to_owned(),
        sentences: vec![t.t(key)],
        facts: Vec::new(),
        status: Some(Status::Soon),
        sign_in: String::new(),
        shell,
    };
    Ok((status, html(ui::render(&card)?)).into_response())
}

/// The registry's own kinds.
pub(crate) const CODED: [Coded; 5] = [
    Coded { kind: "household", action: "household.show", find: |ctx, id| Box::pin(household(ctx, id)) },
    Coded { kind: "person", action: "person.show", find: |ctx, id| Box::pin(person(ctx, id)) },
    Coded {
        kind: "organisation",
        action: "organisation.show",
        find: |ctx, id| Box::pin(organisation(ctx, id)),
    },
    Coded { kind: "asset", action: "asset.show", find: |ctx, id| Box::pin(asset(ctx, id)) },
    Coded { kind: "team", action: "team.show", find: |ctx, id| Box::pin(team(ctx, id)) },
];

fn in_village(url: String, village: Option<Uuid>, name: String) -> Behind {
    Behind {
        url,
        places: village.map(|id| Place::new("village", id)).into_iter().collect(),
        public_name: name,
    }
}

async fn household(ctx: &Ctx, id: Uuid) -> Result<Option<Behind>> {
    let village =
        sql("SELECT village_id FROM household WHERE commune_id = $1 AND id = $2").bind(ctx.commune).bind(id);
    let village: Option<Uuid> = village.scalar(&ctx.app.db).await?;
    Ok(village.map(|village| in_village(find::household_path(id), Some(village), String::new())))
}

async fn person(ctx: &Ctx, id: Uuid) -> Result<Option<Behind>> {
    let village =
        sql("SELECT village_id FROM person WHERE commune_id = $1 AND id = $2").bind(ctx.commune).bind(id);
    let village: Option<Uuid> = village.scalar(&ctx.app.db).await?;
    Ok(village.map(|village| in_village(find::person_path(id), Some(village), String::new())))
}

#[derive(sea_orm::FromQueryResult)]
struct Named {
    name: String,
    village_id: Option<Uuid>,
}

async fn named(ctx: &Ctx, table: &str, id: Uuid) -> Result<Option<Named>> {
    sql(format!("SELECT name, village_id FROM {table} WHERE commune_id = $1 AND id = $2"))
        .bind(ctx.commune)
        .bind(id)
        .first(&ctx.app.db)
        .await
}

async fn organisation(ctx: &Ctx, id: Uuid) -> Result<Option<Behind>> {
    let found = named(ctx, "organisation", id).await?;
    Ok(found.map(|row| {
        let mut behind = in_village(find::organisation_path(id), row.village_id, row.name);
        behind.places.push(Place::new("organisation", id));
        behind
    }))
}

async fn asset(ctx: &Ctx, id: Uuid) -> Result<Option<Behind>> {
    Ok(named(ctx, "asset", id).await?.map(|row| in_village(find::asset_path(id), row.village_id, row.name)))
}

async fn team(ctx: &Ctx, id: Uuid) -> Result<Option<Behind>> {
    Ok(named(ctx, "team", id).await?.map(|row| in_village(find::team_path(id), row.village_id, row.name)))
}
