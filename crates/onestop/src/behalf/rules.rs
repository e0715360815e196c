//! Whom the reader may fill in a form for. The scope of the context is that of `dossier.draft`; see [`drafting`].

use super::policy::{Policy, Standing};
use super::{Ground, store};
use crate::dossier::Draft;
use platform::{Ctx, Error, Kind, Result, Tx, Uuid};
use registry::person::{Person, State};
use serde_json::json;

/// The person for whom a form is filled in.
#[derive(Debug, Clone)]
pub(crate) struct Whom {
    pub person: Uuid,
    /// `""` for the reader.
    pub name: String,
    pub ground: Ground,
    /// The person has to agree.
    pub consent: bool,
}

impl Whom {
    pub fn own(&self) -> bool {
        self.ground == Ground::Own
    }
}

/// Somebody of the reader's household.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub person: Person,
    /// Why the reader may file for them, and whether they have to agree; `None` where the desk helps.
    pub ground: Option<(Ground, bool)>,
}

/// The same request, with the places in which it may fill in forms.
pub(crate) fn drafting(ctx: &Ctx) -> Ctx {
    Ctx { scope: ctx.scope_of("dossier.draft"), ..ctx.clone() }
}

/// The reader has a household of which somebody may be filed for, as far as the procedure goes.
pub(crate) fn may_be_for(ctx: &Ctx, procedure: &str) -> Result<bool> {
    Ok(!ctx.scope.ids("person").is_empty() && !Policy::load(ctx)?.in_person(procedure))
}

/// The others who are present in the reader's household, in its order.
pub(crate) async fn members(ctx: &Ctx, procedure: &str) -> Result<Vec<Member>> {
    let own = ctx.scope.ids("person");
    if !may_be_for(ctx, procedure)? {
        return Ok(Vec::new());
    }
    let policy = Policy::load(ctx)?;
    let whole = crate::whole(ctx);
    let mut found: Vec<Member> = Vec::new();
    for filer in registry::person::get_many(&whole, &own).await? {
        if filer.state != State::Present {
            continue;
        }
        for person in registry::person::members(&whole, filer.place.household_id).await? {
            if own.contains(&person.id) || found.iter().any(|known| known.person.id == person.id) {
                continue;
            }
            let ground = policy.ground(standing(ctx, &filer), standing(ctx, &person));
            found.push(Member { person, ground });
        }
    }
    Ok(found)
}

fn standing<'a>(ctx: &Ctx, person: &'a Person) -> Standing<'a> {
    Standing { relation: &person.place.relation, age: person.facts.age_on(ctx.today()) }
}

/// The person that a form is for: the reader, somebody of the household, or somebody of the village.
///
/// # Errors
/// Not found for anybody else; a sentence when the person died or moved away.
pub(crate) async fn whom(ctx: &Ctx, procedure: &str, other: Option<Uuid>) -> Result<Whom> {
    let own = ctx.scope.ids("person");
    let reader = |person| Whom { person, name: String::new(), ground: Ground::Own, consent: false };
    let Some(id) = other else {
        let first = own.first().copied();
        return first.map(reader).ok_or_else(|| Error::invalid("onestop-for-whom-unknown"));
    };
    if own.contains(&id) {
        return Ok(reader(id));
    }
    let member = members(ctx, procedure).await?.into_iter().find(|member| member.person.id == id);
    if let Some(Member { person, ground: Some((ground, consent)) }) = member {
        return Ok(Whom { person: id, name: person.facts.full_name, ground, consent });
    }
    let person = crate::resident::here(registry::person::get(ctx, id).await?)?;
    Ok(Whom { person: id, name: person.facts.full_name, ground: Ground::Team, consent: true })
}

/// The same for a draft that was begun: its people may have moved meanwhile. `None` when the reader may no longer file for them.
pub(crate) async fn of_draft(ctx: &Ctx, draft: &Draft) -> Result<Option<Whom>> {
    match whom(ctx, &draft.procedure_code, draft.person_id).await {
        Ok(whom) => Ok(Some(whom)),
        Err(error) if matches!(error.kind, Kind::NotFound | Kind::Invalid) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What has to be declared before a draft is sent; who it is for.
///
/// # Errors
/// At `consent`, when the person has to agree and nothing is said of it, or may no longer be filed for.
pub(crate) async fn declared(ctx: &Ctx, draft: &Draft, consent: (&'static str, bool)) -> Result<Whom> {
    let (field, agreed) = consent;
    let whom = of_draft(ctx, draft).await?;
    let whom = whom.ok_or_else(|| Error::field(field, "onestop-for-whom-changed"))?;
    if whom.consent && !agreed { Err(Error::field(field, "onestop-consent-empty")) } else { Ok(whom) }
}

/// Keeps on what ground a dossier was filed for somebody else.
pub(crate) async fn keep(ctx: &Ctx, tx: &Tx, dossier: Uuid, whom: &Whom) -> Result<()> {
    store::insert(ctx, tx, dossier, whom.ground, whom.consent).await?;
    let detail = json!({ "ground": whom.ground, "consented": whom.consent });
    audit::record(ctx, tx, audit::Entry { action: "dossier.behalf", kind: "dossier", id: dossier, detail })
        .await
}
