//! What happens to a household as a whole: another head, a split, a merge, moving out of the commune.

use super::edit;
use crate::code;
use crate::find::household_path;
use crate::household::{self, RawHousehold, Split};
use crate::lists::HEAD;
use crate::person::{self, Person};
use crate::show::{Words, how};
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Result, Tx, Uuid};
use ui::Status;
use ui::form::{FormPage, Input, Look};

/// Four forms that differ in fields and rule only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Head,
    Split,
    Merge,
    MoveOut,
}

impl Act {
    /// Of a word in the address.
    fn path(self) -> &'static str {
        match self {
            Act::Head => "chu-ho",
            Act::Split => "tach",
            Act::Merge => "nhap",
            Act::MoveOut => "chuyen-di",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Act::Head => "registry-head-change",
            Act::Split => "registry-split",
            Act::Merge => "registry-merge",
            Act::MoveOut => "registry-move-out",
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
    head_form, head_save, Act::Head;
    split_form, split_save, Act::Split;
    merge_form, merge_save, Act::Merge;
    out_form, out_save, Act::MoveOut;
}

async fn run(ctx: Ctx, id: Uuid, form: Form, act: Act) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = match act {
        Act::Head => head(&ctx, &tx, id, &form).await,
        Act::Split => split(&ctx, &tx, id, &form).await,
        Act::Merge => merge(&ctx, &tx, id, &form).await,
        Act::MoveOut => move_out(&ctx, &tx, id, &form).await,
    };
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => page(&ctx, id, act).await?.again(&ctx, &form, error),
    }
}

async fn page(ctx: &Ctx, id: Uuid, act: Act) -> Result<FormPage> {
    let t = ctx.t();
    let (household, shell) = super::of(ctx, id, act.key()).await?;
    let words = Words::today(ctx).await?;
    let members = person::members(ctx, id).await?;
    let path = household_path(id);
    let mut page = FormPage::new(ctx, shell, format!("{path}/{}", act.path()), path);
    page.lead = t.t(&format!("{}-lead", act.key()));
    page.submit = t.t(act.key());
    page.icon = "check";
    page.draft = format!("household-{}-{id}", act.path());
    page.revision = household.revision.to_string();
    match act {
        Act::Head => {
            let others: Vec<&Person> = members.iter().filter(|m| m.place.relation != HEAD).collect();
            page.inputs.push(choose(ctx, "chu-ho-moi", "registry-head-new", &others));
            page.inputs.push(
                Input::new(Look::Heading, "", t.t("registry-relations-anew"))
                    .help(t.t("registry-relations-anew-help")),
            );
            page.inputs.extend(relations(&words, &members, true, false));
        }
        Act::Split => {
            let staying: Vec<Person> = members.iter().filter(|m| m.place.relation != HEAD).cloned().collect();
            page.inputs.push(
                Input::new(Look::Heading, "", t.t("registry-split-who")).help(t.t("registry-split-who-help")),
            );
            page.inputs.extend(relations(&words, &staying, false, true));
            page.inputs.push(Input::new(Look::Heading, "", t.t("registry-split-home")));
            let raw = RawHousehold {
                poverty: "none".into(),
                book_no: String::new(),
                ..RawHousehold::of(&household.facts)
            };
            page.inputs.extend(super::fields::inputs(ctx, &words, &raw));
        }
        Act::Merge => {
            page.inputs.push(
                Input::new(Look::Text, "ho", t.t("registry-merge-into"))
                    .help(t.t("registry-merge-into-help")),
            );
            page.inputs.push(
                Input::new(Look::Heading, "", t.t("registry-relations-anew"))
                    .help(t.t("registry-merge-relations-help")),
            );
            page.inputs.extend(relations(&words, &members, false, false));
        }
        Act::MoveOut => {
            let text = t.n("registry-move-out-warning", "count", members.len());
            page.warning = Some((Status::Soon, text));
            page.inputs.push(
                Input::new(Look::Text, "noi-den", t.t("registry-where-to"))
                    .help(t.t("registry-where-to-help")),
            );
            page.confirm = t.n("registry-move-out-ask", "count", members.len());
        }
    }
    if act == Act::Head {
        page.inputs.extend(how::inputs(ctx));
    } else {
        page.inputs.extend(how::day_inputs(ctx, t.t("registry-from-day"), t.t("registry-from-day-help")));
    }
    Ok(page)
}

