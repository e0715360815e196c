//! The way from a due list or an invitation to the form: which form, and who may begin it for whom. The address holds the
//! id of the person and nothing else; whoever it does not concern learns nothing from it.

use super::draft::here;
use crate::behalf;
use crate::dossier::draft_for;
use crate::procedure::model::Channel;
use crate::procedure::{Procedure, catalogue};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{html, see_other};
use platform::{Ctx, Error, Result, Uuid};
use registry::person::Person;
use registry::{DueForm, DueForms};
use ui::Shell;

/// What the registry asks of us, by the code of a procedure.
pub(crate) fn forms() -> DueForms {
    DueForms(|ctx, code| Box::pin(form_of(ctx, code)))
}

async fn form_of(ctx: &Ctx, code: &str) -> Result<Option<DueForm>> {
    let catalogue = catalogue(ctx).await?;
    let Some(in_force) = catalogue.all.get(code) else { return Ok(None) };
    let procedure = &in_force.procedure;
    let invited = format!("/thu-tuc/{code}/moi/");
    let by_reader = if at_counter(ctx, procedure) {
        Some(format!("/lam-viec/quay/{code}?cho="))
    } else {
        let helps = !ctx.scope_of("dossier.draft").ids("village").is_empty();
        (helps && by_team(procedure)).then(|| invited.clone())
    };
    let by_invited = procedure.by_phone().then_some(invited);
    let any = by_reader.is_some() || by_invited.is_some();
    let by_family = match by_invited {
        Some(_) => family(ctx, code).await?,
        None => Vec::new(),
    };
    Ok(any.then_some(DueForm { by_reader, by_invited, by_family }))
}

/// The people of the reader's household for whom the reader may file it.
async fn family(ctx: &Ctx, code: &str) -> Result<Vec<Uuid>> {
    let members = behalf::members(&behalf::drafting(ctx), code).await?;
    Ok(members.into_iter().filter(|one| one.ground.is_some()).map(|one| one.person.id).collect())
}

fn at_counter(ctx: &Ctx, procedure: &Procedure) -> bool {
    let kept = procedure.has_dossiers() && procedure.form.is_some();
    kept && procedure.channels.contains(&Channel::Counter) && ctx.may("dossier.counter")
}

fn by_team(procedure: &Procedure) -> bool {
    procedure.by_phone() && procedure.channels.contains(&Channel::Team)
}

#[derive(Template)]
#[template(path = "invited.html")]
struct OtherPage {
    shell: Shell,
    /// As whom the reader is signed in.
    who: String,
    for_whom: String,
    procedure: String,
    /// Where the reader begins the form for themselves; `""` for readers who are no residents.
    begin: String,
}

/// Opens the form that the reader may begin for this person. Everybody else, and for an id of nobody, sees the same page:
/// what to do.
pub(super) async fn open(ctx: Ctx, Path((code, person)): Path<(String, Uuid)>) -> Result<Response> {
    let gone = || Error { message: "onestop-invited-gone".into(), ..Error::not_found() };
    let catalogue = catalogue(&ctx).await?;
    let procedure = catalogue.get(&code).map_err(|_| gone())?.procedure.clone();
    if !procedure.by_phone() {
        return Err(gone());
    }
    let found = registry::person::get_many(&crate::whole(&ctx), &[person]).await?.pop();
    if let Some(found) = found
        && let Some(url) = door(&ctx, &procedure, found).await?
    {
        return Ok(see_other(&url));
    }
    let name = procedure.name.of(ctx.lang);
    let path = format!("/thu-tuc/{code}");
    let shell = Shell::public(&ctx, name).await?;
    let shell = shell.crumb(ctx.t().t("onestop-procedures"), "/thu-tuc").crumb(name, "");
    let own = !ctx.scope_of("dossier.draft").ids("person").is_empty();
    let page = OtherPage {
        who: ctx.actor.as_ref().map(|actor| actor.name.clone()).unwrap_or_default(),
        for_whom: procedure.for_whom.of(ctx.lang).to_owned(),
        begin: if own { format!("{path}/lam") } else { String::new() },
        procedure: path,
        shell,
    };
    Ok(html(ui::render(&page)?))
}

/// Where the reader begins, or goes on with, the form for this person: as the person, at the counter, for the family, or
/// from the village.
///
/// # Errors
/// When the person died or moved away, told only to those who may begin it.
async fn door(ctx: &Ctx, procedure: &Procedure, person: Person) -> Result<Option<String>> {
    let code = &procedure.code;
    let drafts = ctx.scope_of("dossier.draft");
    let own = drafts.ids("person").contains(&person.id);
    let counter = at_counter(ctx, procedure);
    let village = by_team(procedure) && drafts.ids("village").contains(&person.place.village_id);
    if !(own || counter || village || family(ctx, code).await?.contains(&person.id)) {
        return Ok(None);
    }
    let person = here(person)?.id;
    if counter && !own {
        return Ok(Some(format!("/lam-viec/quay/{code}?cho={person}")));
    }
    let begun = draft_for(ctx, code, person).await?;
    Ok(Some(begun.map_or_else(|| format!("/thu-tuc/{code}/lam?cho={person}"), |draft| draft.path())))
}
