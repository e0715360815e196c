//! Death, leaving the commune, another household, coming back.

use crate::bulk::Ending;
use crate::code;
use crate::find::person_path;
use crate::household;
use crate::lists::HEAD;
use crate::person::{self, Leaving, Person};
use crate::show::{Words, how};
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Message, Result, Tx, Uuid};
use ui::Status;
use ui::form::{FormPage, Input, Look};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Death,
    MoveOut,
    Move,
    Back,
}

impl Act {
    fn path(self) -> &'static str {
        match self {
            Act::Death => "khai-tu",
            Act::MoveOut => "chuyen-di",
            Act::Move => "chuyen-ho",
            Act::Back => "tro-ve",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Act::Death => "registry-death",
            Act::MoveOut => "registry-person-out",
            Act::Move => "registry-person-move",
            Act::Back => "registry-person-back",
        }
    }
}

macro_rules! handlers {
    ($($form:ident, $save:ident, $act:expr;)+) => { $(
        pub(super) async fn $form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
            page(&ctx, id, $act).await?.answer()
        }

        pub(super) async fn $save(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
            run(ctx, id, form, $act).await
        }
    )+ };
}
handlers! {
    death_form, death_save, Act::Death;
    out_form, out_save, Act::MoveOut;
    move_form, move_save, Act::Move;
    back_form, back_save, Act::Back;
}

async fn run(ctx: Ctx, id: Uuid, form: Form, act: Act) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = match act {
        Act::Death | Act::MoveOut => leave(&ctx, &tx, id, &form, act).await,
        Act::Move | Act::Back => join(&ctx, &tx, id, &form, act).await,
    };
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => page(&ctx, id, act).await?.again(&ctx, &form, error),
    }
}

async fn page(ctx: &Ctx, id: Uuid, act: Act) -> Result<FormPage> {
    let t = ctx.t();
    let (person, shell) = super::of(ctx, id, act.key()).await?;
    let words = Words::today(ctx).await?;
    let path = person_path(id);
    let mut page = FormPage::new(ctx, shell, format!("{path}/{}", act.path()), path);
    page.lead = t.s(&format!("{}-lead", act.key()), "name", &person.facts.full_name);
    page.submit = t.t(act.key());
    page.icon = "check";
    page.draft = format!("person-{}-{id}", act.path());
    page.revision = person.revision.to_string();
    match act {
        Act::Death | Act::MoveOut => leaving_inputs(ctx, &mut page, &person, act).await?,
        Act::Move | Act::Back => {
            let relations = words.choices(&words.lists.relation);
            page.inputs.push(
                Input::new(Look::Text, "ho", t.t("registry-household-code"))
                    .help(t.t("registry-household-code-help")),
            );
            page.inputs.push(
                Input::new(Look::Select, "quan-he", t.t("registry-relation-there"))
                    .among(relations)
                    .empty(t.t("registry-choose-relation")),
            );
            page.inputs.extend(how::day_inputs(ctx, t.t("registry-from-day"), t.t("registry-from-day-help")));
        }
    }
    Ok(page)
}

/// A head who leaves others behind names who follows; the last one is told that the household ends.
async fn leaving_inputs(ctx: &Ctx, page: &mut FormPage, person: &Person, act: Act) -> Result<()> {
    let t = ctx.t();
    let mut others = person::members(ctx, person.place.household_id).await?;
    others.retain(|other| other.id != person.id);
    let (day, note) = match act {
        Act::Death => ("registry-death-day", "registry-death-note"),
        _ => ("registry-left-day", "registry-where-to"),
    };
    page.inputs.extend(how::day_inputs(ctx, t.t(day), t.t(&format!("{day}-help"))));
    page.inputs.insert(1, Input::new(Look::Text, "ghi-chu", t.t(note)).optional());
    if others.is_empty() {
        page.warning = Some((Status::Soon, t.t("registry-last-member")));
    } else if person.place.relation == HEAD {
        let options = others.iter().map(|p| (p.id.to_string(), p.facts.full_name.clone())).collect();
        let heir = Input::new(Look::Select, "chu-ho-moi", t.t("registry-head-new")).among(options);
        page.inputs.push(heir.empty(t.t("registry-choose-person")).help(t.t("registry-head-new-help")));
    }
    page.confirm = t.s(&format!("{}-ask", act.key()), "name", &person.facts.full_name);
    Ok(())
}

async fn leave(ctx: &Ctx, tx: &Tx, id: Uuid, form: &Form, act: Act) -> Result<(String, Note)> {
    let day = how::day(form)?;
    let leaving = Leaving {
        ending: if act == Act::Death { Ending::Died(day) } else { Ending::Left(day) },
        new_head: form.id("chu-ho-moi")?,
        note: how::note(form, "ghi-chu")?.to_owned(),
        source: how::source(form)?.to_owned(),
    };
    let name = person::get(ctx, id).await?.facts.full_name;
    person::leave(ctx, tx, id, form.revision()?, &leaving).await?;
    Ok((person_path(id), Note::new(Message::new(format!("{}-done", act.key())).with("name", name))))
}

async fn join(ctx: &Ctx, tx: &Tx, id: Uuid, form: &Form, act: Act) -> Result<(String, Note)> {
    let code = code::parse(form.text("ho")).ok_or_else(|| Error::field("ho", "registry-code-unreadable"))?;
    let found = code::find(ctx, &code).await.map_err(|_| Error::field("ho", "registry-code-unknown"))?;
    household::get(ctx, found.object_id).await.map_err(|_| Error::field("ho", "registry-code-unknown"))?;
    let relation = form.some("quan-he").ok_or_else(|| Error::field("quan-he", "error-choose"))?;
    let (on, source, revision) = (how::day(form)?, how::source(form)?, form.revision()?);
    match act {
        Act::Back => person::come_back(ctx, tx, id, revision, found.object_id, relation, on, source).await?,
        _ => person::move_to(ctx, tx, id, revision, found.object_id, relation, on, source).await?,
    }
    let name = person::get(ctx, id).await?.facts.full_name;
    Ok((person_path(id), Note::new(Message::new(format!("{}-done", act.key())).with("name", name))))
}