/// A choice among people.
fn choose(ctx: &Ctx, name: &'static str, label: &str, people: &[&Person]) -> Input {
    let options = people.iter().map(|p| (p.id.to_string(), p.facts.full_name.clone())).collect();
    Input::new(Look::Select, name, ctx.t().t(label)).among(options).empty(ctx.t().t("registry-choose-person"))
}

/// One choice of a relation for each member. `head` offers the head too; an empty choice means: stays.
fn relations(words: &Words, members: &[Person], keep: bool, head: bool) -> Vec<Input> {
    let t = words.t;
    let mut options = words.choices(&words.lists.relation);
    if !head {
        options.retain(|(code, _)| code != HEAD);
    }
    let inputs = members.iter().map(|member| {
        let name = relation_name(member.id);
        let help =
            format!("{} · {}", words.relation(&member.place.relation), member.facts.birth_date.format("%Y"));
        let empty = match (keep, head) {
            (true, _) => t.t("registry-relation-stays"),
            (_, true) => t.t("registry-split-stays"),
            _ => t.t("registry-choose-relation"),
        };
        Input::new(Look::Select, name, member.facts.full_name.clone())
            .among(options.clone())
            .empty(empty)
            .help(help)
            .optional()
    });
    inputs.collect()
}

/// The field of a member's relation.
fn relation_name(member: Uuid) -> String {
    format!("quan-he-{}", member.simple())
}

/// What the form says of each member.
fn chosen(form: &Form, members: &[Person]) -> Vec<(Uuid, String)> {
    let all = members.iter().map(|member| (member.id, form.text(&relation_name(member.id)).to_owned()));
    all.filter(|(_, relation)| !relation.is_empty()).collect()
}

async fn head(ctx: &Ctx, tx: &Tx, id: Uuid, form: &Form) -> Result<(String, Note)> {
    let new = form.id("chu-ho-moi")?.ok_or_else(|| Error::field("chu-ho-moi", "error-choose"))?;
    let members = person::members(ctx, id).await?;
    let relations: Vec<(Uuid, String)> =
        chosen(form, &members).into_iter().filter(|(who, _)| *who != new).collect();
    household::head_change(ctx, tx, id, form.revision()?, new, &relations, &how::read(form)?).await?;
    Ok((household_path(id), Note::new("registry-head-changed")))
}

async fn split(ctx: &Ctx, tx: &Tx, id: Uuid, form: &Form) -> Result<(String, Note)> {
    let members: Vec<Person> =
        person::members(ctx, id).await?.into_iter().filter(|m| m.place.relation != HEAD).collect();
    let facts = edit::read(ctx, form).await?;
    let split = Split {
        facts,
        members: chosen(form, &members),
        on: how::day(form)?,
        source: how::source(form)?.to_owned(),
    };
    let new = household::split(ctx, tx, id, form.revision()?, &split).await?;
    Ok((household_path(new), Note::new("registry-split-done")))
}

async fn merge(ctx: &Ctx, tx: &Tx, id: Uuid, form: &Form) -> Result<(String, Note)> {
    let code = code::parse(form.text("ho")).ok_or_else(|| Error::field("ho", "registry-code-unreadable"))?;
    let found = code::find(ctx, &code).await.map_err(|_| Error::field("ho", "registry-code-unknown"))?;
    let into = household::get(ctx, found.object_id)
        .await
        .map_err(|_| Error::field("ho", "registry-code-unknown"))?;
    let relations = chosen(form, &person::members(ctx, id).await?);
    let from = (id, form.revision()?);
    household::merge(
        ctx,
        tx,
        from,
        (into.id, into.revision),
        &relations,
        how::day(form)?,
        how::source(form)?,
    )
    .await?;
    Ok((household_path(into.id), Note::new("registry-merge-done")))
}

async fn move_out(ctx: &Ctx, tx: &Tx, id: Uuid, form: &Form) -> Result<(String, Note)> {
    household::move_out(
        ctx,
        tx,
        id,
        form.revision()?,
        how::day(form)?,
        how::note(form, "noi-den")?,
        how::source(form)?,
    )
    .await?;
    Ok((household_path(id), Note::new("registry-move-out-done")))
}
